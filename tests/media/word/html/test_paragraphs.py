"""Paragraphs and runs: the cascade of formats, fonts by script, spaces, breaks."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from nianbao.media.word.html import Asked, convert

from tests.media.word.html.page_reading import Read, read
from tests.media.word.html.page_samples import TEXTS, official, paragraph, saved, table


class Alike:
    """Fonts that all have the same metrics and no outlines."""

    def __init__(self, metrics: tuple[float, float, float]) -> None:
        self.same = metrics

    def metrics(self, family: str) -> tuple[float, float, float]:
        return self.same

    def width(self, text: str, family: str) -> None:
        return None

    def outline(self, text: str, family: str) -> None:
        return None


def properties(xml: str) -> Any:
    return parse_xml(f"<w:pPr {nsdecls('w')}>{xml}</w:pPr>")


def set_properties(made: Any, xml: str) -> None:
    own = made._p.get_or_add_pPr()
    for each in properties(xml):
        own.append(each)


def test_the_text_is_the_documents_character_by_character() -> None:
    page = read(lambda document: [paragraph(document, text) for text in TEXTS])

    assert page.texts() == TEXTS


def test_a_body_paragraph_has_the_pitch_indent_and_spacing_of_its_style() -> None:
    page = read(lambda document: paragraph(document, "正文"))

    assert page.css(page.block("正文")) == {
        "font-family": '"仿宋_GB2312"',
        "font-size": "16pt",
        "font-weight": "normal",
        "font-style": "normal",
        "letter-spacing": "-0.25pt",
        "font-kerning": "none",
        "color": "#000",
        "margin": "0 0 0 0",
        "text-indent": "32pt",
        "text-align": "left",
        "line-height": "28.95pt",
        "widows": "2",
        "orphans": "2",
        "position": "relative",
        "top": "2.605pt",
    }
    assert page.block("正文").get("class").split()[1:] == ["both", "exact"]


def test_a_style_is_laid_over_its_ancestors_and_a_run_over_its_style() -> None:
    def write(document: Any) -> None:
        grandparent = document.styles.add_style("祖", 1)
        grandparent.font.size, grandparent.font.bold = Pt(20), True
        parent = document.styles.add_style("父", 1)
        parent.base_style, parent.font.size = grandparent, Pt(18)
        child = document.styles.add_style("子", 1)
        child.base_style = parent
        document.styles.add_style("字", 2).font.size = Pt(9)
        made = document.add_paragraph(style="子")
        made.add_run("甲乙丙丁")
        made.add_run("戊", style="字")
        made.add_run("己").font.bold = False

    page = read(write)
    block = page.block("甲乙丙丁戊己")
    spans = block.xpath("./span")

    assert {key: page.css(block)[key] for key in ("font-size", "font-weight")} == {
        "font-size": "18pt",
        "font-weight": "bold",
    }
    assert [page.css(span) for span in spans] == [{}, {"font-size": "9pt"}, {"font-weight": "normal"}]


def test_styles_based_on_each_other_come_to_an_end() -> None:
    def write(document: Any) -> None:
        first, second = document.styles.add_style("甲", 1), document.styles.add_style("乙", 1)
        first.base_style, second.base_style = second, first
        second.font.size = Pt(13)
        document.add_paragraph("循环", style="甲")

    page = read(write)

    assert page.css(page.block("循环"))["font-size"] == "13pt"


def test_chinese_and_latin_letters_get_the_font_of_their_slot() -> None:
    def write(document: Any) -> None:
        run = document.add_paragraph(style="公文正文").add_run("共办理ABC件")
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:ascii"), "Times New Roman")

    page = read(write)
    spans = page.block("共办理ABC件").xpath("./span")

    assert [(span.text, page.css(span).get("font-family")) for span in spans] == [
        ("共办理", None),
        ("ABC", '"Times New Roman"'),
        ("件", None),
    ]
    assert page.css(page.block("共办理ABC件"))["font-family"] == '"仿宋_GB2312", "Times New Roman"'


def test_the_page_tells_which_fonts_it_asks_for() -> None:
    def write(document: Any) -> None:
        paragraph(document, "标题", "一级")
        paragraph(document, "正文2025").add_run("加粗").font.bold = True

    page = convert(official(write), "报告.docx")

    assert page.fonts == (
        Asked("宋体", False),
        Asked("黑体", False),
        Asked("仿宋_GB2312", False),
        Asked("仿宋_GB2312", True),
    )


def test_quotation_marks_are_chinese_only_where_the_run_says_so() -> None:
    def write(document: Any) -> None:
        for hint in ("eastAsia", "default"):
            run = document.add_paragraph(style="公文正文").add_run("称“条例”的")
            fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
            fonts.set(qn("w:hint"), hint)
            fonts.set(qn("w:ascii"), "Arial")

    page = read(write)

    assert [[span.text for span in block.xpath("./span")] for block in page.blocks()] == [
        ["称", "“条例”", "的"],
        ["称", "“", "条例", "”", "的"],
    ]
    assert [len(block.xpath("./wbr")) for block in page.blocks()] == [2, 2]


def test_the_gap_between_chinese_and_digits_is_no_text() -> None:
    page = read(lambda document: paragraph(document, "全年12件，A项（3）"))
    block = page.block("全年12件，A项（3）")

    assert [
        (gap.getprevious().text, gap.get("class")) for gap in block.xpath("./i[contains(@class, 'gap')]")
    ] == [
        ("全年", "gap g345"),
        ("12", "gap g345"),
        ("A", "gap g345"),
    ]
    assert (
        '.g345::before { content: " "; font-size: 0.01px; line-height: 0; letter-spacing: 3.45pt;'
        " font-style: normal; text-decoration: none }" in page.text
    )


def test_the_gap_can_be_switched_off() -> None:
    def write(document: Any) -> None:
        set_properties(paragraph(document, "第3季A类"), '<w:autoSpaceDE w:val="0"/>')
        set_properties(paragraph(document, "第4季A类"), '<w:autoSpaceDN w:val="0"/>')

    page = read(write)

    assert [len(block.xpath("./i[contains(@class, 'gap')]")) for block in page.blocks()] == [2, 2]


def test_only_a_mark_that_may_end_a_line_hangs() -> None:
    page = read(lambda document: paragraph(document, "（以下简称“条例”，下同。）甲，乙。"))
    [block] = page.blocks()

    assert [mark.text_content() for mark in block.xpath("./i[starts-with(@class, 'hang')]")] == [
        "，",
        "，",
        "。",
    ]


def test_no_mark_hangs_where_the_document_forbids_it() -> None:
    def write(document: Any) -> None:
        set_properties(paragraph(document, "甲，乙。"), '<w:overflowPunct w:val="0"/>')

    [block] = read(write).blocks()

    assert block.xpath(".//i") == []


def test_in_a_cell_no_mark_hangs_and_lines_keep_off_the_grid() -> None:
    def write(document: Any) -> None:
        grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), "312")
        made = table(document, 1, [3000], header=0)
        made.rows[0].cells[0].paragraphs[0].add_run("格，内")
        paragraph(document, "格，外", "表格文字").alignment = 0

    page = convert(official(write), "报告.docx", Alike((1.5, 0.2, 0.0)))
    found = Read(page.html)
    inside, outside = found.blocks()

    assert [len(block.xpath("./i")) for block in (inside, outside)] == [0, 1]
    assert [found.css(block)["line-height"] for block in (inside, outside)] == ["1.7", "31.2pt"]


def test_an_indent_in_characters_outweighs_one_in_points() -> None:
    def write(document: Any) -> None:
        for text, xml in (
            ("字符", '<w:ind w:firstLineChars="300" w:firstLine="100"/>'),
            ("零字符", '<w:ind w:firstLineChars="0" w:firstLine="100"/>'),
            ("悬挂", '<w:ind w:leftChars="200" w:left="1" w:hangingChars="100" w:hanging="1"/>'),
        ):
            made = document.add_paragraph()
            made.add_run(text).font.size = Pt(10)
            set_properties(made, xml)

    page = read(write)

    assert [
        (page.css(block)["text-indent"], page.css(block)["margin"].split()[-1]) for block in page.blocks()
    ] == [("30pt", "0"), ("5pt", "0"), ("-10pt", "20pt")]


def test_of_two_spaces_between_paragraphs_the_larger_counts_and_lines_count_twelve_points() -> None:
    def write(document: Any) -> None:
        for text, spacing in (("上", 'w:after="200"'), ("中", 'w:beforeLines="50" w:after="0"'), ("下", "")):
            set_properties(paragraph(document, text), f"<w:spacing {spacing}/>")

    page = read(write)

    assert [page.css(block)["margin"] for block in page.blocks()] == ["0 0 0 0", "10pt 0 0 0", "0 0 0 0"]


def test_spaces_between_paragraphs_add_up_where_the_settings_ask_for_it() -> None:
    def write(document: Any) -> None:
        for text, spacing in (
            ("上", 'w:after="200"'),
            ("中", 'w:beforeLines="50" w:after="0"'),
            ("自动", 'w:beforeAutospacing="1"'),
        ):
            set_properties(paragraph(document, text), f"<w:spacing {spacing}/>")
        document.settings.element.find(qn("w:compat")).append(
            parse_xml(f"<w:doNotUseHTMLParagraphAutoSpacing {nsdecls('w')}/>")
        )

    page = read(write)

    assert [page.css(block)["margin"] for block in page.blocks()] == ["0 0 0 0", "16pt 0 0 0", "5pt 0 0 0"]


def test_line_heights_are_exact_at_least_or_multiples_of_the_fonts_own() -> None:
    def write(document: Any) -> None:
        for text, spacing in (
            ("固定", 'w:line="400" w:lineRule="exact"'),
            ("最小", 'w:line="400" w:lineRule="atLeast"'),
            ("倍数", 'w:line="360" w:lineRule="auto"'),
        ):
            set_properties(document.add_paragraph(text, style="署名"), f"<w:spacing {spacing}/>")

    page = convert(official(write), "报告.docx", Alike((0.9, 0.2, 0.1)))
    found = Read(page.html)

    assert [found.css(block)["line-height"] for block in found.blocks()] == ["20pt", "20pt", "1.8"]


def test_a_page_break_begins_a_block_or_the_next_paragraph() -> None:
    def write(document: Any) -> None:
        run = paragraph(document, "前").runs[0]
        run.add_break(WD_BREAK.PAGE)
        run.add_text("后")
        paragraph(document, "末").runs[0].add_break(WD_BREAK.PAGE)
        paragraph(document, "新页")

    page = read(write)

    assert page.texts() == ["前", "后", "末", "新页"]
    assert [page.css(block).get("break-before") for block in page.blocks()] == [None, "page", None, None]
    assert page.block("新页").getprevious().get("style") == "break-before: page"


def test_headings_carry_their_outline_level() -> None:
    def write(document: Any) -> None:
        for text, style in (("一、情况", "一级"), ("（一）做法", "二级"), ("正文", "公文正文")):
            paragraph(document, text, style)

    page = read(write)

    assert [(block.tag, page.css(block).get("bookmark-level")) for block in page.blocks()] == [
        ("h1", "1"),
        ("h2", "2"),
        ("p", None),
    ]
    assert page.css(page.block("一、情况"))["break-after"] == "avoid"


def test_deleted_and_hidden_text_stays_out_and_inserted_text_in() -> None:
    def write(document: Any) -> None:
        made = paragraph(document, "留")
        made.add_run("藏").font.hidden = True
        for tag, text in (("ins", "<w:t>增</w:t>"), ("del", "<w:delText>删</w:delText>")):
            made._p.append(parse_xml(f"<w:{tag} {nsdecls('w')}><w:r>{text}</w:r></w:{tag}>"))

    assert read(write).texts() == ["留增"]


def test_markup_in_the_text_is_text() -> None:
    def write(document: Any) -> None:
        paragraph(document, '<script>alert("1")</script> & </style>')
        document.core_properties.title = "</title><b>"

    page = read(write)

    assert page.texts() == ['<script>alert("1")</script> & </style>']
    assert page.tree.xpath("//script | //b") == []
    assert page.tree.findtext(".//title") == "</title><b>"


def test_links_lead_only_to_web_addresses_and_bookmarks() -> None:
    def write(document: Any) -> None:
        made = paragraph(document, "见")
        for target in ("https://www.example.gov.cn/", "file:///etc/passwd", "javascript:alert(1)"):
            relation = document.part.relate_to(
                target,
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
                is_external=True,
            )
            made._p.append(
                parse_xml(
                    f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}">'
                    "<w:r><w:t>网</w:t></w:r></w:hyperlink>"
                )
            )

    page = read(write)

    assert [link.get("href") for link in page.tree.xpath("//a")] == ["https://www.example.gov.cn/"]
    assert page.texts() == ["见网网网"]


def test_a_plain_document_of_python_docx_needs_no_styles_of_ours() -> None:
    document = Document()
    document.add_heading("Heading", 1)
    document.add_paragraph("Hello, world.")

    page = convert(saved(document), "plain.docx")

    assert page.problems == ()
    assert Read(page.html).texts() == ["Heading", "Hello, world."]


def test_nothing_stands_between_a_mark_that_hangs_and_the_digits_of_the_next_line() -> None:
    def write(document: Any) -> None:
        run = paragraph(document, "有了变化。9月").runs[0]
        run._r.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="-5"/>'))

    [block] = read(write).blocks()
    [mark] = block.xpath("./i[contains(@class, 'hang')]")

    assert mark.getnext().text == "9"


def test_an_address_may_end_a_line_after_a_slash_and_a_unit_may_not() -> None:
    address = "https://www.example.gov.cn/zwgk/zfxxgk/2025/t1.html"
    without = "example.gov.cn/zwgk/zfxxgk/fdzdgknr/ndbg.html"
    made = Document()
    made.add_paragraph(f"每小时60km/h，见{address}，或{without}。")
    page = read(made)

    assert [one.text_content() for one in page.tree.xpath("//span[@class='whole']")] == ["60km/h"]
