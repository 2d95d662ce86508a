"""Two sound reports of any year as exchange JSON, for tests to break in one place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from nianbao.app import reading
from nianbao.mandate import Mandate, for_year
from nianbao.media import exchange, workbook
from nianbao.report import Problem, Report, assemble, check
from nianbao.report.checks import Check, Inspection
from openpyxl import load_workbook

ELEMENTS: dict[str, Any] = {  # every element of GB/T 9704 that a report may bear
    "seal": "是",
    "letterhead": "某某市财政局文件",
    "document_number": "某财发〔2026〕3号",
    "addressees": "市人民政府",
    "copied_to": "市人民政府办公室，市审计局",
    "printed_by": "某某市财政局办公室",
    "printed_on": "2026年1月23日",
    "contact_note": "否",
}
TABLES = {"disclosure": "table2", "requests": "table3", "disputes": "table4"}
PLAIN = {
    "引言": "本报告依据条例编制，数据统计期限为{year}年1月1日至{year}年12月31日。",
    "一": (
        "（一）主动公开情况\n全年公开信息若干条。\n（二）依申请公开情况\n收到的申请依法答复。\n"
        "（三）政府信息管理情况\n公开前逐件审查。\n（四）平台建设情况\n网站栏目按时更新。\n"
        "（五）监督保障情况\n年中、年末各检查一次。"
    ),
    "五": "政策解读不够及时。下一步将在文件发布后三日内配发解读。",
    "六": "没有收取信息处理费。",
}
EVERY_LEVEL = {
    "引言": "本报告依照有关规定编制，数据统计期限为{year}年1月1日至12月31日。",
    "一": (
        "{year}年，本机关按照要求做好政府信息公开各项工作。\n"
        "（一）主动公开\n"
        "通过门户网站公开信息120条，“一网通办”栏目更新30次。\n"
        "（二）依申请公开。全年收到的申请均在期限内答复。\n"
        "1. 登记。逐件登记。\n"
        "（1）逐件编号。编号不重复。\n"
        "（三）政府信息管理。发布前核对内容。\n"
        "（四）平台建设。栏目按季检查。\n"
        "（五）监督保障。年中组织一次培训。"
    ),
    "五": "一是公开内容还不够细，下一年将补充；二是培训不够，下一年将组织两次培训。",
    "六": "{year}年未收取信息处理费。",
}


def sound(year: int = 2025) -> dict[str, Any]:
    """A report that no check complains of: plain texts, small figures that sentences can speak of."""
    mandate = for_year(year)
    return _document(mandate, year, "某某市财政局", 23, PLAIN, _small(mandate))


def distinct(year: int = 2025, **particulars: Any) -> dict[str, Any]:
    """Another one: headings of every level, no two figures beside each other alike; with these entries."""
    mandate = for_year(year)
    document = _document(mandate, year, "某某市示例局", 20, EVERY_LEVEL, _falling(mandate))
    signed = {"issued_by": particulars["organ"]} if "organ" in particulars else {}
    return document | signed | particulars


def _document(
    mandate: Mandate, year: int, organ: str, day: int, texts: Mapping[str, str], figures: Mapping[str, int]
) -> dict[str, Any]:
    document: dict[str, Any] = {
        "organ": organ,
        "year": year,
        "issued_by": organ,
        "date_line": f"{year + 1}年1月{day}日",
        "sections": {key: text.format(year=year) for key, text in texts.items()},
        **{table: {} for table in TABLES.values()},
    }
    for key, slot in mandate.slots.items():
        rows = document[TABLES[slot.table]]
        if slot.table == "disclosure":
            rows.setdefault(slot.row, {})[slot.column] = figures[key]
        else:
            rows.setdefault(slot.row, []).append(figures[key])
    return document


def _small(mandate: Mandate) -> dict[str, int]:
    """Numbers that hold every equation, most of them below ten."""
    rows: dict[str, dict[str, list[str]]] = {table: {} for table in TABLES}
    for key, slot in mandate.slots.items():
        rows[slot.table].setdefault(slot.row, []).append(key)
    figures: dict[str, int] = {}
    for number, (first, *more) in enumerate(rows["disclosure"].values()):
        figures |= {first: number * 10 + 3} | dict.fromkeys(more, number * 10 + 13)
    received, carried_in, *outcomes, total, carried_out = rows["requests"].values()
    for column in range(len(received) - 1):
        results = [(index + column) % 3 for index in range(len(outcomes))]
        figures |= {keys[column]: result for keys, result in zip(outcomes, results, strict=True)}
        figures[carried_in[column]], figures[carried_out[column]] = column, 6 - column
        figures[total[column]] = sum(results)
        figures[received[column]] = sum(results) + 6 - 2 * column
    for *parts, whole in rows["requests"].values():
        figures[whole] = sum(figures[part] for part in parts)
    for number, keys in enumerate(rows["disputes"].values(), 1):
        figures |= zip(keys, (number, 0, 2, 1, number + 3), strict=True)
    return figures


def _falling(mandate: Mandate) -> dict[str, int]:
    """Numbers that hold every equation, no two beside each other alike."""
    most = len(mandate.slots)  # downwards: 其他处理, the last of the outcomes, must not be the largest
    figures = {key: most - number for number, key in enumerate(mandate.slots)}
    for _ in range(3):  # totals of totals
        for key, parts in mandate.totals.items():
            figures[key] = sum(figures[part] for part in parts)
        for key in figures:
            if key.startswith("requests.received."):
                column = key.rpartition(".")[2]
                total, later, before = (
                    figures[f"requests.{row}.{column}"]
                    for row in ("outcome_total", "carried_out", "carried_in")
                )
                figures[key] = total + later - before
    return figures


def take(document: Mapping[str, Any], file: str = "报告.json") -> Report:
    """The report that the exchange JSON says."""
    return assemble(exchange.enter(json.dumps(document).encode(), file))


def found_by(checks: Iterable[Check], report: Report, last: Report | None = None) -> list[Problem]:
    """What some of the checks find in a report, one check after another."""
    inspection = Inspection(report, last)
    return [problem for check in checks for problem in check(inspection)]


def filled(document: Mapping[str, Any]) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook filled from the document, and what it cannot hold; written once, for that takes long."""
    return _filled(json.dumps(document))


@lru_cache(200)  # workbooks of some 40 kB each
def _filled(document: str) -> tuple[bytes, tuple[Problem, ...]]:
    return workbook.write(take(json.loads(document)))


@cache
def published(path: Path) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook of a published report, and what it cannot hold; written once."""
    return workbook.write(exchange.read(path))


def save(document: Mapping[str, Any], path: Path) -> Path:
    """A workbook filled from the document."""
    content, problems = filled(document)
    assert problems == ()
    path.write_bytes(content)
    return path


def problems_of(document: Mapping[str, Any]) -> list[Problem]:
    """Every problem of the document."""
    return list(check(take(document)))


def codes(problems: Iterable[Problem]) -> list[str]:
    """The problems' codes."""
    return [problem.code for problem in problems]


def cell_of(path: Path, key: str) -> tuple[str, str]:
    """Sheet and cell of a figure."""
    place = reading.read(path).figures[key].place
    return place.sheet, place.cell


def change(path: Path, values: Mapping[str, object]) -> Path:
    """Put values into the cells of figures, as openpyxl saves them."""
    cells = {key: cell_of(path, key) for key in values}
    book = load_workbook(path)
    for key, value in values.items():
        sheet, cell = cells[key]
        book[sheet][cell].value = value
    book.save(path)
    return path
