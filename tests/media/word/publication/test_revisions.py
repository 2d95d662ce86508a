"""Revisions of a template: its reports are printed as if all were accepted, and bear nobody's name."""

from __future__ import annotations

import pytest

from tests.media.word.publication.foreign import (
    BY,
    NAMES,
    WML,
    Foreign,
    begin,
    left_out,
    lines,
    made,
    opened,
    paragraph,
    run,
    told,
)

UNDECIDED = "请在 Word 或 WPS 的“审阅”中接受或拒绝全部修订后保存。"


def table(rows: str) -> str:
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>{rows}</w:tbl>'


def row(text: str, properties: str = "", cell: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>{paragraph(text)}</w:tc></w:tr>"


DELETED = f"<w:del {BY}><w:r><w:delText>旧</w:delText></w:r></w:del>"
REVISED = {  # what stands in the template, and the paragraphs that are printed of it
    "an insertion": (f"<w:p><w:ins {BY}>{run('新')}</w:ins></w:p>", ["新"]),
    "a deletion": (f"<w:p>{run('甲')}{DELETED}{run('乙')}</w:p>", ["甲乙"]),
    "a deletion of what was put in": (f"<w:p><w:ins {BY}>{run('甲')}{DELETED}</w:ins></w:p>", ["甲"]),
    "what was moved": (
        f'<w:p><w:moveFromRangeStart {BY} w:name="a"/><w:moveFrom {BY}>{run("动")}</w:moveFrom>'
        f'<w:moveFromRangeEnd w:id="9"/></w:p><w:p><w:moveToRangeStart {BY} w:name="a"/>'
        f'<w:moveTo {BY}>{run("动")}</w:moveTo><w:moveToRangeEnd w:id="9"/></w:p>',
        ["", "动"],
    ),
    "a deleted end of a paragraph": (
        paragraph("甲", f"<w:rPr><w:del {BY}/></w:rPr>") + paragraph("乙", '<w:jc w:val="center"/>'),
        ["甲乙"],
    ),
    "three paragraphs made one": (
        paragraph("甲", f"<w:rPr><w:del {BY}/></w:rPr>") * 2 + paragraph("乙"), ["甲甲乙"]
    ),
    "a deleted paragraph": (
        f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{DELETED}</w:p>{paragraph('乙')}", ["乙"]
    ),
    "a deleted paragraph before a table": (
        f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{DELETED}</w:p>{table(row('格'))}", ["格"]
    ),
    "a deleted paragraph alone in its cell": (
        table(
            f"<w:tr><w:tc><w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{DELETED}</w:p></w:tc></w:tr>"
        ),
        [""],
    ),
    "an inserted end of a paragraph": (paragraph("甲", f"<w:rPr><w:ins {BY}/></w:rPr>"), ["甲"]),
    "a deleted row": (table(row("甲", f"<w:del {BY}/>") + row("乙")), ["乙"]),
    "an inserted row": (table(row("甲", f"<w:ins {BY}/>")), ["甲"]),
    "a table of which every row is deleted": (table(row("甲", f"<w:del {BY}/>")) + paragraph("后"), ["后"]),
    "a deleted cell": (table(row("甲", cell=f"<w:cellDel {BY}/>") + row("乙")), ["乙"]),
    "an inserted cell": (table(row("甲", cell=f"<w:cellIns {BY}/>")), ["甲"]),
    "changed letters": (
        f'<w:p>{run("甲", f"<w:b/><w:rPrChange {BY}><w:rPr><w:i/></w:rPr></w:rPrChange>")}</w:p>', ["甲"]
    ),
    "a changed paragraph": (
        paragraph("甲", f'<w:jc w:val="center"/><w:pPrChange {BY}><w:pPr/></w:pPrChange>'), ["甲"]
    ),
    "inserted numbering": (
        paragraph("甲", f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/><w:ins {BY}/></w:numPr>'), ["甲"]
    ),
    "a changed table": (
        table(row("甲")).replace(
            "<w:tblPr/>",
            f'<w:tblPr><w:jc w:val="center"/><w:tblPrChange {BY}><w:tblPr/></w:tblPrChange></w:tblPr>',
        ),
        ["甲"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "printed"), REVISED.values(), ids=REVISED)
def test_what_is_printed_is_what_the_revisions_would_leave(body: str, printed: list[str]) -> None:
    parts = opened(Foreign(body))

    assert lines(parts) == printed
    assert "张三".encode() not in parts["word/document.xml"]
    assert "w:id=" not in begin(parts)
    [problem] = left_out(Foreign(body))
    assert problem.startswith("警告 模板.docx › 正文")
    assert "处修订还没有处理，报告按全部接受后的样子生成" in problem


def test_a_merged_paragraph_has_the_form_of_the_one_whose_mark_is_left() -> None:
    body = paragraph("甲", f"<w:rPr><w:del {BY}/></w:rPr>") + paragraph("乙", '<w:jc w:val="center"/>')

    assert begin(opened(Foreign(body))).count('<w:jc w:val="center"/>') == 1


def test_a_cell_merged_by_a_revision_is_merged() -> None:
    rows = row("甲", cell=f'<w:cellMerge {BY} w:vMerge="rest"/>')
    rows += row("", cell=f'<w:cellMerge {BY} w:vMerge="cont"/>')

    markup = begin(opened(Foreign(table(rows))))

    assert ('<w:vMerge w:val="restart"/>' in markup, "<w:vMerge/>" in markup) == (True, True)


def test_revisions_are_told_once_with_their_places_as_word_counts_them() -> None:
    body = paragraph("一") + f"<w:p>{DELETED}{DELETED}</w:p>" + table(row("甲", f"<w:del {BY}/>") + row("乙"))

    assert left_out(Foreign(body)) == [
        "警告 模板.docx › 正文 › 第 2 段、表 1 第 1 行第 1 列："
        f"有 3 处修订还没有处理，报告按全部接受后的样子生成。{UNDECIDED}"
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p><w:del {BY}><w:r><w:delText>{{{{ old }}}} {{% if x %}}</w:delText></w:r></w:del></w:p>",
        f"<w:p><w:del {BY}><w:r><w:delText>{{{{ old</w:delText></w:r></w:del>{run(' }}')}</w:p>",
        f"<w:p><w:del {BY}><w:r><w:delText>{{%p</w:delText></w:r><w:r><w:delText> for x in overview %}}"
        "</w:delText></w:r></w:del></w:p>",
        f"<w:p><w:moveFrom {BY}>{run('{{ title }}')}</w:moveFrom></w:p>",
        table(row("{%tr for x in overview %}", f"<w:del {BY}/>") + row("乙")),
        table(row("{{ nosuch }}", cell=f"<w:cellDel {BY}/>") + row("乙")),
        f"<w:p><w:del {BY}><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:delInstrText>"
        "TITLE {{ x }}</w:delInstrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:del></w:p>",
    ],
)
def test_a_tag_in_a_deletion_nobody_decided_upon_is_the_one_thing_told(body: str) -> None:
    spot = "表 1 第 1 行第 1 列" if "<w:tbl>" in body else "第 1 段"

    assert told(Foreign(body + paragraph("{{ nosuch }}"))) == [
        f"错误 模板.docx › 正文 › {spot}：标签在还没有处理的删除修订里。{UNDECIDED}"
    ]


def test_a_tag_that_revisions_cut_into_pieces_is_whole_again() -> None:
    body = (
        f"<w:p>{run('{{ or')}<w:ins {BY}>{run('ga')}</w:ins>"
        f"{DELETED}{run('n')}<w:ins {BY}>{run(' }}。')}</w:ins></w:p>"
    )

    assert lines(made(Foreign(body))) == ["试印机关 A & B <x>。"]
    assert len(told(Foreign(body))) == 1  # that there are revisions


def test_a_note_that_went_with_a_deletion_is_not_left_to_be_read() -> None:
    note = '<w:footnote w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {NAMES}>{note.format(1, '内部情况')}{note.format(2, '公开说明')}</w:footnotes>"
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    foreign = Foreign(
        f"<w:p>{run('甲')}<w:del {BY}>{reference.format(1)}</w:del>{reference.format(2)}</w:p>",
        parts={"word/footnotes.xml": notes},
        types={"word/footnotes.xml": f"{WML}.footnotes+xml"},
        relations={"word/_rels/document.xml.rels": [("rIdN", "footnotes", "footnotes.xml")]},
    )

    assert lines(opened(foreign), "word/footnotes.xml") == ["公开说明"]
