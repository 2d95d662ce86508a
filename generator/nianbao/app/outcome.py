"""What became of one file, whatever happened; and the exit code that follows."""

from __future__ import annotations

import errno
import sys
from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from nianbao.app import interrupt
from nianbao.report import Place, Problem, ProblemsFound, Unreadable, rule
from nianbao.report.shortage import is_short_of_memory

DONE, PROBLEMS, USAGE, FILES = 0, 1, 2, 3  # exit codes
LONGEST = (
    248  # characters of a folder's path, of a file's twelve more, where Windows is not set to allow others
)
SUSPECT = "文件可能已损坏，或者是有意做成这样的"
_REFUSALS = {  # what an operating system says → what is wrong, how to mend it
    errno.ENOENT: ("没有这个文件或文件夹", "请核对路径"),
    errno.EACCES: ("没有权限读写", "请关闭正在打开它的程序，或换一个文件夹"),
    errno.EPERM: ("没有权限读写", "请关闭正在打开它的程序，或换一个文件夹"),
    errno.EROFS: ("磁盘是只读的", "请换一个文件夹"),
    errno.EISDIR: ("这是文件夹，不是文件", "请给出文件"),
    errno.ENOTDIR: ("路径中有一段是文件，不是文件夹", "请核对路径"),
    errno.EEXIST: ("路径中有一段是文件，不是文件夹", "请核对路径"),
    errno.ENOSPC: ("磁盘已满", "请清理磁盘，或换一个文件夹"),
    errno.EFBIG: ("文件超过了允许的大小", "请换一个文件夹，或请管理员放宽限制"),
    errno.ENAMETOOLONG: ("路径太长", "请换一个名称短的文件夹"),
    errno.EIO: ("磁盘或网络盘读写出错", "请换一个磁盘或文件夹"),
    errno.ENODEV: ("这不是普通的文件（管道、设备），没有读", "请给出文件"),
    errno.ENXIO: ("这不是普通的文件（管道、设备），没有读", "请给出文件"),
    errno.EOVERFLOW: (
        "文件超过 200 MB，不像一份年度报告，没有读",
        "请核对是不是这个文件；图片大的，请压缩图片后另存",
    ),
    errno.EBUSY: ("文件正被别的程序占用", "请关闭正在打开它的程序"),
    errno.ELOOP: ("路径中的链接绕成了圈", "请核对路径"),
    errno.EINVAL: ("这个路径系统不接受", "请核对路径里有没有特殊的字符"),
    errno.EMFILE: ("打开的文件太多", "请分几次处理，或请管理员放宽限制"),
    errno.EDQUOT: ("磁盘配额已满", "请清理磁盘，或换一个文件夹"),
}


