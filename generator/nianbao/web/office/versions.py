"""What was handed in: each version to be read, its pages, its files, what differs; and uploads."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import TimeoutError as NotYet
from functools import lru_cache

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page

from nianbao.app import workbench
from nianbao.app.outcome import Failure
from nianbao.media import comparison, exchange, form, webpage
from nianbao.media.form import Values
from nianbao.report import Report, assemble
from nianbao.report.comparison import compare as hold_against
from nianbao.report.comparison import wording
from nianbao.report.submission import Right
from nianbao.web.access import refuse
from nianbao.web.downloads import download
from nianbao.web.numbers import plain_number
from nianbao.web.office import earlier, filestore
from nianbao.web.office.access import Asking
from nianbao.web.office.models import Submission, Upload, Version
from nianbao.web.office.printing import printed
from nianbao.web.words import catalogue
from nianbao.web.workbench.beside import standalone
from nianbao.web.workbench.views import made_or_missing, picture

MADE = ("docx", "pdf", "html")  # kinds of file that are made of a version
PATIENCE = 2.5  # seconds that an answer waits for a report to be made


def version(request: Asking, version: Version) -> HttpResponse:
    """A version as it would be published, to be read."""
    return standalone(webpage.write(exchange.read_content(version.report.encode(), "")))


def changes(request: Asking, version: Version) -> HttpResponse:
    """What a version has otherwise than the one before."""
    before = Version.objects.filter(submission=version.submission_id, number=version.number - 1).first()
    if before is None:
        raise Http404
    name = catalogue()["mine"]["version_name"]
    pair = [(earlier.values_of(one), name.format(number=one.number)) for one in (before, version)]
    return standalone(workbench.changes(*pair).decode())


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
    try:
        result = printed(version).future.result(PATIENCE)
    except NotYet:
        assert request.person is not None
        own = request.person.submissions(Right.FILL, Right.SIGN).filter(pk=version.submission_id).exists()
        back = reverse("mine-one" if own else "submission", args=[version.submission_id])
        response = render(request, "office/making.html", {"back": back}, status=202)
        response.headers["Refresh"] = "2"
        return response
    if isinstance(result, Failure) or kind not in result.files:
        return refuse(request, 422, tuple(map(str, result.problems)))
    inline = kind == "pdf" and "open" in request.GET
    return download(result.files[kind], f"{stem}.{kind}", inline=inline)


def uploaded_file(request: Asking, handed: Upload) -> HttpResponse:
    """An upload, byte for byte."""
    return download(filestore.read(handed.file), handed.name)


def report(version: Version) -> Report:
    """The report of a version, named after its number in messages."""
    return _read(version.report, catalogue()["review"]["version"].format(number=version.number))


def last_year(submission: Submission) -> Report | None:
    """The same organ's report of the year before: as this office has it, else as it was laid beside."""
    before = Version.objects.filter(submission__organ=submission.organ, submission__year=submission.year - 1)
    if (version := before.order_by("-number").first()) is not None:
        return _read(version.report, catalogue()["review"]["last_year"])
    if submission.draft is not None and submission.draft.last:
        values = Values.from_json(submission.draft.last)
        return assemble(form.enter(values, submission.draft.last_name))
    return None


def last_figures(before: Report, after: Report) -> Mapping[str, str]:
    """Last year's figures by the targets of this year's, wherever both forms have the same one."""
    lines = hold_against([before, after]).lines
    return {
        f"figure:{line.item.key}": wording.given(line.given[0])
        for line in lines
        if line.given[0].figures and line.given[1].figures and line.given[0].known
    }


@gzip_page
def compare(request: Asking, submission: Submission) -> HttpResponse:
    """The newest version beside last year's report, or beside an earlier version: ?with=NUMBER."""
    newest = _numbered(submission, submission.number)
    number = plain_number(request.GET.get("with", ""))
    before = report(_numbered(submission, number)) if number is not None else last_year(submission)
    if before is None:
        raise Http404
    held = hold_against([before, report(newest)])
    return standalone(comparison.page(held))  # without charts, which take a second


def pages(request: Asking, version: Version) -> HttpResponse:
    """The printed pages as pictures: made when they are first looked at; until then the page asks again."""
    made = printed(version)
    count = 0
    problems: tuple[str, ...] = ()
    if made.future.done():
        result = made.future.result()
        if isinstance(result, Failure) or "pdf" not in result.files:
            problems = tuple(map(str, result.problems))
        else:
            from nianbao.media.pdf import pictures

            count = pictures.count_pages(result.files["pdf"])
    shown = {
        "version": version,
        "submission": version.submission,
        "numbers": range(1, count + 1),
        "problems": problems,
        "waiting": not made.future.done(),
        "kinds": [(kind, catalogue()["review"][kind]) for kind in MADE],
        "draft": bool(version.errors),
    }
    return render(request, "office/pages.html", shown, status=422 if problems else 200)


def page(request: Asking, version: Version, number: str) -> HttpResponse:
    """One page as a picture."""
    return picture(made_or_missing(printed(version), "pdf"), int(number))


@lru_cache(32)  # what was handed in once is never changed
def _read(content: str, name: str) -> Report:
    return exchange.read_content(content.encode(), name)


def _called(version: Version) -> str:
    return str(catalogue()["review"]["version"].format(number=version.number))


def _numbered(submission: Submission, number: int) -> Version:
    version = Version.objects.filter(submission=submission, number=number).first()
    if version is None:
        raise Http404
    return version
