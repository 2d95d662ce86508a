"""What tests share: a cache of their own, and a sound report in our own words."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from nianbao.mandate import Mandate, for_year
from nianbao.media import exchange, workbook
from nianbao.report import Report

from tests import runner

TABLES = {"disclosure": "table2", "requests": "table3", "disputes": "table4"}
SECTIONS = {
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


@pytest.fixture(scope="session", autouse=True)
def signals_are_heard() -> None:
    """Begin as in a terminal: a program started in the background, as of CI, is deaf to Ctrl-C."""
    for name in ("SIGINT", "SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the home's cache out of the tests, and the tests out of the home's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield Path(os.environ["XDG_CACHE_HOME"])


@pytest.fixture
def nianbao() -> Callable[..., runner.Ran]:
    """Run a command in this process; return exit code, standard output and standard error."""
    return runner.nianbao


@pytest.fixture(scope="session")
def sound() -> Callable[..., dict[str, Any]]:
    """A report without any problem as exchange JSON, of the year that is asked for."""
    return _exchange


@pytest.fixture
def read() -> Callable[[dict[str, Any]], Report]:
    """Read a report from exchange JSON."""
    return _read


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write exchange JSON as a workbook, and return its path."""

    def write(document: dict[str, Any], name: str = "年报.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(workbook.write(_read(document))[0])
        return path

    return write


def _read(document: dict[str, Any]) -> Report:
    return exchange.assemble(exchange.enter(json.dumps(document).encode(), "年报.json"))


def _exchange(year: int = 2025, **particulars: Any) -> dict[str, Any]:
    mandate = for_year(year)
    document: dict[str, Any] = {
        "organ": "某某市示例局",
        "year": year,
        "issued_by": "某某市示例局",
        "date_line": f"{year + 1}年1月20日",
        "sections": {key: text.format(year=year) for key, text in SECTIONS.items()},
        **{table: {} for table in TABLES.values()},
    }
    for key, number in _figures(mandate).items():
        slot = mandate.slots[key]
        rows = document[TABLES[slot.table]]
        if slot.table == "disclosure":
            rows.setdefault(slot.row, {})[slot.column] = number
        else:
            rows.setdefault(slot.row, []).append(number)
    signed = {"issued_by": particulars["organ"]} if "organ" in particulars else {}
    return document | signed | particulars


def _figures(mandate: Mandate) -> dict[str, int]:
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
