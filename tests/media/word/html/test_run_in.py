"""Paragraphs whose end is hidden or deleted, and boxes around several paragraphs."""

from __future__ import annotations

from typing import Any

from tests.media.word.html.page_reading import Read
from tests.media.word.html.page_xml import letters, losses, page_of, paragraph

HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
EDGE = '<w:{} w:val="single" w:sz="8" w:space="3"/>'


def texts(*blocks: str) -> list[str]:
    """The texts of a page of which nothing is lost."""
    page = page_of(*blocks)
    assert losses(page) == []
    return Read(page.html).texts()


def table(*blocks: str) -> str:
    return (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='2000'/></w:tblGrid>"
        f"<w:tr><w:tc><w:tcPr/>{''.join(blocks)}</w:tc></w:tr></w:tbl>"
    )


def test_a_paragraph_whose_end_is_hidden_goes_on_with_the_next_one() -> None:
    runs_in = paragraph("标题", properties='<w:jc w:val="center"/>' + HIDDEN)
    page = Read(page_of(runs_in, paragraph("正文", properties='<w:jc w:val="right"/>')).html)

    assert page.texts() == ["标题正文"]
    assert page.css(page.block("标题正文"))["text-align"] == "right"


def test_a_style_separator_keeps_the_heading() -> None:
    said = '<w:outlineLvl w:val="0"/><w:rPr><w:vanish/><w:specVanish/></w:rPr>'
    page = Read(page_of(paragraph("标题", properties=said), paragraph("正文")).html)

    assert [(block.tag, block.text_content()) for block in page.blocks()] == [("h1", "标题正文")]


def test_a_deleted_end_too() -> None:
    deleted = "<w:rPr><w:del w:id='1' w:author='x'/></w:rPr>"

    assert texts(
        paragraph("一", properties=deleted), paragraph("二", properties=deleted), paragraph("三")
    ) == ["一二三"]


def test_a_paragraph_hidden_as_a_whole_takes_no_line() -> None:
    hidden = paragraph(letters("隐", "<w:vanish/>"), properties=HIDDEN)

    assert texts(paragraph("一"), hidden, paragraph(properties=HIDDEN), paragraph("二")) == ["一", "二"]
    assert texts(hidden, table(hidden, paragraph("三")), paragraph("四")) == ["三", "四"]


def test_what_is_not_hidden_stands_before_a_table_and_at_the_end_of_a_cell() -> None:
    shown = paragraph("一", properties=HIDDEN)

    assert texts(shown, table(shown), paragraph("二")) == ["一", "一", "二"]


def test_a_paragraph_with_hidden_letters_and_an_end_that_shows_is_an_empty_line() -> None:
    assert texts(paragraph("一"), paragraph(letters("隐", "<w:vanish/>")), paragraph("二")) == [
        "一",
        "",
        "二",
    ]


def boxed(text: str, *sides: str, more: str = "") -> str:
    edges = "".join(map(EDGE.format, sides))
    return paragraph(
        text, properties=f'<w:pBdr>{edges}</w:pBdr><w:spacing w:before="100" w:after="0"/>{more}'
    )


def edges_of(page: Read, text: str) -> list[str]:
    declared = page.css(page.block(text))
    return [side for side in ("top", "right", "bottom", "left") if f"border-{side}" in declared]


def test_paragraphs_with_the_same_borders_stand_in_one_box() -> None:
    sides = ("top", "left", "bottom", "right")
    other = '<w:ind w:left="200"/>'
    page = Read(page_of(*(boxed(text, *sides) for text in "一二三"), boxed("四", *sides, more=other)).html)

    assert [edges_of(page, text) for text in "一二三四"] == [
        ["top", "right", "left"],
        ["right", "left"],
        ["right", "bottom", "left"],
        ["top", "right", "bottom", "left"],
    ]
    second: Any = page.css(page.block("二"))
    assert (second["margin-top"], second["padding-top"]) == ("0", "5pt")


def test_a_line_between_them_is_drawn_once() -> None:
    page = Read(page_of(*(boxed(text, "top", "bottom", "between") for text in "一二")).html)

    assert [edges_of(page, text) for text in "一二"] == [["top"], ["top", "bottom"]]


def test_the_sides_of_a_box_stand_outside_the_measure() -> None:
    declared = Read(page_of(boxed("一", "left", "right")).html)
    css = declared.css(declared.block("一"))

    assert [css[key] for key in ("margin-left", "padding-left", "margin-right")] == ["-4pt", "3pt", "-4pt"]


def test_lines_beside_a_paragraph_are_told() -> None:
    assert losses(page_of(boxed("一", "bar"))) == ["段落旁边的竖线没有带入"]
    stops = '<w:tabs><w:tab w:val="bar" w:pos="2000"/></w:tabs>'
    assert losses(page_of(paragraph("一", properties=stops))) == ["竖线制表位没有带入"]
