"""What an organ hands in: kept before it is read, then put into the boxes; and boxes begun without a file."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from nianbao.app import handed_in, workbench
from nianbao.app.handed_in import HandedIn
from nianbao.app.outcome import Usage, problems
from nianbao.app.reading import Given
from nianbao.app.workbench import Opened
from nianbao.media import attachments
from nianbao.media.form import Values
from nianbao.report.alike import look
from nianbao.report.rollup import normal
from nianbao.report.submission import Action, State
from nianbao.web import shortage
from nianbao.web.office import earlier, events, filestore, submissions
from nianbao.web.office.earlier import Earlier
from nianbao.web.office.events import Who
from nianbao.web.office.models import Submission, Upload
from nianbao.web.office.submissions import Refused
from nianbao.web.words import catalogue, moment
from nianbao.web.workbench import drafts
from nianbao.web.workbench.models import Draft

MOST = 200  # files of one submission: nobody needs as many, and they stay
RECEIVE, UNREAD, REPLACE = "receive", "unread", "replace"  # lines of the log


class Unasked(Refused):
    """A file that would overwrite what was typed and is nowhere else: that has to be asked for."""


def receive(submission: Submission, content: bytes, name: str, who: Who) -> Upload:
    """Keep a file: it is there when this returns, whatever comes of reading it.

    One that is there by this name and was not taken, or as the last one, is the same upload again. Raises
    Refused where nothing can be handed in now.
    """
    name = attachments.shown(name)[-255:]
    digest = hashlib.sha256(content).hexdigest()
    submissions.require_fillable(submission)
    filestore.put(content)
    with transaction.atomic():
        submission = submissions.held(submission.pk)
        submissions.require_fillable(submission)
        known = Upload.objects.filter(submission=submission).order_by("-id")
        again = known.filter(file=digest).first()
        unread = again is not None and not again.taken and again.name == name  # another name, another kind
        if again is not None and (unread or again == known.filter(taken=True).first()):
            return again
        if known.count() >= MOST:
            raise Refused((catalogue()["mine"]["too_many"].format(most=MOST),))
        file = filestore.enter(content)
        upload = Upload.objects.create(submission=submission, file=file, name=name, who=who.name)
        events.record(who, RECEIVE, submission, file=name, sha256=digest, upload=upload.pk)
    return upload


def take(upload: Upload, who: Who, *, replace: bool = False) -> Draft:
    """Fill the boxes from an upload; what came of it stands in it afterwards.

    Raises as reading does, Usage for another's report, Refused also where the boxes are just so, Unasked.
    """
    submission = upload.submission
    organ = submission.organ
    last = earlier.of(organ, submission.year - 1)
    given = Given(organ.name, submission.year, organ.reporter)
    try:
        handed = handed_in.take(filestore.read(upload.file), upload.name, given, last and last.values)
        _require_own(submission, handed)
    except Exception as error:
        shortage.insist(error)
        _note_unread(upload, who, error)
        raise
    with transaction.atomic():
        submission = submissions.held(submission.pk)
        submissions.require_fillable(submission)
        if upload.taken and _is_in(submission.draft, handed):
            when = moment(timezone.localtime(upload.at))
            raise Refused((catalogue()["mine"]["same"].format(name=upload.name, at=when),))
        if _is_typed(submission) and not replace:
            raise Unasked((catalogue()["mine"]["typed"],))
        draft = _fill(submission, handed, last, who)
        _note_taken(upload, handed)
        submission.save()
        detail = {"file": upload.name, "sha256": upload.file_id, "upload": upload.pk}
        events.record(who, Action.FILL, submission, **detail)
    return draft


def begin(submission: Submission, who: Who) -> Draft:
    """The boxes to fill in: those that are there, else what last year's report gives. Raises Refused."""
    fresh = _begun(submission) if submission.draft is None else None
    with transaction.atomic():
        submission = submissions.held(submission.pk)
        if submission.draft is not None and submission.state == State.FILLING:
            return submission.draft
        submissions.require_fillable(submission)
        submission.state = State.FILLING.value
        if submission.draft is None:
            begun, last = fresh or _begun(submission)
            submission.draft = drafts.begin(begun, "")
            if last is not None:
                drafts.lay_beside(submission.draft, *last)
            submission.kept_revision = submission.draft.revision
            submissions.recount(submission)
        submission.save()
        events.record(who, Action.FILL, submission)
        return submission.draft


def _begun(submission: Submission) -> tuple[Opened, Earlier | None]:
    """The boxes of a new report: with what last year's gives it, else blank but for organ and year."""
    organ = submission.organ
    given = Given(organ.name, submission.year, organ.reporter)
    last = earlier.of(organ, submission.year - 1)
    values = workbench.blank(given) if last is None else workbench.carried_over(last.values, given)
    return Opened(values, workbench.title(values)), last


def _fill(submission: Submission, handed: HandedIn, last: Earlier | None, who: Who) -> Draft:
    """Put a report into the boxes of a submission that is held; other windows on them learn of it."""
    name = handed.name[-255:]
    if submission.draft is None:
        submission.draft = drafts.begin(handed.opened, name, handed.content)
    else:
        drafts.refill(submission.draft, handed.opened, name, handed.content)
    draft = submission.draft
    submission.errors, submission.warnings = handed.counted
    if draft.last:  # another than this office knows of: it was laid beside by hand
        submissions.recount(submission)
    elif last is not None:
        drafts.lay_beside(draft, *last)
    submission.state = State.FILLING.value
    submission.kept_revision, submission.saved_by = draft.revision, who.name
    return draft


def _is_in(draft: Draft | None, handed: HandedIn) -> bool:
    """Whether the boxes hold just what a file has."""
    values = handed.opened.values.to_json()
    return draft is not None and Values.from_json(draft.values) == Values.from_json(values)


def _is_typed(submission: Submission) -> bool:
    """Whether there is something in the boxes that is neither an upload nor a version."""
    draft = submission.draft
    return draft is not None and draft.revision != submission.kept_revision


def _note_taken(upload: Upload, handed: HandedIn) -> None:
    upload.read_at, upload.taken = timezone.now(), True
    upload.part = handed.name.removeprefix(upload.name)[-255:].removeprefix(" › ")
    upload.told = [str(problem) for problem in handed.passed]
    upload.save()


def _note_unread(upload: Upload, who: Who, error: Exception) -> None:
    """Say in an upload why it was not read."""
    told = [str(error), *map(str, error.problems)] if isinstance(error, Usage) else map(str, problems(error))
    with transaction.atomic():
        upload.read_at, upload.told = timezone.now(), list(told)
        upload.save(update_fields=["read_at", "told"])
        events.record(who, UNREAD, upload.submission, file=upload.name, upload=upload.pk)


def _require_own(submission: Submission, handed: HandedIn) -> None:
    """Raise Usage where a file is of another organ or year."""
    values, words = handed.opened.values, catalogue()["mine"]
    organ = values.particulars.get("organ", "")
    if values.year != submission.year:
        raise Usage(words["other_year"].format(name=handed.name, year=values.year, own=submission.year))
    own = submission.organ.name
    if organ and normal(organ) != submission.organ.normal_name:
        signs = "、".join(
            f"“{sign}”是 U+{ord(sign):04X}" for sign in dict.fromkeys(normal(organ)) if sign not in own
        )
        word = "alike_organ" if look(organ) == look(own) else "other_organ"
        raise Usage(words[word].format(name=handed.name, organ=organ, own=own, signs=signs))
