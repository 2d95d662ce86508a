"""One pass over the sentences; each kind of statement has its own judge."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.text_vs_tables import absolute, growth, number, parts, share
from nianbao.report.checks.text_vs_tables.claim import statements
from nianbao.report.problem import Problem


def stated(inspection: Inspection) -> Iterator[Problem]:
    """Everything that the sentences say and the tables, or the sentences themselves, contradict."""
    before = None
    for statement in statements(inspection.sentences, inspection.report):
        sentence, own_claims = statement.sentence, statement.claims
        follows = before is not None and (before.section, before.paragraph) == (
            sentence.section,
            sentence.paragraph,
        )
        yield from number.numbers(sentence, (*own_claims, *statement.each), inspection)
        yield from parts.wholes(sentence, own_claims)
        yield from share.shares(sentence, before if follows else None, inspection.report)
        yield from growth.changes(sentence, own_claims, inspection)
        yield from absolute.absolutes(sentence, statement.sayings, inspection.report)
        before = sentence
