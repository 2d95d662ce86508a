"""One pass over the sentences; each kind of statement has its own judge."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.text_vs_tables import absolute, growth, number, parts, share
from nianbao.report.checks.text_vs_tables.claim import statements
from nianbao.report.problem import Problem
from nianbao.report.prose import Sentence


def stated(inspection: Inspection) -> Iterator[Problem]:
    """Everything that the sentences say and the tables, or the sentences themselves, contradict."""
    earlier: list[Sentence] = []  # from the paragraph before on
    for statement in statements(inspection.sentences, inspection.report):
        sentence, own_claims = statement.sentence, statement.claims
        if earlier and (earlier[-1].section, earlier[-1].paragraph) != (sentence.section, sentence.paragraph):
            earlier = [
                before
                for before in earlier
                if before.section == sentence.section and before.paragraph >= sentence.paragraph - 1
            ]
        yield from number.numbers(sentence, (*own_claims, *statement.each), inspection)
        yield from parts.wholes(sentence, earlier, inspection.report)
        yield from share.shares(sentence, own_claims, earlier, inspection.report)
        yield from growth.changes(sentence, own_claims, inspection)
        yield from absolute.absolutes(sentence, statement.sayings, inspection.report)
        earlier.append(sentence)
