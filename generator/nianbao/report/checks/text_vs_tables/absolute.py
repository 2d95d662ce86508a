"""What a sentence says of all or of none, against the tables: 全部办结, 均获维持, 未收到申请."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nianbao.report.catalogue import rule
from nianbao.report.figure import UNKNOWN, plain, total
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.report import Report

FILE = Path(__file__).with_name("sayings.toml")
_ABSOLUTE = re.compile("未|没有|无|零|均|全部|都|办结率")


@dataclass(frozen=True, slots=True)
class Saying:
    """A way of saying all or none: where it is said, the figures' sum must be 0."""

    code: str
    says: re.Pattern[str]
    speaks_of: re.Pattern[str]  # what the sentence must speak of besides
    unless: re.Pattern[str] | None  # looked for in what was said
    figures: tuple[str, ...]

    def words(self, text: str) -> str:
        """The words that say it, "" where they are not in the sentence."""
        match = self.says.search(text) if self.speaks_of.search(text) else None
        if match is None or (self.unless is not None and self.unless.search(match.group())):
            return ""
        return match.group()


@cache
def sayings() -> tuple[Saying, ...]:
    """Every saying of sayings.toml."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(map(_saying, content["sayings"]))


def _saying(entry: Mapping[str, Any]) -> Saying:
    return Saying(
        code=entry["code"],
        says=re.compile(entry["says"]),
        speaks_of=re.compile(entry.get("speaks_of", "")),
        unless=re.compile(entry["unless"]) if "unless" in entry else None,
        figures=tuple(entry["figures"]),
    )


def absolutes(sentence: Sentence, report: Report) -> Iterator[Problem]:
    """Sentences that speak of all or of none, where the tables know of some."""
    text = sentence.text
    if not _ABSOLUTE.search(text):
        return
    for saying in sayings():
        figures = [report.figures[key] for key in saying.figures]
        if not (words := saying.words(text)) or any(figure.state in UNKNOWN for figure in figures):
            continue
        if some := total(figures):
            named = [key for key in saying.figures if report.figures[key].amount]
            names = "、".join(report.mandate.slots[key].name.removesuffix(".总计") for key in named)
            what = f"文中说“{quote(words)}”，表中{names}有 {plain(some)} 件"
            places = (sentence.place, *(report.figures[key].place for key in named))
            about = (text, saying.code, *named, plain(some))
            yield rule(saying.code).broken(what, "请核对文字和表格", places, about)
