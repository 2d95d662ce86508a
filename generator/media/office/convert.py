"""Word to PDF by LibreOffice: in a process group and with a profile that end with the call."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.media.office.scrub import scrub
from generator.report.problem import Place, Problem, ProblemsFound, Severity

PATIENCE = 120.0  # seconds for one document; a cold start of LibreOffice is among them
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
_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")
_DATE = re.compile(rb"(?<=/CreationDate\(D:)\d{14}(?=Z'\))")
_IDENTITY = re.compile(rb"(?<=[</])[0-9A-F]{32}\b")


class Converted(NamedTuple):
    """A PDF, and what was taken out of the document before LibreOffice saw it."""

    pdf: bytes
    problems: tuple[Problem, ...]


def convert(
    document: bytes, file: str, fontconfig: Path | None = None, timeout: float = PATIENCE
) -> Converted:
    """Convert one .docx to PDF; see `convert_all`. Raises ProblemsFound where that fails."""
    [outcome] = convert_all({file: document}, fontconfig, timeout).values()
    if isinstance(outcome, ProblemsFound):
        raise outcome
    return outcome


def convert_all(
    documents: Mapping[str, bytes], fontconfig: Path | None = None, timeout: float = PATIENCE
) -> dict[str, Converted | ProblemsFound]:
    """Convert documents, by their names in problems, in one run of LibreOffice.

    `timeout` is in seconds for each of them. One that fails is a ProblemsFound in its place; those
    that a crash or a hang took with it are converted again, each alone. Without `fontconfig`, fonts
    are the system's. The same document gives the same bytes.

    Raises ProblemsFound (`office-missing`) where LibreOffice is not installed.
    """
    program = _program(next(iter(documents), ""))
    outcomes: dict[str, Converted | ProblemsFound] = {}
    sound: dict[str, tuple[bytes, tuple[Problem, ...]]] = {}
    for file, document in documents.items():
        try:
            sound[file] = scrub(document, file)
        except ProblemsFound as caught:
            outcomes[file] = caught
    files = list(sound)
    waiting = [files, *([file] for file in files if len(files) > 1)]  # all at once, then what is left
    for batch in waiting:
        batch = [file for file in batch if file not in outcomes]
        if not batch:
            continue
        made, late = _run(program, [sound[file][0] for file in batch], fontconfig, timeout * len(batch))
        for file, pdf in zip(batch, made, strict=True):
            if pdf is not None:
                outcomes[file] = Converted(_undated(pdf), sound[file][1])
            elif len(batch) == 1:
                outcomes[file] = ProblemsFound([_late(file, timeout) if late else _failed(file)])
    return {file: outcomes[file] for file in documents}


def _run(
    program: str, documents: Sequence[bytes], fontconfig: Path | None, timeout: float
) -> tuple[list[bytes | None], bool]:
    """The PDF of each document, None where there is none, and whether time ran out."""
    with tempfile.TemporaryDirectory(prefix="nianbao-office-", ignore_cleanup_errors=True) as room:
        folder = Path(room)
        (folder / "pdf").mkdir()
        (folder / "profile" / "user").mkdir(parents=True)
        shutil.copyfile(SETTINGS, folder / "profile" / "user" / "registrymodifications.xcu")
        names = [f"{number}.docx" for number in range(len(documents))]
        for name, document in zip(names, documents, strict=True):
            (folder / name).write_bytes(document)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--norestore", "--nolockcheck", f"--infilter={FILTER}", "--convert-to", EXPORT]
        command += ["--outdir", str(folder / "pdf"), *names]
        late = _wait(command, folder, _environment(fontconfig), timeout)
        paths = [folder / "pdf" / Path(name).with_suffix(".pdf") for name in names]
        return [_whole(path) for path in paths], late


def _wait(command: list[str], folder: Path, environment: dict[str, str], timeout: float) -> bool:
    """Run a command in a group of its own; when time is up, or we are stopped, the group ends too."""
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
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            return True
        finally:
            _end(process)
    return False


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


def _environment(fontconfig: Path | None) -> dict[str, str]:
    """What LibreOffice needs to know of ours: no proxies, no keys, no settings of a desktop."""
    found = {name: value for name in _KEPT if (value := os.environ.get(name)) is not None}
    if sys.platform == "linux":
        found |= {"LC_ALL": "C.UTF-8"}  # in the C locale it opens no Chinese path
    return found | {"TZ": "UTC"} | ({_FONTS: str(fontconfig)} if fontconfig is not None else {})


def _whole(path: Path) -> bytes | None:
    pdf = path.read_bytes() if path.is_file() else b""
    return pdf if b"%%EOF" in pdf[-64:] else None


def _undated(pdf: bytes) -> bytes:
    """The same PDF without the time of its making, which is in its date and its identifiers."""
    start = pdf.rfind(b"/CreationDate(")
    if start < 0:
        return pdf
    body, end = pdf[:start], _DATE.sub(b"19800101000000", pdf[start:])
    identity = hashlib.sha256(body + _IDENTITY.sub(b"", end)).hexdigest()[:32].upper()
    return body + _IDENTITY.sub(identity.encode("ascii"), end)


def _program(file: str) -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    found = found or next((path for path in USUAL if Path(path).is_file()), None)
    if found is None:
        what = "没有安装 LibreOffice，不能用它转换 PDF"
        mend = (
            "在 Debian 上请运行 apt-get install libreoffice-writer-nogui，其他系统请从 LibreOffice"
            " 官方网站下载安装；或不加 --engine libreoffice"
        )
        raise ProblemsFound([Problem("office-missing", Severity.ERROR, what, mend, _places(file))])
    return found


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
