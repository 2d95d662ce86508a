"""What was handed in: each version as a page, as files, beside the one before it; uploads as they came."""

from __future__ import annotations

from concurrent.futures import TimeoutError as NotYet

from django.http import Http404, HttpResponse
from django.shortcuts import render

from nianbao.app import workbench
from nianbao.app.outcome import Failure
from nianbao.app.workbench import Wanted
from nianbao.media import exchange, webpage
from nianbao.web.access import refuse
from nianbao.web.downloads import download
from nianbao.web.office import earlier, filestore
from nianbao.web.office.access import Asking
from nianbao.web.office.models import Upload, Version
from nianbao.web.words import catalogue
from nianbao.web.workbench.beside import page
from nianbao.web.workbench.jobs import jobs

MADE = ("docx", "pdf", "html")
PATIENCE = 4.0  # seconds that an answer waits for a report to be made


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
        return download(version.report.encode(), f"{stem}.{kind}")
    if kind == "xlsx":
        return download(workbench.filled_workbook(values, None, ""), f"{stem}.{kind}")
    if kind not in MADE:
        raise Http404
    made = jobs().make(
        f"version-{version.pk}", version.number, version.report.encode(), Wanted(version.errors > 0)
    )
    try:
        result = made.future.result(PATIENCE)
    except NotYet:
        response = render(request, "office/making.html", {"version": version}, status=202)
        response.headers["Refresh"] = "2"
        return response
    if isinstance(result, Failure) or kind not in result.files:
        return refuse(request, 422, tuple(map(str, result.problems)))
    inline = kind == "pdf" and "open" in request.GET
    return download(result.files[kind], f"{stem}.{kind}", inline=inline)


def uploaded_file(request: Asking, handed: Upload) -> HttpResponse:
    """An upload, byte for byte."""
    return download(filestore.read(handed.file), handed.name)
