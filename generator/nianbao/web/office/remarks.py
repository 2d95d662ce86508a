"""What the office says of a report: written, settled, opened again; its spots in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from nianbao.mandate import Mandate, for_year
from nianbao.report import PREFACE
from nianbao.report.particulars import lines
from nianbao.report.submission import State, remark_refusals
from nianbao.report.targets import Area, Target, spots
from nianbao.web.office import events
from nianbao.web.office.events import Who
from nianbao.web.office.models import Remark, Submission, Version
from nianbao.web.office.submissions import OLDER, Refused, held
from nianbao.web.words import catalogue

LONGEST = 2000  # characters


def write(submission: Submission, target: str, text: str, who: Who, seen: int | None = None) -> Remark:
    """Pin a remark to a spot of the newest version, or to the whole. Raises Refused.

    `seen` is the version that its writer looked at. The same words at the same spot are written once.
    """
    words = catalogue()["review"]
    text = text.strip()
    if not text:
        raise Refused((words["no_text"],))
    if len(text) > LONGEST:
        raise Refused((words["too_long"].format(count=len(text), most=LONGEST),))
    with transaction.atomic():
        submission = held(submission.pk)
        _require(submission)
        version = Version.objects.only("pk", "number").get(submission=submission, number=submission.number)
        if seen is not None and seen != version.number:
            raise Refused((OLDER.format(seen=seen, number=version.number),))
        remark, new = Remark.objects.get_or_create(
            version=version, target=target, text=text, settled_at=None, defaults={"who": who.name}
        )
        if new:
            events.record(
                who, "remark", submission, version=version.number, target=target, remark_number=remark.pk
            )
    return remark


def settle(remark: Remark, who: Who, *, again: bool = False) -> None:
    """Settle a remark, or open it again. Raises Refused."""
    with transaction.atomic():
        submission = held(remark.version.submission_id)
        _require(submission)
        remark = Remark.objects.select_for_update().get(pk=remark.pk)
        if (remark.settled_at is None) == again:
            return  # somebody else was quicker
        remark.settled_by = "" if again else who.name
        remark.settled_at = None if again else timezone.now()
        remark.save(update_fields=["settled_by", "settled_at"])
        events.record(who, "unsettle" if again else "settle", submission, remark_number=remark.pk)


def fitting(target: str, spots: Iterable[Target]) -> bool:
    """Whether a word names one of these spots, or the whole."""
    return not target or target in set(map(str, spots))


def _require(submission: Submission) -> None:
    if reasons := remark_refusals(State(submission.state)):
        raise Refused(reasons)


def described(submission: Submission) -> list[dict[str, Any]]:
    """Every remark on a submission, those that are not settled first, newest versions first."""
    mandate = for_year(submission.year)
    found = Remark.objects.filter(version__submission=submission).select_related("version")
    ordered = sorted(found, key=lambda one: (one.settled_at is not None, -one.version.number, one.pk))
    return [
        {
            "remark": one,
            "where": where(mandate, one.target),
            "form": f"remark-{one.pk}",
            "open": one.settled_at is None,
            "to_answer": one.settled_at is None and not one.answer,
        }
        for one in ordered
    ]


def where(mandate: Mandate, target: str) -> str:
    """A spot of the form in words; "" for the whole, and for what the form has not."""
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
