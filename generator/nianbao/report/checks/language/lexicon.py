"""The words of lexicon.toml, and what is written in place of them by those who err."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from nianbao.report.prose.sounds import homophones, syllables

FILE = Path(__file__).with_name("lexicon.toml")
_FOLLOWS = frozenset("作度组率量性者员请设置")  # what may stand behind any noun: 政务公开作为, 信息公开度
Beside = Mapping[int, tuple[tuple[str, str], ...]]
STOPS = "。；：，"
_PARTS = frozenset("部期会科处室组队站所局厅院")  # what is left may be the name of a body, or a time: 工作部
SURE = 5  # characters of a term with a slip in it that need no look at what stands around them
LONG = 4  # characters of a term that is known by itself
PAIR = 4  # bytes
_UTF_16 = f"utf-16-{sys.byteorder[0]}e"  # without a mark of the order
MOST_KNOWN = 65_536  # pairs of characters that are remembered


class Lexicon(NamedTuple):
    """Words and terms, and the slips that they are told by.

    `words` are all words of two characters that are known, `firm` those that show where a word
    begins or ends. Of the characters, `alone` are words of their own, `before` and `after` those
    next to which a word begins or ends, `bound` those that are never alone; `twice` may well stand
    twice in a row, `apart` also before a word that begins with them.

    `slips` are pairs of characters that are no word, each with the common words that were meant,
    and `within` the terms that have a word. `broken` and `cut` are terms with a slip in them or
    without an end, and what is right, by the number of a pair of characters and of the pair beside
    it. `doubled` are those with a character twice, and where; `ending` long ones by their last
    character. `known` are the numbers of `words`.
    """

    words: frozenset[str]
    known: frozenset[int]
    firm: frozenset[str]
    alone: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    bound: frozenset[str]
    twice: frozenset[str]
    apart: frozenset[str]
    slips: Slips
    broken: Mapping[int, Beside]
    within: Mapping[str, tuple[str, ...]]
    doubled: Mapping[str, tuple[tuple[str, int], ...]]
    ending: Mapping[str, tuple[str, ...]]
    cut: Mapping[int, Beside]

    def begins(self, text: str, at: int) -> bool:
        """Whether a word surely begins at this character: what stands before it is whole without it."""
        if at == 0 or not is_chinese(text[at - 1]):
            return True
        if text[at - 1 : at + 1] in self.words:
            return False
        return text[at - 1] in self.before or (
            text[max(0, at - 2) : at] in self.firm
            and (text[max(0, at - 3) : at - 1] not in self.firm or text[max(0, at - 4) : at - 2] in self.firm)
        )

    def ends(self, text: str, at: int) -> bool:
        """Whether a word surely ends before this character: what follows is whole without what was before."""
        if at >= len(text) or not is_chinese(text[at]):
            return True
        if text[at - 1 : at + 1] in self.words:
            return False
        return text[at] in self.after or (
            text[at : at + 2] in self.firm
            and (text[at + 1 : at + 3] not in self.firm or text[at + 2 : at + 4] in self.firm)
        )


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))
    common, terms = entries["common"].split(), entries["terms"].split()
    firm = frozenset((*common, *entries["words"].split()))
    words = firm.union(entries["rare"].split())
    alone = frozenset(entries["alone"])
    single = alone.union(entries["apart"])
    alike = _alike(entries["alike"].split())
    return Lexicon(
        words,
        frozenset(_in_order(words)),
        firm,
        alone,
        frozenset(entries["before"]),
        frozenset(entries["after"]),
        frozenset(entries["bound"]),
        frozenset(entries["twice"]),
        frozenset(entries["apart"]),
        Slips(common, words, alone, alike),
        _broken(terms, entries["right"].split(), words, single, alike),
        _within(common, terms),
        _doubled(terms),
        _ending(terms),
        _cut(terms, entries["right"].split(), words, single),
    )


def is_chinese(character: str) -> bool:
    """Whether it is a Chinese character."""
    return "一" <= character <= "鿿"


def numbers(text: str) -> set[int]:
    """Each two characters beside one another as a number, which is compared much faster than text."""
    units = memoryview(text.encode(_UTF_16, "surrogatepass"))
    even, odd = len(units) // PAIR * PAIR, max(len(units) - 2, 0) // PAIR * PAIR
    return {*units[:even].cast("I"), *units[2 : 2 + odd].cast("I")}


def _in_order(pairs: Iterable[str]) -> memoryview[int]:
    """The numbers of the pairs, in their order."""
    return memoryview("".join(pairs).encode(_UTF_16)).cast("I")


def number(pair: str) -> int:
    """The number of two characters."""
    return int.from_bytes(pair.encode(_UTF_16, "surrogatepass"), sys.byteorder)


def _alike(pairs: list[str]) -> Mapping[str, str]:
    alike: dict[str, str] = {}
    for first, second in map(tuple, pairs):
        alike[first] = alike.get(first, "") + second
        alike[second] = alike.get(second, "") + first
    return alike


class Slips:
    """What is read or looks like a common word, or is one turned round, and is no word itself.

    Looked up by what is written, for there are far more slips than any text has.
    """

    def __init__(
        self, common: Iterable[str], words: frozenset[str], alone: frozenset[str], alike: Mapping[str, str]
    ) -> None:
        self._order = {word: number for number, word in enumerate(common)}
        self._firsts: dict[str, str] = {}  # of the common words, by their second character
        self._seconds: dict[str, str] = {}
        for first, second in map(tuple, self._order):
            self._firsts[second] = self._firsts.get(second, "") + first
            self._seconds[first] = self._seconds.get(first, "") + second
        self._words, self._alone, self._alike = words, alone, alike
        self._known: dict[str, tuple[str, ...]] = {}
        self._none: set[int] = set()  # the numbers of those that stand for no word

    def meant(self, pair: str) -> tuple[str, ...]:
        """The common words that two characters may stand for; none where they are a word."""
        if pair not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
                self._none.clear()
            self._known[pair] = () if pair in self._words else self._sought(*pair)
        return self._known[pair]

    def among(self, pairs: set[int]) -> list[str]:
        """Of the pairs with these numbers those that may stand for a common word."""
        found = []
        for one in pairs - self._none:
            pair = one.to_bytes(PAIR, sys.byteorder).decode(_UTF_16, "surrogatepass")
            if len(pair) == 2 and self.meant(pair):  # 𬭎 alone takes as much room as two others
                found.append(pair)
            else:
                self._none.add(one)
        return sorted(found)

    def _sought(self, first: str, second: str) -> tuple[str, ...]:
        lone = first in self._alone, second in self._alone  # what is left of a word is none of its own: 整该
        found: set[str] = set()
        if not all(lone):
            found.update(
                other + second for other in self._firsts.get(second, "") if self._confused(other, first)
            )
            found.update(
                first + other for other in self._seconds.get(first, "") if self._confused(other, second)
            )
        if not any(lone) and second + first in self._order:
            found.add(second + first)
        return tuple(sorted(found, key=self._order.__getitem__))

    def _confused(self, character: str, written: str) -> bool:
        """Whether another character may be written in place of this one."""
        alike = character in _read_alike(written) or character in self._alike.get(written, "")
        return alike and character != written


def _broken(
    terms: list[str],
    known: list[str],
    words: frozenset[str],
    alone: frozenset[str],
    alike: Mapping[str, str],
) -> Mapping[int, Beside]:
    """Terms of which one character is missing, twice there, taken for another or at its neighbour's place."""
    whole = frozenset(terms)
    right = {part for term in (*terms, *known) for part in _parts(term)}
    broken: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {}
    for term in terms:
        shortest = not any(part in whole for part in _parts(term) if part != term)
        sounding = _sounding(term, words, alone) if shortest else ()
        for written, at in (*_variants(term, alone, alike), *sounding):
            pair = written[at : at + 2]
            if pair in words or written in right:
                continue
            if len(written) >= len(term) or not _is_whole(written, words):
                _add(broken, pair, written[at + 1 : at + 3], written[at - 1 : at + 1], (written, term))
    return _numbered(broken)


