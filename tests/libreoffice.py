"""LibreOffice as the other reader of a file: one that stays open, since each start takes seconds.

Whether our own code starts and ends it rightly is proved elsewhere, with starts of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import docx
import pytest
from nianbao.media import fonts

SOFFICE = shutil.which("soffice")
with_soffice = pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice (soffice)")
WATCH = '"$@" & read _; kill -KILL 0'  # it ends with us, however we end
PATIENCE = 120  # seconds, for each conversion and for the start


class LibreOffice:
    """A LibreOffice with a profile and a folder of its own, and our fonts.

    One that has converted what another process asked for ends itself, unless a document is open in it.
    """

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="libreoffice-")
        home = Path(self.folder.name)
        self.command = [str(SOFFICE), f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless"]
        configuration = str(fonts.configure())
        self.environment = {**os.environ, fonts.ENVIRONMENT: configuration, "LC_ALL": "C.UTF-8"}
        docx.Document().save(str(home / "open.docx"))
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", WATCH, "sh", *self.command, "--norestore", "--nologo", str(home / "open.docx")],
            cwd=home,
            stdin=subprocess.PIPE,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + PATIENCE
        while not (home / ".~lock.open.docx#").exists():
            assert time.monotonic() < end, "LibreOffice has not opened a document"
            time.sleep(0.02)

    def convert(self, sources: list[Path], folder: Path, kind: str) -> None:
        """Have it make another kind of file of each, into the folder; where it has died, by another one."""
        command = [*self.command, "--convert-to", kind, "--outdir", str(folder), *map(str, sources)]
        subprocess.run(command, env=self.environment, check=True, capture_output=True, timeout=PATIENCE)

    def end(self) -> None:
        """End it with all that it started."""
        self.process.communicate(b"\n")  # a fork of ours may hold the pipe, and no end would come
        self.folder.cleanup()


_running: list[LibreOffice] = []


def convert(folder: Path, *sources: Path, kind: str = "pdf") -> list[Path]:
    """Have LibreOffice make files of another kind, under their names; `kind` is ending or ending:filter."""
    if not _running:
        _running.append(LibreOffice())
    folder.mkdir(exist_ok=True)
    _running[0].convert([source.absolute() for source in sources], folder.absolute(), kind)
    made = [folder / f"{source.stem}.{kind.partition(':')[0]}" for source in sources]
    assert [path.name for path in made if not path.exists()] == [], "LibreOffice made nothing of these"
    return made


def recalculated(folder: Path, *books: Path) -> list[Path]:
    """The same workbooks, calculated and saved by LibreOffice, into a folder."""
    return convert(folder, *books, kind="xlsx")


def end() -> None:
    """End the LibreOffice that is open."""
    while _running:
        _running.pop().end()
