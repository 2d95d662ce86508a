"""What the office says of a report, with the spots of the form in words."""

from __future__ import annotations

from typing import Any

from nianbao.mandate import for_year
from nianbao.report.targets import Target, spots
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
    try:
        spot = Target.parse(target)
        return spots(for_year(year), (spot,))
    except (KeyError, StopIteration, ValueError):
        return ""
