"""LibreOffice as the other reader of the same file, and the lines of a PDF."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests import libreoffice

SOFFICE = libreoffice.SOFFICE


def office_pdf(document: bytes, folder: Path) -> Path:
    """Convert a .docx to PDF with LibreOffice."""
    (folder / "office.docx").write_bytes(document)
    [made] = libreoffice.convert(folder, folder / "office.docx")
    return made


def pages(pdf: Path) -> list[list[str]]:
    """The lines of each page, without blanks."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout
    return [
        [line for raw in page.splitlines() if (line := "".join(raw.split()))]
        for page in text.decode().split("\f")[:-1]
    ]
