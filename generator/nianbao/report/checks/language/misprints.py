"""Characters written for others that sound or look like them, left out, doubled or turned round.

Judged is only what cannot be anything else: a fixed term with one slip in it, and two characters
that are no word, stand in place of a common one, and have whole words on either side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import add
from typing import NamedTuple

from nianbao.report.catalogue import rule
from nianbao.report.checks.language.lexicon import (
    STOPS,
    SURE,
    Beside,
    Lexicon,
    is_chinese,
    lexicon,
    number,
    numbers,
)
from nianbao.report.checks.language.slips import table
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex

_QUOTED = "“‘《〈「"  # “钱景”: a play upon words
_LONGEST_COINED = 8  # characters from such a mark


_OF_PLACE = regex("[一-鿿]?[县市区镇乡村]")
_NEVER_ALONE = frozenset(
    "申息讼馈督履措域"
)  # the words that have them are all known, whatever is beside them


class Found(NamedTuple):
    """One slip: in which passage, where, what is written, what was meant; `sure` if that mends it."""

    passage: int
    start: int
    written: str
    meant: tuple[str, ...]
    sure: bool


def misprints(passages: Sequence[Passage]) -> Iterator[Problem]:
    """Every slip in the passages; of those that overlap the longest."""
    whole = "\n".join(passage.text for passage in passages)
    words, known = lexicon(), _known()
    every = numbers(whole)
    pairs = every - words.known
    found: list[Found] = []
    for pair in words.slips.among(pairs):
        for index, at in _places(passages, pair):
            meant = words.slips.meant(pair)
            text = passages[index].text
            in_terms = tuple(word for word in meant if _in_term(text, at, word, words.within[word]))
            if in_terms or _alone(text, at, pair, words):
                found.append(Found(index, at, pair, in_terms or meant, len(in_terms or meant) == 1))
    for slips in _beside(words.broken, pairs, every):
        for written, right in _among(every, slips):
            for index, at in _places(passages, written) if written in whole else ():
                text = passages[index].text
                whole_words = _apart(text, at, written, words)
                if whole_words or (len(written) >= SURE and _unjoined(text, at, written, words)):
                    found.append(Found(index, at, written, (right,), whole_words))
    found += _cut(passages, whole, every, pairs, words)
    for two in sorted(pairs & known.keys()):
        for written, right in known[two]:
            for index, at in _places(passages, written) if written in whole else ():
                if _stands(passages[index].text, at, written, words):
                    found.append(Found(index, at, written, (right,), True))
    yield from _told(passages, found)


def _beside(terms: Mapping[int, Beside], pairs: set[int], every: set[int]) -> list[Beside]:
    """The slips of each pair that the text has, where it has one of the pairs beside it, too."""
    several = [terms[two] for two in sorted(pairs & terms.keys())]
    return [slips for slips in several if not every.isdisjoint(slips)]


def _among(every: set[int], slips: Beside) -> Iterator[tuple[str, str]]:
    """Of the slips that have one pair, those of which the text has all other pairs, too."""
    for beside, several in slips.items():
        if beside in every:
            for slip in several:
                if _pairs(slip[0]) <= every:
                    yield slip


_pairs = cache(numbers)  # of slips: there are some thousands


def _told(passages: Sequence[Passage], found: Sequence[Found]) -> Iterator[Problem]:
    done: list[tuple[int, int, int]] = []
    told: dict[tuple[int, str], list[Found]] = {}  # the same slip is told once for a paragraph
    for slip in sorted(found, key=lambda slip: (slip.passage, -len(slip.written), slip)):
        start, end = slip.start, slip.start + len(slip.written)
        if any(slip.passage == other and start < stop and begin < end for other, begin, stop in done):
            continue
        done.append((slip.passage, start, end))
        told.setdefault((slip.passage, slip.written), []).append(slip)
    for slips in told.values():
        slip, passage = slips[0], passages[slips[0].passage]
        start, end = slip.start, slip.start + len(slip.written)
        what = f"“{slip.written.strip('“”')}”有错漏字：“…{quote(passage.excerpt(start, end))}…”"
        right = "或".join(f"“{word.strip('“”')}”" for word in slip.meant)
        mend = f"请改为{right}" if slip.sure else f"请核对，多半是{right}"
        corrections = [
            Correction.of(passage, one.start, one.start + len(one.written), one.meant[0])
            for one in slips
            if one.sure and not one.meant[0].startswith(one.written)  # 有待提: 升 or 高
        ]
        yield passage.broken(rule("known-slip"), what, mend, start, slip.written, right=corrections)


@cache
def _known() -> Mapping[int, tuple[tuple[str, str], ...]]:
    """The slips of slips.toml and what is right, by two characters of each that are no word."""
    known: dict[int, tuple[tuple[str, str], ...]] = {}
    for wrong, right in (table()["slips"] | table()["beginnings"] | table()["followed"]).items():
        pair = next(pair for pair in map(add, wrong, wrong[1:]) if pair not in lexicon().words)
        known[number(pair)] = (*known.get(number(pair), ()), (wrong, right))
    return known


def _stands(text: str, at: int, written: str, words: Lexicon) -> bool:
    """Whether what is around a slip of slips.toml leaves it one."""
    if written in table()["followed"]:
        end = at + len(written)
        joined = text[max(0, at - 1) : at + 1] in words.words or text[end - 1 : end + 1] in words.words
        return text[end : end + 2] in words.firm and not joined
    return written not in table()["beginnings"] or words.begins(text, at)


def _cut(
    passages: Sequence[Passage], whole: str, every: set[int], pairs: set[int], words: Lexicon
) -> Iterator[Found]:
    """Terms that have lost their last or first character."""
    for slips in _beside(words.cut, pairs, every):
        for written, right in _among(every, slips):
            for index, at in _places(passages, written) if _lacks(whole, written, right) else ():
                text = passages[index].text
                end = at + len(written)
                doubled = text[end : end + 1] == text[end - 1] or (at > 0 and text[at - 1] == text[at])
                if right in text[max(0, at - 1) : end + 1] or doubled:  # 严格格按照 lacks no character
                    continue
                stopped = written[-1] in STOPS and (written[:2] in words.firm or words.begins(text, at))
                if stopped or _apart(text, at, written, words):
                    yield Found(index, at, written, (right,), True)


def _lacks(whole: str, written: str, right: str) -> bool:
    """Whether a part of a term stands anywhere but in that term."""
    begins, at = right.find(written), whole.find(written)
    while at >= 0 and begins >= 0 and whole.startswith(right, at - begins):
        at = whole.find(written, at + 1)
    return at >= 0


def _in_term(text: str, at: int, word: str, terms: Sequence[str]) -> bool:
    """Whether the rest of a term stands around two characters that are in place of the word."""
    return any(
        (start := at - term.index(word)) >= 0
        and text.startswith(term[: at - start], start)
        and text.startswith(term[at - start + 2 :], at + 2)
        for term in terms
    )


def _alone(text: str, at: int, written: str, words: Lexicon) -> bool:
    """Whether it stands between whole words, so that no part of it belongs to one of them."""
    end = at + len(written)
    if at and text[at - 1] in _QUOTED:
        return False
    by_itself = not is_chinese(text[at - 1 : at] or " ") and not is_chinese(text[end : end + 1] or " ")
    if by_itself and not words.alone.isdisjoint(written):  # （七）余论
        return False
    return words.begins(text, at) and words.ends(text, end)


def _apart(text: str, at: int, written: str, words: Lexicon) -> bool:
    """Whether what is around it is no part of it: either end is a whole word, or where one surely begins."""
    end = at + len(written)
    left = written[:2] in words.firm or words.begins(text, at)
    return left and (written[-2:] in words.firm or words.ends(text, end))


def _unjoined(text: str, at: int, written: str, words: Lexicon) -> bool:
    """Whether neither end makes a word with what is beside it: 政务公开作|为 does."""
    end = at + len(written)
    left = written[:2] in words.firm or text[max(0, at - 1) : at + 1] not in words.words
    return left and (written[-2:] in words.firm or text[end - 1 : end + 1] not in words.words)


def _places(passages: Sequence[Passage], written: str) -> Iterator[tuple[int, int]]:
    """Which passages have it, and where."""
    for index, passage in enumerate(passages):
        at = passage.text.find(written)
        while at >= 0:
            yield index, at
            at = passage.text.find(written, at + len(written))


def _by_itself(text: str, at: int, words: Lexicon) -> bool:
    """Whether a character belongs to no word beside it."""
    if text[at] in _NEVER_ALONE:
        beside = (text[at - 1 : at], text[at + 1 : at + 2])
        return (
            text[at] not in beside
            and beside[0] != "依"
            and beside[1] != "信"
            and not _OF_PLACE.match(text, at + 1)
        )
    return words.begins(text, at) and words.ends(text, at + 1)


def omissions(passage: Passage) -> Iterator[Problem]:
    """Characters that stand in words only, without the rest of any."""
    text, words = passage.text, lexicon()
    for match in _bound().finditer(text):
        at = match.start()
        before, after = text[max(0, at - 1) : at + 1], text[at : at + 2]
        if (
            before in words.words
            or after in words.words
            or not _by_itself(text, at, words)
            or _is_quoted(text, at)
        ):
            continue
        if (at and is_chinese(text[at - 1])) or (at + 1 < len(text) and is_chinese(text[at + 1])):
            what = f"“{match.group()}”的前后漏了字：“…{quote(passage.excerpt(at, at + 1))}…”"
            yield passage.broken(rule("known-slip"), what, "请补上漏掉的字", at, match.group())


def _is_quoted(text: str, at: int) -> bool:
    """Whether it stands in a few words in quotation marks, which people make up: “一事多申”."""
    start = max(text.rfind(mark, max(0, at - _LONGEST_COINED), at) for mark in _QUOTED)
    ends = (text.find(mark, at, at + _LONGEST_COINED) for mark in "”’》〉」")
    return start >= 0 and any(end >= 0 for end in ends)


@cache
def _bound() -> re.Pattern[str]:
    return regex(f"[{''.join(sorted(lexicon().bound | _NEVER_ALONE))}]")