def _parts(term: str) -> list[str]:
    """All of three characters and more that stands in a term, itself too."""
    ends = range(len(term) + 1)
    return [term[start:end] for start in ends for end in ends[start + 3 :]]


def _add(
    by_pair: dict[str, dict[str, tuple[tuple[str, str], ...]]],
    pair: str,
    behind: str,
    before: str,
    slip: tuple[str, str],
) -> None:
    """Put a slip by its pair, and by the pair behind that, or before it where none is behind."""
    beside = behind if len(behind) == len(pair) else before
    by_beside = by_pair.setdefault(pair, {})
    by_beside[beside] = (*by_beside.get(beside, ()), slip)


def _numbered(by_pair: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]) -> Mapping[int, Beside]:
    """The slips by the numbers of their pairs."""
    pairs = iter(_in_order(by_pair))
    besides = iter(_in_order(chain.from_iterable(by_pair.values())))
    return {
        next(pairs): {next(besides): slips for slips in by_beside.values()} for by_beside in by_pair.values()
    }


def _is_whole(written: str, words: frozenset[str]) -> bool:
    """Whether it is words from end to end, so that nothing is wrong with it: 财政决算 for 财政预决算."""
    return len(written) % 2 == 0 and all(written[at : at + 2] in words for at in range(0, len(written), 2))


