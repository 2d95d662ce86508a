"""Counts in sentences that say something of the tables: which figures they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nianbao.report.checks.text_vs_tables.subject import Subject, subjects
from nianbao.report.prose import Count, Sentence

_CLAUSE = re.compile("[，；：。！？,;:!?（(）)]")
_RIGHT = re.compile("[，；：。！？,;:!?（(）)、]")
_GOES_ON = re.compile("(在?其中|上述|以上)")
_TOPICS = (
    ("requests", re.compile("申请")),
    ("review", re.compile("复议")),
    ("litigation", re.compile("诉讼|应诉")),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A count in a sentence; `subject` is None where it says nothing of the tables.

    `clause` is what stands around it, the count itself written #.
    """

    sentence: Sentence
    count: Count
    clause: str
    subject: Subject | None
    topics: frozenset[str]


def claims(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, tuple[Claim, ...]]]:
    """Every sentence with its counts and their subjects, from left to right.

    A sentence that goes on with 其中 speaks of what the one before it spoke of.
    """
    topics: frozenset[str] = frozenset()
    for sentence in sentences:
        if not _GOES_ON.match(sentence.text):
            topics = frozenset()
        own_claims = tuple(_claims(sentence, topics))
        topics = own_claims[-1].topics if own_claims else _topics(sentence.text, topics)
        yield sentence, own_claims


def _claims(sentence: Sentence, topics: frozenset[str]) -> Iterator[Claim]:
    text, known = sentence.text, subjects()
    done = 0
    for number, count in enumerate(sentence.counts):
        following = sentence.counts[number + 1].start if number + 1 < len(sentence.counts) else len(text)
        cut = _RIGHT.search(text, count.end)
        right = text[count.end : min(following, cut.start() if cut else len(text))]
        before = text[done : count.start]
        topics = _topics(before, topics)
        left = _CLAUSE.split(before)[-1]
        clause = f"{left}#{right}"
        wide = f"{left}#{_CLAUSE.split(text[count.end :], maxsplit=1)[0]}"
        subject = None
        if not known.unless.search(clause) and not known.foreign.search(clause):
            within = topics | _topics(right, frozenset())
            meant = (about for about in known.all if about.speaks(clause, wide, count.unit, within))
            subject = next(meant, None)
        if subject is not None and subject.topics:
            topics = frozenset(subject.topics)
        yield Claim(sentence, count, clause, subject, topics)
        done = count.end


def _topics(text: str, before: frozenset[str]) -> frozenset[str]:
    """What the sentence speaks of after this text: disputes push applications aside."""
    text = subjects().foreign.sub("", text)
    topics = [(name, match.start()) for name, pattern in _TOPICS for match in pattern.finditer(text)]
    if not topics:
        return before
    disputes = frozenset(name for name, _ in topics if name != "requests")
    return disputes or frozenset({"requests"})
