"""The samples in data/, and what docs/ says of them and of the checks."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from nianbao.app import reading
from nianbao.report import Severity, check
from openpyxl import load_workbook

from tests.paths import ROOT
from tests.runner import nianbao

DATA = ROOT / "data"
SOURCES = sorted((DATA / "sources").glob("*.json"))
SOUND = ["示例-2021", "示例-2019"]
UNSOUND = ["省外办-2019", "有错误的示例"]
SHOWN = (ROOT / "docs" / "workbook.md", ROOT / "tests" / "golden" / "messages.md")
ROW = re.compile(r"^\| *`([a-z-]+)` *\| *(\w+) *\|", re.MULTILINE)
TRANSCRIPT = re.compile(r"^```console\n\$ nianbao (check data/\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def cells(book: Path) -> dict[tuple[str, str], object]:
    sheets = load_workbook(book).worksheets
    return {
        (sheet.title, cell.coordinate): cell.value for sheet in sheets for row in sheet.rows for cell in row
    }


def test_every_sample_has_its_source() -> None:
    assert {path.stem for path in DATA.glob("*.xlsx")} == {path.stem for path in SOURCES}
    assert {path.stem for path in SOURCES} == {*SOUND, *UNSOUND}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_sample_is_what_its_source_makes(source: Path, tmp_path: Path) -> None:
    nianbao("new", tmp_path / "fresh.xlsx", "--from", source)

    assert cells(DATA / f"{source.stem}.xlsx") == cells(tmp_path / "fresh.xlsx")


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_sample_has_nothing_but_notices(name: str) -> None:
    problems = check(reading.read(DATA / f"{name}.xlsx"))

    assert [str(one) for one in problems if one.severity is not Severity.NOTICE] == []


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_sample_becomes_a_word_document(name: str, tmp_path: Path) -> None:
    result = nianbao("generate", DATA / f"{name}.xlsx", "-o", tmp_path)

    assert (result.code, [path.suffix for path in tmp_path.rglob("*.docx")]) == (0, [".docx"])


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_sample_uses_every_level_of_headings(name: str) -> None:
    report = reading.read(DATA / f"{name}.xlsx")
    paragraphs = [one for written in report.narratives.values() for one in written]

    assert {one.level for one in paragraphs if one.heading} == {2, 3, 4}
    assert any(one.lead for one in paragraphs)


@pytest.mark.parametrize("name", UNSOUND)
def test_the_read_me_lists_exactly_the_problems_of_an_unsound_sample(name: str) -> None:
    page = (DATA / "README.md").read_text(encoding="utf-8")
    listed = page.partition(f"## {name}.xlsx")[2].partition("\n## ")[0]
    problems = check(reading.read(DATA / f"{name}.xlsx"))

    assert Counter(ROW.findall(listed)) == Counter((one.code, one.severity.word) for one in problems)


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_sample_is_refused(name: str, tmp_path: Path) -> None:
    result = nianbao("generate", DATA / f"{name}.xlsx", "-o", tmp_path)

    assert (result.code, list(tmp_path.iterdir())) == (1, [])


def test_the_transcripts_in_the_documents_are_what_the_program_prints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    shown = [block for page in SHOWN for block in TRANSCRIPT.findall(page.read_text(encoding="utf-8"))]

    printed = [(line, nianbao(*line.split()).out) for line, _ in shown]
    assert shown == printed
    assert shown
