"""Names of what is made, and putting it in place whole or not at all."""

from __future__ import annotations

import errno
import logging
import os
import re
import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from nianbao.app import interrupt
from nianbao.app.outcome import Usage
from nianbao.app.staging import Staging, sweep
from nianbao.report import Place, Problem, ProblemsFound, Report, rule

_log = logging.getLogger(__name__)
LONGEST_NAME = 180  # bytes; file systems allow 255, and suffixes come on top
LARGEST = 200 * 2**20  # bytes of a file that is read; of a package, its parts may have so many
_OF_FILES = {
    ".docx",
    ".doc",
    ".wps",
    ".pdf",
    ".html",
    ".htm",
    ".xlsx",
    ".xls",
    ".et",
    ".json",
    ".txt",
    ".zip",
}
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)  # no file names on Windows
_WIDE = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")


def read(path: Path) -> bytes:
    """The content of a file that somebody has named.

    Raises OSError, also for a pipe or a device, from which reading might never end, and for what is larger
    than any report: a process for other people's files could not even take it in.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.ENODEV, "no regular file", str(path))
    if path.is_file() and path.stat().st_size > LARGEST:
        raise OSError(errno.EOVERFLOW, "too large", str(path))
    return path.read_bytes()


def require(path: Path, suffixes: Container[str], said: str) -> None:
    """Raise Usage, as `said`, where a file to be written has another suffix, or is a folder."""
    if path.suffix.lower() not in suffixes:
        hint = "（这是文件夹，请在后面写明文件名）" if path.is_dir() else ""
        raise Usage(f"{said}，现为 {path.name}{hint}")


def require_folder(path: Path, said: str) -> None:
    """Raise Usage, as `said`, where no folder is there and what is to be one is called as a file is."""
    if path.suffix.lower() in _OF_FILES and not path.is_dir():
        raise Usage(f"{said}，现为 {path.name}")


def safe_name(text: str) -> str:
    """The text as one file name on any system: no path, nothing hidden, not too long."""
    name = "".join(char for char in text.translate(_WIDE) if char.isprintable()).strip(" .")
    name = name.encode("utf-8")[:LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
    return _DEVICES.sub(r"\1_", name, count=1) if _DEVICES.match(name) else name or "未命名"


def target(report: Report, *, draft: bool) -> tuple[str, ...]:
    """Where a report's files go below the output folder, without suffix: year, organ, title."""
    title = safe_name(report.title) + ("（草稿）" if draft else "")
    return (str(report.year), safe_name(report.organ), title)


def put(
    files: Mapping[Path, bytes],
    *,
    force: bool,
    ours: Container[Path] = (),
    staging: Staging | None = None,
    before: Callable[[], None] | None = None,
) -> None:
    """Write the files, all in one folder, beside their targets and move them into place.

    A file that is there with other content is only overwritten with `force`, or where it is one of
    `ours`; of a link it is the file that it points to, and the link stays, unless they lie in several
    folders, which could not be written at once. Raises ProblemsFound where
    one is, and OSError where a disk refuses; nothing is then written. Ctrl-C waits until all are in
    place. `before` is called when all are written and none is in place; `staging` is where they are
    written, where many are put one after another.
    """
    if problems := list(_in_the_way(files, ours, force=force)):
        raise ProblemsFound(problems)
    with interrupt.held():
        behind = {_behind(path): content for path, content in files.items()}
        together = len(behind) == len(files) and len({path.parent for path in behind}) == 1
        _put(behind if together else files, staging, before)
    _log.info("写出 %s", "、".join(map(str, files)))


def _behind(path: Path) -> Path:
    """The file that a link points to; what is no link, or points to nothing, itself."""
    return path.resolve() if path.is_symlink() and path.exists() else path


def _put(files: Mapping[Path, bytes], staging: Staging | None, before: Callable[[], None] | None) -> None:
    folder = next(iter(files)).parent
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    own: Staging | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if staging is None or folder.stat().st_dev != staging.root.stat().st_dev:  # no moving between disks
            sweep(folder)
            staging = own = Staging(folder)
        _move(files, staging, before)
    except BaseException as error:
        if own is not None:
            own.close()
        for created in new:
            with suppress(OSError):
                created.rmdir()
        if isinstance(error, OSError):  # name what was asked for, not what was written beside it
            raise OSError(error.errno, error.strerror, str(next(iter(files)))) from error
        raise
    if own is not None:
        own.close()


def _move(files: Mapping[Path, bytes], staging: Staging, before: Callable[[], None] | None) -> None:
    ready = {path: staging.folder() / str(at) for at, path in enumerate(files)}
    try:
        for path, beside in ready.items():
            _write(beside, files[path])
        if before is not None:
            before()
        for path, beside in ready.items():
            beside.replace(path)
    finally:
        for beside in ready.values():
            beside.unlink(missing_ok=True)


def differ(files: Mapping[Path, bytes]) -> list[Path]:
    """The paths where something else lies than is to be written."""
    return [
        path
        for path, content in files.items()
        if path.exists() and (not path.is_file() or path.read_bytes() != content)
    ]


def _in_the_way(files: Mapping[Path, bytes], ours: Container[Path], *, force: bool) -> Iterator[Problem]:
    differing = differ(files)
    if folders := [path for path in differing if path.is_dir()]:
        what, mend = "这里有一个同名的文件夹，没有写", "请移走它，或另选位置"
        yield rule("folder-in-the-way").broken(what, mend, _places(folders))
    others = [path for path in differing if not path.is_dir() and path not in ours]
    if others and not force:
        what, mend = "已有内容不同的同名文件，没有覆盖", "请核对；确要覆盖的加 --force"
        yield rule("exists").broken(what, mend, _places(others))


def _places(paths: Sequence[Path]) -> tuple[Place, ...]:
    return tuple(Place(str(path)) for path in paths)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def sync(folder: Path) -> None:
    """Have a folder's names on the disk; Windows has no such thing."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
