"""The style and the script of the pages, out of the package."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified

FOLDERS = tuple(Path(__file__).parent / face / "static" for face in ("workbench", "office"))
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@cache
def _files() -> dict[str, tuple[bytes, str]]:
    """Each file, compressed once for all, and the tag by which a browser knows it again."""
    paths = [path for folder in FOLDERS for path in folder.iterdir() if path.suffix in TYPES]
    files = {path.name: path.read_bytes() for path in paths}
    return {
        name: (gzip.compress(content, mtime=0), f'"{hashlib.sha256(content).hexdigest()[:16]}"')
        for name, content in files.items()
    }


def serve(request: HttpRequest, name: str) -> HttpResponse:
    """One file; a browser that has it is told so."""
    if name not in _files():
        raise Http404
    content, tag = _files()[name]
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        content = gzip.decompress(content)
    return HttpResponse(content, content_type=TYPES[Path(name).suffix], headers=headers)
