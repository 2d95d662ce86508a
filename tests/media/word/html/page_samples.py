"""Word files for the tests of the page: built with python-docx, laid out as GB/T 9704 asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

TEXTS = [
    "2025年，本局坚持以公开为常态、不公开为例外，把信息公开融入日常工作的各个环节，围绕群众办事中最关心的“办什么、在哪办、"
    "多久办完”三个问题逐项梳理，全年通过门户网站主动公开各类信息1286条，比上年增加214条，增长19.97%，其中政策文件37件、"
    "解读材料52篇。",
    "我们对照目录逐条核对栏目内容，清理失效链接318个，合并重复栏目12个；对已经公开三年以上的文件开展了两轮复核，"
    "该废止的废止、该修改的修改，并在原文显著位置标明效力状态。各科室指定一名联络员，每月5日前报送上月情况，"
    "由办公室汇总后向局长办公会报告。",
    "在依申请公开方面，全年共收到申请46件，均在法定期限内办结，没有因答复不当被纠正的情况。对申请内容不明确的，"
    "工作人员先打电话了解真实需要，再一次性告知如何补正；对不属于本局职责的，说明理由并提供应当咨询的机关和联系方式"
    "（包括地址、电话和网址https://www.example.gov.cn）。",
    "平台建设上，网站完成了IPv6改造和适老化改造，新增“一键读屏”“大字版”两项功能；政务微信全年推送消息265期，"
    "累计阅读量138.6万次。政务公开专区设在一楼大厅，配有2台自助查询终端，全年接待查阅群众1742人次。",
    "监督保障方面，局党组专题研究公开工作4次，举办培训3期、参训人员219人次；邀请人大代表、政协委员和企业代表座谈，"
    "收集意见建议27条，已全部办理答复。年度考核中，信息公开占科室总分的5%，未发生需要追究责任的情形。",
    "回头看，工作中仍有不足：一是部分解读材料偏重复述原文，图表和案例少，群众看不懂、用不上；二是个别科室更新不及时，"
    "存在“重发布、轻维护”的现象；三是基层联络员变动较快，业务还不够熟练。下一步将建立解读质量抽查制度，"
    "每季度随机抽取10篇请群众代表打分，并把结果纳入考核。",
]
SIZE = {"title": 22, "body": 16, "table": 10.5}
STYLES: dict[str, tuple[str, float, dict[str, Any]]] = {
    "公文标题": ("方正小标宋简体", 22, dict(align="center", line=660)),
    "一级": ("黑体", 16, dict(outline=0, first=200, keep=True)),
    "二级": ("楷体_GB2312", 16, dict(outline=1, first=200, keep=True)),
    "公文正文": ("仿宋_GB2312", 16, dict(first=200, align="both")),
    "表格文字": ("仿宋_GB2312", 10.5, dict(align="center", line=0)),
    "署名": ("仿宋_GB2312", 16, dict(align="right", right=200)),
}


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def official(write: Callable[[Any], None]) -> bytes:
    """A document with the margins, styles and page numbers of an official one, filled by `write`."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    document.settings.odd_and_even_pages_header_footer = True
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(
            qn("w:eastAsia"), "zh-CN"
        )  # python-docx's own says en-US: LibreOffice breaks lines by it
    for name, (font, size, said) in STYLES.items():
        _style(document, name, font, size, **said)
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        page_number(footer, align)
    document.core_properties.title = "某某市档案局2025年政府信息公开工作年度报告"
    document.core_properties.author = "某某市档案局"
    write(document)
    return saved(document)


def _style(
    document: Any,
    name: str,
    font: str,
    size: float,
    align: str = "left",
    first: int = 0,
    right: int = 0,
    line: int = 579,
    outline: int | None = None,
    keep: bool = False,
) -> None:
    style = document.styles.add_style(name, 1)
    style.base_style = None
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{slot}"), font)
    if size == 16:
        style.element.rPr.append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="-5"/>'))
    properties = style.element.get_or_add_pPr()
    lines = "" if not line else f'<w:spacing w:line="{line}" w:lineRule="exact" w:before="0" w:after="0"/>'
    lines = lines or '<w:spacing w:line="240" w:lineRule="auto" w:before="0" w:after="0"/>'
    keeps = "<w:keepNext/>" if keep else ""
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    indent = (
        f'<w:ind w:firstLineChars="{first}" w:firstLine="{int(first * size / 5)}"'
        f' w:rightChars="{right}" w:right="{int(right * size / 5)}"/>'
    )
    xml = f'<w:pPr {nsdecls("w")}>{keeps}{lines}{indent}<w:jc w:val="{align}"/>{level}</w:pPr>'
    properties.getparent().replace(properties, parse_xml(xml))


