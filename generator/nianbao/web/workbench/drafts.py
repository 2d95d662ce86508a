"""The drafts in the database: begun, changed, and brought up to date; nothing is changed unseen."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.db.models import F
from django.http import Http404
from django.utils import timezone

from nianbao.app.workbench import Inspected, Opened, is_own_workbook, title
from nianbao.media.form import Values
from nianbao.report import ProblemsFound
from nianbao.web.workbench.models import Draft


class Change(NamedTuple):
    """Whether a change was accepted, and the draft as it now is."""

    accepted: bool
    draft: Draft


def begin(opened: Opened, name: str, content: bytes | None = None) -> Draft:
    """Keep a report that was just opened or begun; with the file that it was in, if it can be given back."""
    draft = Draft.objects.create(
        name=name,
        title=opened.title,
        values=opened.values.to_json(),
        told=[problem.to_json() for problem in opened.problems],
        source=_source(name, content),
    )
    if settings.NIANBAO_MOST_DRAFTS is not None:
        newest_first = Draft.objects.order_by("-changed").values_list("pk", flat=True)
        Draft.objects.filter(pk__in=list(newest_first[settings.NIANBAO_MOST_DRAFTS :])).delete()
    return draft


def _source(name: str, content: bytes | None) -> bytes | None:
    return content if is_own_workbook(name) else None


def get(key: str) -> Draft:
    """A draft, its workbook not read yet; raises Http404 where there is none."""
    draft = Draft.objects.filter(pk=key).defer("source").first()
    if draft is None:
        raise Http404
    return draft


def change(key: str, revision: int, values: Values) -> Change:
    """Keep what now stands in the boxes, if nobody has changed them since `revision`."""
    changed = Draft.objects.filter(pk=key, revision=revision).update(
        values=values.to_json(), title=title(values), revision=F("revision") + 1, changed=timezone.now()
    )
    return Change(bool(changed), get(key))


def refill(draft: Draft, opened: Opened, name: str, content: bytes) -> None:
    """Put another file into the boxes of a draft; a window that has it open learns of it."""
    draft.name, draft.title, draft.source = name, opened.title, _source(name, content)
    draft.values, draft.told = opened.values.to_json(), [problem.to_json() for problem in opened.problems]
    Draft.objects.filter(pk=draft.pk).update(revision=F("revision") + 1)
    draft.revision = Draft.objects.values_list("revision", flat=True).get(pk=draft.pk)
    draft.save()


def lay_beside(draft: Draft, last: Values | None, name: str = "") -> None:
    """Keep last year's report with a draft, or none any more."""
    draft.last, draft.last_name = (last.to_json() if last else ""), name
    draft.save(update_fields=["last", "last_name"])


def inspected(draft: Draft) -> Inspected:
    """The report in a draft, with last year's beside it."""
    last = Values.from_json(draft.last) if draft.last else None
    return Inspected(Values.from_json(draft.values), last)


def findings(draft: Draft) -> list[dict[str, object]]:
    """All findings as the page has them; those that only the file has come last."""
    try:
        found = [finding.to_json() for finding in inspected(draft).findings]
    except ProblemsFound as caught:
        found = [_told(problem.to_json()) for problem in caught.problems]
    return found + [_told(problem) for problem in draft.told]


def _told(problem: dict[str, object]) -> dict[str, object]:
    """A problem that no box shows, as a finding."""
    word = {"error": "错误", "warning": "警告", "notice": "提示"}[str(problem["severity"])]
    own = {"word": word, "where": problem["file"], "targets": [], "decidable": False, "decision": None}
    return {key: problem[key] for key in ("id", "code", "severity", "what", "mend")} | own | {"file": True}
