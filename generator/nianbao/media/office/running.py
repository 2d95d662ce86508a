"""LibreOffice as a process: behind a barrier, in a group and with a profile that end with the call."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

from nianbao.media.office import barrier

PATIENCE = 120.0  # seconds for one document; a cold start of LibreOffice is among them
LOOK = 1.0  # seconds after which to look how far it has come
MEMORY = 2 * 1024 * 1024  # kilobytes of each of its processes; a report takes 165,000
_LIMITED = 'ulimit -c 0; ulimit -d "$1"; ulimit -t "$2"; shift 2; exec "$@"'  # its children inherit them
NAMES = ("soffice", "libreoffice")
USUAL = (  # where installers put it without telling PATH
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
# Windows opens a black window for a program of the console that is started by one without.
HIDDEN: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
SETTINGS = Path(__file__).with_name("settings.xcu")  # the profile's: no macros, no links, no net, Chinese
_FONTS = "FONTCONFIG_FILE"
_FOLDERS = re.compile(r"<(?:dir|cachedir)>([^<]*)<")
_KEPT = ("PATH", "HOME", "LANG", "SYSTEMROOT", "LD_LIBRARY_PATH")
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")

Pause = Callable[[], AbstractContextManager[object]]


class Job(NamedTuple):
    """What LibreOffice is to make: of files that end so and are of one kind, files that end so.

    `reads` is the filter that opens them, told so that no other kind is guessed from the contents.
    """

    ending: str
    reads: str
    makes: str
    writes: str


_LINE = Job(".txt", "Text", ".pdf", "pdf:writer_pdf_Export")


def find() -> str | None:
    """Where LibreOffice is, None if it is not installed."""
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    return on_path or next((path for path in USUAL if Path(path).is_file()), None)


def run(
    program: str,
    job: Job,
    documents: Sequence[bytes],
    timeout: float,
    fontconfig: Path | None = None,
    waiting: Pause = nullcontext,
) -> tuple[list[bytes | None], bool]:
    """What is made of each document, None where nothing is, and whether time ran out.

    That is so where nothing new comes for `timeout` seconds. LibreOffice can open nothing of a user's
    meanwhile; on a system where it would not even start so, it can.
    """
    enclosed = barrier.is_there()
    made, late = _run(program, job, documents, timeout, fontconfig, waiting, enclosed=enclosed)
    if any(made) or late or not enclosed or _starts(program):
        return made, late
    return _run(program, job, documents, timeout, fontconfig, waiting, enclosed=False)


@cache
def _starts(program: str) -> bool:
    """Whether LibreOffice works behind the barrier on this system: whether it converts a line of text."""
    [page], _ = _run(program, _LINE, [b"a\n"], PATIENCE, enclosed=True)
    return page is not None


def _run(
    program: str,
    job: Job,
    documents: Sequence[bytes],
    timeout: float,
    fontconfig: Path | None = None,
    waiting: Pause = nullcontext,
    *,
    enclosed: bool,
) -> tuple[list[bytes | None], bool]:
    with tempfile.TemporaryDirectory(prefix="nianbao-office-", ignore_cleanup_errors=True) as room:
        folder = Path(room)
        for name in ("made", "temporary"):
            (folder / name).mkdir()
        (folder / "profile" / "user").mkdir(parents=True)
        shutil.copyfile(SETTINGS, folder / "profile" / "user" / "registrymodifications.xcu")
        names = [f"{number}{job.ending}" for number in range(len(documents))]
        for name, document in zip(names, documents, strict=True):
            (folder / name).write_bytes(document)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--norestore", "--nolockcheck", f"--infilter={job.reads}", "--convert-to", job.writes]
        command += ["--outdir", str(folder / "made"), *names]
        if enclosed:
            command = barrier.command(folder, (*_installed(program), *_fonts(fontconfig)), command)
        paths = [folder / "made" / Path(name).with_suffix(job.makes) for name in names]
        environment = _environment(fontconfig, folder / "temporary")
        limited = _limited(command, timeout * len(documents))
        with _started(limited, folder, environment) as process, waiting():
            late = _hangs(process, paths, timeout)
        return [path.read_bytes() if path.is_file() else None for path in paths], late


def _installed(program: str) -> tuple[Path, ...]:
    """The folder that LibreOffice is installed in, wherever that is; of a script, its own."""
    folder = Path(program).resolve().parent
    return (folder.parent if folder.name in ("program", "MacOS") else folder,)


def _fonts(fontconfig: Path | None) -> tuple[Path, ...]:
    """A file of fontconfig's, and the folders that it names."""
    if fontconfig is None or not fontconfig.is_file():
        return ()
    named = _FOLDERS.findall(fontconfig.read_text(encoding="utf-8"))
    return (fontconfig, *(Path(unescape(folder)) for folder in named))


def _limited(command: Sequence[str], seconds: float) -> list[str]:
    """The command with limits of memory and of the processor's time, where the system knows any."""
    if sys.platform == "win32":
        return list(command)
    return ["/bin/sh", "-c", _LIMITED, "sh", str(MEMORY), str(max(1, round(seconds))), *command]


@contextmanager
def _started(
    command: list[str], folder: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A command that runs in a group of its own, all of which ends with the block, also if we are stopped."""
    with (folder / "said").open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            creationflags=HIDDEN,
        )
        try:
            yield process
        finally:
            _end(process)


def _hangs(process: subprocess.Popen[bytes], paths: Sequence[Path], patience: float) -> bool:
    """Wait for a process; True where it has made none of the files for so many seconds."""
    there, end = 0, time.monotonic() + patience
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(min(LOOK, end - time.monotonic()), 0))
            return False
        now = time.monotonic()
        if (made := sum(path.exists() for path in paths)) > there:
            there, end = made, now + patience
        elif now >= end:
            return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started; a child may outlive its parent."""
    if sys.platform == "win32":
        if process.poll() is None:
            end = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(end, capture_output=True, check=False, creationflags=HIDDEN)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment(fontconfig: Path | None, temporary: Path) -> dict[str, str]:
    """What LibreOffice needs to know of ours: no proxies, no keys, no settings of a desktop.

    Its temporary files go where they are thrown away with the rest: one that is killed leaves them.
    """
    environment = {name: value for name in _KEPT if (value := os.environ.get(name)) is not None}
    if sys.platform == "linux":
        environment |= {"LC_ALL": "C.UTF-8"}  # in the C locale it opens no Chinese path
        environment |= {"HOME": str(temporary)} if fontconfig is not None else {}
    environment |= dict.fromkeys(_TEMPORARY, str(temporary)) | {"TZ": "UTC"}
    return environment | ({_FONTS: str(fontconfig)} if fontconfig is not None else {})
