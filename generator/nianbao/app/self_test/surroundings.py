"""The steps of the self-test that look at the machine: the data folder, the room that is left, the fonts."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from nianbao.app import fonts
from nianbao.app.data_folder import DATABASE, HOMELESS, NAMED, data_folder
from nianbao.app.outcome import problems
from nianbao.app.self_test.bench import Bench, Ended
from nianbao.app.self_test.machine import free_space, places
from nianbao.media.self_test import State
from nianbao.report import ProblemsFound

MEGABYTE = 2**20
LEAST = 100 * MEGABYTE  # that a report with its archive, and LibreOffice at work, fit into several times
_WORDS = "自检".encode()
_MEND = f"请核对这个文件夹的权限；临时要用的，可以用环境变量 {NAMED} 指定另一个文件夹"


def use_data_folder(bench: Bench) -> str:
    """Write a file where drafts are kept, and read it back; a folder that was made for it goes again."""
    try:
        folder = data_folder()
    except OSError as error:
        raise Ended(State.FAILS, f"{HOMELESS}，填的内容留不住", _MEND) from error
    made: list[Path] = []
    try:
        made += [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".nianbao-", dir=folder) as room:
            file = Path(room) / "自检"
            file.write_bytes(_WORDS)
            if file.read_bytes() != _WORDS:
                raise Ended(State.FAILS, "写进去的和读出来的不一样", _MEND)
        return f"能读能写{_drafts(folder / DATABASE)}"
    except OSError as error:
        raise Ended(State.FAILS, f"不能写（{problems(error)[0].what}），填的内容留不住", _MEND) from error
    finally:
        for path in made:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def _drafts(path: Path) -> str:
    """What is said of the database with the drafts, of which nothing is told but that it is whole."""
    if not path.exists():
        return "，还没有草稿"
    mend = "请先把整个数据文件夹另存一份，再打开填报窗口，照页面上说的做"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as database:
            [sound] = database.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise Ended(State.FAILS, f"草稿的数据库打不开（{error.sqlite_errorname}）", mend) from error
    if sound != "ok":
        raise Ended(State.FAILS, "草稿的数据库已损坏", mend)
    return "，草稿的数据库完好"


def look_for_space(bench: Bench) -> str:
    """Look how much room is left where files are made and kept."""
    short = {name: free for name, place in places() if (free := free_space(place)) < LEAST}
    if short:
        told = "、".join(f"{name}只剩 {free / MEGABYTE:.1f} MB" for name, free in short.items())
        raise Ended(State.FAILS, told, f"请清理磁盘，至少空出 {LEAST // MEGABYTE} MB")
    return f"够用（至少要 {LEAST // MEGABYTE} MB）"


def look_for_fonts(bench: Bench) -> str:
    """Look whether every family that reports ask for is there, or one that stands in."""
    substitutions, unprinted = fonts.show()
    lacking = [one.asked for one in substitutions if one.found is None]
    if found := (*unprinted, *fonts.without_body()):
        raise ProblemsFound(found)
    if lacking:
        mend = "请装上这些字体，或装上程序自带的字体"
        raise Ended(State.FAILS, f"{'、'.join(lacking)} 没有可用的字体，也没有可以代替的", mend)
    own = sum(one.real for one in substitutions)
    return (
        f"公文要用的 {len(substitutions)} 种都印得出：原字体 {own} 种，替代字体 {len(substitutions) - own} 种"
    )
