"""The organs of an office: what is done with its roster, each in one transaction with its line in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from django.db import transaction
from django.db.models import Q

from nianbao.mandate import for_year
from nianbao.report import Place, Problem, ProblemsFound, rule
from nianbao.report.alike import look
from nianbao.report.rollup import Expected, normal
from nianbao.report.submission import State, roster
from nianbao.report.submission.roster import Key, Line, Plan
from nianbao.web.office import deadlines, events
from nianbao.web.office.deadlines import deadline, expect, hold, own_deadlines, set_days
from nianbao.web.office.events import Who
from nianbao.web.office.models import Assignment, Link, Organ, Submission
from nianbao.web.office.submissions import setting


def standing(year: int) -> list[roster.Organ]:
    """Every organ as it is, with its day in a year."""
    days = dict(Submission.objects.filter(year=year).values_list("organ_id", "due"))
    return [
        roster.Organ(
            organ.pk,
            organ.name,
            organ.reporter,
            organ.aggregate,
            organ.superior_id,
            days.get(organ.pk),
            organ.remark,
            organ.active,
        )
        for organ in Organ.objects.all()
    ]


def planned(expected: Sequence[Expected], year: int) -> Plan:
    """What a roster would change; raises ProblemsFound. An organ of another kind now gets that kind's day."""
    wrong = [_misplaced(year, row.due, row.place) for row in expected]
    try:
        plan = roster.plan(standing(year), expected, for_year(year))
    except ProblemsFound as error:
        raise ProblemsFound([*error.problems, *chain(*wrong)]) from None
    if any(wrong):
        raise ProblemsFound(chain(*wrong))
    own = own_deadlines(year)
    lines = []
    for line in plan.lines:
        old = line.before
        moved = old is not None and old.reporter != line.reporter and line.due is None
        usual = moved and old is not None and old.due == deadline(year, old, own)
        lines.append(replace(line, due=deadline(year, line, own)) if usual else line)
    return replace(plan, lines=tuple(lines))


def is_so(plan: Plan) -> bool:
    """Whether the organs are just as a roster has them."""
    before = {organ.number: organ for organ in standing(setting().year)}
    lines = plan.lines
    return not plan.missing and all(line.before and not plan.changes(line, before) for line in lines)


def _misplaced(year: int, due: date | None, *places: Place) -> list[Problem]:
    """That no report of a year is due on a day: last year's roster has such days."""
    wrong = deadlines.misplaced(year, due) if due is not None else ""
    return [rule("roster-date").broken(f"截止日期 {wrong}", "请改正日期，或者留空", places)] if wrong else []


def as_roster(year: int) -> list[Expected]:
    """The organs as lines of a roster."""
    by_name = {kind.name: kind for kind in for_year(year).reporters}
    organs = standing(year)
    named = {organ.number: organ.name for organ in organs}
    return [
        Expected(
            organ.name,
            Place(""),
            by_name.get(organ.reporter),
            named.get(organ.superior, "") if organ.superior else "",
            organ.due,
            remark=organ.remark,
        )
        for organ in organs
        if organ.active
    ]


def require_unlike(lines: Sequence[Line], others: Iterable[roster.Organ]) -> None:
    """Raise ProblemsFound where organs of a roster look like one another, or like others, and are not."""
    looks = {look(line.name) for line in lines}
    kept: list[tuple[str, Place | None]] = [
        (organ.name, None) for organ in others if look(organ.name) in looks
    ]
    problems = list(roster.alike([*kept, *((line.name, _shown(line)) for line in lines)]))
    if problems:
        raise ProblemsFound(problems)


def _shown(line: Line) -> Place | None:
    return line.place if line.place.file else None


def import_roster(plan: Plan, *, take_out: bool, who: Who, **source: object) -> None:
    """Make the organs what a roster says; `take_out` also those that are not on it.

    Raises ProblemsFound, and changes nothing, where names look alike that are not the same.
    """
    require_unlike(plan.lines, () if take_out else plan.missing)
    with transaction.atomic():
        year = hold().year
        by_number = Organ.objects.in_bulk()
        before = {organ.number: organ for organ in standing(year)}
        told = _told(plan, before)
        gone = {number: by_number[number] for number in (o.number for o in plan.missing)} if take_out else {}
        told["gone"] = [organ.name for organ in gone.values()]
        for organ in gone.values():
            _take_out(organ)
        written = _write(plan.lines, by_number)
        _set_superiors(plan.lines, written)
        expect(year, {written[line.key]: line.due for line in plan.lines})
        set_days(year, {written[line.key]: line.due for line in plan.lines if line.due})
        detail = {name: value for name, value in told.items() if value}
        events.record(who, "roster", None, **source, **detail)


def add(name: str, reporter: str, superior: Organ | None, due: date | None, remark: str, who: Who) -> Organ:
    """Put one more organ on the roster; raises ProblemsFound."""
    organ = Organ()
    with transaction.atomic():
        year = hold().year
        if wrong := _misplaced(year, due):
            raise ProblemsFound(wrong)
        _fill_in(organ, name, reporter, superior, remark)
        organ.save()
        expect(year, {organ: due})
        events.record(who, "organ-add", organ=organ.name, reporter=reporter)
    return organ


