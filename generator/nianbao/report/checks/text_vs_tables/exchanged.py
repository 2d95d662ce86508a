"""Applicants told in persons and bodies, in another order than in the table: 企业2家、律所4家 for 4 and 2."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.text_vs_tables.basis import known_readings
from nianbao.report.checks.text_vs_tables.label import CLAUSE, claims_of
from nianbao.report.checks.text_vs_tables.meaning import Meaning, sums
from nianbao.report.checks.text_vs_tables.number import PIECE, contradicts
from nianbao.report.checks.text_vs_tables.quantity import outline
from nianbao.report.problem import Problem
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

_PERSONS = ("名", "家", "人", "位", "个")  # of whom one may apply several times
_ENOUGH = 3  # kinds of applicants that have the table's numbers by chance no more
_LAWYERS = regex("律师事务所|律所")
_LISTED = regex("(?:自然人|公民|个人)[^，。；]{0,4}[0-9]+[名人位]", "自然人|公民|个人")


def exchanged(sentence: Sentence, inspection: Inspection) -> Iterator[Problem]:
    """The first of three or more numbers of applicants that are the table's, each at another's place."""
    report, text = inspection.report, sentence.text
    if not _LISTED.search(text):
        return
    outlined = outline(text, report.year)
    persons = [one for one in outlined.quantities if one.unit in _PERSONS and one.exact]
    told = []
    for one in persons if len(persons) >= _ENOUGH else ():
        label = _LAWYERS.sub("法律服务单位", CLAUSE.split(outlined.left(one))[-1])
        for claim in claims_of(sentence, f"申请，{label}{text[one.start : one.end - 1]}{PIECE}", report):
            subject = claim.subject
            if subject is not None and subject.group == "applicants":
                own = sums(("received",), subject.columns)
                meaning = Meaning(subject, own, own)
                told += [(claim, meaning, known) for known in known_readings(meaning, own, report)]
    stated = [claim.count.value for claim, _, _ in told]
    true = [known.value(report) for _, _, known in told]
    if len(told) < _ENOUGH or Counter(stated) != Counter(true):
        return
    for claim, meaning, known in told:
        if claim.count.value != known.value(report):
            yield contradicts(sentence, claim, meaning, (known,), inspection, last=False)
            return
