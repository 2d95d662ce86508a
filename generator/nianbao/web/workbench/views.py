"""What each address of the workbench shows or does."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nianbao.app import workbench
from nianbao.app.outcome import Failure, Usage, problems
from nianbao.app.reading import KINDS, Given
from nianbao.mandate import editions, for_year, load
from nianbao.media.form import Values
from nianbao.report import Problem, ProblemsFound
from nianbao.web import idle, shortage, static
from nianbao.web.downloads import download
from nianbao.web.settings import MOST_BYTES
from nianbao.web.words import catalogue
from nianbao.web.workbench import drafts, jobs
from nianbao.web.workbench.models import Draft

MOST_SENT = 4 * 1024 * 1024  # bytes of what stands in the boxes: the longest report takes a third


@require_GET
@gzip_page
@ensure_csrf_cookie
def start(request: HttpRequest) -> HttpResponse:
    """Where every report begins."""
    newest = max(editions())
    reporters = [kind.name for kind in load(newest).reporters]
    recent = Draft.objects.only("name", "title", "changed")[:30]
    year = timezone.localdate().year - 1  # that reports are now made of
    shown = {
        "drafts": recent,
        "reporters": reporters,
        "kinds": ",".join(KINDS),
        "year": year,
        "edition": newest,
        "most": MOST_BYTES,
        "refused": settings.NIANBAO_REFUSED,
    }
    return render(request, "workbench/start.html", shown)


@require_POST
@gzip_page
def open_file(request: HttpRequest) -> JsonResponse:
    """Put a file into the boxes of a new draft."""
    try:
        content, name = upload(request)
        opened = workbench.open_file(content, name, _given(request))
    except Exception as error:
        return _failed(error)
    return _begun(drafts.begin(opened, name, content))


@require_POST
@gzip_page
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a report with nothing in its boxes."""
    try:
        values = workbench.blank(_given(request))
    except Usage as error:
        return _refused([str(error)], 422)
    return _begun(drafts.begin(workbench.Opened(values, workbench.title(values)), ""))


@require_POST
@gzip_page
def begin_from_last(request: HttpRequest) -> JsonResponse:
    """Begin this year's report with what last year's gives it."""
    try:
        content, name = upload(request)
        begun = workbench.begin(content, name, _given(request))
    except Exception as error:
        return _failed(error)
    title = workbench.title(begun.values)
    draft = drafts.begin(workbench.Opened(begun.values, title, begun.problems), "")
    drafts.lay_beside(draft, begun.last, name)
    return _begun(draft)


def _begun(draft: Draft) -> JsonResponse:
    """Where a new draft's page is, and all that it shows: the page that asked becomes that page."""
    return JsonResponse({"address": f"/draft/{draft.pk}", "report": _state(draft)})


@require_GET
@gzip_page  # 240 kB are then 24
@ensure_csrf_cookie
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The page on which a report is filled in."""
    return render(request, "workbench/report.html", shown(request, drafts.get(key)))


def shown(request: HttpRequest, draft: Draft, **more: object) -> dict[str, Any]:
    """What the page on which a report is filled in needs; `more` is for its script."""
    state = _state(draft)
    blank = static.blank(str(state["edition"])) | state | {"csrf": get_token(request)} | more
    return {"draft": draft, "form": blank.pop("page"), "data": blank}


@require_http_methods(["PUT", "GET"])
def values(request: HttpRequest, key: str) -> JsonResponse:
    """Keep what stands in the boxes, and say what is found in it; or only say it."""
    draft = drafts.get(key)
    if request.method == "GET":
        return JsonResponse(_state(draft))
    try:
        if len(request.body) > MOST_SENT:
            raise ValueError(len(request.body))
        revision = int(request.headers.get("If-Match", ""))
        sent = workbench.fitting(Values.from_json(request.body))
    except Usage as error:
        return _refused([str(error)], 422)
    except ValueError:
        return _refused([catalogue()["script"]["unexpected"]], 400)
    accepted, draft = drafts.change(key, revision, sent)
    if not accepted:
        return JsonResponse(_state(draft), status=409)
    return JsonResponse(
        {"revision": draft.revision, "title": draft.title, "findings": drafts.findings(draft)}
    )


@require_http_methods(["POST", "DELETE"])
def last(request: HttpRequest, key: str) -> JsonResponse:
    """Lay last year's report beside, or take it away."""
    draft = drafts.get(key)
    if request.method == "DELETE":
        drafts.lay_beside(draft, None)
        return JsonResponse(_state(draft))
    try:
        content, name = upload(request)
        opened = workbench.open_file(content, name)
        if opened.values.year != Values.from_json(draft.values).year - 1:
            raise Usage(catalogue()["script"]["not_last_year"].format(year=opened.values.year))
    except Exception as error:
        return _failed(error)
    drafts.lay_beside(draft, opened.values, name)
    return JsonResponse(_state(draft))


@require_POST
def known(request: HttpRequest, key: str, finding: str) -> JsonResponse:
    """Tell no more of a problem that only the opened file has."""
    draft = drafts.get(key)
    draft.told = [problem for problem in draft.told if problem["id"] != finding]
    draft.save(update_fields=["told"])
    return JsonResponse(_state(draft))


