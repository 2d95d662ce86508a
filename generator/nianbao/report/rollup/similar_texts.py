"""Sentences that two or more organs have, and organs whose texts are largely the same.

Sentences are compared bare of marks, digits, years and of each organ's own name, and found by an
index, never by comparing every organ with every other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.report.catalogue import rule
from nianbao.report.groups import grouped
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.prose.statements import Statement
from nianbao.report.rollup.member import Member
from nianbao.report.rollup.refusals import listed

SHORTEST = 14  # characters of a sentence that is shown; a shorter one may well be said twice
COMMON, FEWEST_COMMON = 0.2, 8  # a sentence that so many of the organs have was given to all of them
PAIRED = 30  # organs with one sentence that are compared with one another; of more, with the first of them
HIGHEST = 50  # per cent of an organ's own characters
FEWEST, FEWEST_SHARED = 60, 2  # characters, sentences: what two organs must at least have in common


@dataclass(frozen=True, slots=True)
class Shared:
    """A sentence that several organs have, as the first of them wrote it; `common` if most were given it."""

    text: str
    members: tuple[Member, ...]
    places: tuple[Place, ...]
    common: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organs largely alike: per cent of each one's own characters that the other has too."""

    first: Member
    second: Member
    of_first: float
    of_second: float
    sentences: int
    example: str
    places: tuple[Place, Place]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the organs' texts have in common: sentences, most widespread first; pairs, most alike first."""

    sentences: tuple[Shared, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(slots=True)
class _Between:
    """What two organs share: characters, sentences, and the longest of these in either one's words."""

    size: int = 0
    count: int = 0
    longest: tuple[Statement, Statement] | None = None

    def add(self, size: int, first: Statement, second: Statement) -> None:
        self.size += size
        self.count += 1
        if self.longest is None or len(first.bare) > len(self.longest[0].bare):
            self.longest = (first, second)


def compare(members: Sequence[Member]) -> Likeness:
    """Hold the organs' texts against one another; linear in the sentences but for those that few share."""
    index: dict[str, dict[int, Statement]] = {}
    for number, member in enumerate(members):
        for sentence in member.statements:
            index.setdefault(sentence.bare, {}).setdefault(number, sentence)
    most = max(FEWEST_COMMON, COMMON * len(members))
    sizes = [0] * len(members)
    between: dict[tuple[int, int], _Between] = {}
    sentences = []
    for bare, by_member in index.items():
        common = len(by_member) >= most
        if not common:
            for number in by_member:
                sizes[number] += len(bare)
            for pair in _pairs(list(by_member)) if bare else ():
                shared = between.setdefault(pair, _Between())
                shared.add(len(bare), by_member[pair[0]], by_member[pair[1]])
        if len(by_member) > 1 and len(bare) >= SHORTEST:
            who = tuple(members[number] for number in by_member)
            texts = list(by_member.values())
            sentences.append(Shared(texts[0].text, who, tuple(sentence.place for sentence in texts), common))
    sentences.sort(key=lambda shared: (shared.common, -len(shared.members), -len(shared.text)))
    return Likeness(tuple(sentences), tuple(_alike(members, sizes, between)))


def _pairs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Every two of them; of very many each with the first."""
    for at, first in enumerate(numbers if len(numbers) <= PAIRED else numbers[:1]):
        for second in numbers[at + 1 :]:
            yield first, second


def _alike(
    members: Sequence[Member], sizes: Sequence[int], between: dict[tuple[int, int], _Between]
) -> list[Pair]:
    pairs = []
    for (first, second), shared in between.items():
        smaller = min(sizes[first], sizes[second])
        enough = shared.size >= FEWEST and shared.count >= FEWEST_SHARED
        if not enough or 100 * shared.size <= HIGHEST * smaller or shared.longest is None:
            continue
        longest = shared.longest
        parts = (100 * shared.size / sizes[first], 100 * shared.size / sizes[second])
        places = (longest[0].place, longest[1].place)
        pairs.append(Pair(members[first], members[second], *parts, shared.count, longest[0].text, places))
    return sorted(pairs, key=lambda pair: -max(pair.of_first, pair.of_second))


def findings(likeness: Likeness) -> Iterator[Problem]:
    """One problem for each group of organs that are largely alike, and one for all single sentences."""
    for group in _groups(likeness.pairs):
        places = {
            id(member): place
            for pair in group
            for member, place in zip(_both(pair), pair.places, strict=True)
        }
        organs = list({id(member): member.organ for pair in group for member in _both(pair)}.values())
        pair = group[0]
        share = max(pair.of_first, pair.of_second)
        of = f"其中“{quote(pair.first.organ)}”与“{quote(pair.second.organ)}”" if len(organs) > 2 else ""
        what = (
            f"{listed(organs)}的文字大体相同：{of}有 {pair.sentences} 句相同，"
            f"占一方自己文字的 {share:.0f}%，例如“{quote(pair.example)}”"
        )
        mend = "请退回按本机关的实际情况改写"
        about = (*organs, pair.example)
        yield rule("copied-between").broken(what, mend, places.values(), about)
    if copied := [shared for shared in likeness.sentences if not shared.common]:
        what = f"有 {len(copied)} 句话在两个以上机关的报告中相同，例如“{quote(copied[0].text)}”"
        mend = "各句和机关见“文字雷同”表"
        yield rule("copied-sentences").broken(
            what, mend, copied[0].places, [shared.text for shared in copied]
        )


def _both(pair: Pair) -> tuple[Member, Member]:
    return pair.first, pair.second


def _groups(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The pairs, those together that have an organ in common; each group's most alike first."""
    leader: dict[int, int] = {}

    def lead(organ: int) -> int:
        while leader.setdefault(organ, organ) != organ:
            leader[organ] = leader[leader[organ]]
            organ = leader[organ]
        return organ

    for pair in pairs:
        leader[lead(id(pair.second))] = lead(id(pair.first))
    return list(grouped(pairs, lambda pair: lead(id(pair.first))).values())