def _within(common: list[str], terms: list[str]) -> Mapping[str, tuple[str, ...]]:
    within: dict[str, tuple[str, ...]] = dict.fromkeys(common, ())
    for term in terms:
        for at in range(len(term) - 1):
            if (word := term[at : at + 2]) in within:
                within[word] = (*within[word], term)
    return within


def _doubled(terms: list[str]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Terms with a character within them doubled, by the two, and where these stand."""
    doubled: dict[str, tuple[tuple[str, int], ...]] = {}
    for term in terms:
        for at in range(1, len(term) - 1):
            pair = 2 * term[at]
            doubled[pair] = (*doubled.get(pair, ()), (term[:at] + term[at] + term[at:], at))
    return doubled


def _ending(terms: list[str]) -> Mapping[str, tuple[str, ...]]:
    """Terms of four characters and more, by the last one."""
    ending: dict[str, tuple[str, ...]] = {}
    for term in terms:
        if len(term) >= LONG:
            ending[term[-1]] = (*ending.get(term[-1], ()), term)
    return ending


def _cut(
    terms: list[str], known: list[str], words: frozenset[str], alone: frozenset[str]
) -> Mapping[int, Beside]:
    """Terms without their last or first character, by the pair of characters at that end."""
    cut: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {}
    whole = frozenset(terms)
    for term in terms:
        shorter = [part for part in _parts(term) if part in whole and part != term]  # these tell it already
        ends = (
            (term[:-1], term[-3:-1], term[-2], any(map(term.endswith, shorter))),
            (term[1:], term[1:3], term[1], any(map(term.startswith, shorter))),
        )
        for rest, pair, left, told in ends:
            if pair not in words and left not in alone and not told and rest not in known:
                ahead = rest[1:3] if rest.startswith(pair) else rest[-3:-1]
                _add(cut, pair, ahead, ahead, (rest, term))
        # 存在的主要问。: what is left may be a word, or go on as one, but here nothing follows it
        rest, pair, left = term[:-1], term[-3:-1], term[-2]
        if pair not in words and (left in alone or rest in known) and left not in _PARTS:
            for stop in STOPS:
                _add(cut, pair, term[-4:-2], term[-4:-2], (rest + stop, term + stop))
    return _numbered(cut)


def _variants(term: str, alone: frozenset[str], alike: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Each wrong way to write the term, and where the pair stands that the right one does not have."""
    for at in range(1, len(term) - 1):
        rest = term[:at] + term[at + 1 :]
        left = term[at - 1 if at % 2 else at + 1]  # what has lost its other half in a term of two words
        if at == len(term) - 2 and left in _FOLLOWS:
            continue  # 将政务公开|作了部署
        if len(rest) >= SURE - 1 or left not in alone:
            yield rest, at - 1
    for at in range(len(term) - 1):
        first, second = term[at], term[at + 1]
        if first != second:
            yield term[:at] + second + first + term[at + 2 :], at
    for at, character in enumerate(term):
        for other in alike.get(character, ""):
            if other not in alone:
                yield term[:at] + other + term[at + 1 :], max(0, at - 1)


def _sounding(term: str, words: frozenset[str], alone: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The term with a character that is read alike, of those which common words are not told by."""
    loose = [at for at in range(len(term) - 1) if term[at : at + 2] not in words]
    for at, character in enumerate(term):
        before, after = term[max(0, at - 1) : at], term[at + 1 : at + 2]
        first = next((place for place in loose if place not in (at - 1, at)), len(term))
        for other in _read_alike(character):
            ends, begins = before + other in words, other + after in words
            if other != character and (other in alone or ends or begins):
                new = at if after and not begins else len(term)
                new = min(first, at - 1 if before and not ends else new)
                if new < len(term):
                    yield term[:at] + other + term[at + 1 :], new


@cache
def _read_alike(character: str) -> str:
    return homophones().get(syllables().get(ord(character), ""), "")
