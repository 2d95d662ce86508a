"""The words of a clause: which subjects they name, and whether all of them are known."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache, lru_cache
from typing import NamedTuple

from nianbao.report.checks.text_vs_tables.subject import Subject, subjects

_COURTS = frozenset({"法院", "人民法院"})
UNKNOWN = 100  # what an unknown character costs; a word costs 1
MARKS = frozenset("#λΔ§")  # places of counts

PRECEDENCE = ("result", "row", "column", "event", "decision", "block", "flow", "document", "noun", "short")
TOPICS = {
    "noun": "requests",
    "short": "requests",
    "block": "disputes",
    "document": "documents",
    "decision": "decisions",
}


class Wording(NamedTuple):
    """What the words of a clause say.

    `kinds` has the subjects of each kind in their order, none twice; `plain` the words that name none.
    `unknown` where a word is not in the vocabulary: it may restrict what is counted, or change it.
    """

    text: str
    kinds: Mapping[str, tuple[Subject, ...]]
    topics: frozenset[str]  # what is named of the things that the tables tell of: disputes, documents …
    plain: frozenset[str]
    view: bool
    foreign: bool
    negated: bool
    unknown: bool

    def kind(self, kind: str) -> tuple[Subject, ...]:
        """The subjects of one kind."""
        return self.kinds.get(kind, ())

    @property
    def label(self) -> Subject | None:
        """The subject that says most of what a count is: a result before a case, an outcome before a verb."""
        return next((self.kinds[kind][0] for kind in PRECEDENCE if kind in self.kinds), None)

    @property
    def rows(self) -> tuple[Subject, ...]:
        """What of the statistics of applications is named: their outcomes, else what was done with them."""
        return self.kind("row") or self.kind("flow")


NOTHING = Wording("", {}, frozenset(), frozenset(), view=False, foreign=False, negated=False, unknown=False)


@cache
def _index() -> Mapping[str, tuple[str, ...]]:
    """Every known word by its first two characters, or its only one, the longest first."""
    known = subjects()
    index: dict[str, list[str]] = {}
    for word in sorted({*known.words, *known.plain}, key=len, reverse=True):
        index.setdefault(word[:2], []).append(word)
    return {begins: tuple(words) for begins, words in index.items()}


@lru_cache(maxsize=1024)
def wording(text: str) -> Wording:
    """The words of a clause: of all ways to cut it the one that leaves least unknown, in fewest words."""
    known = subjects()
    kinds: dict[str, dict[Subject, None]] = {}
    plain: set[str] = set()
    unknown = False
    for word in _words(text):
        if (subject := known.words.get(word)) is not None:
            kinds.setdefault(subject.kind, {})[subject] = None
        elif word in known.plain:
            plain.add(word)
        else:
            unknown = True
    topics = {TOPICS[kind] for kind in kinds if kind in TOPICS}
    if "result" in kinds and not plain.isdisjoint(known.judges | _COURTS):
        topics.add("disputes")
    foreign = not plain.isdisjoint(known.foreign)
    return Wording(
        text=text,
        kinds={kind: tuple(named) for kind, named in kinds.items()},
        topics=frozenset(topics),
        plain=frozenset(plain),
        view=not plain.isdisjoint(known.views),
        foreign=foreign,
        negated=not plain.isdisjoint(known.negations),
        unknown=unknown or foreign or _out_of_place(plain, kinds),
    )


def _out_of_place(plain: Set[str], kinds: Mapping[str, Mapping[Subject, None]]) -> bool:
    """Whether a word stands there that is known only beside others: 公布 beside what is in force."""
    known, roles = subjects(), {subject.role for subject in kinds.get("event", ())}
    because = "block" in kinds and known.publishing & plain == {"公开"}  # 因公开引发行政复议
    return not (
        (plain.isdisjoint(known.publishing) or "in-force" in roles or because)
        and (plain.isdisjoint(known.papers) or not roles.isdisjoint({"in-force", "repealed"}))
        and (plain.isdisjoint(known.judges) or "result" in kinds)
        and (plain.isdisjoint(known.things) or kinds.keys() != {"flow"})
    )


def _words(text: str) -> list[str]:
    index, end = _index(), len(text)
    costs = [0] * (end + 1)  # of the text from each place on, and the length of its first word
    lengths = [1] * end
    for start in range(end - 1, -1, -1):
        first = text[start]
        cost = costs[start + 1] + (0 if first in MARKS else UNKNOWN)
        for word in index.get(text[start : start + 2], ()):
            length = len(word)
            if text.startswith(word, start) and costs[start + length] + 1 < cost:
                cost, lengths[start] = costs[start + length] + 1, length
        if first in index and costs[start + 1] + 1 < cost:
            cost, lengths[start] = costs[start + 1] + 1, 1
        costs[start] = cost
    words, start = [], 0
    while start < end:
        length = lengths[start]
        if text[start] not in MARKS:
            words.append(text[start : start + length])
        start += length
    return words
