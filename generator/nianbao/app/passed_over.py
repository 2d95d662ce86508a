"""What lies in a folder and is not read: why, and what helps; what nobody wants to hear of is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from nianbao.app import reading
from nianbao.app.reading import KINDS
from nianbao.report import Place, Problem, ProblemsFound, rule
from nianbao.report.groups import grouped
from nianbao.report.rollup import Expected, Unread, normal


class Reason(NamedTuple):
    """Why files of one kind are not read: what is said of {} of them, and how to mend it."""

    what: str
    mend: str


class Passed(NamedTuple):
    """A file or folder that is not read, and what messages call it."""

    path: Path
    name: str
    reason: Reason


# what Office and systems lay beside files, and what this program does
_KNOWN = re.compile(
    r"~\$.*|\.~lock\..*#|~wr[a-z]\d+\.tmp|(?:eh)?thumbs\.db|desktop\.ini|icon\r|__macosx|生成记录\.sqlite3.*|发放记录\.sha256|"
    r"\.(?:ds_store|_.*|directory|nianbao.*|git.*|svn|hg|trash.*|sync.*|idea|vscode|venv)",
    re.IGNORECASE,
)
_BOOK = Reason("这 {} 个文件没有读", "请用 Excel 或 WPS 另存为 .xlsx，或移走")
_ARCHIVE = Reason("这 {} 个压缩包没有打开，里面的没有读", "请解压缩，给出解压后的文件夹")
_PICTURE = Reason("这 {} 个图片没有读", "报告是扫描件的，请用有文字的文件，或在工作簿中填写")
_SHORTCUT = Reason("这 {} 个快捷方式没有读", "请放入文件本身")
_OFD = Reason("这 {} 个 OFD 文件没有读", "请用阅读软件另存为 PDF")
_HALF = Reason("这 {} 个临时文件没有读", "请核对是不是没有下载完，或没有保存完")
_NAMELESS = Reason("这 {} 个文件没有扩展名，没有读", "请补上扩展名，例如 .xlsx")
_OTHER = Reason("这 {} 个文件不是能读的种类，没有读", f"可以读的有：{'、'.join(KINDS)}")
HIDDEN = Reason("这 {} 个隐藏的文件或文件夹没有读", "要读的，请改名，不要以“.”开头")
LINK = Reason("这 {} 个链接指向文件夹，没有跟进去", "请直接给出那个文件夹")
SPECIAL = Reason("这 {} 个不是普通的文件（管道、设备），没有读", "请移走")
DENIED = Reason("这 {} 个文件夹没有权限打开，里面的没有读", "请改权限，或移走")
BESIDE = Reason("同处有工作簿或交换文件，这 {} 个别的报告没有读", "要读的，请单独给出")
_KINDS = {
    _BOOK: ".xls .et .ods .xlsm .xlsb .xlt .xltx .xltm .ett .csv .numbers",
    _ARCHIVE: ".zip .rar .7z .tar .gz .tgz .bz2 .xz",
    _PICTURE: ".jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic",
    _SHORTCUT: ".lnk .url .webloc .desktop",
    _OFD: ".ofd",
    _HALF: ".tmp .temp .part .crdownload .download .bak .wbk .asd .swp",
    _NAMELESS: "",
}
_BY_SUFFIX = {suffix: reason for reason, suffixes in _KINDS.items() for suffix in suffixes.split() or [""]}


def is_known(name: str) -> bool:
    """Whether a file's name says that nobody means it to be read."""
    return _KNOWN.fullmatch(name) is not None


def of_kind(path: Path) -> Reason | None:
    """Why a file of this kind is not read, None where it is."""
    suffix = path.suffix.lower()
    return None if suffix in KINDS else _BY_SUFFIX.get(suffix, _OTHER)


def tell(passed: Iterable[Passed]) -> list[Problem]:
    """A problem for each reason, which names all the files."""
    return list(_told(passed))


def _told(passed: Iterable[Passed]) -> Iterator[Problem]:
    for reason, files in grouped(passed, lambda one: one.reason).items():
        places = [Place(one.name) for one in files]
        broken = rule("file-beside") if reason is BESIDE else rule("file-passed-over")
        yield broken.broken(reason.what.format(len(files)), reason.mend, places)


def lying_of(passed: Sequence[Passed], roster: Sequence[Expected]) -> list[Unread]:
    """The files passed over, as reports that somebody on the roster may have handed in."""
    names = [line.name for line in roster]
    unread = []
    for one in passed:
        named = any(name and name in normal(one.name) for name in names)
        organ = _organ(one.path) if roster and not named and one.reason is BESIDE else ""
        unread.append(Unread(one.name, tuple(tell([one])), organ))
    return unread


def _organ(path: Path) -> str:
    """Whose report a file is; "" where it is none, or says nothing of it."""
    with suppress(ProblemsFound, OSError):
        return reading.read(path, nameless=True).organ
    return ""
