"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import gc
import pickle
import re
from collections.abc import Iterable, Sequence
from itertools import product
from re import _constants, _parser  # type: ignore[attr-defined] # what a pattern is made of
from typing import Any

import pytest
from nianbao.report.checks import all_checks  # noqa: F401 - whose patterns are looked at
from nianbao.report.regex import Regex, regex

from tests.paths import ROOT

PATTERNS: Sequence[Any] = [each for each in gc.get_objects() if type(each) is Regex]
SIGNED = sorted((each for each in PATTERNS if each.signs), key=lambda each: str(each.pattern))
UNKNOWN, TOLD = "…", "✓"

Ways = set[str]


class Proof:
    """The ways to match a pattern, as far as they lack the words; those that have one are TOLD."""

    def __init__(self, words: str) -> None:
        self._words = (*words.split("|"), TOLD)
        self._ends = max(map(len, self._words)) - 1  # characters of which what is beside them may make a word

    def sequence(self, parts: Iterable[Any]) -> Ways:
        ways = {""}
        for kind, value in parts:
            more = self._part(kind, value)
            ways = {self._short(first + second) for first, second in product(ways, more)}
        return ways

    def _part(self, kind: Any, value: Any) -> Ways:
        match kind:
            case _constants.LITERAL:
                return {self._short(chr(value))}
            case _constants.AT | _constants.ASSERT_NOT:
                return {""}
            case _constants.IN if all(each is _constants.LITERAL for each, _ in value):
                return {self._short(chr(character)) for _, character in value}
            case _constants.BRANCH:
                return {way for branch in value[1] for way in self.sequence(branch)}
            case _constants.SUBPATTERN:
                return self.sequence(value[3])
            case _constants.ASSERT:
                return {self._short(f"{UNKNOWN}{way}{UNKNOWN}") for way in self.sequence(value[1])}
            case _constants.MAX_REPEAT | _constants.MIN_REPEAT:
                least, most, repeated = value
                once = self.sequence(repeated)
                if most > 1:
                    once = {self._short(f"{way}{UNKNOWN}") for way in once}
                return once if least else {*once, ""}
        return {UNKNOWN}

    def _short(self, way: str) -> str:
        if any(word in way for word in self._words):
            return TOLD
        if len(way) <= 2 * self._ends:
            return way
        return f"{way[: self._ends]}{UNKNOWN}{way[len(way) - self._ends :]}"


def lacking(pattern: str, flags: int, words: str) -> Ways:
    """The ways to match a pattern in which none of the words stands."""
    return Proof(words).sequence(_parser.parse(pattern, flags)) - {TOLD}


@pytest.mark.parametrize("pattern", SIGNED, ids=lambda pattern: pattern.signs[0])
def test_nothing_matches_without_the_signs(pattern: Any) -> None:
    assert [lacking(pattern.pattern, pattern.flags, words) for words in pattern.signs] == [
        set() for _ in pattern.signs
    ]


def test_a_sign_that_some_matches_lack_is_found() -> None:
    assert lacking("新增[0-9]|(?:另|共)增[0-9]?", 0, "新增|共") == {"另增", "另……"}


def test_every_pattern_is_one() -> None:
    assert len(PATTERNS) > 500
    assert [each.pattern for each in PATTERNS if re.compile(each.pattern, each.flags).groups < 0] == []


def test_a_text_without_the_signs_leaves_the_pattern_as_it_is() -> None:
    pattern: Any = regex("(?<=共)[0-9]+件", "共", "件|份")

    assert [pattern.search("共3项"), pattern.match("3件"), pattern.fullmatch("")] == [None, None, None]
    assert [*pattern.finditer("共3项")] == []
    assert "_compiled" not in vars(pattern)
    assert pattern.search("共3件").group() == "3件"
    assert pattern.search("共3件，共4件", 4).group() == "4件"
    assert "_compiled" in vars(pattern)


def test_a_pattern_does_all_that_a_compiled_one_does() -> None:
    assert regex("[，。]").split("一，二。三") == ["一", "二", "三"]
    assert regex("B", flags=re.IGNORECASE).sub("c", "abc") == "acc"
    assert regex("(?P<number>[0-9])").groupindex == {"number": 1}
    with pytest.raises(re.error):
        regex("(").search("")


def test_a_pattern_is_sent_to_another_process_as_it_was_given() -> None:
    pattern: Any = regex("[0-9]件", "件", flags=re.ASCII)
    assert pattern.search("3件")

    sent = pickle.loads(pickle.dumps(pattern))

    assert vars(sent) == {"pattern": "[0-9]件", "flags": re.ASCII, "signs": ("件",)}


def test_no_pattern_is_known_by_what_a_match_says_it_is_of() -> None:
    modules = (ROOT / "generator" / "nianbao").rglob("*.py")

    assert [path.name for path in modules if re.search(r"\.re (is|in|==|!=) ", path.read_text("utf-8"))] == []
