"""What is done with submissions, each action in one transaction with its line in the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from nianbao.app import workbench
from nianbao.media.form import Values
from nianbao.report import ProblemsFound
from nianbao.report.submission import ACTIONS, Action, Facts, State, refusals
from nianbao.web.office import events
from nianbao.web.office.events import Who
from nianbao.web.office.models import Event, Publication, Remark, Setting, Submission, Sum, Upload, Version
from nianbao.web.words import catalogue, moment
from nianbao.web.workbench import drafts
from nianbao.web.workbench.models import Draft

LATEST = "{who} 在 {at} 已办理“{word}”"
OLDER = "您看的是第 {seen} 次报送的，现在已是第 {number} 次，请看过新的再决定"


class Refused(Exception):  # noqa: N818 # no fault of anybody's
    """An action that is not done, with the reasons."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True)
class Said:
    """What somebody says with an action; blank where nothing. `seen` is the version that they looked at."""

    reason: str = ""
    address: str = ""
    day: date | None = None
    seen: int | None = None


def act(submission: Submission, action: Action, who: Who, said: Said = Said()) -> Submission:
    """Do an action; raises Refused with every reason why it cannot be done."""
    found = _looked(submission.draft_id) if action is Action.SUBMIT else None
    with transaction.atomic():
        submission = held(submission.pk)
        if found is not None:
            found = _close(submission, found)
        reasons = refusals(action, State(submission.state), facts(submission, said))
        if said.seen is not None and said.seen != submission.number:
            reasons = (OLDER.format(seen=said.seen, number=submission.number),)
        if reasons and said.seen is not None and State(submission.state) not in ACTIONS[action].before:
            reasons += _latest(submission)  # somebody else was quicker
        if reasons:
            raise Refused(reasons)
        try:
            if found is not None:
                detail = _submit(submission, who, found)
            else:
                detail = EFFECTS[action](submission, who, said) if action in EFFECTS else {}
        except ProblemsFound as error:  # boxes that make no report at all
            raise Refused(tuple(map(str, error.problems))) from None
        submission.state = _after(action)
        submission.save()
        told = {"reason": said.reason.strip()} if said.reason.strip() else {}
        events.record(who, action, submission, **told, **detail)
    return submission


def _latest(submission: Submission) -> tuple[str, ...]:
    """What was done with a submission last, by whom and when, in words."""
    done = Event.objects.filter(submission=submission, what__in=list(Action)).order_by("-id").first()
    if done is None:
        return ()
    when = moment(timezone.localtime(datetime.fromisoformat(done.at)))
    return (LATEST.format(who=done.who, at=when, word=ACTIONS[Action(done.what)].word),)


def closed(submission: Submission) -> str:
    """Why the boxes of a submission cannot be changed now, in words; "" where they can."""
    if submission.state == State.FILLING:
        return ""
    words = catalogue()["mine"]
    how = words["closed"][submission.state]
    return str(words["closed_state"].format(state=submission.state, how=how))


def answer(remark: Remark, text: str, who: Who) -> None:
    """Say what the organ answers to a remark; an earlier answer stays in the log."""
    remark.answer, remark.answered_by = text, who.name
    with transaction.atomic():
        remark.save(update_fields=["answer", "answered_by"])
        events.record(who, "answer", remark.version.submission, remark_number=remark.pk, text=text)


def facts(submission: Submission, said: Said = Said()) -> Facts:
    """What the needs of an action are held against."""
    return Facts(
        errors=submission.errors,
        warnings=submission.warnings,
        remarks=Remark.objects.filter(version__submission=submission, settled_at=None).count(),
        reason=said.reason,
        address=said.address,
        day=said.day,
        year=submission.year,
        today=timezone.localdate(),
        lenient=setting().lenient,
    )


def setting() -> Setting:
    """What the office has decided for itself."""
    return Setting.objects.get_or_create(pk=1, defaults={"year": timezone.localdate().year - 1})[0]


