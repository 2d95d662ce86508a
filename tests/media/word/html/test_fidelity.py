"""The measure of fidelity: what it takes for a line, and that it sees a difference."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from nianbao.media.word.html import convert

from tests.media.word.html.page_reading import Read
from tests.media.word.html.page_samples import official, paragraph, saved
from tests.reference_pdf import Word, lines, office, shifts_of, words


def word(text: str, left: float, right: float, bottom: float = 100) -> Word:
    return Word(1, left, bottom - 10, right, bottom, text)


def test_words_on_one_height_are_one_line_up_to_a_wide_gap() -> None:
    words = [word("see", 10, 25), word("page", 29, 50), word("其他", 90, 110), word("尚未", 118, 138)]

    assert lines(words) == ["seepage", "其他", "尚未"]


def test_a_lower_word_begins_a_line() -> None:
    assert lines([word("第一行", 10, 40), word("第二行", 10, 40, 120)]) == ["第一行", "第二行"]


def test_a_line_of_at_least_a_pitch_is_as_high_as_its_letters() -> None:
    def write(document: object) -> None:
        for pitch in (100, 800):
            said = f'<w:spacing {nsdecls("w")} w:line="{pitch}" w:lineRule="atLeast"/>'
            paragraph(document, "正文")._p.get_or_add_pPr().append(parse_xml(said))

    page = Read(convert(official(write), "报告.docx").html)

    assert [page.css(block)["line-height"] for block in page.blocks()] == ["17.6pt", "40pt"]


def test_what_the_words_of_a_page_share_is_its_shift() -> None:
    theirs = [word(str(number), 10, 20, 100 + number) for number in range(3)]
    ours = [word(str(number), 10, 20, 106 + number + (number == 2)) for number in range(3)]

    assert shifts_of(dict(zip(theirs, ours, strict=True))) == {1: 6}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice)")
def test_libreoffice_sees_a_document_without_what_it_links_to(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    linked = Document()
    linked.add_paragraph("before")
    field = "<w:fldSimple w:instr='INCLUDETEXT \"{}\"'/>".format(tmp_path / "secret.txt")
    linked.paragraphs[0]._p.append(parse_xml(field.replace("<w:fldSimple", f"<w:fldSimple {nsdecls('w')}")))
    refused = tmp_path / "refused.docx"
    refused.write_bytes(b"no document")
    (tmp_path / "linked.docx").write_bytes(saved(linked))

    made = office([tmp_path / "linked.docx", refused], tmp_path, tmp_path)

    assert [path.exists() for path in made.values()] == [True, False]
    assert [each.text for each in words(made[tmp_path / "linked.docx"])] == ["before"]
