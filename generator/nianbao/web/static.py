"""What pages are made of: style, scripts, and the blank form of each edition; made and compressed once."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string

from nianbao.app import workbench
from nianbao.app.reading import KINDS
from nianbao.mandate import editions, load
from nianbao.media import form
from nianbao.web.settings import MOST_BYTES
from nianbao.web.words import catalogue, words

FOLDERS = tuple(Path(__file__).parent / face / "static" for face in ("workbench", "office"))
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
SCRIPTS = ("start.js", "draft.js", "archive.js")  # of the pages: each is sent in one piece with its modules
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=\w)", re.MULTILINE)


class _File(NamedTuple):
    """A file as it is sent: compressed, and the tag by which a browser knows it again."""

    content: bytes
    tag: str

    @classmethod
    def of(cls, content: bytes) -> _File:
        return cls(gzip.compress(content, mtime=0), f'"{hashlib.sha256(content).hexdigest()[:16]}"')


@cache
def _files() -> dict[str, _File]:
    return {name: _File.of((whole(name) if name in SCRIPTS else read(name)).encode()) for name in _paths()}


@cache
def _paths() -> dict[str, Path]:
    """Where each file lies, by its name."""
    return {path.name: path for folder in FOLDERS for path in folder.iterdir() if path.suffix in TYPES}


def read(name: str) -> str:
    """One file as it stands in the package."""
    return _paths()[name].read_text(encoding="utf-8")


def whole(name: str) -> str:
    """A script with the modules that it imports, each once and before what imports it, as one module.

    They share one scope, so no two may have a name at the top level in common, nor be imported under another.
    """
    parts: dict[str, str] = {}

    def join(name: str) -> None:
        text = read(name)
        for imported in _IMPORT.findall(text):
            if imported not in parts:
                join(imported)
        parts[name] = _EXPORT.sub("", _IMPORT.sub("", text))

    join(name)
    return "".join(parts.values())


def serve(request: HttpRequest, name: str) -> HttpResponse:
    """One file of the style and the scripts."""
    if name not in _files():
        raise Http404
    return _answer(request, _files()[name], TYPES[Path(name).suffix])


def page(
    edition: str,
    template: str,
    shown: Mapping[str, object] = MappingProxyType({}),
    request: HttpRequest | None = None,
) -> str:
    """What surrounds the boxes of an edition, and these; `shown` and `request` are for the template."""
    return render_to_string(
        template, {**words(), **shown, "boxes": _boxes(edition), "kinds": ",".join(KINDS)}, request
    )


@cache
def _boxes(edition: str) -> str:
    return form.render(load(edition))


@cache
def blank(edition: str) -> dict[str, object]:
    """The page of a report of an edition with nothing in its boxes, and what its script must know."""
    mandate = load(edition)
    return {
        "page": page(edition, "workbench/form.html"),
        "rules": form.rules(mandate),
        "words": catalogue()["script"] | {"too_large": catalogue()["start"]["too_large"]},
        "most": MOST_BYTES,
        "charts": workbench.can_chart(),
    }


def serve_form(request: HttpRequest, edition: str) -> HttpResponse:
    """The blank page of an edition, for the script that puts it in the place of the first page."""
    if edition not in editions():
        raise Http404
    return _answer(request, _form(edition), "application/json; charset=utf-8")


@cache
def _form(edition: str) -> _File:
    return _File.of(json.dumps(blank(edition), ensure_ascii=False).encode())


def _answer(request: HttpRequest, file: _File, kind: str) -> HttpResponse:
    """The file; a browser that has it is told so."""
    content, tag = file
    age = "no-cache" if "svg" not in kind else "max-age=86400"
    headers = {"ETag": tag, "Cache-Control": age, "Vary": "Accept-Encoding"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        content = gzip.decompress(content)
    return HttpResponse(content, content_type=kind, headers=headers)
