"""A note as Word has it: seen by python-docx, by the Open XML SDK, and after somebody has worked on it."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from nianbao.media.word import note as word
from nianbao.report import Place, rule
from nianbao.report.notes import Awaited, HandedIn, Note, overview, reminder, returned

from tests.paths import VALIDATOR

DAY = date(2026, 2, 3)
OFFICE = "某某县人民政府办公室"
SUM = rule("balance").broken("左边 3，右边 4", "请核对", (Place("年报.xlsx", "三、申请", cell="C4"),))
RETURNED = returned("某某县教育局", 2025, [SUM, SUM], file="年报.xlsx", office=OFFICE, day=DAY)
LIST = overview(
    2025, [HandedIn("年报.xlsx", "某某县教育局", 2025, (SUM,))], [Awaited("某某县林业局")], day=DAY
)
REMINDER = reminder("某某县林业局", 2025, date(2026, 1, 31), office=OFFICE, day=DAY)


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def test_a_note_has_the_layout_of_an_official_letter() -> None:
    document = opened(word.write(RETURNED))
    section = document.sections[0]
    table = document.tables[0]

    assert [(line.style.name, line.text) for line in document.paragraphs if line.style] == [
        ("Title", "关于退回\n2025年政府信息公开工作年度报告的通知"),
        ("主送机关", "某某县教育局："),
        ("Body Text", RETURNED.blocks[0]),
        ("Heading 1", "一、须改正的（2处）"),
        ("Body Text", "特此通知。"),
        ("Signature", OFFICE),
        ("Date", "2026年2月3日"),
    ]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "位置", "问题", "怎样改"],
        ["1", "三、申请 › C4", "左边 3，右边 4", "请核对"],
        ["2", "三、申请 › C4", "左边 3，右边 4", "请核对"],
    ]
    assert [row.tag for row in document.element.iter(qn("w:tblHeader"))] == [qn("w:tblHeader")]
    assert [bool(cell.paragraphs[0].paragraph_format.keep_with_next) for cell in table.columns[0].cells] == [
        True,
        False,
        False,
    ]
    assert round((section.page_width - section.left_margin - section.right_margin) / 36000) == 156  # type: ignore[operator]
    properties = document.core_properties
    assert (properties.title, properties.author) == ("关于退回2025年政府信息公开工作年度报告的通知", OFFICE)


def test_a_list_without_addressee_and_office_has_neither() -> None:
    styles = [line.style.name for line in opened(word.write(LIST)).paragraphs if line.style]

    assert styles == ["Title", "Body Text", "Heading 1", "Heading 1", "Body Text", "Date"]


def test_a_note_that_ends_in_a_table_has_a_paragraph_behind_it() -> None:
    note = Note(RETURNED.title, "", RETURNED.blocks[:-1])
    last = opened(word.write(note)).element.body[-2]

    assert (last.tag, "".join(last.itertext())) == (qn("w:p"), "")


@pytest.mark.skipif(not VALIDATOR.exists(), reason="needs .cache/ooxml-validator: run setup/validator")
@pytest.mark.parametrize("note", [RETURNED, LIST, REMINDER, Note("题", "", RETURNED.blocks[:-1])])
def test_every_note_is_valid_by_the_open_xml_sdk(note: Note, tmp_path: Path) -> None:
    path = tmp_path / "通知.docx"
    path.write_bytes(word.write(note))
    said = subprocess.run([VALIDATOR, path, "Office2019"], capture_output=True, check=True).stdout

    assert json.loads(said)["errors"] == []


def test_signs_that_no_file_can_hold_are_left_out_and_markup_is_text() -> None:
    odd = rule("balance").broken("左\x00边<b>&\ud800", "改\x0b", (Place("年报.xlsx"),))
    note = returned("甲<局>&\x01", 2025, [odd], file="<i>.xlsx", office="乙\x02&局")
    document = opened(word.write(note))

    assert document.paragraphs[1].text == "甲<局>&："
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["1", "整份报告", "左边<b>&", "改"]
    assert document.core_properties.author == "乙&局"


def test_the_same_note_gives_the_same_bytes() -> None:
    assert word.write(RETURNED) == word.write(RETURNED)


def test_it_is_known_whether_somebody_has_worked_on_a_note(tmp_path: Path) -> None:
    content, text = word.write(RETURNED), RETURNED.text().encode()
    document = opened(content)
    document.paragraphs[2].add_run("请来电。")
    document.save(str(tmp_path / "改过.docx"))

    assert word.is_untouched(content)
    assert word.is_untouched(content, text)
    assert not word.is_untouched(content, text + "另请来电。".encode())
    assert not word.is_untouched((tmp_path / "改过.docx").read_bytes())
    assert not word.is_untouched(b"")
    assert not word.is_untouched(b"PK\x03\x04")
