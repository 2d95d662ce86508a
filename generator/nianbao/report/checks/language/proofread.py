"""All that a proofreader marks, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator

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
from nianbao.report.checks.passages import passages
from nianbao.report.problem import Problem

OF_ONE = (  # what is looked for in one paragraph, and in all of them together
    repeats.doubled, brackets.unpaired, brackets.nested_titles, documents.numbers, marks.collisions,
    addresses.addresses, markup.residues, lookalikes.radicals, numbering.items, misprints.omissions,
    list_counts.quoted_lists,
)  # fmt: skip
OF_ALL = (copies.copies, lists.lists, lists.openings, marks.half_width, marks.endings, misprints.misprints)


def proofread(inspection: Inspection) -> Iterator[Problem]:
    """Every slip of language in the written sections."""
    read = tuple(passages(inspection))
    for passage in read:
        for check in OF_ONE:
            yield from check(passage)
    for check_all in OF_ALL:
        yield from check_all(read)
    mandate = inspection.report.mandate
    yield from numbering.numbering(read, {section.heading for section in mandate.sections})
    yield from slips.left_over(read, mandate)
