"""The roll-up of an aggregate's members: renewed in place, stale once a member is sent back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import F

from nianbao.app import rollup, workbench
from nianbao.app.outcome import Usage
from nianbao.app.workbench import Opened
from nianbao.mandate import for_year
from nianbao.media.form import Values
from nianbao.report import Place, Problem, ProblemsFound
from nianbao.report.rollup import Asked, Expected, normal
from nianbao.report.submission import Action, State
from nianbao.web.office import earlier, events, filestore, jobs, submissions
from nianbao.web.office.events import Who
from nianbao.web.office.models import Job, Submission, Sum, Version
from nianbao.web.workbench import drafts

KIND = "sum"  # of job
TAKEN = (State.ACCEPTED, State.SUMMED, State.PUBLISHED, State.ARCHIVED)  # what the office has accepted
OPEN = (State.ABSENT, State.FILLING, State.RETURNED)  # an aggregate's own report may still be changed


MOST_TRIES = 5  # of a sum whose workbook is another one each time


class _Overtaken(Exception):  # noqa: N818 # no fault of anybody's
    """That the aggregate's workbook has become another one while the sum was written into it."""


@dataclass(frozen=True)
class Stand:
    """How far the members of an aggregate are: those that the office has accepted, and the others."""

    accepted: tuple[Submission, ...]
    others: tuple[Submission, ...]

    @property
    def refusal(self) -> str:
        """Why they cannot be added up yet; "" where they can."""
        if not self.accepted:
            return "还没有审核通过的报告，没有可以汇总的"
        if self.others:
            names = "、".join(f"{one.organ.name}（{one.state}）" for one in self.others[:10])
            more = f"等 {len(self.others)} 个" if len(self.others) > 10 else ""
            return f"还有单位没有审核通过：{names}{more}。请等它们通过，或选择只汇总已通过的"
        return ""


def members(aggregate: Submission) -> Stand:
    """The reports of an aggregate's members in its year."""
    found = (
        Submission.objects.filter(organ__superior=aggregate.organ, organ__active=True, year=aggregate.year)
        .select_related("organ")
        .order_by("organ_id")
    )
    taken = tuple(one for one in found if one.state in TAKEN)
    return Stand(taken, tuple(one for one in found if one.state not in TAKEN))


def newest(accepted: Sequence[Submission]) -> list[Version]:
    """What each of these has submitted last, in their order."""
    found = Version.objects.filter(submission__in=accepted, number=F("submission__number"))
    return list(found.select_related("submission__organ").order_by("submission__organ_id"))


def moved(made: Sum, stand: Stand) -> list[str]:
    """What has changed about the members since they were added up, a line each."""
    return _moved(made, newest(stand.accepted))


def ask(aggregate: Submission, who: Who, *, partial: bool) -> Job:
    """Have the members added up; `partial` without those that are not accepted. Raises Refused."""
    stand = members(aggregate)
    reasons = [stand.refusal] if stand.refusal and not (partial and stand.accepted) else []
    if aggregate.state not in OPEN:
        reasons.append(f"汇总机关自己的报告现在是“{aggregate.state}”，不能重新汇总；请先撤回或重新打开它")
    if reasons:
        raise submissions.Refused(tuple(reasons))
    return jobs.put(KIND, who, submission=aggregate.pk, partial=partial)


def work(payload: dict[str, Any]) -> dict[str, Any]:
    """The job: add up, fill the aggregate's boxes, and mark its members. Raises ProblemsFound, Usage."""
    for _ in range(MOST_TRIES):
        with suppress(_Overtaken):
            return _work(payload)
    raise Usage("汇总的时候，汇总机关自己的报告一再有改动，没有汇总。请再汇总一次")


def _work(payload: dict[str, Any]) -> dict[str, Any]:
    who = jobs.asked_by(payload)
    target = Submission.objects.select_related("organ", "draft").get(pk=payload["submission"])
    stand = members(target)
    if stand.refusal and not (payload["partial"] and stand.accepted):
        raise Usage(stand.refusal)
    versions = newest(stand.accepted)
    content, told = _added_up(target, versions, stand, _own_workbook(target))
    source = target.draft.source if target.draft else None
    made = _keep(target, versions, content, source, told, who)
    return {"sum": made.pk, "submission": target.pk}


def _own_workbook(target: Submission) -> bytes | None:
    """The aggregate's own workbook with what is in its boxes; None where nobody has begun one."""
    draft = target.draft
    if draft is None or draft.source is None:
        return None
    try:
        return workbench.filled_workbook(Values.from_json(draft.values), bytes(draft.source), draft.name)
    except ProblemsFound:  # boxes that make no report
        return None


