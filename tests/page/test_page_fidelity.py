"""The measure of fidelity: what it takes for a line, and that it sees a difference."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from page_reading import Read
from page_samples import official, paragraph

from benchmarks.reference import Word, lines
from generator.media.page import convert


def word(text: str, left: float, right: float, bottom: float = 100) -> Word:
    return Word(1, left, bottom - 10, right, bottom, text)


def test_words_on_one_height_are_one_line_up_to_a_wide_gap():
    words = [word("see", 10, 25), word("page", 29, 50), word("其他", 90, 110), word("尚未", 118, 138)]

    assert lines(words) == ["seepage", "其他", "尚未"]


def test_a_lower_word_begins_a_line():
    assert lines([word("第一行", 10, 40), word("第二行", 10, 40, 120)]) == ["第一行", "第二行"]


def test_a_line_of_at_least_a_pitch_is_as_high_as_its_letters():
    def write(document: object) -> None:
        for pitch in (100, 800):
            said = f'<w:spacing {nsdecls("w")} w:line="{pitch}" w:lineRule="atLeast"/>'
            paragraph(document, "正文")._p.get_or_add_pPr().append(parse_xml(said))

    page = Read(convert(official(write), "报告.docx").html)

    assert [page.css(block)["line-height"] for block in page.blocks()] == ["17.6pt", "40pt"]
