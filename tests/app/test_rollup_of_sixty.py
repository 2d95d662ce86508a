"""Sixty organs' reports of every kind, rolled up: each is counted once, or named with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from nianbao.app.reading import read
from nianbao.report import Problem, checks
from nianbao.report.checks import CHECKS, Inspection

from tests.app import here
from tests.libreoffice import convert, with_soffice
from tests.report.rollup.rollup_samples import COUNTY, names, organs, save
from tests.runner import nianbao

ORGANS = names(60)
WORD, PAGES, OLDER, FAILING, TWICE = ORGANS[3], ORGANS[4], ORGANS[5], ORGANS[20], ORGANS[30]
SIGN = "\u202c"  # ends a direction of writing, and is seen by nobody


def failing(inspection: Inspection) -> Iterator[Problem]:
    """A rule that was added, and divides by nothing in the report of one organ."""
    assert 1 // (inspection.report.organ != FAILING)
    return iter(())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sixty reports, one of them handed in twice: as JSON, workbooks, Word, PDF and a workbook of old."""
    here.stay(monkeypatch)
    monkeypatch.setattr(checks, "CHECKS", (*CHECKS[:3], failing, *CHECKS[3:]))
    documents = organs(60)
    twice = documents[30] | {"organ": f"{TWICE[:4]}{SIGN}{TWICE[4:]}", "issued_by": TWICE}
    folder = tmp_path / "各单位"
    files = save([*documents, twice], folder, books=6)
    convert(folder, files[5], kind="xls")
    made = tmp_path / "output"
    assert nianbao("generate", *files[3:5], "--pdf", "-o", made)[0] == 0
    (folder / "已发布").mkdir()
    for organ, kind in ((WORD, "docx"), (PAGES, "pdf")):
        [path] = made.glob(f"2025/{organ}/*.{kind}")
        path.rename(folder / "已发布" / f"{organ}.{kind}")
    for path in files[3:6]:
        path.unlink()
    return folder


@with_soffice
def test_each_is_counted_once_or_named_with_its_reason(folder: Path, tmp_path: Path) -> None:
    book = tmp_path / "汇总.xlsx"
    words = ("rollup", folder, folder / "已发布", "-o", book, "--organ", COUNTY, "--reporter", "县级政府汇总")

    code, _, err = nianbao(*words)

    assert (code, book.exists()) == (3, False)
    errors = [line for line in err.splitlines() if line.startswith("错误")]
    assert errors[:2] == [
        f"错误 0020.json：“{FAILING}”的报告没有查完，不是报告的错，不能计入汇总。"
        "请等程序改好；要先汇总其余的，加 --skip-errors。",
        f"错误 0030.json › organ；0060.json › organ：“{TWICE}”有 2 份报告，只能计一份。"
        "请留下正确的一份，移走其余的。",
    ]
    assert [line.split("（")[0] for line in errors[2:]] == [
        "错误 0020.json：程序的检查“tests.app.test_rollup_of_sixty.failing”出错"
    ]

    (folder / "0060.json").unlink()
    code, out, _ = nianbao(*words, "--skip-errors", "--json")

    document = json.loads(out)
    files = {member["organ"]: member["file"] for member in document["members"]}
    assert code == 1
    assert len(document["members"]) == 59
    assert files == {
        organ: f"{at:04d}.{'xlsx' if at < 3 else 'json'}"
        for at, organ in enumerate(ORGANS)
        if organ != FAILING
    } | {WORD: f"{WORD}.docx", PAGES: f"{PAGES}.pdf", OLDER: "0005.xls"}
    told = {problem["code"]: problem["file"] for problem in document["problems"]}
    assert told == {"left-out": "0020.json", "no-own-office": ""}
    documents = [one for one in organs(60) if one["organ"] != FAILING]
    summed = read(book)
    for at, slot in enumerate(summed.mandate.tables["disputes"].slots):
        assert summed.figures[slot.key].number == sum(one["table4"][slot.row][at % 5] for one in documents)
