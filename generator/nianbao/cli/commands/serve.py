"""`nianbao serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import click

from nianbao.app.outcome import DONE, Usage
from nianbao.cli import messages
from nianbao.cli.options import PATH
from nianbao.cli.parser import Command

NAMES = {"begin": "new"}  # of options, where theirs is another than the value's


class Pages(Protocol):
    """What opens the pages; all of it raises Usage where they are not installed, and OSError."""

    def serve(self, *, browser: bool, port: int, idle: float) -> int:
        """Serve until nobody looks any more; the exit code."""

    def begin_office(self, folder: Path, year: int | None) -> tuple[str, str]:
        """Make the folder of an office; the name and first password of its administrator."""

    def serve_office(self, folder: Path, *, port: int) -> int:
        """Serve an office's pages until a signal ends it; the exit code."""

    def back_up_office(self, folder: Path, target: Path) -> str:
        """Write all that an office keeps into one file; what is to be noted of it."""

    def restore_office(self, source: Path, folder: Path) -> str:
        """Make an office out of such a file; what is to be compared with what was noted."""


@click.command(cls=Command)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只印出地址")
@click.option("--port", metavar="端口", type=click.IntRange(0, 65535), default=0, help="不给则任选一个空着的")
@click.option(
    "--idle",
    metavar="分钟",
    type=click.FloatRange(0.01),
    default=15.0,
    help="没有页面开着多久后自动结束，不给是 15 分钟",
)
@click.option("--office", metavar="文件夹", type=PATH, help="办公室的服务器，它的一切都在这个文件夹里")
@click.option("--new", "begin", is_flag=True, help="与 --office 一起用：新建一个办公室，印出管理员的初始密码")
@click.option("--year", metavar="年度", type=int, help="与 --new 一起用：收哪一年的报告，不给是去年")
@click.option(
    "--backup", metavar="文件", type=PATH, help="与 --office 一起用：把一切备份成一个文件，服务器不必停"
)
@click.option("--restore", metavar="文件", type=PATH, help="与 --office 一起用：由备份恢复到一个新的文件夹")
@click.pass_obj
def serve(
    pages: Pages | None, /, no_browser: bool, port: int, idle: float, office: Path | None, **asked: Any
) -> int:
    """打开填报窗口：在浏览器里填写、检查、预览、生成，只在这台电脑上，不联网。

    不写任何命令的 nianbao 也是打开它。最后一个页面关上 15 分钟后自动结束，填的内容已经保存。

    例：nianbao serve --no-browser

    例：nianbao serve --office 年报办公室 --new

    例：nianbao serve --office 年报办公室 --port 8000

    例：nianbao serve --office 年报办公室 --backup 备份.tar
    """
    if pages is None:
        raise Usage("这样启动的程序没有网页界面，请用 nianbao serve")
    given = [f"--{NAMES.get(name, name)}" for name, value in asked.items() if value]
    if office is None:
        if given:
            raise Usage(f"{'、'.join(given)} 要与 --office 一起用")
        return pages.serve(browser=not no_browser, port=port, idle=idle * 60)
    return _office(pages, office, port, **asked)


def _office(
    pages: Pages,
    folder: Path,
    port: int,
    begin: bool,
    year: int | None,
    backup: Path | None,
    restore: Path | None,
) -> int:
    """What is asked of an office's folder."""
    if sum((begin, backup is not None, restore is not None)) > 1:
        raise Usage("--new、--backup、--restore 一次只能用一个")
    if year is not None and not begin:
        raise Usage("--year 要与 --new 一起用")
    if backup is not None:
        messages.say(pages.back_up_office(folder, backup))
    elif restore is not None:
        messages.say(f"{folder}：已恢复。{pages.restore_office(restore, folder)}")
    elif begin:
        name, password = pages.begin_office(folder, year)
        messages.say(f"管理员：{name}\n初始密码：{password}")
    else:
        return pages.serve_office(folder, port=port)
    return DONE
