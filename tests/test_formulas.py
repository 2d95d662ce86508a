"""Whatever a report says stays text in every workbook made of it: no formula but our own."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.reports import sound
from tests.runner import nianbao

HOSTILE = ("=1+1", "=HYPERLINK(\"http://x\")", "＝1+1")
EVIL = "=1+1局"


def written(path: Path, year: int, start: str, organ: str = EVIL) -> Path:
    """A report every text of which begins with a formula."""
    document: dict[str, Any] = sound(year)
    document |= {"organ": organ, "issued_by": organ, "title": f"{start}{organ}{year}年年度报告"}
    document["contact"] = {name: f"{start}{name}" for name in ("联系人", "地址", "电话", "邮编", "电子邮箱")}
    document["sections"] = {
        name: "\n".join(f"{start}{line}" for line in text.split("\n"))
        for name, text in document["sections"].items()
    }
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def formulas(path: Path) -> set[str]:
    """Every formula of a workbook."""
    return {
        str(cell.value)
        for sheet in load_workbook(path, rich_text=True)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


COMMANDS = {
    "new": ("new", "=1+1局", "2025", "--reporter", "县级以上人民政府部门", "-o"),
    "new --from": ("new", "--from", "今年.json", "-o"),
    "new --last-year": ("new", "--last-year", "去年.json", "-o"),
    "import": ("import", "公布.html", "-o"),
    "compare": ("compare", "去年.json", "今年.json", "-o"),
    "rollup": (
        "rollup", "今年.json", "另一份.json", "--organ", "=1+1市人民政府", "--reporter", "地市级政府汇总",
        "--skip-errors", "--roster", "名册.xlsx", "-o",
    ),
    "rollup --new-roster": ("rollup", "今年.json", "另一份.json", "--new-roster"),
    "check --mark": ("check", "年报.xlsx", "--mark"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formulas")


@pytest.mark.parametrize("start", HOSTILE)
def test_no_text_of_a_report_becomes_a_formula(
    start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(Path("去年.json"), 2024, start)
    written(Path("今年.json"), 2025, start)
    written(Path("另一份.json"), 2025, start, "+2+2局")
    assert nianbao("new", "--from", "今年.json", "--output", "年报.xlsx").code == 0
    for name, words in COMMANDS.items():
        target = {"check --mark": "年报.xlsx"}.get(name, "出.xlsx")
        ran = nianbao(*words, *([] if name == "check --mark" else [target]))
        print(name, ran)
