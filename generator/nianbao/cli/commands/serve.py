"""`nianbao serve`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import click

from nianbao.app.outcome import DONE, PROBLEMS, Usage
from nianbao.cli import messages
from nianbao.cli.options import PATH
from nianbao.cli.parser import Command
from nianbao.report import Problem

NAMES = {"begin": "new", "plain_http": "plain-http"}  # of options, where theirs is another than the value's


class Pages(Protocol):
    """What opens the pages; all of it raises Usage where they are not installed, and OSError."""

    def serve(self, *, browser: bool, port: int, idle: float, file: Path | None) -> int:
        """Serve until nobody looks any more, with a file opened where there is one; the exit code."""

    def begin_office(self, folder: Path, year: int | None) -> tuple[str, str]:
        """Make the folder of an office; the name and first password of its administrator."""

    def serve_office(self, folder: Path, *, port: int, address: str, plain: bool) -> int:
        """Serve an office's pages until a signal ends it; the exit code."""

    def back_up_office(self, folder: Path, target: Path) -> str:
        """Write all that an office keeps into one file; what is to be noted of it."""

    def restore_office(self, source: Path, folder: Path) -> str:
        """Make an office out of such a file; what is to be compared with what was noted."""

    def check_office(self, folder: Path) -> list[Problem]:
        """What is unsafe about an office's server."""


@dataclass(frozen=True)
class Asked:
    """What is asked of an office's folder."""

    begin: bool
    year: int | None
    listen: str
    plain_http: bool
    check: bool
    backup: Path | None
    restore: Path | None

    @property
    def given(self) -> list[str]:
        """The options that were given, as they are written."""
        return [f"--{NAMES.get(name, name)}" for name, value in vars(self).items() if value]


@click.command(cls=Command)
@click.argument(
    "file", metavar="[文件]", type=PATH, required=False, help="打开窗口后就打开它：工作簿，或已有的报告"
)
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
    "--listen",
    metavar="地址",
    default="",
    help="与 --office 一起用：在哪个 IP 地址或 unix:套接字 上，不给只在本机",
)
@click.option("--plain-http", is_flag=True, help="与 --listen 一起用：知道不加密，仍给别的机器用")
@click.option("--check", is_flag=True, help="与 --office 一起用：只检查哪里不安全，有的话退出码是 1")
@click.option("--backup", metavar="文件", type=PATH, help="与 --office 一起用：一切备份成一个文件，不必停")
@click.option("--restore", metavar="文件", type=PATH, help="与 --office 一起用：由备份恢复到一个新的文件夹")
@click.pass_obj
def serve(
    pages: Pages | None,
    /,
    file: Path | None,
    no_browser: bool,
    port: int,
    idle: float,
    office: Path | None,
    **options: Any,
) -> int:
    """打开填报窗口：在浏览器里填写、检查、预览、生成，只在这台电脑上，不联网。

    不写任何命令的 nianbao 也是打开它；给了文件，就打开那份工作簿或报告。最后一个页面关上 15 分钟后自动
    结束，填的内容已经保存。

    例：nianbao serve 2025.xlsx

    例：nianbao serve --no-browser

    例：nianbao serve --office 年报办公室 --new

    例：nianbao serve --office 年报办公室 --port 8000

    例：nianbao serve --office 年报办公室 --backup 备份.tar

    例：nianbao serve --office 年报办公室 --check
    """
    if pages is None:
        raise Usage("这样启动的程序没有网页界面，请用 nianbao serve")
    asked = Asked(**options)
    if office is not None:
        if file is not None:
            raise Usage("与 --office 一起用时不能再给文件")
        return _office(pages, office, port, asked)
    if asked.given:
        raise Usage(f"{'、'.join(asked.given)} 要与 --office 一起用")
    return pages.serve(browser=not no_browser, port=port, idle=idle * 60, file=file)


def _office(pages: Pages, folder: Path, port: int, asked: Asked) -> int:
    """Do what is asked of an office's folder; raises Usage for what cannot be asked together."""
    deeds = [name for name in asked.given if name in ("--new", "--check", "--backup", "--restore")]
    if len(deeds) > 1:
        raise Usage(f"{'、'.join(deeds)} 一次只能用一个")
    if asked.year is not None and not asked.begin:
        raise Usage("--year 要与 --new 一起用")
    if asked.check:
        return _tell(pages.check_office(folder))
    if asked.backup is not None:
        messages.say(pages.back_up_office(folder, asked.backup))
    elif asked.restore is not None:
        messages.say(f"{folder}：已恢复。{pages.restore_office(asked.restore, folder)}")
    elif asked.begin:
        name, password = pages.begin_office(folder, asked.year)
        messages.say(f"管理员：{name}\n初始密码：{password}")
    else:
        return pages.serve_office(folder, port=port, address=asked.listen, plain=asked.plain_http)
    return DONE


def _tell(problems: list[Problem]) -> int:
    """Say what is unsafe; a warning too is something to be done."""
    messages.tell(problems, err=False)
    if not problems:
        messages.say("没有发现不安全的地方")
    return PROBLEMS if problems else DONE