def page_number(footer: Any, align: str) -> None:
    """— 1 — in 14 pt 宋体, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    side = "rightChars='100' w:right='280'" if align == "right" else "leftChars='100' w:left='280'"
    run = (
        '<w:r><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:hint="eastAsia"/>'
        '<w:sz w:val="28"/></w:rPr>{}</w:r>'
    )
    field = "".join(
        run.format(inner)
        for inner in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>9</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    xml = (
        f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:{side}/><w:jc w:val="{align}"/></w:pPr>{field}</w:p>'
    )
    element = footer._element
    element.replace(element.p_lst[0], parse_xml(xml))


def paragraph(document: Any, text: str, style: str = "公文正文") -> Any:
    """A paragraph whose run takes “ ” … — from the Chinese font."""
    found = document.add_paragraph(style=style)
    run = found.add_run(text)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:hint"), "eastAsia")
    return found


def letter(document: Any) -> None:
    """Three pages of headings and text."""
    paragraph(document, "某某市档案局\n2025年政府信息公开工作年度报告", "公文标题")
    paragraph(document, "", "公文正文")
    for index, text in enumerate(TEXTS):
        paragraph(document, f"{'一二三四五六'[index]}、工作情况", "一级")
        paragraph(document, "（一）主要做法", "二级")
        paragraph(document, text)
        paragraph(document, TEXTS[(index + 2) % 6])
    paragraph(document, "某某市档案局", "署名")
    paragraph(document, "2026年1月23日", "署名")


def table(
    document: Any,
    rows: int,
    widths: Sequence[int],
    header: int = 1,
    height: int = 0,
    keep: bool = False,
) -> Any:
    """A bordered table of fixed columns (twips), its first rows repeated on each page."""
    made = document.add_table(rows, len(widths))
    made.style = "Table Grid"
    made.autofit = False
    made.alignment = 1
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(width))
    cells = [list(row.cells) for row in made.rows]
    for index, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if height:
            properties.append(parse_xml(f'<w:trHeight {nsdecls("w")} w:val="{height}" w:hRule="atLeast"/>'))
        if index < header:
            properties.append(OxmlElement("w:tblHeader"))
        for place, cell in enumerate(cells[index]):
            cell._tc.tcPr.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
            cell._tc.tcPr.tcW.set(qn("w:w"), str(widths[place]))
            cell.paragraphs[0].style = "表格文字"
            cell.paragraphs[0].paragraph_format.keep_with_next = keep or None
    return made


def fill(made: Any, rows: Sequence[Sequence[str]]) -> None:
    """Write texts into the cells of a table, row by row."""
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            if text:
                cell.paragraphs[0].add_run(text)


def requests_table(document: Any) -> None:
    """28 rows of 10 columns: three levels of row labels merged, a header of three rows."""
    made = table(document, 28, [520, 900, 1900, 780, 780, 780, 780, 780, 780, 780], header=3, height=340)
    grid = [list(row.cells) for row in made.rows]
    grid[0][0].merge(grid[2][2])
    grid[0][3].merge(grid[0][9])
    grid[1][3].merge(grid[2][3])
    grid[1][4].merge(grid[1][8])
    grid[1][9].merge(grid[2][9])
    for row in (3, 4, 26, 27):
        grid[row][0].merge(grid[row][2])
    grid[5][0].merge(grid[25][0])
    grid[5][1].merge(grid[5][2])
    grid[6][1].merge(grid[6][2])
    grid[7][1].merge(grid[14][1])
    grid[15][1].merge(grid[17][1])
    grid[18][1].merge(grid[22][1])
    grid[23][1].merge(grid[24][1])
    grid[25][1].merge(grid[25][2])
    said = {
        (0, 0): "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        (0, 3): "申请人情况", (1, 3): "自然人", (1, 4): "法人或其他组织", (1, 9): "总计",
        (2, 4): "商业企业", (2, 5): "科研机构", (2, 6): "社会公益组织", (2, 7): "法律服务机构",
        (2, 8): "其他",
        (3, 0): "一、本年新收申请数量", (4, 0): "二、上年结转申请数量", (5, 0): "三、本年度办理结果",
        (5, 1): "（一）予以公开", (6, 1): "（二）部分公开（区分处理的，只计这一情形）",
        (7, 1): "（三）不予公开",
        (15, 1): "（四）无法提供", (18, 1): "（五）不予处理", (23, 1): "（六）其他处理",
        (25, 1): "（七）总计",
        (26, 0): "四、结转下年度继续办理", (27, 0): "备注",
    }  # fmt: skip
    for (row, column), text in said.items():
        grid[row][column].paragraphs[0].add_run(text)
    for row in range(7, 25):
        grid[row][2].paragraphs[0].add_run(f"{row - 6}.这一项情形的名称写得比较长一些")
    for row in range(3, 27):
        for column in range(3, 10):
            grid[row][column].paragraphs[0].add_run(str((row * column) % 17))


def reviews_table(document: Any) -> None:
    """15 columns side by side, kept on one page."""
    made = table(document, 4, [590] * 15, header=3, height=400, keep=True)
    grid = [list(row.cells) for row in made.rows]
    grid[0][0].merge(grid[0][4])
    grid[0][5].merge(grid[0][14])
    for column in range(5):
        grid[1][column].merge(grid[2][column])
    grid[1][5].merge(grid[1][9])
    grid[1][10].merge(grid[1][14])
    for column, text in ((0, "行政复议"), (5, "行政诉讼")):
        grid[0][column].paragraphs[0].add_run(text)
    for column, text in ((5, "未经复议直接起诉"), (10, "复议后起诉")):
        grid[1][column].paragraphs[0].add_run(text)
    labels = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    for column in range(15):
        row = 1 if column < 5 else 2
        grid[row][column].paragraphs[0].add_run(labels[column % 5])
        grid[3][column].paragraphs[0].add_run(str(column * 3 % 11))


def annual(document: Any) -> None:
    """A whole report: text, the big table, the wide table, the closing lines."""
    letter(document)
    paragraph(document, "七、收到和处理申请情况", "一级")
    requests_table(document)
    paragraph(document, "八、复议和诉讼情况", "一级")
    reviews_table(document)
    paragraph(document, TEXTS[5])


__all__ = ["WD_ALIGN_PARAGRAPH", "annual", "fill", "letter", "official", "paragraph", "saved", "table"]


WATERMARK = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
    '<v:shapetype id="t136"><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape type="#t136" style="width:300pt;height:150pt;rotation:315" fillcolor="silver">'
    '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;" string="草稿"/>'
    "</v:shape></w:pict></w:r>"
)


def stamped(document: Any) -> None:
    """Put the watermark into both kinds of header."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0]._p.append(parse_xml(WATERMARK))
