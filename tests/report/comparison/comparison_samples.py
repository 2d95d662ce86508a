"""Reports with a few figures and sentences told, all other figures zero."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nianbao.app import reading
from nianbao.mandate import for_year
from nianbao.media import exchange
from nianbao.report import Report
from nianbao.report.comparison import Comparison, Line, compare

from tests.paths import REPORTS

TABLES = {"disclosure": "table2", "requests": "table3", "disputes": "table4"}
ORGAN = "某某市统计局"


def document(
    year: int, *, organ: str = ORGAN, sections: dict[str, str] | None = None, **told: Any
) -> dict[str, Any]:
    """Exchange JSON; figures are told as requests__received__total=3."""
    slots = for_year(year).slots
    given = {key.replace("__", "."): value for key, value in told.items()}
    assert set(given) <= set(slots)
    tables: dict[str, dict[str, Any]] = {"table2": {}, "table3": {}, "table4": {}}
    for key, slot in slots.items():
        rows, value = tables[TABLES[slot.table]], given.get(key, 0)
        if slot.table == "disclosure":
            rows.setdefault(slot.row, {})[slot.column] = value
        else:
            rows.setdefault(slot.row, []).append(value)
    written = {"一": "全年工作平稳。", "五": "培训不够。", "六": "无。"} | (sections or {})
    return {"organ": organ, "year": year, "sections": written, **tables}


def report(year: int, file: str = "年报.json", **told: Any) -> Report:
    """One report, as `document` tells it."""
    return exchange.read_content(json.dumps(document(year, **told)).encode(), file)


def compared(*reports: Report) -> Comparison:
    """The reports held against one another."""
    return compare(reports)


def line(comparison: Comparison, key: str) -> Line:
    """The one line with this key."""
    [found] = [one for one in comparison.lines if one.item.key == key]
    return found


def texts(*sections: str, key: str = "一") -> Comparison:
    """Reports of following years whose overview is told, each paragraph on a line."""
    return compared(*(report(2023 + at, sections={key: one}) for at, one in enumerate(sections)))


def save(path: Path, year: int, **told: Any) -> Path:
    """A report in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document(year, **told)), encoding="utf-8")
    return path


def shared(*numbers: int) -> list[Report]:
    """Published reports, by the numbers of their files; none where these are not beside the project."""
    return [reading.read(path) for number in numbers for path in REPORTS.glob(f"{number:02d}-*.json")]
