"""What a sentence says of the tables: its counts, and its sayings of all or none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nianbao.report.checks.text_vs_tables.absolute import Saying
from nianbao.report.checks.text_vs_tables.meaning import Meaning
from nianbao.report.checks.text_vs_tables.phrase import COUNT
from nianbao.report.checks.text_vs_tables.subject import Subject
from nianbao.report.prose import Count, Sentence

_CLAUSE = re.compile("[，；：。！？,;:!?（(）)]")
_RIGHT = re.compile("[，；：。！？,;:!?（(）)、]")


@dataclass(frozen=True, slots=True)
class Claim:
    """A count in a sentence, and what it says of the tables: nothing where `meanings` is empty.

    `subject` names what it is about where a word does. `role` is "" for a count of the report year,
    "last" for one that is said to be last year's, "change" for a difference between the two, "other"
    for one of another year.
    """

    sentence: Sentence
    count: Count
    subject: Subject | None
    topics: frozenset[str]
    role: str = ""
    meanings: tuple[Meaning, ...] = ()

    @property
    def clause(self) -> str:
        """What stands around the count, up to the next ones; the count itself written #."""
        text, count, counts = self.sentence.text, self.count, self.sentence.counts
        done = max((other.end for other in counts if other.end <= count.start), default=0)
        following = min((other.start for other in counts if other.start >= count.end), default=len(text))
        cut = _RIGHT.search(text, count.end)
        right = text[count.end : min(following, cut.start() if cut else len(text))]
        return f"{_CLAUSE.split(text[done : count.start])[-1]}{COUNT}{right}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its counts, those that are said of each of several (各2件), and what of all or none."""

    sentence: Sentence
    claims: tuple[Claim, ...] = ()
    each: tuple[Claim, ...] = ()
    sayings: tuple[Saying, ...] = ()
