"""All that a proofreader marks, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.language import (
    addresses,
    brackets,
    documents,
    lists,
    lookalikes,
    marks,
    markup,
    repeats,
    slips,
)
from nianbao.report.checks.passages import passages
from nianbao.report.problem import Problem


def proofread(inspection: Inspection) -> Iterator[Problem]:
    """Every slip of language in the written sections."""
    read = tuple(passages(inspection))
    for one in read:
        yield from repeats.doubled(one)
        yield from brackets.unpaired(one)
        yield from brackets.nested_titles(one)
        yield from documents.numbers(one)
        yield from marks.collisions(one)
        yield from addresses.addresses(one)
        yield from markup.residues(one)
        yield from lookalikes.radicals(one)
    yield from lists.lists(read)
    yield from lists.openings(read)
    yield from lists.numbering(read)
    yield from marks.half_width(read)
    yield from slips.known(read)
    yield from slips.left_over(read, inspection.report.mandate)
