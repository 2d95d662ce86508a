"""Files that are taken home."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def download(content: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """A file under its own name: to be kept, or shown by the browser, which only a PDF may be."""
    kind = name.rpartition(".")[2]
    way = "inline" if inline else "attachment"
    disposition = f"{way}; filename=\"report.{kind}\"; filename*=UTF-8''{quote(name)}"
    return HttpResponse(
        content,
        content_type=TYPES.get(kind, "application/octet-stream"),
        headers={"Content-Disposition": disposition},
    )
