"""The examples of docs/checks.md: a sound report of two years, and edits that break one thing.

An example is written as edits in backticks; several that belong together are joined by 且,
independent ones by <br>. An edit is one of

    一 + 全年收到申请99件。          a paragraph more in a section (引言 一 五 六); ×90 at its end repeats it
    六 = 无。                        the section's whole text
    本年新收.自然人 = 3              a figure by its name; sums that were not named follow
    署名 = 某某市审计局              organ, title, issued_by, date_line, reporter, contact
    年度 = 2020                      the report year; must come first
    上年 结转下年度.自然人 = 2       any of these for last year's report
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nianbao.mandate import Mandate, editions, for_year, load
from nianbao.report import Problem, Report, check

from tests.paths import DOCS
from tests.reports import sound, take

PAGE = DOCS / "checks.md"
ROW = re.compile(r"^\| *`([a-z-]+)` *\| *(\w+) *\|[^|]*\|[^|]*\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
EDIT = re.compile(r"`(上年 )?([^`=+]+?) *([=+]) *([^`]*)`")
PARTICULARS = {
    "机关名称": "organ",
    "标题": "title",
    "署名": "issued_by",
    "成文日期": "date_line",
    "机关类型": "reporter",
}
SECTIONS = ("引言", "一", "五", "六")
CONTACTS = ("联系地址", "邮政编码", "联系电话", "电子邮箱")
TABLES = {"disclosure": "table2", "requests": "table3", "disputes": "table4"}
LAST = {  # last year's text, of the same worth but in other words
    "引言": "本年报依法编制，统计的起止时间为{year}年1月1日至12月31日，欢迎监督。",
    "一": (
        "（一）主动公开方面。政策文件和办事指南按目录上网。\n（二）依申请公开方面。来件当日登记。\n"
        "（三）政府信息管理方面。文件起草时确定公开属性。\n（四）平台建设方面。网站改版后栏目更少。\n"
        "（五）监督保障方面。办公室每季检查。"
    ),
    "五": "解读材料偏少，明年将随文件同步发布；窗口人员更换多，明年将每季培训。",
    "六": "{year}年没有收取信息处理费。",
}


@dataclass(frozen=True)
class Example:
    """One example of the page: what the rule's code and severity are, and the edits."""

    code: str
    severity: str
    edits: tuple[tuple[str, str, str, str], ...]  # 上年, what, = or +, value
    broken: bool

    def __str__(self) -> str:
        return f"{self.code}-{'wrong' if self.broken else 'right'}-{self.edits[0][3][:12]}"


def examples() -> Iterator[Example]:
    """Every example of the page; rows of older tables, which have none, are left out."""
    for code, severity, wrong, right in ROW.findall(PAGE.read_text(encoding="utf-8")):
        for cell, broken in ((wrong, True), (right, False)):
            for one in cell.split("<br>"):
                yield Example(code, severity, tuple(EDIT.findall(one)), broken)


def found(example: Example) -> list[Problem]:
    """What the edits make the inspector find that he does not find without them."""
    years = [value for which, what, _, value in example.edits if (which, what) == ("", "年度")]
    year = int(years[0]) if years else 2025
    before = {one.fingerprint for one in check(*_reports(year, ()))}
    return [one for one in check(*_reports(year, example.edits)) if one.fingerprint not in before]


def reports(example: Example) -> tuple[Report, Report | None]:
    """The report with its edits, and that of the year before."""
    years = [value for which, what, _, value in example.edits if (which, what) == ("", "年度")]
    return _reports(int(years[0]) if years else 2025, example.edits)


def pair(year: int = 2025) -> tuple[Report, Report | None]:
    """A sound report and the sound one of the year before; of the first year, none."""
    return _reports(year, ())


def _reports(year: int, edits: tuple[tuple[str, str, str, str], ...]) -> tuple[Report, Report | None]:
    this = sound(year)
    first = year == load(editions()[0]).edition.first_year
    last = sound(year if first else year - 1)
    last["sections"] = {key: text.format(year=year - 1) for key, text in LAST.items()}
    for row in last["table4"].values():
        row[:4] = [0, row[0], 1, 0]
    if not first:
        _chain(last, this, year)
    for document, which in ((this, ""), (last, "上年 ")):
        named: set[str] = set()
        for _, what, sign, value in (edit for edit in edits if edit[0] == which):
            _apply(document, what, sign, value, named)
        _balance(document, named)
    return take(this), None if first else take(last, "上年.json")


def _apply(document: dict[str, Any], what: str, sign: str, value: str, named: set[str]) -> None:
    mandate = for_year(document["year"])
    if what in SECTIONS:
        before = f"{document['sections'][what]}\n" if sign == "+" else ""
        text, _, times = value.partition("×")
        document["sections"][what] = before + (text * int(times) if times.isdecimal() else value)
    elif what in PARTICULARS:
        document[PARTICULARS[what]] = value
    elif what in CONTACTS:
        document.setdefault("contact", {})[what] = value
    elif what == "年度":
        document["year"] = int(value)
    else:
        named.add(mandate.names[what].key)
        _set(document, mandate.names[what].key, int(value) if value.lstrip("-").isdecimal() else value)


def _chain(last: dict[str, Any], this: dict[str, Any], year: int) -> None:
    """Make last year's figures those that this year's go on from."""
    mandate, before = for_year(year), for_year(year - 1)
    for relation in mandate.cross_year:
        if all(key in before.slots for key in relation.last):
            for key in relation.last[1:]:
                _set(last, key, 1)
            value = _get(this, relation.value)
            value -= sum(_get(this, key) for key in relation.add)
            value += sum(_get(this, key) for key in relation.subtract)
            value -= sum(_get(last, key) for key in relation.last[1:])
            _set(last, relation.last[0], value)


def _balance(document: dict[str, Any], named: set[str]) -> None:
    """Make every sum agree, but for the figures that were named."""
    mandate = for_year(document["year"])
    received = [key for key in mandate.slots if key.startswith("requests.received.")]
    for _ in range(3):  # totals of totals
        for key, parts in mandate.totals.items():
            if key not in named:
                _set(document, key, sum(_number(document, part) for part in parts))
        for key in received:
            if key not in named:
                rows = ("outcome_total", "carried_out", "carried_in")
                total, later, before = (
                    _number(document, f"requests.{row}.{key.rpartition('.')[2]}") for row in rows
                )
                _set(document, key, total + later - before)


def _place(document: dict[str, Any], key: str) -> tuple[Any, Any]:
    mandate: Mandate = for_year(document["year"])
    slot = mandate.slots[key]
    rows = document[TABLES[slot.table]]
    if slot.table == "disclosure":
        return rows[slot.row], slot.column
    line = [one.key for one in mandate.tables[slot.table].slots if one.row == slot.row]
    return rows[slot.row], line.index(key)


def _get(document: dict[str, Any], key: str) -> Any:
    row, index = _place(document, key)
    return row[index]


def _number(document: dict[str, Any], key: str) -> Any:
    value = _get(document, key)
    return value if isinstance(value, int | float) else 0


def _set(document: dict[str, Any], key: str, value: Any) -> None:
    row, index = _place(document, key)
    row[index] = value
