"""The log as a page: what is asked for, in words, taken home safely, and held against its own chain."""

from __future__ import annotations

import ast
import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from nianbao.report.submission import Action, Role

from tests.paths import ROOT
from tests.web.office.conftest import Office

if TYPE_CHECKING:
    from django.test import Client

CODE = ROOT / "generator" / "nianbao" / "web" / "office"
ROW = re.compile(r'<td class="number">(\d+)</td>')


@pytest.fixture
def reader(office: Office) -> Client:
    return office.person("reader", (Role.LOG, None))


def write(
    what: str, who: str = "王某（wang）", submission: Any = None, at: str = "", **detail: object
) -> None:
    """A line of the log, as of a moment of the office's own day."""
    import unittest.mock

    from django.utils import timezone
    from nianbao.web.office import events

    moment = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Asia/Shanghai")) if at else timezone.now()
    with unittest.mock.patch.object(timezone, "now", return_value=moment.astimezone(ZoneInfo("UTC"))):
        events.record(events.Who(who, "10.0.0.7"), what, submission, **detail)


def numbers(reader: Client, query: str = "") -> list[int]:
    return [int(number) for number in ROW.findall(reader.get(f"/log?{query}").content.decode())]


def test_the_log_is_told_in_words_and_filtered(reader: Client, office: Office) -> None:
    from nianbao.web.office.models import Head

    submission = office.submission(office.organ("甲局"))
    write("login", at="2099-01-05T00:00:00")
    write("submit", submission=submission, at="2099-01-05T23:59:59.5", version=1, errors=0, reason="<b>")
    write("roster", who="管理（a）", at="2099-01-06T00:00:00", new=[f"第{n}局" for n in range(20)])
    write(
        "organ-change",
        who="管理（a）",
        at="2099-01-07T08:00:00",
        subject="甲局",
        due=["2026-01-31", "2026-02-03"],
    )

    assert numbers(reader) == [5, 4, 3, 2, 1]
    asked = (
        "since=2099-01-05&until=2099-01-05",
        "who=wang",
        "organ=甲局",
        "what=roster",
        "who=10.0.0.7",
        "since=2099-01-08",
    )
    assert {query: numbers(reader, query) for query in asked} == {
        "since=2099-01-05&until=2099-01-05": [3, 2],
        "who=wang": [3, 2],
        "organ=甲局": [5, 3],
        "what=roster": [4],
        "who=10.0.0.7": [5, 4, 3, 2],
        "since=2099-01-08": [],
    }
    page = reader.get("/log?until=2099-01-07").content.decode()
    assert re.findall(r'<p class="change">([^<]*)</p>', page)[:5] == [
        "截止日期：2026-01-31 → 2026-02-03",
        "机关：甲局",
        f"新增：{'、'.join(f'第{n}局' for n in range(12))}…等 20 个",
        "错误：0",
        "理由：&lt;b&gt;",
    ]
    assert "甲局 2025" in page
    assert Head.objects.get().digest in page
    wrong = reader.get("/log?since=gestern")
    assert (wrong.status_code, "“gestern”不是日期" in wrong.content.decode()) == (422, True)


def test_older_lines_are_a_page_further(reader: Client) -> None:
    for _ in range(120):
        write("login")
    page = reader.get("/log?what=login").content.decode()
    [older] = re.findall(r'rel="next" href="([^"]*)"', page)
    assert len(ROW.findall(page)) == 100
    rest = reader.get("/log" + older.replace("&amp;", "&")).content.decode()
    assert [int(number) for number in ROW.findall(rest)] == list(range(21, 1, -1))


def test_nothing_of_the_log_becomes_a_formula(reader: Client) -> None:
    write("locked", who="=HYPERLINK(1)", account="@SUM(1)")
    write("locked", who="+1", account="x\n=1")
    content = b"".join(reader.get("/log/lines.csv?what=locked").streaming_content)  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    assert [(row[2], row[6]) for row in rows[1:]] == [
        ("'=HYPERLINK(1)", "帐户：@SUM(1)"),
        ("'+1", "帐户：x\n=1"),
    ]
    assert rows[0] == ["行", "时间", "谁", "从哪里", "做了什么", "机关", "详情", "前一行的摘要", "摘要"]
    assert rows[2][7] == rows[1][8]
    assert reader.get("/log/lines.csv?since=x").status_code == 422


def _lines(page: str) -> list[str]:
    return re.findall(r"<p>(第[^<]*|日志应[^<]*)</p>", page)


def test_a_line_that_was_changed_left_out_or_cut_off_is_found(reader: Client) -> None:
    from nianbao.web.office.models import Event

    for _ in range(5):
        write("login")

    def verified() -> str:
        return reader.get("/log/verify").content.decode()

    assert "日志完整" in verified()
    Event.objects.filter(id=2).update(who="别人")
    assert _lines(verified()) == ["第 2 行被改过"]
    Event.objects.filter(id=2).update(who="王某（wang）")
    Event.objects.filter(id=4).delete()
    assert _lines(verified()) == ["第 4 行到第 4 行不见了", "第 5 行与前一行接不上"]
    Event.objects.filter(id__gte=4).delete()
    assert _lines(verified()) == ["日志应到第 6 行，现在到第 3 行，末尾对不上"]


def test_everything_that_the_program_writes_into_the_log_has_its_words() -> None:
    from nianbao.web.office.log import names
    from nianbao.web.words import catalogue

    whats, details = set(), set()
    for path in CODE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("events.record"):
                whats |= {
                    part.value
                    for part in ast.walk(node.args[1])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
                details |= {keyword.arg for keyword in node.keywords if keyword.arg}
    assert {"login", "roster"} <= whats
    assert whats - set(names()) == set()
    assert details - set(catalogue()["details"]) == set()
    assert set(map(str, Action)) <= set(names())
