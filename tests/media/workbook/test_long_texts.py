"""A paragraph longer than the tallest row of Excel (409 points) is seen whole, or it is said that it is not."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from nianbao.app import reading
from nianbao.media import workbook
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from tests import libreoffice
from tests.libreoffice import recalculated
from tests.reports import save, sound, take

OFFICE = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
SHEET = "一、总体情况"
LINE, LINES = 51, 26  # characters in a line of the column, lines in the tallest row, reckoned with care
FITS = LINE * LINES
HOW = "一段一行；标题按自己的编号识别：（一）、1.、（1）。已写 {} 字"
CUT = "。有 {} 段太长，格中显示不全（段号标黄），报告仍印全文。可分作几段；看全文请点这一格，拉高编辑栏"


def text(length: int) -> str:
    said = "".join(f"第{number}句说明公开的情况。" for number in range(length // 10 + 1))
    return said[: length - 1] + "。"


def sheet(*paragraphs: str) -> Worksheet:
    document = sound()
    document["sections"]["一"] = "\n".join(paragraphs)
    content, problems = workbook.write(take(document))
    assert problems == ()
    return load_workbook(io.BytesIO(content))[SHEET]


def rows(made: Worksheet) -> list[tuple[int, int, float]]:
    """Of each paragraph: its length, how many rows it has, and their height together."""
    spans = {area.min_row: area.size["rows"] for area in made.merged_cells.ranges if area.min_col == 3}
    found = []
    for cell in made["C"][4:]:
        if cell.value:
            span = spans.get(cell.row, 1)
            heights = [made.row_dimensions[row].height for row in range(cell.row, cell.row + span)]
            assert max(heights) <= 409
            found.append((len(cell.value), span, sum(heights)))
    return found


@pytest.mark.parametrize(
    ("length", "count"),
    [(1, 1), (FITS, 1), (FITS + 1, 2), (1500, 2), (2652, 2), (2653, 3), (4029, 3), (4030, 4), (9000, 7)],
)
def test_a_paragraph_gets_as_many_rows_as_its_lines_take(length: int, count: int) -> None:
    [(there, span, height), (_, after, _)] = rows(sheet(text(length), "末段。"))

    assert (there, span, after) == (length, count, 1)
    assert height == pytest.approx(6 + -(-length // LINE) * 15.4)


def test_paragraphs_of_any_length_come_back_as_they_were_and_are_numbered_one_by_one(tmp_path: Path) -> None:
    chance = random.Random(20260124)
    paragraphs = [text(chance.choice([5, 200, FITS, 1400, 3000, 12_000])) for _ in range(40)]
    document = sound()
    document["sections"]["一"] = "\n".join(paragraphs)
    path = save(document, tmp_path / "年报.xlsx")

    assert [one.written for one in reading.read(path).narratives["overview"]] == paragraphs
    made = load_workbook(path)[SHEET]
    merged = {str(area) for area in made.merged_cells.ranges if area.min_row > 4}
    spans = [span for _, span, _ in rows(made)]
    assert len(merged) == 2 * sum(span > 1 for span in spans)
    assert {area.replace("B", "C") for area in merged} == {area for area in merged if area.startswith("C")}


def test_what_belongs_to_a_paragraph_may_be_typed_into_in_all_its_rows() -> None:
    document = sound()
    document["sections"]["一"] = text(4000)
    with zipfile.ZipFile(io.BytesIO(workbook.write(take(document))[0])) as parts:  # openpyxl would mend it
        styles = etree.fromstring(parts.read("xl/styles.xml")).find("{*}cellXfs")
        cells = etree.fromstring(parts.read("xl/worksheets/sheet3.xml")).iter("{*}c")
    assert styles is not None
    locks = {cell.get("r"): styles[int(cell.get("s", "0"))].find("{*}protection") for cell in cells}

    unlocked = [
        f"C{row}"
        for row in range(5, 9)
        if (lock := locks[f"C{row}"]) is not None and lock.get("locked") == "0"
    ]
    assert unlocked == ["C5", "C6", "C7", "C8"]
    assert locks["B6"] is None


def typed(path: Path, *texts: tuple[str, str]) -> Path:
    book = load_workbook(path)
    for cell, said in texts:
        book[SHEET][cell].value = said
    book.save(path)
    return path


TYPED = {
    "as written": ([], HOW.format(4028)),
    "fits": ([("C20", text(FITS))], HOW.format(4028 + FITS)),
    "one too many": ([("C20", text(FITS + 1))], HOW.format(4028 + FITS + 1) + CUT.format(1)),
    "lines fit": ([("C20", "甲\n" * 25 + "乙")], HOW.format(4028 + 51)),
    "a line too many": ([("C20", "甲\n" * 26 + "乙")], HOW.format(4028 + 53) + CUT.format(1)),
    "two, one far below": (
        [("C20", text(2000)), ("C500", text(2000))],
        HOW.format(4028 + 4000) + CUT.format(2),
    ),
    "more in its rows": ([("C5", text(4030))], HOW.format(4030) + CUT.format(1)),
}
MARKED = {FITS: False, FITS + 1: True}  # the length of a text, and whether its number is marked


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbooks of TYPED and MARKED, each typed into and calculated by one LibreOffice."""
    folder = tmp_path_factory.mktemp("typed")
    document = sound()
    document["sections"]["一"] = text(4028)
    books = [typed(save(document, folder / f"{name}.xlsx"), *texts) for name, (texts, _) in TYPED.items()]
    books += [typed(save(sound(), folder / f"{length}.xlsx"), ("C20", text(length))) for length in MARKED]
    recalculated(folder / "calculated", *books)
    return folder / "calculated"


@OFFICE
@pytest.mark.parametrize("name", TYPED)
def test_a_text_that_somebody_types_is_said_to_be_cut_off_where_it_is(calculated: Path, name: str) -> None:
    _, advice = TYPED[name]

    assert load_workbook(calculated / f"{name}.xlsx", data_only=True)[SHEET]["C4"].value == advice


@pytest.fixture(scope="module")
def printed(calculated: Path) -> Path:
    """A folder with the workbooks of MARKED as PDF."""
    return libreoffice.convert(calculated, *(calculated / f"{length}.xlsx" for length in MARKED))[0].parent


@OFFICE
@pytest.mark.parametrize("length", MARKED)
def test_the_number_of_a_text_that_is_cut_off_is_marked(printed: Path, tmp_path: Path, length: int) -> None:
    subprocess.run(["pdftoppm", "-r", "50", "-png", printed / f"{length}.pdf", tmp_path / "page"], check=True)
    amber = 0
    for page in tmp_path.glob("page*.png"):
        with Image.open(page) as image:
            colours: Any = image.getcolors(1 << 20)
            amber += sum(count for count, colour in colours if colour == (255, 235, 156))

    assert (amber > 0) is MARKED[length]
