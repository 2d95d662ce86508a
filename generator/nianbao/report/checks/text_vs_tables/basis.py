"""In which of its readings a count is meant: what its whole, or the others of its list, show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from nianbao.report.checks.text_vs_tables.claim import Claim
from nianbao.report.checks.text_vs_tables.meaning import TOTAL, Meaning, Sum
from nianbao.report.checks.text_vs_tables.subject import Reading, expand
from nianbao.report.prose import Count
from nianbao.report.regex import regex
from nianbao.report.report import Report

_LISTS = ("applicants", "dispute-results")  # groups that are listed one by one
_OPENED = ["予以公开", "部分公开"]
_WITHIN = regex("其中|[含（(的有；;]|包括")  # what follows may be of the number before
_FEW = 3  # of so many, all but one show how they are meant


def known_readings(meaning: Meaning, sums: Iterable[Sum], report: Report) -> tuple[Reading, ...]:
    """The sums that the edition has, and whose figures are numbers."""
    return tuple(reading for reading in readings(meaning, sums, report) if reading.value(report) is not None)


def readings(meaning: Meaning, sums: Iterable[Sum], report: Report) -> Iterable[Reading]:
    """The sums that the edition has; none twice."""
    edition = report.mandate.edition.key
    return dict.fromkeys(
        reading
        for written, columns in sums
        for reading in expand(edition, meaning.subject.name, (written,), columns)
    )


def agrees(claim: Claim, reading: Reading, report: Report) -> bool:
    """Whether the sum is what the count says, as printed or as its parts add up."""
    return any(claim.count.agrees(value) for value in reading.values(report))


def on_one_basis(claims: Sequence[Claim], report: Report) -> Sequence[Claim]:
    """The claims, those of one list read in the way in which all but one agree: 新收 is not 新收＋结转."""
    if len(claims) < _FEW:
        return claims
    read = list(claims)
    for _, run in groupby(range(len(claims)), lambda place: _listed_as(claims[place])):
        places = list(run)
        if len(places) < _FEW or not _listed_as(claims[places[0]]):
            continue
        agreeing = [_ways(claims[place].meanings[0], claims[place].count, report) for place in places]
        votes = Counter(way for ways in agreeing for way in ways)
        (way, most), *others = (*votes.most_common(2), (None, 0))[:2]
        if way is None or most < len(places) - 1 or (others and others[0][1] == most):
            continue
        for place in places:
            meaning = claims[place].meanings[0]
            kept = meaning._replace(listed=_in(way, meaning.listed), accepted=_in(way, meaning.accepted))
            if kept.listed and kept.accepted:
                read[place] = replace(claims[place], meanings=(kept,))
    return read


def opened_alone(claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims, 予以公开 read without 部分公开 where that is told right behind it, of another number."""
    if not any(claim.meanings and claim.meanings[0].subject.name == _OPENED[0] for claim in claims):
        return claims
    read = list(claims)
    for place, (claim, other) in enumerate(pairwise(claims)):
        told = [meaning.subject.name for meaning in (*claim.meanings, *other.meanings)]
        if told != _OPENED or claim.role or other.role:
            continue
        if not _WITHIN.search(claim.sentence.text, claim.count.end, other.count.start):
            [meaning] = claim.meanings
            listed, accepted = (
                tuple(sum_ for sum_ in sums if "+" not in sum_[0])
                for sums in (meaning.listed, meaning.accepted)
            )
            read[place] = replace(claim, meanings=(meaning._replace(listed=listed, accepted=accepted),))
    return read


def _listed_as(claim: Claim) -> str:
    """In which kind of lists it stands; "" for none."""
    if len(claim.meanings) != 1 or claim.role or claim.meanings[0].whole is not None:
        return ""
    return claim.meanings[0].subject.group if claim.meanings[0].subject.group in _LISTS else ""


def _ways(meaning: Meaning, count: Count, report: Report) -> set[str]:
    """The ways in which a count agrees, by what its sums have in common with others' of the list."""
    return {
        _way(sum_)
        for sum_ in meaning.accepted
        for reading in readings(meaning, (sum_,), report)
        if any(count.agrees(value) for value in reading.values(report))
    }


def _way(sum_: Sum) -> str:
    """新收.自然人 and 新收.企业 are told in one way, so are 行政复议.维持 and 行政复议.纠正."""
    return re.sub("[.](?:upheld|corrected|otherwise|pending)", "", sum_[0])


def _in(way: str, sums: Iterable[Sum]) -> tuple[Sum, ...]:
    return tuple(sum_ for sum_ in sums if _way(sum_) == way)


def settled(claim: Claim, report: Report) -> Claim | None:
    """The claim in those readings in which the whole beside it agrees too; None where none is left."""
    if all(meaning.whole is None for meaning in claim.meanings):
        return claim
    meant = [_agreeing(meaning, report) for meaning in claim.meanings]
    return None if None in meant else replace(claim, meanings=tuple(one for one in meant if one))


def _agreeing(meaning: Meaning, report: Report) -> Meaning | None:
    whole = meaning.whole
    if whole is None:
        return meaning
    agreeing = {
        written
        for written in dict.fromkeys(written for written, _ in meaning.accepted)
        for reading in readings(meaning, ((written, TOTAL),), report)
        if any(whole.agrees(value) for value in reading.values(report))
    }
    if not agreeing:
        return meaning.otherwise if meaning.alone else meaning
    listed, accepted = (
        tuple(sum_ for sum_ in sums if sum_[0] in agreeing) for sums in (meaning.listed, meaning.accepted)
    )
    return meaning._replace(listed=listed, accepted=accepted)
