"""What `archive list --where` asks: figures by name, compared with numbers, joined by 且 and 或."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nianbao.app.outcome import Usage
from nianbao.mandate import editions, load

_SIGNS = {"≥": ">=", "≤": "<=", "≠": "!=", "＝": "=", "＞": ">", "＜": "<", "==": "=", "<>": "!="}
_ONE = re.compile(
    r"\s*(?P<name>[^\s<>=!≥≤≠＝＞＜]+)\s*(?P<sign>>=|<=|!=|<>|==|[<>=≥≤≠＝＞＜])\s*(?P<number>-?[0-9]+(?:\.[0-9]+)?)\s*"
)


@dataclass(frozen=True)
class Where:
    """A condition in SQL over the table `figure`, with the values to be filled in."""

    sql: str
    values: tuple[str | float, ...]


def understand(text: str) -> Where:
    """The condition that a person wrote; 且 binds closer than 或. Raises Usage where it is none."""
    ways, values = [], []
    for way in re.split(r"或者?|\bor\b|\|\|", text):
        parts = []
        for part in re.split(r"并且|而且|且|\band\b|&&", way):
            sql, filled = _one(part)
            parts.append(sql)
            values += filled
        ways.append(f"({' AND '.join(parts)})")
    return Where(" OR ".join(ways), tuple(values))


def _one(text: str) -> tuple[str, list[str | float]]:
    match = _ONE.fullmatch(text)
    if match is None:
        raise Usage(f"--where 读不懂“{text.strip()}”；写法如：本年新收.总计>100 且 上年结转.总计=0")
    keys = named(match["name"])
    sign = _SIGNS.get(match["sign"], match["sign"])
    marks = ", ".join("?" * len(keys))
    sql = (
        "EXISTS (SELECT 1 FROM figure WHERE figure.number = revision.number"
        f" AND figure.key IN ({marks}) AND figure.value {sign} ?)"
    )
    return sql, [*keys, float(match["number"])]


def named(name: str) -> tuple[str, ...]:
    """The keys of a figure by its Chinese name or its key, in every edition that has it; raise Usage."""
    known = names()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.3)
        hint = f"，是否想写：{'、'.join(near)}" if near else ""
        raise Usage(f"没有名为“{name}”的数据{hint}；全部名称见工作簿的“数据名称”表")
    return known[name]


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """Every figure's keys by its names in all editions."""
    by_name: dict[str, tuple[str, ...]] = {}
    for edition in editions():
        for key, slot in load(edition).slots.items():
            by_name[key] = (key,)
            if key not in by_name.get(slot.name, ()):
                by_name[slot.name] = (*by_name.get(slot.name, ()), key)
    return by_name
