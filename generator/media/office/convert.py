"""Word to PDF by LibreOffice: in a process group and with a profile that end with the call."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator.media.office.dates import undated
from generator.media.office.scrub import scrub
from generator.report.problem import Place, Problem, ProblemsFound, Severity

PATIENCE = 120.0  # seconds for one document; a cold start of LibreOffice is among them
LOOK = 1.0  # seconds after which to look how far it has come
NAMES = ("soffice", "libreoffice")
USUAL = (  # where installers put it without telling PATH
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
EXPORT = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
SETTINGS = Path(__file__).with_name("settings.xcu")  # the profile's: no macros, no links, Chinese
FILTER = "MS Word 2007 XML"  # told, so that no other kind of file is guessed from the contents
_FONTS = "FONTCONFIG_FILE"
_KEPT = ("PATH", "HOME", "LANG", "SYSTEMROOT", "LD_LIBRARY_PATH")
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")

Pause = Callable[[], AbstractContextManager[object]]


class Converted(NamedTuple):
    """A PDF, and what was taken out of the document before LibreOffice saw it."""

    pdf: bytes
    problems: tuple[Problem, ...]


def convert(
    document: bytes, file: str, fontconfig: Path | None = None, timeout: float = PATIENCE
) -> Converted:
    """Convert one .docx to PDF; see `convert_all`. Raises ProblemsFound where that fails."""
    [outcome] = convert_all([(file, document)], fontconfig, timeout)
    if isinstance(outcome, ProblemsFound):
        raise outcome
    return outcome


def convert_all(
    documents: Sequence[tuple[str, bytes]],
    fontconfig: Path | None = None,
    timeout: float = PATIENCE,
    waiting: Pause = nullcontext,
) -> list[Converted | ProblemsFound]:
    """Convert documents, each with its file's name for problems, in one run of LibreOffice.

    One that fails is a ProblemsFound in its place: where nothing is made for `timeout` seconds, the
    document that it is at. The one that a crash came at is tried again alone. Those after it go on
    together. Without `fontconfig`, fonts are the system's. The same document gives the same bytes.
    `waiting` is entered while LibreOffice works.
    """
    try:
        program = _program()
    except ProblemsFound as missing:
        return [_located(missing, file) for file, _ in documents]
    outcomes: dict[int, Converted | ProblemsFound] = {}
    sound: dict[int, tuple[bytes, tuple[Problem, ...]]] = {}
    for at, (file, document) in enumerate(documents):
        try:
            sound[at] = scrub(document, file)
        except ProblemsFound as caught:
            outcomes[at] = caught
    left, alone = list(sound), False
    while left:
        batch = left[:1] if alone else left
        made, late = _run(program, [sound[at][0] for at in batch], fontconfig, timeout, waiting)
        done = [at for at, pdf in zip(batch, made, strict=True) if pdf is not None]
        for at, pdf in zip(batch, made, strict=True):
            if pdf is not None:
                outcomes[at] = Converted(undated(pdf), sound[at][1])
        if late:  # they are converted in their order
            for at in batch[batch.index(done[-1]) + 1 if done else 0 :][:1]:
                outcomes[at] = ProblemsFound([_late(documents[at][0], timeout)])
        elif len(batch) == 1 and not done:
            outcomes[batch[0]] = ProblemsFound([_failed(documents[batch[0]][0])])
        alone = not late and len(done) < len(batch) > 1
        left = [at for at in left if at not in outcomes]
    return [outcomes[at] for at in range(len(documents))]


def _run(
    program: str, documents: Sequence[bytes], fontconfig: Path | None, timeout: float, waiting: Pause
) -> tuple[list[bytes | None], bool]:
    """The PDF of each document, None where there is none, and whether time ran out."""
    with tempfile.TemporaryDirectory(prefix="nianbao-office-", ignore_cleanup_errors=True) as room:
        folder = Path(room)
        for name in ("pdf", "temporary"):
            (folder / name).mkdir()
        (folder / "profile" / "user").mkdir(parents=True)
        shutil.copyfile(SETTINGS, folder / "profile" / "user" / "registrymodifications.xcu")
        names = [f"{number}.docx" for number in range(len(documents))]
        for name, document in zip(names, documents, strict=True):
            (folder / name).write_bytes(document)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--norestore", "--nolockcheck", f"--infilter={FILTER}", "--convert-to", EXPORT]
        command += ["--outdir", str(folder / "pdf"), *names]
        paths = [folder / "pdf" / Path(name).with_suffix(".pdf") for name in names]
        late = _work(command, folder, _environment(fontconfig, folder / "temporary"), paths, timeout, waiting)
        return [_whole(path) for path in paths], late


def _work(
    command: list[str],
    folder: Path,
    environment: dict[str, str],
    paths: Sequence[Path],
    timeout: float,
    waiting: Pause,
) -> bool:
    """Run a command in a group of its own; when it makes nothing for so long, or we are stopped, all end."""
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            with waiting():
                return _hangs(process, paths, timeout)
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
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment(fontconfig: Path | None, temporary: Path) -> dict[str, str]:
    """What LibreOffice needs to know of ours: no proxies, no keys, no settings of a desktop.

    Its temporary files go where they are thrown away with the rest: one that is killed leaves them.
    """
    found = {name: value for name in _KEPT if (value := os.environ.get(name)) is not None}
    if sys.platform == "linux":
        found |= {"LC_ALL": "C.UTF-8"}  # in the C locale it opens no Chinese path
    found |= dict.fromkeys(_TEMPORARY, str(temporary)) | {"TZ": "UTC"}
    return found | ({_FONTS: str(fontconfig)} if fontconfig is not None else {})


def _whole(path: Path) -> bytes | None:
    pdf = path.read_bytes() if path.is_file() else b""
    return pdf if b"%%EOF" in pdf[-64:] else None


def _program() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    found = found or next((path for path in USUAL if Path(path).is_file()), None)
    if found is None:
        what = "没有安装 LibreOffice，不能用它转换 PDF"
        mend = (
            "在 Debian 上请运行 apt-get install libreoffice-writer-nogui，其他系统请从 LibreOffice"
            " 官方网站下载安装；或不加 --engine libreoffice"
        )
        raise ProblemsFound([Problem("office-missing", Severity.ERROR, what, mend)])
    return found


def _located(caught: ProblemsFound, file: str) -> ProblemsFound:
    return ProblemsFound([replace(one, places=_places(file)) for one in caught.problems])


def _late(file: str, timeout: float) -> Problem:
    what = f"LibreOffice 在 {timeout:g} 秒内没有转换完，已中止"
    mend = "请看文件里是否有很大的图片或表格；或在 LibreOffice 中打开它，导出为 PDF"
    return Problem("office-timeout", Severity.ERROR, what, mend, _places(file))


def _failed(file: str) -> Problem:
    what = "LibreOffice 没有转换出 PDF"
    mend = "请在 LibreOffice 中打开这份文件，看能否导出为 PDF；或不加 --engine libreoffice"
    return Problem("office-failed", Severity.ERROR, what, mend, _places(file))


def _places(file: str) -> tuple[Place, ...]:
    return (Place(file),) if file else ()
