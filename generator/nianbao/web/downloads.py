"""Files that are taken home."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def download(content: bytes, name: str) -> HttpResponse:
    """A file to be kept under its own name, never shown in our origin."""
    kind = name.rpartition(".")[2]
    disposition = f"attachment; filename=\"report.{kind}\"; filename*=UTF-8''{quote(name)}"
    return HttpResponse(
        content,
        content_type=TYPES.get(kind, "application/octet-stream"),
        headers={"Content-Disposition": disposition},
    )
