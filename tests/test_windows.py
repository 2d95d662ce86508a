"""What would fail on Windows, as far as it can be seen elsewhere: `mypy --platform win32` sees more."""

from __future__ import annotations

import ast
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from nianbao.app.outcome import problems
from nianbao.app.workers.pool import Pool
from nianbao.media.fonts import fontconfig

from tests.paths import ROOT

MODULES = sorted((ROOT / "generator" / "nianbao").rglob("*.py"))
UNIX = {
    "crypt", "curses", "fcntl", "grp", "nis", "ossaudiodev", "posix", "pty", "pwd", "readline", "resource",
    "spwd", "syslog", "termios", "tty",
}  # fmt: skip
FORKING = {"ForkContext", "ForkProcess", "ForkServerContext", "ForkServerProcess"}


def loaded(body: list[ast.stmt]) -> Iterator[str]:
    """The modules and names that are imported as soon as a module is, whatever the system."""
    for statement in body:
        if isinstance(statement, ast.Import):
            yield from (alias.name.split(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield (statement.module or "").split(".")[0]
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ClassDef | ast.With):
            yield from loaded(statement.body)


def test_no_module_loads_at_once_what_only_unix_has() -> None:
    found = {
        str(path.relative_to(ROOT)): sorted(names)
        for path in MODULES
        if (names := (UNIX | FORKING).intersection(loaded(ast.parse(path.read_text("utf-8")).body)))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("import fcntl", ["fcntl"]),
        ("from multiprocessing.context import ForkContext", ["ForkContext"]),
        ("if sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl", []),
        ("def limit():\n    import resource", []),
    ],
)
def test_what_is_loaded_at_once_is_found(lines: str, names: list[str]) -> None:
    assert sorted((UNIX | FORKING).intersection(loaded(ast.parse(lines).body))) == names


def test_there_are_no_more_workers_than_windows_waits_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    pool = Pool(dict, 256)
    with pool:
        assert list(pool.results([])) == []
    assert pool.jobs == 60


def test_a_path_that_is_too_long_for_windows_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    path = f"C:/{'很长的文件夹/' * 50}2025.xlsx"

    [problem] = problems(FileNotFoundError(errno.ENOENT, "", path))

    assert str(problem) == f"{path}：路径太长。请换一个名称短的文件夹。"


def test_a_short_path_that_is_not_there_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    [problem] = problems(FileNotFoundError(errno.ENOENT, "", "2025.xlsx"))

    assert str(problem) == "2025.xlsx：没有这个文件或文件夹。请核对路径。"


def test_a_program_without_a_console_says_its_address_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    from nianbao.web import server

    monkeypatch.setattr(sys, "stdout", None)

    server._show("http://127.0.0.1:1/", None, browser=False)  # noqa: SLF001


@pytest.mark.skipif(os.name == "nt", reason="paths are told as they are elsewhere")
def test_fontconfig_on_windows_is_told_folders_in_ascii_or_by_its_own_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "年报"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", str(place / "python" / "python.exe"))
    monkeypatch.setenv("LOCALAPPDATA", str(place / "张三"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(place / "cache"))
    monkeypatch.setenv("WINDIR", "/windows")
    monkeypatch.setattr(sys, "prefix", "/python")
    monkeypatch.setenv("HOME", "/home/zhang")

    tree = etree.parse(fontconfig.configure(), etree.XMLParser(load_dtd=False))

    assert [each.text for each in tree.findall("dir")][:8] == [
        "/python/share/fonts/nianbao", "CUSTOMFONTDIR", "/usr/share/fonts", "/usr/local/share/fonts",
        "/home/zhang/.local/share/fonts", "/home/zhang/.fonts", "/windows/Fonts", "WINDOWSUSERFONTDIR",
    ]  # fmt: skip
    assert [each.text for each in tree.findall("cachedir")] == ["LOCAL_APPDATA_FONTCONFIG_CACHE"]
