"""What the office says of a report, with the spots of the form in words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from nianbao.mandate import Mandate, for_year
from nianbao.report import PREFACE
from nianbao.report.particulars import lines
from nianbao.report.targets import Area, Target, spots
from nianbao.web.office.models import Remark, Submission


def described(submission: Submission) -> list[dict[str, Any]]:
    """Every remark on a submission, those that are not settled first, newest versions first."""
    found = Remark.objects.filter(version__submission=submission).select_related("version")
    ordered = sorted(found, key=lambda one: (one.settled_at is not None, -one.version.number, one.pk))
    return [
        {
            "remark": one,
            "where": where(submission.year, one.target),
            "form": f"remark-{one.pk}",
            "open": one.settled_at is None,
            "to_answer": one.settled_at is None and not one.answer,
        }
        for one in ordered
    ]


def where(year: int, target: str) -> str:
    """A spot of the form in words; "" for the whole, and for what the form has not."""
    mandate = for_year(year)
    try:
        spot = Target.parse(target)
    except ValueError:
        return ""
    return spots(mandate, (spot,)) if spot.key in _keys(mandate)[spot.area] else ""


def _keys(mandate: Mandate) -> dict[Area, Collection[str]]:
    """What the form has of each kind of spot."""
    sections = {PREFACE, *(section.key for section in mandate.sections)}
    particulars = {line.key for line in lines(mandate)}
    return {
        Area.FIGURE: mandate.slots.keys(),
        Area.PARTICULAR: particulars,
        Area.PARAGRAPH: sections,
        Area.SECTION: sections,
    }
