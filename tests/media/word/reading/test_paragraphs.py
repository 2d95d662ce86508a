"""The texts of a report are what its paragraphs print, wherever they stand in the markup."""

from __future__ import annotations

import pytest
from nianbao.app import reading
from nianbao.report.published.document import lines

from tests.media.word.reading.altered import (
    BY,
    FILE,
    NAMES,
    box,
    field,
    left_out,
    paragraph,
    read,
    related,
    run,
    style,
    styled,
    with_blocks,
)

SPOT = "第 7 段"
RAISED = '<w:vertAlign w:val="superscript"/>'
FRACTION = (
    "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
)
SHARE = "<m:oMath><m:r><m:t>96.1%</m:t></m:r></m:oMath>"
CIRCLED = '<w:r><w:sym w:font="Wingdings" w:char="F082"/></w:r>'
SIGNS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
DROPPED = '<w:framePr w:dropCap="drop" w:lines="2"/>'
WHITE = '<w:color w:val="FFFFFF"/>'
CHECKED = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
RUBY = f"<w:r><w:ruby><w:rt>{run('yǎn')}</w:rt><w:rubyBase>{run('䶮')}</w:rubyBase></w:ruby></w:r>"


def alternatives(choice: str, fallback: str, requires: str = "w14") -> str:
    return (
        f'<mc:AlternateContent {NAMES}><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


READ = {  # markup in the place of a paragraph, and the paragraphs that are read
    "a control round paragraphs": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('甲。'))}{paragraph(run('乙。'))}</w:sdtContent></w:sdt>",
        ["甲。", "乙。"],
    ),
    "markup round a paragraph": (
        f'<w:customXml w:element="a"><w:customXml w:element="b">{paragraph(run("甲。"))}</w:customXml>'
        "</w:customXml>",
        ["甲。"],
    ),
    "one of two paragraphs": (alternatives(paragraph(run("新。")), paragraph(run("旧。"))), ["新。"]),
    "the one that is understood": (
        alternatives(paragraph(run("新。")), paragraph(run("旧。")), requires="w14 odd"), ["旧。"]
    ),
    "one of two runs": (paragraph(run("共办理"), alternatives(run("五十八"), run("五十八")), run("件。")),
                        ["共办理五十八件。"]),
    "one of two in a run": (
        paragraph(run("甲"), f"<w:r>{alternatives('<w:t>乙</w:t>', '<w:t>丙</w:t>')}</w:r>"), ["甲乙"]
    ),
    "digits in circles": (
        paragraph(
            run("分为"), field(r"EQ \o\ac(○,1)"), run("文件、"), CIRCLED,
            run("数据、"), field(r"eq \o\ac(○,十)"), run("附件。"),
        ),
        ["分为①文件、②数据、㊉附件。"],
    ),
    "letters of a font of signs": (
        paragraph(run("\uf081", SIGNS), run("甲。")), ["①甲。"]
    ),
    "a fraction of a field": (paragraph(run("占"), field(r"EQ \f(1,3)"), run("。")), ["占1/3。"]),
    "an equation": (
        paragraph(run("办结率为"), SHARE, run("。")), ["办结率为96.1%。"]
    ),
    "a fraction of an equation": (paragraph(run("占"), FRACTION, run("。")), ["占1/3。"]),
    "an equation between paragraphs": (
        f"{paragraph(run('即'))}<m:oMathPara>{FRACTION}</m:oMathPara>", ["即", "1/3"]
    ),
    "a deleted end": (
        paragraph(run("印发后"), properties=f"<w:rPr><w:del {BY}/></w:rPr>") + paragraph(run("上网。")),
        ["印发后上网。"],
    ),
    "a deleted end before a control": (
        paragraph(run("印发后"), properties=f"<w:rPr><w:del {BY}/></w:rPr>")
        + f"<w:sdt><w:sdtContent>{paragraph(run('上网。'))}</w:sdtContent></w:sdt>",
        ["印发后上网。"],
    ),
    "a paragraph that was moved": (
        f'<w:moveFromRangeStart {BY} w:name="a"/>'
        + paragraph(
            f"<w:moveFrom {BY}>{run('动。')}</w:moveFrom>", properties=f"<w:rPr><w:moveFrom {BY}/></w:rPr>"
        )
        + f'<w:moveFromRangeEnd w:id="9"/>{paragraph(run("静。"))}'
        + paragraph(f"<w:moveTo {BY}>{run('动。')}</w:moveTo>"),
        ["静。", "动。"],
    ),
    "a large first letter": (
        paragraph(run("全"), properties=DROPPED) + paragraph(run("年办结。")),
        ["全年办结。"],
    ),
    "units and powers": (
        paragraph(run("面积3km"), run("2", RAISED), run("，即3×10"), run("6", RAISED), run("m²。")),
        ["面积3km²，即3×10⁶m²。"],
    ),
    "breaks, hyphens and tabs": (
        paragraph(run("甲"), "<w:r><w:br/></w:r>", run("乙"), "<w:r><w:noBreakHyphen/></w:r>", run("丙"),
                  "<w:r><w:softHyphen/></w:r>", run("丁")),
        ["甲", "乙-丙丁"],
    ),
    "a frame of one cell": (
        f"<w:tbl><w:tr><w:tc>{paragraph(run('框内。'))}</w:tc></w:tr></w:tbl>", ["框内。"]
    ),
    "a text box": (paragraph(run("框外。"), box(paragraph(run("框内。")))), ["框外。", "框内。"]),
    "white letters in a dark box": (
        paragraph(run("框外。"), box(paragraph(run("框内。", WHITE)))), ["框外。", "框内。"]
    ),
    "a checked box": (
        paragraph(
            field("FORMCHECKBOX", None, CHECKED), run("已办。")
        ),
        ["☒已办。"],
    ),
    "a comment": (
        paragraph('<w:commentRangeStart w:id="1"/>', run("甲。"), '<w:commentRangeEnd w:id="1"/>',
                  '<w:r><w:commentReference w:id="1"/></w:r>'),
        ["甲。"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("blocks", "texts"), READ.values(), ids=READ)
def test_a_text_is_read_through_whatever_holds_it(blocks: str, texts: list[str]) -> None:
    assert read(with_blocks(blocks)) == (58, texts, [])


LEFT_OUT = {  # markup, the paragraph that is read, the reason and what it was
    "struck": (
        paragraph(run("制发57件。", "<w:strike/>"), run("制发58件。")), "制发58件。",
        "删除线划去的文字", "制发57件。",
    ),
    "hidden": (
        paragraph(run("制发58件。"), run("内部备注", "<w:vanish/>"), run("：待核。", "<w:vanish/><w:b/>")),
        "制发58件。", "隐藏的文字", "内部备注：待核。",
    ),
    "hidden by the paragraph's style": (
        paragraph(run("内部。"), properties=styled("Gone", "p")) + paragraph(run("制发58件。")),
        "制发58件。", "隐藏的文字", "内部。",
    ),
    "white": (
        paragraph(run("制发58件。"), run("待核。", '<w:color w:val="FFFFFF"/>')), "制发58件。",
        "与底色同色或者透明的文字", "待核。",
    ),
    "a mark": (paragraph(run("制发58件"), run("1", RAISED), run("。")), "制发58件。", "上标的注号", "1"),
    "a mark of Unicode": (paragraph(run("共10²件。")), "共10件。", "上标的注号", "²"),
    "small letters above": (
        paragraph(
            run("由"), RUBY, run("镇负责。"),
        ),
        "由䶮镇负责。", "文字上方的拼音", "yǎn",
    ),
    "a prompt": (
        paragraph(
            run("制发58件。"),
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('选择一项。')}</w:sdtContent></w:sdt>",
        ),
        "制发58件。", "没有填写的提示文字", "选择一项。",
    ),
    "a prompt by its style": (
        paragraph(
            run("制发58件。"),
            f"<w:sdt><w:sdtContent>{run('选择一项。', styled('Prompt'))}</w:sdtContent></w:sdt>",
        ),
        "制发58件。", "没有填写的提示文字", "选择一项。",
    ),
}  # fmt: skip
PROMPT = '<w:name w:val="Placeholder Text"/>'
STYLES = style("paragraph", "Gone", "<w:vanish/>") + style("character", "Prompt", "").replace(
    '<w:name w:val="Prompt"/>', PROMPT
)