def last_version(submission: Submission) -> Version | None:
    """What was submitted last."""
    return Version.objects.filter(submission=submission).order_by("-number").first()


class _Looked(NamedTuple):
    """A draft as it was when it was looked at, and what was found in it."""

    draft: Draft | None
    findings: list[dict[str, object]]

    def holds(self, draft: Draft) -> bool:
        """Whether nothing has changed in a draft since."""
        seen = self.draft
        told = (draft.revision, draft.last, draft.told)
        return seen is not None and (seen.revision, seen.last, seen.told) == told


def _looked(key: str | None) -> _Looked:
    """What is found in a draft: worked out while nobody is kept waiting for the database."""
    draft = Draft.objects.filter(pk=key).first()
    return _Looked(draft, drafts.findings(draft) if draft is not None else [])


def _close(submission: Submission, found: _Looked) -> _Looked:
    """Count what is in the boxes; what is just being saved elsewhere comes too late to be in a version."""
    draft = submission.draft
    if draft is None:
        return found
    if not found.holds(draft):
        found = _looked(draft.pk)
    Draft.objects.filter(pk=draft.pk).update(revision=F("revision") + 1)
    draft.refresh_from_db()
    count(submission, found.findings)
    return found


def recount(submission: Submission) -> None:
    """Count what is open in the boxes now."""
    count(submission, drafts.findings(submission.draft) if submission.draft is not None else [])


def count(submission: Submission, found: list[dict[str, object]]) -> None:
    """Put down how many errors and warnings are open among what was found."""
    still = (str(finding["severity"]) for finding in found if not finding.get("decision"))
    submission.errors, submission.warnings = workbench.counts(still)


def _after(action: Action) -> State:
    if action is Action.SUBMIT and setting().signature:
        return State.UNSIGNED
    return ACTIONS[action].after


def held(key: int) -> Submission:
    """A submission that nobody else changes until the transaction ends."""
    return Submission.objects.select_for_update(of=("self",)).select_related("organ", "draft").get(pk=key)


def require_fillable(submission: Submission) -> None:
    """Raise Refused where the boxes of a submission cannot be changed now."""
    reasons = refusals(Action.FILL, State(submission.state), Facts())
    if reasons:
        raise Refused(reasons)


def _submit(submission: Submission, who: Who, found: _Looked) -> dict[str, object]:
    """Put down what is in the boxes as the next version."""
    draft = submission.draft
    assert draft is not None  # facts have asked for it
    number = submission.number + 1
    Version.objects.create(
        submission=submission,
        number=number,
        upload=Upload.objects.filter(submission=submission, taken=True).order_by("-id").first(),
        report=workbench.exchanged(Values.from_json(draft.values)).decode(),
        findings=json.dumps(found.findings, ensure_ascii=False),
        errors=submission.errors,
        warnings=submission.warnings,
        who=who.name,
    )
    submission.number, submission.submitted_at = number, timezone.now()
    submission.kept_revision = draft.revision
    return {"version": number, "errors": submission.errors, "warnings": submission.warnings}


def _publish(submission: Submission, who: Who, said: Said) -> dict[str, object]:
    assert said.day is not None  # the facts have it
    address = said.address.strip()
    version = last_version(submission)
    Publication.objects.create(
        submission=submission, version=version, day=said.day, address=address, who=who.name
    )
    return {"address": address, "day": str(said.day)}


def _reopen(submission: Submission, who: Who, said: Said) -> dict[str, object]:
    """Every roll-up that holds a version of it is stale."""
    stale = Sum.objects.filter(versions__submission=submission, stale=False)
    numbers = sorted(set(stale.values_list("pk", flat=True)))
    Sum.objects.filter(pk__in=numbers).update(stale=True)
    return {"stale": numbers} if numbers else {}


Effect = Callable[[Submission, Who, Said], dict[str, object]]
EFFECTS: dict[Action, Effect] = {
    Action.PUBLISH: _publish,
    Action.REOPEN: _reopen,
}
