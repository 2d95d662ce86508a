"""What is done with submissions, each action in one transaction with its line in the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from nianbao.app import workbench
from nianbao.app.outcome import Usage
from nianbao.app.reading import Given
from nianbao.media.form import Values
from nianbao.report.submission import ACTIONS, Action, Facts, State, refusals
from nianbao.web.office import events, filestore
from nianbao.web.office.events import Who
from nianbao.web.office.models import Remark, Setting, Submission, Sum, Upload, Version
from nianbao.web.workbench import drafts
from nianbao.web.workbench.models import Draft

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


def hand_in(submission: Submission, content: bytes, name: str, who: Who) -> Draft:
    """Keep a file and fill the boxes from it; raises as reading does, Refused, Usage for another's report."""
    organ = submission.organ
    opened = workbench.open_file(content, name, Given(organ.name, submission.year, organ.reporter))
    _require_own(submission, opened.values)
    file = filestore.keep(content)
    source = content if name.lower().endswith(".xlsx") else None
    with transaction.atomic():
        submission = held(submission.pk)
        _fill(submission)
        upload = Upload.objects.create(submission=submission, file=file, name=name[-255:], who=who.name)
        draft = drafts.begin(opened, name[-255:], source)
        older, submission.draft = submission.draft, draft
        submission.errors, submission.warnings = _counts(drafts.findings(draft))
        submission.save()
        if older is not None:
            older.delete()
        events.record(who, Action.FILL, submission, file=name, sha256=file.sha256, upload=upload.pk)
    return draft


def begin(submission: Submission, who: Who) -> Draft:
    """The boxes to fill in: those that are there, else blank ones. Raises Refused."""
    with transaction.atomic():
        submission = held(submission.pk)
        if submission.draft is not None and submission.state == State.FILLING:
            return submission.draft
        organ = submission.organ
        _fill(submission)
        if submission.draft is None:
            values = workbench.blank(Given(organ.name, submission.year, organ.reporter))
            submission.draft = drafts.begin(workbench.Opened(values, workbench.title(values)), "")
        submission.save()
        events.record(who, Action.FILL, submission)
        return submission.draft


def act(submission: Submission, action: Action, who: Who, said: Said = Said()) -> Submission:
    """Do an action; raises Refused with every reason why it cannot be done."""
    with transaction.atomic():
        submission = held(submission.pk)
        if action is Action.SUBMIT:
            _recount(submission)
        reasons = refusals(action, State(submission.state), facts(submission, said))
        if said.seen is not None and said.seen != submission.number:
            reasons = (OLDER.format(seen=said.seen, number=submission.number),)
        if reasons:
            raise Refused(reasons)
        detail = EFFECTS[action](submission, who, said) if action in EFFECTS else {}
        submission.state = _after(action)
        submission.save()
        told = {"reason": said.reason.strip()} if said.reason.strip() else {}
        events.record(who, action, submission, **told, **detail)
    return submission


def facts(submission: Submission, said: Said = Said()) -> Facts:
    """What the needs of an action are held against."""
    return Facts(
        errors=submission.errors,
        warnings=submission.warnings,
        remarks=Remark.objects.filter(version__submission=submission, settled_at=None).count(),
        reason=said.reason,
        address=said.address,
        day=said.day.isoformat() if said.day else "",
        lenient=setting().lenient,
    )


def setting() -> Setting:
    """What the office has decided for itself."""
    return Setting.objects.get_or_create(pk=1, defaults={"year": timezone.localdate().year - 1})[0]


def last_version(submission: Submission) -> Version | None:
    """What was submitted last."""
    return Version.objects.filter(submission=submission).order_by("-number").first()


def _recount(submission: Submission) -> None:
    """Count what is open in the boxes now."""
    if submission.draft is not None:
        submission.errors, submission.warnings = _counts(drafts.findings(submission.draft))


def _after(action: Action) -> State:
    if action is Action.SUBMIT and setting().signature:
        return State.UNSIGNED
    return ACTIONS[action].after


def held(key: int) -> Submission:
    """A submission that nobody else changes until the transaction ends."""
    return Submission.objects.select_for_update(of=("self",)).select_related("organ", "draft").get(pk=key)


def _fill(submission: Submission) -> None:
    reasons = refusals(Action.FILL, State(submission.state), Facts())
    if reasons:
        raise Refused(reasons)
    submission.state = ACTIONS[Action.FILL].after


def _submit(submission: Submission, who: Who, said: Said) -> dict[str, object]:
    """Put down what is in the boxes as the next version."""
    draft = submission.draft
    assert draft is not None  # facts have asked for it
    number = submission.number + 1
    Version.objects.create(
        submission=submission,
        number=number,
        upload=Upload.objects.filter(submission=submission).order_by("-id").first(),
        report=workbench.exchanged(Values.from_json(draft.values)).decode(),
        findings=json.dumps(drafts.findings(draft), ensure_ascii=False),
        errors=submission.errors,
        warnings=submission.warnings,
        who=who.name,
    )
    submission.number, submission.submitted_at = number, timezone.now()
    return {"version": number, "errors": submission.errors, "warnings": submission.warnings}


def _publish(submission: Submission, who: Who, said: Said) -> dict[str, object]:
    submission.published_on, submission.address = said.day, said.address.strip()
    return {"address": submission.address, "day": str(said.day)}


def _reopen(submission: Submission, who: Who, said: Said) -> dict[str, object]:
    """Every roll-up that holds a version of it is stale."""
    stale = Sum.objects.filter(versions__submission=submission, stale=False)
    numbers = sorted(set(stale.values_list("pk", flat=True)))
    Sum.objects.filter(pk__in=numbers).update(stale=True)
    return {"stale": numbers} if numbers else {}


Effect = Callable[[Submission, Who, Said], dict[str, object]]
EFFECTS: dict[Action, Effect] = {
    Action.SUBMIT: _submit,
    Action.PUBLISH: _publish,
    Action.REOPEN: _reopen,
}


def _counts(found: list[dict[str, object]]) -> tuple[int, int]:
    """How many errors and warnings are open."""
    still = [finding["severity"] for finding in found if not finding.get("decision")]
    return still.count("error"), still.count("warning")


def _require_own(submission: Submission, values: Values) -> None:
    """Raise Usage where a file is of another organ or year."""
    from nianbao.report.rollup import normal

    organ = values.particulars.get("organ", "")
    if values.year != submission.year:
        raise Usage(f"这是 {values.year} 年的报告，这里报送的是 {submission.year} 年的，没有收下")
    if organ and normal(organ) != submission.organ.normal_name:
        raise Usage(f"这是“{organ}”的报告，这里报送的是“{submission.organ.name}”的，没有收下")