@pytest.mark.parametrize(("blocks", "text", "reason", "what"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_not_printed_or_no_text_is_told(blocks: str, text: str, reason: str, what: str) -> None:
    spot = "第 8 段" if "Gone" in blocks else SPOT

    assert read(with_blocks(blocks, STYLES)) == (58, [text], [left_out(reason, what, spot)])


def test_what_stands_in_a_frame_of_one_cell_is_lines_as_any_other() -> None:
    frame = f"<w:tbl><w:tr><w:tc>{paragraph(run('甲。'))}{paragraph(run('乙。'))}</w:tc></w:tr></w:tbl>"

    blocks = reading.look(with_blocks(frame), FILE).blocks

    found = [(line.text, line.place.cell) for line in lines(blocks) if line.text in ("甲。", "乙。")]
    assert found == [("甲。", "第 7 段"), ("乙。", "第 8 段")]


def test_a_footnote_is_told_with_its_words() -> None:
    notes = (
        f"<w:footnotes {NAMES}><w:footnote w:id='2'>{paragraph(run(' 含区县。'))}</w:footnote></w:footnotes>"
    )
    others = {
        "word/footnotes.xml": notes.encode(),
        "word/_rels/document.xml.rels": related("rIdNotes", "footnotes", "footnotes.xml"),
    }
    text = paragraph(run("制发58件"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("。"))

    found = read(with_blocks(text, others=others))

    assert found == (58, ["制发58件。"], [left_out("上标的注号", "1 含区县。", SPOT)])


def test_a_control_bound_to_a_value_reads_as_that() -> None:
    store = "{11111111-1111-1111-1111-111111111111}"
    binding = f'<w:dataBinding w:xpath="/a/b" w:storeItemID="{store}"/>'
    control = f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent>{run('旧数')}</w:sdtContent></w:sdt>"
    properties = (
        '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"'
        f' ds:itemID="{store}"/>'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
    others = {
        "customXml/item1.xml": "<a><b>新数</b></a>".encode(),
        "customXml/itemProps1.xml": properties.encode(),
        "customXml/_rels/item1.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="{relation}" Target="itemProps1.xml"/></Relationships>'
        ).encode(),
        "word/_rels/document.xml.rels": related("rIdStore", "customXml", "../customXml/item1.xml"),
    }

    assert read(with_blocks(paragraph(run("用"), control, run("。")), others=others)).texts == ["用新数。"]
