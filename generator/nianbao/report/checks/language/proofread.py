"""All that a proofreader marks, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import wraps

from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.language import (
    addresses,
    brackets,
    copies,
    documents,
    list_counts,
    lists,
    lookalikes,
    marks,
    markup,
    misprints,
    numbering,
    repeats,
    slips,
)
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Problem
from nianbao.report.regex import regex

Check = Callable[[Inspection], Iterator[Problem]]
_ANY = regex("")


def _of_one(look: Callable[[Passage], Iterator[Problem]], sign: re.Pattern[str] = _ANY) -> Check:
    """The check that looks at one paragraph after another, if any of them has the sign of what it finds."""

    @wraps(look)
    def check(inspection: Inspection) -> Iterator[Problem]:
        if sign.search(inspection.text):
            for passage in inspection.passages:
                yield from look(passage)

    return check


def _of_all(look: Callable[[Sequence[Passage]], Iterator[Problem]]) -> Check:
    """The check that looks at all paragraphs together."""

    @wraps(look)
    def check(inspection: Inspection) -> Iterator[Problem]:
        return look(inspection.passages)

    return check


def numbers(inspection: Inspection) -> Iterator[Problem]:
    """Numbers of paragraphs that do not follow one another."""
    headings = {section.heading for section in inspection.report.mandate.sections}
    return numbering.numbering(inspection.passages, headings)


def left_over(inspection: Inspection) -> Iterator[Problem]:
    """Words of the template, and blanks that nobody filled."""
    return slips.left_over(inspection.passages, inspection.report.mandate)


CHECKS: tuple[Check, ...] = (
    _of_one(repeats.doubled),
    _of_one(brackets.unpaired),
    _of_one(brackets.nested_titles, regex("《")),
    _of_one(documents.numbers, regex("号|〔")),
    _of_one(marks.collisions),
    _of_one(addresses.addresses, addresses.HINT),
    _of_one(markup.residues, markup.MARKUP),
    _of_one(lookalikes.radicals, lookalikes.RADICALS),
    _of_one(numbering.items),
    _of_one(misprints.omissions),
    _of_one(list_counts.quoted_lists, regex("”")),
    *map(
        _of_all,
        (copies.copies, lists.lists, lists.openings, marks.half_width, marks.endings, misprints.misprints),
    ),
    numbers,
    left_over,
)