def change(
    organ: Organ,
    name: str,
    reporter: str,
    superior: Organ | None,
    due: date | None,
    remark: str,
    who: Who,
) -> None:
    """Change what stands on the roster of an organ; raises ProblemsFound."""
    with transaction.atomic():
        year = hold().year
        own = own_deadlines(year)
        before = _said(organ, year)
        usual = deadline(year, organ, own)
        if str(due) != before["due"] and (wrong := _misplaced(year, due)):
            raise ProblemsFound(wrong)
        _fill_in(organ, name, reporter, superior, remark)
        organ.save()
        if due is None or (str(due) == before["due"] == str(usual)):
            due = deadline(year, organ, own)  # it goes by the kind, which may be another one now
        set_days(year, {organ: due})
        after = _said(organ, year)
        changed = {key: [old, after[key]] for key, old in before.items() if old != after[key]}
        if changed:
            events.record(who, "organ-change", None, subject=before["organ"], **changed)


def _said(organ: Organ, year: int) -> dict[str, str]:
    """What stands on the roster of an organ, in words."""
    expected = Submission.objects.filter(organ=organ, year=year).first()
    return {
        "organ": organ.name,
        "reporter": organ.reporter,
        "superior": organ.superior.name if organ.superior else "",
        "remark": organ.remark,
        "due": str(expected.due) if expected else "",
    }


def take_out(organ: Organ, who: Who) -> None:
    """Take an organ off the roster: what it has handed in is kept, its links and its people's roles end."""
    with transaction.atomic():
        hold()
        if Organ.objects.filter(pk=organ.pk, active=True).exists():  # not twice
            events.record(who, "organ-out", organ=organ.name)
            _take_out(organ)


def take_back(organ: Organ, who: Who) -> None:
    """Put an organ back that was taken off the roster; its links stay revoked."""
    with transaction.atomic():
        year = hold().year
        if Organ.objects.filter(pk=organ.pk, active=False).update(active=True):
            expect(year, {organ: None})
            events.record(who, "organ-back", organ=organ.name)


def _told(plan: Plan, before: Mapping[int, roster.Organ]) -> dict[str, object]:
    """What the log says of an import."""
    changed = {line.name: plan.changes(line, before) for line in plan.lines}
    return {
        "new": [line.name for line in plan.lines if line.before is None],
        "changed": {
            name: {key: list(pair) for key, pair in of.items()} for name, of in changed.items() if of
        },
    }


def _write(lines: Sequence[Line], by_number: Mapping[int, Organ]) -> dict[Key, Organ]:
    """Every organ of the roster as it is to be, but for its superior."""
    written: dict[Key, Organ] = {}
    for line in lines:
        organ = by_number[line.before.number] if line.before else Organ()
        organ.name, organ.normal_name = line.name, normal(line.name)
        organ.reporter, organ.aggregate = line.reporter, line.aggregate
        organ.remark, organ.active = line.remark[:500], True
        written[line.key] = organ
    fields = ["name", "normal_name", "reporter", "aggregate", "remark", "active"]
    Organ.objects.bulk_update([organ for organ in written.values() if organ.pk], fields, batch_size=100)
    Organ.objects.bulk_create([organ for organ in written.values() if not organ.pk])
    return written


def _set_superiors(lines: Sequence[Line], written: Mapping[Key, Organ]) -> None:
    """Set who is above whom: of the roster, else an organ that was there before."""
    others = {(organ.normal_name, organ.aggregate): organ for organ in Organ.objects.filter(active=True)}
    for line in lines:
        above = None if line.superior is None else written.get(line.superior) or others.get(line.superior)
        written[line.key].superior = above
    Organ.objects.bulk_update(written.values(), ["superior"], batch_size=400)


def _take_out(organ: Organ) -> None:
    untouched = Q(
        state=State.ABSENT, number=0, uploads=None, versions=None, sums=None, event=None, draft=None
    )
    Submission.objects.filter(untouched, organ=organ).delete()
    Link.objects.filter(organ=organ, revoked=False).update(revoked=True)
    held = (Submission, Link, Assignment)
    if (
        any(model.objects.filter(organ=organ).exists() for model in held)
        or Organ.objects.filter(superior=organ).exists()
    ):
        organ.active = False
        organ.save(update_fields=["active"])
    else:
        organ.delete()


def _fill_in(organ: Organ, name: str, reporter: str, superior: Organ | None, remark: str) -> None:
    """Give an organ what its form says; raises ProblemsFound with all that cannot be so."""
    year = setting().year
    aggregate = any(kind.name == reporter and kind.aggregate for kind in for_year(year).reporters)
    key = (superior.normal_name, superior.aggregate) if superior else None
    line = Line(name, Place(""), reporter, aggregate, key, None, remark)
    organs = {other.number: other for other in standing(year)}
    others = [other for other in organs.values() if other.number != organ.pk]
    keys = {number: other.key for number, other in organs.items()} | (
        {organ.pk: line.key} if organ.pk else {}
    )
    chart = [
        Line(
            other.name,
            Place(""),
            other.reporter,
            other.aggregate,
            keys.get(other.superior) if other.superior else None,
            None,
            other.remark,
        )
        for other in others
    ]
    problems: list[Problem] = list(
        roster.problems_of_names([*(other for other in chart if other.key == line.key), line])
    )
    problems += roster.circles([line, *chart])[:1]
    if problems:
        raise ProblemsFound(problems)
    require_unlike([line], [other for other in others if other.active])
    organ.name, organ.normal_name, organ.aggregate = name, normal(name), aggregate
    organ.reporter, organ.superior, organ.remark = reporter, superior, remark[:500]
