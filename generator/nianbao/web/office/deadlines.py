"""The years that an office collects, and by when each organ has to report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from nianbao.mandate import for_year
from nianbao.report.reporters import kinds
from nianbao.report.submission import roster
from nianbao.report.submission.roster import Line
from nianbao.web.office import events
from nianbao.web.office.events import Who
from nianbao.web.office.models import Deadline, Organ, Setting, Submission
from nianbao.web.office.submissions import setting

Named = Organ | roster.Organ | Line  # what has a name and a kind


def hold() -> Setting:
    """Have nobody else change the roster until the transaction ends; what the office has decided."""
    return Setting.objects.select_for_update().get(pk=setting().pk)


def open_year(year: int, who: Who) -> int:
    """Collect a year from now on: a report is expected of every organ; of how many it was not yet."""
    with transaction.atomic():
        office = hold()
        before, office.year = office.year, year
        office.save(update_fields=["year"])
        added = expect(year, dict.fromkeys(Organ.objects.filter(active=True)))
        events.record(who, "year", year=year, before=before, organs=added)
    return added


def deadline(year: int, organ: Named, own: Mapping[str, date]) -> date:
    """By when an organ reports a year: by the office's days, else by the mandate's.

    Where neither its kind is said nor its name tells it, the last day of those it can be of.
    """
    mandate = for_year(year)
    known = [kind for kind in mandate.reporters if kind.name == organ.reporter]
    possible = known or [kind for kind in kinds(mandate, organ.name, "") if kind.aggregate == organ.aggregate]
    return max(own.get(kind.name, kind.deadline(year)) for kind in possible or mandate.reporters)


def misplaced(year: int, due: date) -> str:
    """Why the report of a year cannot be due on a day, in words; "" where it can."""
    if due.year == year + 1:
        return ""
    return f"{due} 不在 {year + 1} 年里，{year} 年的报告在 {year + 1} 年报送"


def own_deadlines(year: int) -> dict[str, date]:
    """The days that the office has set for kinds of reporters."""
    return dict(Deadline.objects.filter(year=year).values_list("reporter", "due"))


def set_deadlines(year: int, days: Mapping[str, date], who: Who) -> int:
    """Set the days of kinds of reporters; of how many organs the day has changed.

    The days of organs that have one of their own stay.
    """
    with transaction.atomic():
        hold()
        before = own_deadlines(year)
        expected = list(Submission.objects.filter(year=year).select_related("organ"))
        usual = {submission.pk: deadline(year, submission.organ, before) for submission in expected}
        for kind in for_year(year).reporters:
            if days[kind.name] == kind.deadline(year):
                Deadline.objects.filter(year=year, reporter=kind.name).delete()
            else:
                Deadline.objects.update_or_create(
                    year=year, reporter=kind.name, defaults={"due": days[kind.name]}
                )
        after = own_deadlines(year)
        moved = [submission for submission in expected if submission.due == usual[submission.pk]]
        for submission in moved:
            submission.due = deadline(year, submission.organ, after)
        changed = [submission for submission in moved if submission.due != usual[submission.pk]]
        Submission.objects.bulk_update(changed, ["due"], batch_size=400)
        if before != after:
            told = {name: str(day) for name, day in after.items()}
            events.record(who, "deadlines", year=year, days=told, organs=len(changed))
    return len(changed)


def expect(year: int, organs: Mapping[Organ, date | None]) -> int:
    """Expect reports of organs, by their own day or by that of their kind; of how many it was not yet."""
    there = set(Submission.objects.filter(year=year).values_list("organ_id", flat=True))
    own = own_deadlines(year)
    added = [
        Submission(organ=organ, year=year, due=due or deadline(year, organ, own))
        for organ, due in organs.items()
        if organ.pk not in there
    ]
    Submission.objects.bulk_create(added)
    return len(added)


def set_days(year: int, days: Mapping[Organ, date | None]) -> None:
    """Set the days of organs of which a report is expected; of None nothing."""
    by_organ = {organ.pk: due for organ, due in days.items()}
    expected = [s for s in Submission.objects.filter(year=year) if s.organ_id in by_organ]
    changed = []
    for submission in expected:
        due = by_organ[submission.organ_id]
        if due is not None and submission.due != due:
            submission.due = due
            changed.append(submission)
    Submission.objects.bulk_update(changed, ["due"], batch_size=400)