class Usage(Exception):  # noqa: N818 - wrong usage, as the exit code is called
    """What was asked for cannot be meant so; `problems` are what was found before that was seen."""

    def __init__(self, text: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(text)
        self.problems = tuple(problems)


class State(StrEnum):
    """What became of one report, as people count them."""

    MADE = "made"
    UNCHANGED = "unchanged"  # it lay there already as it would be made
    REFUSED = "refused"  # for what is wrong with it
    FAILED = "failed"  # the file could not be read, or its report not be written

    @property
    def word(self) -> str:
        """The word the clerk reads."""
        words = {"made": "生成", "unchanged": "未变", "refused": "有错误未生成", "failed": "读写失败"}
        return words[self.value]


@dataclass(frozen=True)
class Outcome:
    """What became of one file: every problem found, the paths made, and the exit code."""

    source: Path
    problems: tuple[Problem, ...] = ()
    code: int = DONE
    made: tuple[Path, ...] = ()
    draft_helps: bool = False  # it was refused for errors that a draft may have
    unchanged: bool = False  # what is made lay there already
    blameless: bool = False  # what went wrong is not in the file

    @property
    def state(self) -> State:
        """Whether there is a report now, and why not."""
        if self.made:
            return State.UNCHANGED if self.unchanged else State.MADE
        return State.REFUSED if self.code == PROBLEMS else State.FAILED


@dataclass(frozen=True)
class Failure:
    """Why a piece of work came to nothing: what there is to tell, and the exit code.

    `blameless` where what went wrong is not in the file.
    """

    problems: tuple[Problem, ...]
    code: int = FILES
    blameless: bool = False

    def error(self) -> ProblemsFound:
        """What is to be raised where the work was done for somebody who waits for its result."""
        return (Unreadable if self.code == FILES else ProblemsFound)(self.problems)

    @classmethod
    def of(cls, error: Exception, name: str) -> Failure:
        """What an exception upon a file of this name means."""
        ours = not isinstance(error, ProblemsFound | OSError)
        return cls(problems(error, Path(name)), exit_code(error), blameless=ours)


def overall(results: Iterable[Outcome], named: Container[Path]) -> int:
    """The exit code of many files.

    A file that cannot be read is what its folder was asked for: a problem found in it. One that was
    named could not be read, as asked.
    """
    return max(
        PROBLEMS
        if result.code == FILES and result.source not in named and not result.blameless
        else result.code
        for result in results
    )


def exit_code(error: Exception) -> int:
    """The exit code that an exception means."""
    refused = isinstance(error, ProblemsFound) and not isinstance(error, Unreadable)
    return PROBLEMS if refused else FILES


def problems(error: Exception, source: Path | None = None) -> tuple[Problem, ...]:
    """What an exception means to a clerk; raises Stopped where a signal has come."""
    interrupt.insist()
    if is_short_of_memory(error):
        return (short_of_memory(source),)
    if isinstance(error, ProblemsFound):
        return error.problems
    refused = error if isinstance(error, OSError) else _told_by_lxml(error)
    return (_bug(error, source) if refused is None else _refusal(refused, source),)


def _told_by_lxml(error: Exception) -> OSError | None:
    """What the system has refused to lxml, which tells it by its name: IO_ENOSPC; None for anything else."""
    number = getattr(errno, str(error).removeprefix("IO_"), None)
    return OSError(number, str(error)) if str(error).startswith("IO_E") and number else None


def _refusal(error: OSError, source: Path | None) -> Problem:
    path = str(error.filename2 or error.filename or source or "")
    number = f"（系统错误号 {error.errno}）" if error.errno else ""
    unknown = f"读写失败{number}", "请核对磁盘空间和路径"
    what, mend = _REFUSALS.get(error.errno or 0, unknown)
    if error.errno == errno.ENOENT and Path(path).is_symlink():
        what, mend = "这个链接指向的文件不在了", "请核对链接，或给出文件本身"
    elif error.errno == errno.ENOENT and sys.platform == "win32" and len(path) >= LONGEST:
        what, mend = _REFUSALS[errno.ENAMETOOLONG]  # of which Windows says that it is not there
    return rule("file-access").broken(what, mend, (Place(path),) if path else ())


def short_of_memory(source: Path | None = None) -> Problem:
    """That there was not enough memory: for a file, or to go on at all."""
    free = "请关闭别的程序，或减少 --jobs 再试"
    if source is None:
        return rule("memory").broken("内存不够，没有做完", free)
    what = "处理这个文件要用的内存超过了允许的，已放弃"
    mend = f"{SUSPECT}，请核对来源；计算机内存不够的，{free}"
    return rule("memory").broken(what, mend, (Place(source.name),))


def _bug(error: Exception, source: Path | None) -> Problem:
    """A mistake of ours."""
    what = f"程序内部错误（{type(error).__name__}），没有写出文件"
    return rule("internal-error").broken(what, traceback_kept(error), (Place(source.name),) if source else ())


def traceback_kept(error: Exception) -> str:
    """How a mistake of ours is mended: its traceback now lies in a file that can be handed in.

    Raises Stopped where a signal has come.
    """
    import logging
    import tempfile
    import traceback

    interrupt.insist()
    logging.getLogger(__name__).debug("程序内部错误", exc_info=error)
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="nianbao-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as log:
            traceback.print_exception(error, file=log)
        return f"请把 {log.name} 交给维护人员"
    except OSError:
        return f"请把这句话交给维护人员：{error}"
