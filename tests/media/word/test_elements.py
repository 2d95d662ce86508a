"""The elements of GB/T 9704 beside a report's text: printed where they are filled in, and read again."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from nianbao.app import reading
from nianbao.media import word
from nianbao.media.word.layout import TYPE_AREA
from nianbao.report import Report

from tests.media.word.templates import shipped
from tests.reports import ELEMENTS, sound, take

FULL = ELEMENTS | {
    "contact_note": "是",
    "contact": {"联系地址": "某某路1号", "联系电话": "010-12345678"},
    "copied_to": "市人民政府办公室，市审计局、市发展和改革委员会。",
    "printed_on": "2026-01-23",
}
LETTERHEAD = ("Letterhead", "某某市财政局文件")
NUMBER, RULE = ("DocumentNumber", "某财发〔2026〕3号"), ("HeaderRule", " ")
ADDRESSEES, NOTE = (
    ("Addressees", "市人民政府："),
    ("ContactNote", "（联系地址：某某路1号；联系电话：010-12345678）"),
)
GAP, END = ("ContactNote", ""), ("AfterTable", "")
COPIED = ("CopiedTo", "抄送：市人民政府办公室，市审计局、市发展和改革委员会。")
IMPRINT = ("Imprint", "某某市财政局办公室\t2026年1月23日印发")


def merged(report: Report) -> Document:
    return docx.Document(io.BytesIO(word.merge(word.Template(shipped(), "模板.docx"), report)))


def lines(report: Report) -> list[tuple[str, str]]:
    """Style and text of every paragraph, also in cells."""
    return [
        (
            line.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")),
            "".join(
                "\t" if part.tag == qn("w:tab") else part.text or ""
                for part in line.iter(qn("w:t"), qn("w:tab"))
            ),
        )
        for line in merged(report).element.body.iter(qn("w:p"))
    ]


@pytest.mark.parametrize(
    ("filled", "above", "below", "end"),
    [
        ([], [], [], []),
        (["seal"], [], [], []),
        (["letterhead"], [LETTERHEAD, RULE], [], []),
        (["document_number"], [NUMBER, RULE], [], []),
        (["addressees"], [], [ADDRESSEES], []),
        (["copied_to"], [], [], [GAP, COPIED, END]),
        (["printed_by"], [], [], [GAP, ("Imprint", "某某市财政局办公室"), END]),
        (["printed_on"], [], [], [GAP, ("Imprint", "\t2026年1月23日印发"), END]),
        (["contact"], [], [], []),
        (["contact_note"], [], [], []),
        (["contact", "contact_note"], [], [], [NOTE]),
        ([*FULL], [LETTERHEAD, NUMBER, RULE], [ADDRESSEES], [NOTE, GAP, COPIED, IMPRINT, END]),
    ],
    ids=lambda value: "-".join(value) if value and isinstance(value[0], str) else "",
)  # fmt: skip
def test_an_element_is_printed_where_it_is_filled_in_and_nothing_else_changes(
    filled: list[str], above: list[tuple[str, str]], below: list[tuple[str, str]], end: list[tuple[str, str]]
) -> None:
    title, *text = lines(take(sound()))

    assert lines(take(sound() | {key: FULL[key] for key in filled})) == [*above, title, *below, *text, *end]


def test_what_is_written_with_its_own_marks_is_not_marked_twice() -> None:
    report = take(
        sound()
        | {"addressees": "市人民政府：", "copied_to": "抄送：市审计局。", "printed_on": "2026年1月23日印发"}
    )

    assert [text for style, text in lines(report) if style in ("Addressees", "CopiedTo", "Imprint")] == [
        "市人民政府：", "抄送：市审计局。", "\t2026年1月23日印发",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "size"),
    [("示例局文件", None), ("某某市财政局文件", None), ("某某市财政金融局文件", 88), ("长" * 30, 29)],
)
def test_a_letterhead_is_one_line_however_long_the_name(name: str, size: int | None) -> None:
    [line] = [one for one in merged(take(sound() | {"letterhead": name})).paragraphs if one.text == name]
    sizes = [run.font.size for run in line.runs]

    assert [found and found.pt * 2 for found in sizes] == [size]
    assert (size or 104) * 10 * len(name) <= TYPE_AREA
    assert line.paragraph_format.line_spacing == (None if size is None else pytest.approx(size * 11 * 635))


def test_what_stands_around_the_text_is_read_again() -> None:
    content = word.merge(word.Template(shipped(), "模板.docx"), take(sound() | FULL))

    found = reading.read_content(content, "报告.docx")

    assert found.elements == {
        "seal": "", "letterhead": "", "document_number": "", "addressees": "市人民政府",
        "copied_to": "市人民政府办公室，市审计局、市发展和改革委员会", "printed_by": "某某市财政局办公室",
        "printed_on": "2026年1月23日", "contact_note": "是",
    }  # fmt: skip
    whole = take(sound() | FULL)
    assert {key: [one.text for one in each] for key, each in found.narratives.items()} == {
        key: [one.text for one in each] for key, each in whole.narratives.items()
    }
    assert (found.issued_by, found.date_line, found.reading) == (whole.issued_by, whole.date_line, ())
    assert found.contact == whole.contact


@pytest.mark.parametrize(
    "first",
    [
        "现将本局2025年工作情况报告如下：",
        "本报告由以下六个部分组成：",
        "各位代表，各位委员：",
        "根据《条例》，向市政府：",
    ],
)
def test_a_first_paragraph_that_is_a_sentence_is_no_addressee(first: str) -> None:
    document = sound()
    document["sections"]["引言"] = f"{first}\n其余从略。"
    content = word.merge(word.Template(shipped(), "模板.docx"), take(document))

    found = reading.read_content(content, "报告.docx")

    assert [one.text for one in found.narratives["preface"]] == [first, "其余从略。"]


def test_a_report_is_the_same_whether_it_is_sealed_or_not_but_for_the_signature() -> None:
    report = take(sound())

    sealed = lines(replace(report, elements={"seal": "是"}))

    assert sealed == lines(report)


def test_the_contact_note_is_never_parted_from_the_date_nor_the_rows_of_the_imprint() -> None:
    def kept(**particulars: object) -> dict[str, bool | None]:
        document = merged(take(sound() | particulars))
        rows = document.tables[-1].rows
        cells = (line for row in rows for cell in row.cells for line in cell.paragraphs)
        return {
            line.style.name: line.paragraph_format.keep_with_next
            or line.style.paragraph_format.keep_with_next
            for line in (*document.paragraphs, *cells)
        }

    full, bare = kept(**FULL), kept()
    assert (full["Date"], full["附注"], full["抄送机关"], full["印发机关和印发日期"]) == (
        True,
        None,
        True,
        None,
    )
    assert bare["Date"] is None
