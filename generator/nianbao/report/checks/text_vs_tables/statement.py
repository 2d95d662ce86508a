"""What a sentence says of the tables: its counts, and its sayings of all or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from nianbao.report.checks.text_vs_tables.meaning import Meaning
from nianbao.report.checks.text_vs_tables.phrase import COUNT
from nianbao.report.checks.text_vs_tables.saying import Saying
from nianbao.report.checks.text_vs_tables.subject import Subject
from nianbao.report.prose import Count, Sentence
from nianbao.report.regex import regex

_CLAUSE = regex("[，；：。！？,;:!?（(）)]")
_RIGHT = regex("[，；：。！？,;:!?（(）)、]")


class Likely(NamedTuple):
    """What a count means if the unknown words before it restrict nothing.

    `after` numbers those words in the sentence; `known` where its own clause has none of them.
    """

    meaning: Meaning
    after: int
    known: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """A count in a sentence, and what it says of the tables: nothing where `meanings` is empty.

    `subject` names what it is about where a word does. `role` is "" for a count of the report year,
    "last" for one that is said to be last year's, "change" for a difference between the two, "before" for
    what it was before a change, "other" for one of another year. Between `begins` and `ends` of the
    sentence stands no other count.
    """

    sentence: Sentence
    count: Count
    subject: Subject | None
    topics: frozenset[str]
    role: str = ""
    meanings: tuple[Meaning, ...] = ()
    begins: int = 0
    ends: int = 0
    likely: Likely | None = None

    @property
    def clause(self) -> str:
        """What stands around the count, up to the next ones; the count itself written #."""
        text, count = self.sentence.text, self.count
        cut = _RIGHT.search(text, count.end, self.ends)
        right = text[count.end : cut.start() if cut else self.ends]
        return f"{_CLAUSE.split(text[self.begins : count.start])[-1]}{COUNT}{right}"


class Statement(NamedTuple):
    """A sentence with its counts, those that are said of each of several (各2件), and what of all or none."""

    sentence: Sentence
    claims: tuple[Claim, ...] = ()
    each: tuple[Claim, ...] = ()
    sayings: tuple[Saying, ...] = ()
