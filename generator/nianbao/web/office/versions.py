"""What was handed in: each version as a page, as files, beside the one before it; uploads as they came."""

from __future__ import annotations

from concurrent.futures import TimeoutError as NotYet
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nianbao.app import workbench
from nianbao.app.outcome import Failure
from nianbao.app.workbench import Wanted
from nianbao.media import exchange, webpage
from nianbao.report.submission import Right
from nianbao.web.access import refuse
from nianbao.web.office import earlier, filestore
from nianbao.web.office.access import Asking
from nianbao.web.office.models import Upload, Version
from nianbao.web.words import catalogue
from nianbao.web.workbench.beside import page
from nianbao.web.workbench.jobs import jobs
from nianbao.web.workbench.views import download

MADE = ("docx", "pdf", "html")
PATIENCE = 2.5  # seconds that an answer waits for a report to be made


def version(request: Asking, version: Version) -> HttpResponse:
    """A version as it would be published, to be read."""
    return page(webpage.write(exchange.read_content(version.report.encode(), "")))


def changes(request: Asking, version: Version) -> HttpResponse:
    """What a version has otherwise than the one before."""
    before = Version.objects.filter(submission=version.submission_id, number=version.number - 1).first()
    if before is None:
        raise Http404
    name = catalogue()["mine"]["version_name"]
    pair = [(earlier.values_of(one), name.format(number=one.number)) for one in (before, version)]
    return page(workbench.changes(*pair).decode())


def file(request: Asking, version: Version, kind: str) -> HttpResponse:
    """A version as a file; a page that asks again by itself while the report is being made."""
    values = earlier.values_of(version)
    stem = workbench.title(values)
    if kind == "json":
        return download(version.report.encode(), kind, stem)
    if kind == "xlsx":
        return download(workbench.filled_workbook(values, None, ""), kind, stem)
    if kind not in MADE:
        raise Http404
    made = jobs().make(
        f"version-{version.pk}", version.number, version.report.encode(), Wanted(version.errors > 0)
    )
    try:
        result = made.future.result(PATIENCE)
    except NotYet:
        assert request.person is not None
        own = request.person.submissions(Right.FILL, Right.SIGN).filter(pk=version.submission_id).exists()
        back = reverse("mine-one" if own else "submission", args=[version.submission_id])
        response = render(request, "office/making.html", {"back": back}, status=202)
        response.headers["Refresh"] = "2"
        return response
    if isinstance(result, Failure) or kind not in result.files:
        return refuse(request, 422, tuple(map(str, result.problems)))
    return download(result.files[kind], kind, stem, inline=kind == "pdf" and "open" in request.GET)


def uploaded_file(request: Asking, handed: Upload) -> HttpResponse:
    """An upload, byte for byte."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(handed.name)}"}
    return HttpResponse(filestore.read(handed.file), content_type="application/octet-stream", headers=headers)
