"""What the tables of one published report gave: values, what could not be read, and what was odd."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from nianbao.report.catalogue import Rule
from nianbao.report.invisible import EDGE, REVERSED
from nianbao.report.left_out import LeftOut
from nianbao.report.problem import Place, Problem
from nianbao.report.raw_report import Value
from nianbao.report.regex import regex

MEND = "请对照原件，在导入的工作簿中填写"
_WHOLE = regex(r"-?(?:0|[1-9][0-9]{0,14})")
_FRACTION = regex(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_BREAK = regex(r"\s*[\r\n]+\s*")


@dataclass
class Readings:
    """Figures and unreadable ones by key, problems, and by table the texts in it that are no labels.

    `left_out` are the note marks beside figures.
    """

    figures: dict[str, Value] = field(default_factory=dict)
    unreadable: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: dict[str, list[Value]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    def say(self, rule: Rule, what: str, mend: str, *places: Place) -> None:
        """Add a problem, once."""
        problem = rule.broken(what, mend, places)
        if problem not in self.problems:
            self.problems.append(problem)


def raw(text: str) -> object:
    """A cell's text as a value: a number only where it is written as numbers are, else the text itself.

    A number that its narrow cell breaks over two lines is one number. Of digits that a sign has printed in
    the other order, the sign stays with them.
    """
    if REVERSED.search(text):
        return text
    words = _BREAK.sub("", text.strip(EDGE)).strip(EDGE)
    if _WHOLE.fullmatch(words) and words != "-0":
        return int(words)
    return Decimal(words) if _FRACTION.fullmatch(words) else words
