"""What is looked for in the sentences; each kind of statement has its own check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.text_vs_tables import absolute, average, growth, number, parts, share
from nianbao.report.checks.text_vs_tables.claim import statements
from nianbao.report.checks.text_vs_tables.exchanged import exchanged
from nianbao.report.checks.text_vs_tables.occurrence import occurrences
from nianbao.report.checks.text_vs_tables.statement import Statement
from nianbao.report.problem import Problem
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

_NUMBERED = regex("[0-9%成半倍翻]|分之|持平|[一二三四五六七八九十百两][件份起宗]")
MOST_EARLIER = 40  # sentences before one, among which its whole may stand


class Told(NamedTuple):
    """What a sentence states, and the sentences before it from the paragraph before on."""

    statement: Statement
    earlier: Sequence[Sentence]


def counts(inspection: Inspection) -> Iterator[Problem]:
    """Counts that the tables contradict."""
    for statement, _ in inspection.once(_told):
        if claims := (*statement.claims, *statement.each):
            yield from number.together(number.numbers(statement.sentence, claims, inspection))
        yield from exchanged(statement.sentence, inspection)
        yield from occurrences(statement.sentence, inspection.report)


def sums(inspection: Inspection) -> Iterator[Problem]:
    """Parts that do not add up to their whole."""
    for statement, earlier in inspection.once(_numbered):
        yield from parts.wholes(statement.sentence, statement.claims, earlier, inspection.report)


def shares(inspection: Inspection) -> Iterator[Problem]:
    """Percentages that are wrong."""
    for statement, earlier in inspection.once(_numbered):
        claims = (*statement.claims, *statement.each)
        yield from share.shares(statement.sentence, claims, earlier, inspection.report)


def changes(inspection: Inspection) -> Iterator[Problem]:
    """Changes against last year that are wrong."""
    for statement, _ in inspection.once(_numbered):
        yield from growth.changes(statement.sentence, statement.claims, inspection)


def averages(inspection: Inspection) -> Iterator[Problem]:
    """Averages that are wrong."""
    for sentence in inspection.sentences:
        yield from average.averages(sentence, inspection.report.year)


def absolutes(inspection: Inspection) -> Iterator[Problem]:
    """What is said of all or of none, where the tables know of some."""
    for statement, _ in inspection.once(_told):
        yield from absolute.absolutes(statement.sentence, statement.sayings, inspection.report)


CHECKS = (counts, sums, shares, changes, averages, absolutes)


def _numbered(inspection: Inspection) -> tuple[Told, ...]:
    """What the sentences state that have any numbers, of whatever kind."""
    return tuple(told for told in inspection.once(_told) if _NUMBERED.search(told.statement.sentence.text))


def _told(inspection: Inspection) -> tuple[Told, ...]:
    told: list[Told] = []
    earlier: list[Sentence] = []
    for statement in statements(inspection.sentences, inspection.report):
        sentence = statement.sentence
        if earlier and (earlier[-1].section, earlier[-1].paragraph) != (sentence.section, sentence.paragraph):
            earlier = [
                before
                for before in earlier
                if before.section == sentence.section and before.paragraph >= sentence.paragraph - 1
            ]
        told.append(Told(statement, tuple(earlier[-MOST_EARLIER:])))
        earlier.append(sentence)
    return tuple(told)
