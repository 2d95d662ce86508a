"""Every property of WordprocessingML is carried over, says nothing on a page, or is told as lost."""

from __future__ import annotations

import pytest
from nianbao.media.word.html import convert

from tests.media.word.html.page_samples import saved
from tests.media.word.html.page_xml import document, element, letters, losses, page_of, paragraph

# The elements of ECMA-376-1, 17.3 to 17.6, and what is told of those that are on, in their order.
RUN = (
    "rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof"
    " snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd"
    " fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
)
RUN_TOLD = {
    "outline": "文字效果“空心”没有带入",
    "shadow": "文字效果“阴影”没有带入",
    "emboss": "文字效果“阳文”没有带入",
    "imprint": "文字效果“阴文”没有带入",
    "effect": "文字效果“动态效果”没有带入",
    "rtl": "从右向左的文字按从左向右排",
}
PARAGRAPH = (
    "keepNext keepLines pageBreakBefore framePr widowControl suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi"
    " adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc"
    " textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle"
)
PARAGRAPH_TOLD = {
    "framePr": "图文框或首字下沉按普通段落排",
    "topLinePunct": "行首标点没有压缩",
    "mirrorIndents": "奇偶页对称的缩进改为左右缩进",
    "bidi": "从右向左的段落按从左向右排",
    "textDirection": "竖排的段落改为横排",
}
TABLE = (
    "tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd"
    " tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
)
TABLE_TOLD = {
    "bidiVisual": "从右向左排列的表格改为从左向右",
    "tblCellSpacing": "单元格之间的间距没有带入",
}
ROW = "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing"
CELL = "cnfStyle tcW tcBorders shd noWrap tcMar tcFitText vAlign hideMark headers"
SECTION = (
    "paperSrc pgBorders lnNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid"
)
SECTION_TOLD = {
    "lnNumType": "行号没有带入",
    "vAlign": "页面的垂直对齐方式没有带入，正文从页面上边排起",
    "textDirection": "竖排的正文改为横排",
    "bidi": "从右向左的段落按从左向右排",
    "rtlGutter": "装订线在右边，改为在左边",
}


def on(names: str) -> str:
    """Each of these elements, turned on."""
    values = ((name, VALUES.get(name, "1")) for name in names.split())
    return "".join(f'<w:{name} w:val="{value}" w:wrap="around"/>' for name, value in values)


VALUES = {"textDirection": "tbRl", "vAlign": "center", "em": "dot"}
GRID = '<w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid>'


def table(properties: str = "", row: str = "", cell: str = "") -> str:
    return (
        f"<w:tbl><w:tblPr>{properties}</w:tblPr>{GRID}<w:tr><w:trPr>{row}</w:trPr>"
        f"<w:tc><w:tcPr>{cell}</w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
    )


@pytest.mark.parametrize(
    ("block", "told"),
    [
        (paragraph(letters("字", on(RUN.replace("vanish webHidden", "webHidden")))), [*RUN_TOLD.values()]),
        (paragraph("字", properties=on(PARAGRAPH)), [PARAGRAPH_TOLD[name] for name in (
            "framePr", "topLinePunct", "mirrorIndents", "bidi", "textDirection")]),
        (table(on(TABLE)), [*TABLE_TOLD.values()]),
        (table(row=on(ROW)), ["单元格之间的间距没有带入"]),
        (table(cell=on(CELL)), ["单元格的“适应文字”没有带入"]),
    ],
    ids=["run", "paragraph", "table", "row", "cell"],
)  # fmt: skip
def test_of_all_properties_those_that_are_lost_are_told(block: str, told: list[str]) -> None:
    assert losses(page_of(block)) == told


def test_of_a_section_too() -> None:
    made = document(paragraph("字"))
    for each in element(f"<w:sectPr>{on(SECTION)}</w:sectPr>"):
        made.element.body.sectPr.append(each)

    assert losses(convert(saved(made), "报告.docx")) == [*SECTION_TOLD.values()]


@pytest.mark.parametrize(
    "said", ['<w:outline w:val="0"/>', '<w:effect w:val="none"/>', '<w:em w:val="none"/>']
)
def test_what_is_off_is_no_loss(said: str) -> None:
    assert losses(page_of(paragraph(letters("字", said)))) == []


def test_an_effect_of_a_style_is_told_where_it_is_used_and_not_turned_off() -> None:
    made = document(
        paragraph(letters("甲", '<w:shadow w:val="0"/>'), properties='<w:pStyle w:val="影"/>'),
        paragraph(letters("乙"), properties='<w:pStyle w:val="影"/>'),
    )
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:rPr><w:shadow/><w14:glow/></w:rPr></w:style>'
    for name in ("影", "不用"):
        made.styles.element.append(element(style.format(name)))

    assert [str(problem).partition("。")[0] for problem in convert(saved(made), "报告.docx").problems] == [
        "报告.docx › 正文 › 第 1 段、第 2 段：文字效果“发光”没有带入",
        "报告.docx › 正文 › 第 2 段：文字效果“阴影”没有带入",
    ]


def test_a_property_nobody_knows_is_told_by_its_name() -> None:
    page = page_of(
        paragraph(letters("字", "<w:newer/>"), properties="<w:newest/>"), table(cell="<w15:newer/>")
    )

    assert losses(page) == ["格式 w:newest 没有带入", "格式 w:newer 没有带入", "格式 w15:newer 没有带入"]


def test_only_a_text_that_is_filled_in_steps_of_colour_is_a_loss() -> None:
    plain, stepped = (
        f"<w14:textFill><w14:{kind}/></w14:textFill><w14:ligatures w14:val='none'/>"
        for kind in ("solidFill", "gradFill")
    )

    assert losses(page_of(paragraph(letters("字", plain)))) == []
    assert losses(page_of(paragraph(letters("字", stepped)))) == ["文字效果“渐变填充”没有带入"]


def test_small_letters_beside_large_ones_are_told_where_they_are_not_on_the_baseline() -> None:
    said = '<w:textAlignment w:val="center"/>'

    assert losses(page_of(paragraph("字", "字", properties=said))) == []
    assert losses(page_of(paragraph("字", letters("大", '<w:sz w:val="44"/>'), properties=said))) == [
        "同一行里大小不同的文字没有按上、中、下对齐"
    ]


def test_settings_that_change_the_page_are_told() -> None:
    page = page_of(paragraph("字"), settings="<w:printTwoOnOne/><w:displayBackgroundShape/>")

    assert losses(page) == ["一张纸上拼两页没有带入，按单页排"]
