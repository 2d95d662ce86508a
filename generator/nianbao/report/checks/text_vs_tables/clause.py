"""A sentence cut into clauses, each with its counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao.report.checks.text_vs_tables.phrase import CHANGE, COUNT, LAST, OF, PARTS, marked
from nianbao.report.checks.text_vs_tables.wording import Wording, wording
from nianbao.report.prose import Count
from nianbao.report.regex import regex

_PIECE = regex("([^，；：。！？,;:!?（(）)、〔〕]*)([，；：。！？,;:!?（(）)、〔〕]|$)")
_AND = regex("和|以及|及|与|并")
LONGEST = 16  # members of a list that are looked at
_AFTER = ("result", "row", "event", "flow", "column")  # kinds that may be said once of a whole list


class Clause(NamedTuple):
    """What stands between two marks: `text` with a mark for each count, and what it is closed by.

    `counts` are numbers of the sentence's counts; `opened` where it tells of parts (其中 …).
    """

    text: str
    closed: str
    opened: bool
    counts: tuple[int, ...]

    @property
    def words(self) -> Wording:
        """What its words say."""
        return wording(self.text)


def clauses(text: str, counts: Sequence[Count], names: Sequence[str], year: int) -> list[Clause]:
    """The clauses of a sentence from left to right; `names` are those of the reporting organ."""
    return list(_clauses(marked(text, counts, names, year)))


def _clauses(text: str) -> Iterator[Clause]:
    number, opened = 0, False
    for match in _PIECE.finditer(text):
        whole, closed = match[1], match[2]
        parts = _apart(whole)
        for position, part in enumerate(parts):
            held = part.count(COUNT) + part.count(LAST) + part.count(CHANGE)
            final = position == len(parts) - 1
            mark = closed if final else OF if part.endswith(f"的{COUNT}") else "、"
            if part or final:
                yield Clause(part, mark, opened, tuple(range(number, number + held)))
            number += held
            opened = False
        opened = closed == PARTS


def _apart(text: str) -> list[str]:
    """A piece with several counts, a part for each where it is plain which words are whose."""
    if text.count(COUNT) < 2:
        return [text]
    first, last = text.index(COUNT), text.rindex(COUNT)
    if (joint := _AND.search(text, first + 1, last)) is not None:
        return [text[: joint.start()], *_apart(text[joint.end() :])]
    if first > 0:
        return [text[: first + 1], *_apart(text[first + 1 :])]
    return [text]


def shares_predicate(clauses: Sequence[Clause], number: int) -> bool:
    """Whether a member of a list may mean what only its last member says.

    3件行政复议、3件诉讼的结果是纠正: the three are not all reviews.
    """
    own = clauses[number]
    if own.closed != "、" or own.text.endswith(COUNT):
        return False
    kinds = set(own.words.kinds)
    for clause in clauses[number + 1 : number + LONGEST]:
        more = clause.words.kinds.keys() & set(_AFTER)
        if not clause.text.endswith(COUNT) and more - kinds:
            return True
        if clause.closed != "、":
            return False
    return False
