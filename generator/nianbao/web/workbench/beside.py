"""What stands beside the filling in: comparison with last year, archive, fonts, an article for a 公众号."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from nianbao.app import fonts as font_list
from nianbao.app import workbench
from nianbao.app.archive.index import Asked, find
from nianbao.app.archive.manifest import MANIFEST
from nianbao.app.archive.store import Archive
from nianbao.app.archive.verify import Verified
from nianbao.app.archive.verify import verify as verify_archive
from nianbao.media.form import Values
from nianbao.report.groups import grouped
from nianbao.web import shortage
from nianbao.web.words import catalogue
from nianbao.web.workbench import drafts

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@require_GET
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """This year's report beside last year's, as `nianbao compare` writes it."""
    draft = drafts.get(key)
    if not draft.last:
        raise Http404
    last, values = Values.from_json(draft.last), Values.from_json(draft.values)
    content = workbench.compared((last, draft.last_name), (values, draft.name))
    return standalone(content.decode())


@require_GET
def article(request: HttpRequest, key: str) -> JsonResponse:
    """The report as a fragment with inline styles, and as plain text, to be put on the clipboard."""
    values = Values.from_json(drafts.get(key).values)
    text = "\n".join(line for _, line in workbench.printed_texts(values))
    return JsonResponse({"html": workbench.article(values), "text": text})


@require_POST
def keep(request: HttpRequest, key: str) -> JsonResponse:
    """Keep the report in the archive as it now stands."""
    draft = drafts.get(key)
    values = Values.from_json(draft.values)
    reason = request.POST.get("reason", "").strip()
    source = draft.source and bytes(draft.source)
    kept = workbench.keep(values, source, draft.name, folder(), reason)
    problems = [str(problem) for problem in kept.problems]
    if kept.added is None:
        codes = [problem.code for problem in kept.problems]
        return JsonResponse({"problems": problems, "codes": codes}, status=422)
    return JsonResponse({"folder": str(kept.added.folder), "unchanged": kept.added.unchanged})


@require_GET
def archive(request: HttpRequest) -> HttpResponse:
    """Every revision that was kept, newest year first, with its files."""
    listed = find(Archive(folder()), Asked(all=True)) if folder().is_dir() else []
    listed.sort(key=lambda one: (-one.year, one.organ, -one.revision))
    revisions = [
        vars(one) | {"when": datetime.fromisoformat(one.when), "files": _files(one.folder)} for one in listed
    ]
    return render(request, f"{settings.NIANBAO_FACE}/archive.html", {"listed": revisions, "folder": folder()})


def _files(revision: str) -> list[dict[str, str]]:
    paths = sorted(path for path in (folder() / revision).iterdir() if path.is_file())
    words = catalogue()
    kinds = {f".{kind}": words["script"][kind] for kind in ("pdf", "html", "xlsx", "json")}
    kinds |= {".docx": words["script"]["word"], MANIFEST: words["archive"]["manifest"]}
    return [
        {"path": f"{revision}/{path.name}", "kind": kinds.get(path.name) or kinds.get(path.suffix, path.name)}
        for path in paths
    ]


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Look at every byte of the archive."""
    verified = verify_archive(folder()) if folder().is_dir() else Verified()  # nothing was kept yet
    done = catalogue()["archive"]["verified"].format(**vars(verified))
    context = {"done": done, "problems": list(map(str, verified.problems)), "head": verified.head}
    return render(request, f"{settings.NIANBAO_FACE}/verified.html", context)


@require_GET
def kept_file(request: HttpRequest, path: str) -> HttpResponse:
    """One file out of the archive."""
    try:
        wanted = (folder() / path).resolve()
        if not wanted.is_relative_to(folder().resolve()):
            raise Http404
        content = wanted.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a sign that no path may have
        shortage.insist(error)
        raise Http404 from None
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(wanted.name)}"}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)


@require_GET
def fonts(request: HttpRequest) -> HttpResponse:
    """The fonts that reports ask for, and what stands in for those that are not here."""
    rows, problems = font_table()
    return render(request, "workbench/fonts.html", {"rows": rows, "problems": problems})


def font_table() -> tuple[list[dict[str, object]], list[str]]:
    """The fonts that are asked for, grouped by what serves for them; and what will not print, in words."""
    substitutions, problems = font_list.show()
    rows = grouped(substitutions, lambda one: (one.shown or "", font_list.manner(one)))
    table: list[dict[str, object]] = [
        {"asked": [one.asked for one in served], "found": found, "kind": kind}
        for (found, kind), served in rows.items()
    ]
    return table, list(map(str, problems))


def folder() -> Path:
    """Where the archive is kept."""
    return Path(settings.NIANBAO_ARCHIVE)


def standalone(content: str) -> HttpResponse:
    """A page of ours that needs no other file: its style is named by its digest, and nothing else may run."""
    styles = (hashlib.sha256(style.encode()).digest() for style in _STYLE.findall(content))
    allowed = " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in styles)
    policy = f"default-src 'none'; style-src {allowed}; frame-ancestors 'none'"
    return HttpResponse(content, headers={"Content-Security-Policy": policy})
