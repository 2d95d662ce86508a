"""What the office says of a report: written, settled and opened again, each with its line in the log."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from nianbao.mandate import Mandate
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
            events.record(who, "remark", submission, version=version.number, target=target, remark=remark.pk)
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
        events.record(who, "unsettle" if again else "settle", submission, remark=remark.pk)


def fitting(target: str, spots: Iterable[Target]) -> bool:
    """Whether a word names one of these spots, or the whole."""
    return not target or target in set(map(str, spots))


def spot(target: str, mandate: Mandate) -> str:
    """A remark's spot in words; "" for the whole, and for one that this form does not have."""
    area, _, rest = target.partition(":")
    key, _, number = rest.partition(":")
    try:
        return spots(mandate, [Target(Area(area), key, int(number or 0))])
    except (KeyError, ValueError, StopIteration):
        return ""


def _require(submission: Submission) -> None:
    if reasons := remark_refusals(State(submission.state)):
        raise Refused(reasons)
