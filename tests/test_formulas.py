"""Whatever a report says stays text in every workbook made of it: no formula but our own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.reports import sound
from tests.runner import nianbao

NEVER = "1+1"  # what no formula of ours has
STARTS = ("=1+1", '=HYPERLINK("1+1")', "=cmd|'1+1'!A1")
COMMANDS = {
    "new": ("new", "出.xlsx", "--organ", "=1+1局", "--year", "2025", "--reporter", "部门"),
    "new --from": ("new", "出.xlsx", "--from", "今年.json"),
    "new --last-year": ("new", "出.xlsx", "--year", "2025", "--last-year", "去年.json"),
    "import": ("import", "今年.json", "-o", "出.xlsx"),
    "compare": ("compare", "去年.json", "今年.json", "-o", "出.xlsx"),
    "rollup": (
        "rollup", "今年.json", "另一份.json", "--organ", "=1+1市人民政府", "--reporter", "地市级政府汇总",
        "--skip-errors", "--roster", "名册.xlsx", "-o", "出.xlsx",
    ),
    "rollup --new-roster": ("rollup", "今年.json", "另一份.json", "--new-roster", "出.xlsx"),
    "check --mark": ("check", "年报.xlsx", "--mark", "出.xlsx"),
    "check --fix": ("check", "年报.xlsx", "--fix", "出.xlsx"),
}  # fmt: skip


def write(path: Path, year: int, start: str, organ: str) -> None:
    """A report every text of which begins with a formula."""
    document = sound(year)
    document |= {"organ": organ, "issued_by": organ, "title": f"{start}{organ}{year}年年度报告"}
    names = ("联系人", "地址", "电话", "邮政编码", "电子邮箱")
    document["contact"] = dict.fromkeys(names, start)
    document["sections"] = {
        name: "\n".join(f"{start}{line}{year}" for line in text.split("\n"))
        for name, text in document["sections"].items()
    }
    if year == 2024:  # of others an error, with which they are in no sum
        document["table2"]["规章"]["本年制发件数"] = start
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


@pytest.fixture(scope="module", params=STARTS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of two years and two organs, a workbook and a roster, all of such texts."""
    folder: Path = tmp_path_factory.mktemp("formulas")
    start = request.param
    write(folder / "去年.json", 2024, start, f"{start}局")
    write(folder / "今年.json", 2025, start, f"{start}局")
    write(folder / "另一份.json", 2025, start, f"{start}署")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert nianbao("new", "年报.xlsx", "--from", "今年.json").code in (0, 1)
        assert nianbao("rollup", "今年.json", "另一份.json", "--new-roster", "名册.xlsx").code in (0, 1)
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_no_text_becomes_a_formula(
    command: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source in folder.iterdir():
        shutil.copy(source, tmp_path)
    monkeypatch.chdir(tmp_path)

    said = nianbao(*COMMANDS[command])

    assert "出.xlsx" in said.out, said
    cells = [
        cell
        for sheet in load_workbook("出.xlsx", rich_text=True)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert [str(cell.value) for cell in cells if NEVER in str(cell.value)] == []
