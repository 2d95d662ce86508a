"""Where the name of an organ or a title may end a line: between its words, in lines of a good shape.

GB/T 9704 asks for lines that are complete in meaning and form a trapezoid or a diamond. What is a word
is told by line_breaks.toml: what a name of a division or an organ ends with, and what must stay together.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_suffix(".toml")
GAP = 0.22  # characters; Word has 0.25, LibreOffice 0.2
_MEETINGS = re.compile(r"(?<=[0-9A-Za-z])(?=[一-鿿])|(?<=[一-鿿])(?=[0-9A-Za-z])")
MOST_LINES = 4
_LEAST = 3.0  # characters of a line
_STEP = 0.5  # characters by which lines of a trapezoid or diamond differ

_YEAR = re.compile(r"\d{4}年(?:度)?")
_SUBJECT = re.compile("政府信息公开")
_JOINED = re.compile("[、和与及暨]")
_NEVER_FIRST, _NEVER_LAST = frozenset("、，。）》”’·和与及暨年"), frozenset("（《“‘")
_GOOD, _FAIR, _POOR, _PARTING, _BAD = 1.0, 2.5, 6.0, 9.0, 20.0  # what a break costs
_BADLY_SHAPED, _TOO_SHORT, _ONE_MORE_LINE, _YEAR_WITHIN, _UNEVEN = 12.0, 15.0, 4.0, 8.0, 4.0
_MOST_MARKS = 14  # more are thinned out: who reads so long a name looks at no single break


class Words(NamedTuple):
    """What a name is made of: patterns of a word and of what a name ends with, and the kinds of organ."""

    word: re.Pattern[str]
    end: re.Pattern[str]
    kinds: frozenset[str]


@cache
def _words() -> Words:
    content: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    divisions, organs, kinds = "|".join(content["divisions"]), "|".join(content["organs"]), content["kinds"]
    word = "|".join(sorted((*content["words"], *kinds), key=len, reverse=True))
    end = rf"(?:{divisions})(?![省市县区州盟旗镇乡委])|(?:{organs})"
    return Words(re.compile(word), re.compile(end), frozenset(kinds))


def width(text: str, digit: float = 0.5) -> float:
    """The width of a text in characters: what is not East Asian takes half of one, a digit as much as said.

    Between Chinese and digits or letters Word leaves a gap of its own.
    """
    letters = sum(
        1 if unicodedata.east_asian_width(sign) in "WFA" else digit if sign.isdigit() else 0.5
        for sign in text
    )
    return letters + GAP * len(_MEETINGS.findall(text))


@lru_cache(1024)
def lines(text: str, measure: float, digit: float = 0.5) -> tuple[str, ...]:
    """A text in lines of at most `measure` characters: one where it fits, else up to four of a good shape."""
    if width(text, digit) <= measure:
        return (text,)
    if year := _YEAR.search(text, 1):  # the usual title: an organ's name, and below it the rest
        name, rest = text[: year.start()], text[year.start() :]
        first, second = width(name, digit), width(rest, digit)
        if _LEAST <= first <= measure >= second and abs(first - second) >= _STEP:
            return (name, rest)
    marks = _marks(text)
    for known in (marks, marks | {at: _BAD for at in _anywhere(text) if at not in marks}):
        if best := _best(text, known, measure, digit):
            return best
    return (text,)  # Word breaks it


def _marks(text: str) -> dict[int, float]:
    """Where a line may end, and what that costs."""
    words = [match.span() for match in _words().word.finditer(text)]
    inside = {at for start, end in words for at in range(start + 1, end)}
    costs: dict[int, float] = {}

    def add(at: int, cost: float) -> None:
        if 1 < at < len(text) - 1 and at not in inside and _allowed(text, at):
            costs[at] = min(cost, costs.get(at, cost))

    for match in _words().end.finditer(text):
        add(match.end(), _GOOD)
    for start, end in words:
        if not text.startswith(("自治", "特别"), start):  # the end of a name, as in 恩施土家族苗族自治州
            add(start, _FAIR)
        if start in costs and text[start:end] in _words().kinds:
            costs[start] = _PARTING
    for match in _JOINED.finditer(text):
        add(match.end(), _POOR)
    for match in _YEAR.finditer(text):
        add(match.start(), 0.0)
        add(match.end(), _FAIR)
        costs.pop(match.start() + 4, None)
    return costs


def _anywhere(text: str) -> Iterator[int]:
    """Where a line may end at need: within no word and no number."""
    words = [match.span() for match in _words().word.finditer(text)]
    inside = {at for start, end in words for at in range(start + 1, end)}
    return (at for at in range(2, len(text) - 1) if at not in inside and _allowed(text, at))


def _allowed(text: str, at: int) -> bool:
    left, right = text[at - 1], text[at]
    number = left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
    return not (number or right in _NEVER_FIRST or left in _NEVER_LAST)


def _best(text: str, marks: dict[int, float], measure: float, digit: float) -> tuple[str, ...]:
    """The cheapest way of ending lines at these marks; nothing where no way has lines short enough."""
    places = _thinned(marks)
    year = _YEAR.search(text, 1)
    best: tuple[str, ...] = ()
    least = float("inf")
    for count in range(1, MOST_LINES):
        for cuts in combinations(places, count):
            parts = [text[start:end] for start, end in pairwise((0, *cuts, len(text)))]
            widths = [width(part, digit) for part in parts]
            if max(widths) > measure:
                continue
            cost = sum(marks[cut] for cut in cuts) + _ONE_MORE_LINE * count + _shape(widths)
            cost += 0.0 if year is None or year.start() in cuts else _YEAR_WITHIN
            if cost < least:
                best, least = tuple(parts), cost
    return best


def _thinned(marks: dict[int, float]) -> list[int]:
    """The marks to choose from, in order: all that are good, and of the others so many as can be tried."""
    good = sorted(sorted((at for at in marks if marks[at] < _BAD), key=marks.__getitem__)[:_MOST_MARKS])
    bad = sorted(at for at in marks if marks[at] >= _BAD)
    left = max(_MOST_MARKS - len(good), 1)
    return sorted([*good, *bad[:: -(-len(bad) // left)]]) if bad else good


def _shape(widths: Sequence[float]) -> float:
    """What the shape of lines costs: nothing for a trapezoid or a diamond that is evenly stepped."""
    steps = [after - before for before, after in pairwise(widths)]
    turns = sum(1 for step, other in pairwise(steps) if step < 0 < other)  # an hourglass
    flat = [abs(step) < _STEP for step in steps]
    square = _BADLY_SHAPED if all(flat) else _FAIR * sum(flat)
    short = sum(1 for length in widths if length < _LEAST)
    uneven = (max(widths) - min(widths)) / max(widths)
    return _BADLY_SHAPED * turns + square + _TOO_SHORT * short + _UNEVEN * uneven
