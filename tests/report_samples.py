"""A sound report of either edition as exchange JSON, for tests to break in one place."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from nianbao.mandate import for_year
from nianbao.media import exchange, workbook
from nianbao.report import Problem, Report, check
from openpyxl import load_workbook


def sound(year: int = 2025) -> dict[str, Any]:
    """A report that no check complains of; its figures differ from cell to cell."""
    mandate = for_year(year)
    tables: dict[str, dict[str, Any]] = {"table2": {}, "table3": {}, "table4": {}}
    for slot in mandate.tables["disclosure"].slots:
        tables["table2"].setdefault(slot.row, {})[slot.column] = len(tables["table2"]) * 10 + 3
    rows = list(dict.fromkeys(slot.row for slot in mandate.tables["requests"].slots))
    outcomes = rows[2:-2]
    columns = []
    for column in range(6):
        results = [(index + column) % 3 for index in range(len(outcomes))]
        carried_in, carried_out = column, 6 - column
        received = sum(results) + carried_out - carried_in
        columns.append([received, carried_in, *results, sum(results), carried_out])
    for index, row in enumerate(rows):
        cells = [column[index] for column in columns]
        tables["table3"][row] = [*cells, sum(cells)]
    for number, slot in enumerate(mandate.tables["disputes"].slots[::5], 1):
        tables["table4"][slot.row] = [number, 0, 2, 1, number + 3]
    return {
        "organ": "某某市财政局",
        "year": year,
        "issued_by": "某某市财政局",
        "date_line": f"{year + 1}年1月23日",
        "sections": {
            "引言": f"本报告依据条例编制，数据统计期限为{year}年1月1日至{year}年12月31日。",
            "一": (
                "（一）主动公开情况\n全年公开信息若干条。\n（二）依申请公开情况\n收到的申请依法答复。\n"
                "（三）政府信息管理情况\n公开前逐件审查。\n（四）平台建设情况\n网站栏目按时更新。\n"
                "（五）监督保障情况\n年中、年末各检查一次。"
            ),
            "五": "政策解读不够及时。下一步将在文件发布后三日内配发解读。",
            "六": "没有收取信息处理费。",
        },
        **tables,
    }


def take(document: dict[str, Any], file: str = "报告.json") -> Report:
    """The report that the exchange JSON says."""
    return exchange.assemble(exchange.enter(json.dumps(document).encode(), file))


def save(document: dict[str, Any], path: Path) -> Path:
    """A workbook filled from the document."""
    content, problems = workbook.write(take(document))
    assert problems == ()
    path.write_bytes(content)
    return path


def found(document: dict[str, Any]) -> list[Problem]:
    """Every problem of the document."""
    return list(check(take(document)))


def codes(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    """The problems' codes."""
    return [problem.code for problem in problems]


def recalculated(folder: Path, *books: Path) -> list[Path]:
    """The same workbooks, calculated and saved by LibreOffice, into a folder."""
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", folder, *books]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return [folder / book.name for book in books]


def cell_of(path: Path, key: str) -> tuple[str, str]:
    """Sheet and cell of a figure."""
    place = workbook.read(path).figures[key].place
    return place.sheet, place.cell


def change(path: Path, values: dict[str, object]) -> Path:
    """Put values into the cells of figures, as openpyxl saves them."""
    cells = {key: cell_of(path, key) for key in values}
    book = load_workbook(path)
    for key, value in values.items():
        sheet, cell = cells[key]
        book[sheet][cell].value = value
    book.save(path)
    return path