@require_POST
def make(request: HttpRequest, key: str) -> JsonResponse:
    """Have the report made as it now stands, with charts if asked; a draft while there are errors."""
    draft, charts = drafts.get(key), "charts" in request.POST
    try:
        content = workbench.exchanged(Values.from_json(draft.values))
        last = workbench.exchanged(Values.from_json(draft.last)) if charts and draft.last else None
    except ProblemsFound as error:
        return _failed(error)
    errors = any(finding["severity"] == "error" for finding in drafts.findings(draft))
    wanted = workbench.Wanted(errors, charts, last)
    made = jobs.jobs().make(draft.pk, draft.revision, content, wanted)
    return JsonResponse({"key": made.key, "draft": errors})


@require_GET
def job(request: HttpRequest, key: str) -> JsonResponse:
    """How far a report is: not done yet, its pages, or why there is none."""
    made = _made(key)
    if not made.future.done():
        return JsonResponse({"done": False, "waiting": not made.future.running()})
    result = made.future.result()
    if isinstance(result, Failure) or "pdf" not in result.files:
        return _refused([str(problem) for problem in result.problems], 422, list(result.problems))
    from nianbao.media.pdf import pictures

    pages = pictures.count_pages(result.files["pdf"])
    return JsonResponse({"done": True, "pages": pages, "title": result.stem[-1]})


@require_GET
def page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One page as a picture."""
    return picture(_file(key, "pdf"), number)


def picture(document: bytes, number: int) -> HttpResponse:
    """One page of a PDF as a picture; raises Http404 where it has none of this number."""
    from nianbao.media.pdf import pictures

    try:
        drawn = pictures.draw_page(document, number)
    except IndexError:
        raise Http404 from None
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


@require_GET
def spots(request: HttpRequest, key: str) -> JsonResponse:
    """Where on the pages each heading and paragraph begins, by its target."""
    from nianbao.media.pdf import pictures

    made = _made(key)
    texts = workbench.printed_texts(Values.from_json(drafts.get(made.draft).values))
    found = pictures.find(_file(key, "pdf"), [text for _, text in texts])
    return JsonResponse(
        {
            "spots": [
                {"target": str(target), "page": spot.page, "top": spot.top}
                for (target, _), spot in zip(texts, found, strict=True)
                if spot is not None
            ]
        }
    )


@require_GET
def made_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """A made file, to be taken home under the report's title; a PDF with ?open to be looked at."""
    inline = kind == "pdf" and "open" in request.GET
    return download(_file(key, kind), f"{_stem(_made(key))}.{kind}", inline=inline)


@require_GET
def taken_home(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The boxes as a file that can be filled in further: the clerk's own workbook, or exchange JSON."""
    draft = drafts.get(key)
    values = Values.from_json(draft.values)
    try:
        if kind == "json":
            content = workbench.exchanged(values)
        elif kind != "xlsx":
            raise Http404
        else:
            content = workbench.filled_workbook(values, draft.source and bytes(draft.source), draft.name)
    except ProblemsFound as error:
        return _failed(error)
    stem = draft.name.rpartition(".")[0] if draft.source and kind == "xlsx" else draft.title
    return download(content, f"{stem}.{kind}")


@require_POST
def delete(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away."""
    drafts.get(key).delete()
    return redirect("start")


@require_GET
def news(request: HttpRequest) -> JsonResponse:
    """That a page is open, and whether its draft was changed elsewhere."""
    idle.heard()
    draft = Draft.objects.filter(pk=request.GET.get("draft", "")).only("revision").first()
    return JsonResponse({"revision": draft.revision if draft else None})


def upload(request: HttpRequest) -> tuple[bytes, str]:
    """The file that was sent, and its name; raises Usage where there is none, an empty or too large a one."""
    upload = request.FILES.get("file")
    if upload is not None and upload.size == 0:
        raise Usage(catalogue()["start"]["empty"])
    if upload is None or upload.size is None or upload.size > MOST_BYTES:
        raise Usage(catalogue()["start"]["too_large"])
    return upload.read(), upload.name or ""


def _state(draft: Draft) -> dict[str, Any]:
    """All that the page shows of a draft."""
    values = json.loads(draft.values)
    return {
        "key": draft.pk,
        "edition": for_year(values["year"]).edition.key,
        "revision": draft.revision,
        "title": draft.title,
        "values": values,
        "last": json.loads(draft.last) if draft.last else None,
        "last_name": draft.last_name,
        "findings": drafts.findings(draft),
    }


def _given(request: HttpRequest) -> Given:
    year = request.POST.get("year", "").strip()
    return Given(
        request.POST.get("organ", "").strip(),
        int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        request.POST.get("reporter", "").strip(),
    )


def _failed(error: Exception) -> JsonResponse:
    """What went wrong with a file, in words; nothing that is ours to mend is hidden."""
    if isinstance(error, Usage):
        return _refused([str(error)], 422)
    shortage.insist(error)
    found = problems(error)
    return _refused([str(problem) for problem in found], 422, list(found))


def _refused(texts: list[str], status: int, found: list[Problem] | None = None) -> JsonResponse:
    codes = [problem.code for problem in found or ()]
    return JsonResponse({"problems": texts, "codes": codes}, status=status)


def _made(key: str) -> jobs.Made:
    made = jobs.jobs().get(key)
    if made is None:
        raise Http404
    return made


def _file(key: str, kind: str) -> bytes:
    return made_or_missing(_made(key), kind)


def made_or_missing(made: jobs.Made, kind: str) -> bytes:
    """A file of a made report; raises Http404 where there is none, or not yet."""
    content = made.file(kind)
    if content is None:
        raise Http404
    return content


def _stem(made: jobs.Made) -> str:
    result = made.future.result()
    return result.stem[-1] if not isinstance(result, Failure) and result.stem else "report"
