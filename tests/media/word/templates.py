"""The shipped templates, as they are and changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.paths import ROOT

DOCUMENT = "word/document.xml"
LADDERS = (
    Path(__file__).parent / "ladders"
)  # the templates of 26.1: loops and conditions on lines of their own


def shipped(edition: str = "2021") -> bytes:
    """The template of one edition."""
    return (ROOT / "templates" / f"{edition}.docx").read_bytes()


def ladder(edition: str = "2021") -> bytes:
    """The template of one edition as it was when texts were printed by loops."""
    return (LADDERS / f"{edition}.docx").read_bytes()


def rewritten(change: Callable[[str], str], part: str = DOCUMENT, *, content: bytes | None = None) -> bytes:
    """A template with one part changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or shipped())) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            written = before.read(name).decode()
            changed = change(written) if name == part else written
            assert name != part or changed != written, "the change changed nothing"
            after.writestr(name, changed)
    return stream.getvalue()


def document(made: bytes, part: str = DOCUMENT) -> bytes:
    """One part of a document."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return package.read(part)
