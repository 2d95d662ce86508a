"""LibreOffice as the other reader of the same file: its own profile, our fonts, a limit on its time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from nianbao.media import fonts

SOFFICE = shutil.which("soffice")


def office_pdf(document: bytes, folder: Path) -> Path:
    """Convert a .docx to PDF with LibreOffice."""
    source = folder / "office.docx"
    source.write_bytes(document)
    with tempfile.TemporaryDirectory() as profile:
        process = subprocess.Popen(
            [str(SOFFICE), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf",
             "--outdir", str(folder), str(source)],
            env={**os.environ, fonts.ENVIRONMENT: str(fonts.configure())},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            process.wait(120)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    return folder / "office.pdf"


def pages(pdf: Path) -> list[list[str]]:
    """The lines of each page, without blanks."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout
    return [
        [line for raw in page.splitlines() if (line := "".join(raw.split()))]
        for page in text.decode().split("\f")[:-1]
    ]
