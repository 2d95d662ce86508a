"""What the self-test tells of the program and the machine, beside what its steps have shown."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from nianbao.app import data_folder, fonts
from nianbao.app.build_id import program
from nianbao.app.outcome import problems
from nianbao.app.self_test.extras import BASE, extras
from nianbao.media.self_test import Family, Particular
from nianbao.report.groups import grouped

NOTHING = "没有"
BROWSERS = {  # names of programs, and what people call them
    "qaxbrowser-safe": "奇安信可信浏览器",
    "browser360-cn-stable": "360 安全浏览器",
    "browser": "UOS 浏览器",
    "lbrowser": "龙芯浏览器",
    "google-chrome": "Chrome",
    "chromium": "Chromium",
    "chromium-browser": "Chromium",
    "microsoft-edge": "Edge",
    "firefox": "Firefox",
    "firefox-esr": "Firefox ESR",
    "chrome.exe": "Chrome",
    "msedge.exe": "Edge",
    "firefox.exe": "Firefox",
    "360se.exe": "360 安全浏览器",
}
OFFICES = {"Word.Application": "Word", "KWPS.Application": "WPS"}  # as Windows registers them
_GIGABYTE = 2**30
_APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths"


def particulars() -> Iterator[Particular]:
    """One line for each thing to know; no name of the user's, no path but that of the data folder."""
    yield Particular("程序版本", f"{version('nianbao')}（构建 {program()[:12]}）")
    yield Particular("Python", f"{platform.python_version()}（{platform.python_implementation()}）")
    yield Particular("操作系统", _system())
    yield Particular("处理器", f"{platform.machine()}，{os.cpu_count() or '?'} 核")
    if memory := _memory():
        yield Particular("内存", f"{memory / _GIGABYTE:.1f} GB")
    if sys.platform == "linux":
        yield Particular("glibc", " ".join(platform.libc_ver()).removeprefix("glibc ") or "不是 glibc")
    yield Particular("区域", _locale())
    yield Particular("编码", f"{locale.getencoding()}；文件名 {sys.getfilesystemencoding()}")
    yield Particular("PDF 转换", "；".join(_engines()))
    yield Particular(
        "浏览器", "、".join(dict.fromkeys(_browsers())) or f"没有找到（{NOTHING}浏览器就打不开窗口）"
    )
    yield Particular("数据库", "；".join(_databases()))
    yield Particular("数据文件夹", _data_folder())
    yield Particular("空余空间", "；".join(_free()))
    yield Particular("部件", "；".join(_libraries()))


def families() -> tuple[Family, ...]:
    """Every family that reports ask for, and what serves for it."""
    served = grouped(fonts.show()[0], lambda one: (one.shown or "", fonts.manner(one)))
    return tuple(
        Family("、".join(one.asked for one in substitutions), found, manner)
        for (found, manner), substitutions in served.items()
    )


def places() -> Iterator[tuple[str, Path]]:
    """Where files are made and kept, each with what people call it."""
    yield "临时文件夹", Path(tempfile.gettempdir())
    with suppress(OSError):  # there is no home
        yield "数据文件夹", data_folder.data_folder()


def free_space(folder: Path) -> int:
    """Bytes that are free where a folder lies or would lie. Raises OSError."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return shutil.disk_usage(there).free


def _system() -> str:
    if sys.platform == "win32":
        return f"Windows {platform.release()}（{platform.version()}）"
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name}（内核 {platform.release()}）"


def _memory() -> int:
    """Bytes of memory; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0


def _locale() -> str:
    told = [f"{name}={value}" for name in ("LC_ALL", "LANG") if (value := os.environ.get(name))]
    return "，".join(told) or ".".join(filter(None, locale.getlocale())) or "没有设"


def _engines() -> Iterator[str]:
    from nianbao.media import office, pdf

    weasyprint = pdf.installed()
    yield (
        f"WeasyPrint {weasyprint}，Pango {pdf.pango() or '装不上'}" if weasyprint else f"WeasyPrint {NOTHING}"
    )
    yield f"LibreOffice {_version_of(office.find())}"
    if sys.platform == "win32":
        registered = [name for key, name in OFFICES.items() if _registered("HKEY_CLASSES_ROOT", key)]
        yield f"Office {'、'.join(registered) or NOTHING}"


def _version_of(program: str | None) -> str:
    """What LibreOffice says of its version; it says nothing where it does not work."""
    if program is None:
        return NOTHING
    try:
        asked = [program, "--version"]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=30, check=False).stdout.split()
    except (OSError, subprocess.TimeoutExpired):
        said = []
    return said[1] if len(said) > 1 else "有，但问不出版本"


def _browsers() -> Iterator[str]:
    for file, name in BROWSERS.items():
        if shutil.which(file) or _registered("HKEY_LOCAL_MACHINE", rf"{_APP_PATHS}\{file}"):
            yield name


if sys.platform == "win32":

    def _registered(root: str, key: str) -> bool:
        """Whether Windows' registry has a key."""
        import winreg

        try:
            winreg.CloseKey(winreg.OpenKey(getattr(winreg, root), key))
        except OSError:
            return False
        return True
else:

    def _registered(root: str, key: str) -> bool:
        """Whether Windows' registry has a key; other systems have none."""
        return False


def _databases() -> Iterator[str]:
    yield f"SQLite {sqlite3.sqlite_version}"
    for name, installed in extras().get("postgresql", {}).items():
        yield f"PostgreSQL（{name}）{installed or NOTHING}"


def _libraries() -> Iterator[str]:
    """What is installed of each extra, by the name that pip knows it by."""
    for extra, libraries in extras().items():
        told = "、".join(f"{name} {installed or NOTHING}" for name, installed in libraries.items())
        yield f"{'基本' if extra == BASE else extra}：{told}"


def _data_folder() -> str:
    try:
        folder = data_folder.data_folder()
        return f"{data_folder.private(str(folder))}{'' if folder.exists() else '（还没有）'}"
    except OSError as error:
        return problems(error)[0].what


def _free() -> Iterator[str]:
    for name, place in places():
        try:
            yield f"{name} {free_space(place) / _GIGABYTE:.1f} GB"
        except OSError:
            yield f"{name}看不到"