def _added_up(
    target: Submission, versions: list[Version], stand: Stand, there: bytes | None
) -> tuple[bytes, Sequence[Problem]]:
    """The workbook of the sum, and what is told of it."""
    mandate = for_year(target.year)
    reports = {
        version.submission_id: earlier.report_of(version, version.submission.organ.name)
        for version in versions
    }
    given = [rollup.member(report) for report in reports.values()]
    kinds = {kind.name: kind for kind in mandate.reporters}
    expected = []
    for number, one in enumerate((*stand.accepted, *stand.others), 1):
        name = one.organ.name
        called = reports[one.pk].organ if one.pk in reports else name
        expected.append(
            Expected(
                called,  # as it was when it reported
                Place("名册", cell=str(number)),
                kinds.get(one.organ.reporter),
                target.organ.name,
                one.due,
                remark="" if normal(called) == one.organ.normal_name else f"现在的名称是“{name}”",
            )
        )
    name, kind = target.organ.name, rollup.aggregate(target.organ.reporter, mandate)
    asked = Asked(f"{name}.xlsx", name, kind, skip_errors=True)
    return rollup.summed_into(there, given, asked, expected)


def _keep(
    target: Submission,
    versions: list[Version],
    content: bytes,
    source: bytes | None,
    told: Sequence[Problem],
    who: Who,
) -> Sum:
    """Put a sum into the aggregate's boxes, and mark its members; texts, particulars and decisions stay.

    `source` is the workbook into which the sum was written.
    """
    name = target.draft.name if target.draft and source else f"{target.organ.name}.xlsx"
    opened = workbench.open_file(content, name)
    file = filestore.keep(content)
    changed = changes(Sum.objects.filter(aggregate=target).last(), versions, opened.values)
    with transaction.atomic():
        target = submissions.held(target.pk)
        if target.state not in OPEN:
            raise Usage(f"汇总机关自己的报告现在是“{target.state}”，没有汇总")
        summed = _held(versions)
        if target.draft and target.draft.source != source:
            raise _Overtaken
        draft = target.draft
        if draft is None:
            draft = drafts.begin(opened, name, content)
        else:
            known = Values.from_json(draft.values)
            opened = Opened(renewed(known, opened.values), opened.title, opened.problems)
            drafts.refill(draft, opened, name, content)
        made = Sum.objects.create(
            aggregate=target,
            file=file,
            who=who.name,
            told=json.dumps([str(problem) for problem in told], ensure_ascii=False),
            changes=json.dumps(changed, ensure_ascii=False),
        )
        made.versions.set(versions)
        Sum.objects.filter(aggregate=target, stale=False).exclude(pk=made.pk).update(stale=True)
        target.draft, target.state = draft, State.FILLING
        submissions.recount(target)
        target.save()
        events.record(who, KIND, target, sum=made.pk, members=len(versions), sha256=file.sha256)
        for one in summed:
            if one.state == State.ACCEPTED:
                submissions.act(one, Action.SUM, who)
    return made


def _held(versions: list[Version]) -> list[Submission]:
    """The members that are added up, which nobody changes until the transaction ends.

    Raises Usage where one was opened again meanwhile: the sum would not be known as stale.
    """
    numbers = {version.submission_id: version.number for version in versions}
    members = Submission.objects.select_for_update(of=("self",)).select_related("organ")
    found = list(members.filter(pk__in=numbers).order_by("pk"))
    moved = [one.organ.name for one in found if one.state not in TAKEN or one.number != numbers[one.pk]]
    if moved:
        raise Usage(f"汇总的时候，{'、'.join(moved[:10])}又有变动，没有汇总。请再汇总一次")
    return found


def renewed(known: Values, added_up: Values) -> Values:
    """The boxes with a new sum's figures; what people have written stays."""
    particulars = {**added_up.particulars, **known.particulars}
    return replace(known, particulars=particulars, figures=added_up.figures)


def changes(before: Sum | None, versions: list[Version], new: Values) -> list[str]:
    """What has changed since the sum before: organs, revisions and figures, a line each."""
    if before is None:
        return []
    return _moved(before, versions) + _figures(filestore.read(before.file), new)


def _moved(before: Sum, versions: list[Version]) -> list[str]:
    """The organs of a sum that are others now, or have submitted anew, a line each."""
    known = {one.submission_id: one for one in before.versions.select_related("submission__organ")}
    now = {one.submission_id: one for one in versions}
    names = {one.submission_id: one.submission.organ.name for one in (*known.values(), *now.values())}
    lines = [f"新增：{names[key]}" for key in now if key not in known]
    lines += [f"不再计入：{names[key]}" for key in known if key not in now]
    return lines + [
        f"改报：{names[key]}（第 {known[key].number} 次 → 第 {one.number} 次）"
        for key, one in now.items()
        if key in known and known[key].number != one.number
    ]


def _figures(before: bytes, new: Values) -> list[str]:
    """The figures of two sums that differ, a line each."""
    try:
        old = workbench.open_file(before, "汇总.xlsx").values
    except ProblemsFound:
        return []
    slots = for_year(new.year).slots
    return [
        f"{slots[key].name}：{old.figures.get(key, '空白')} → {new.figures.get(key, '空白')}"
        for key in slots
        if old.figures.get(key) != new.figures.get(key)
    ]
