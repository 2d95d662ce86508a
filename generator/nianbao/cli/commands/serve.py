"""`nianbao serve`."""

from __future__ import annotations

from typing import Protocol

import click

from nianbao.app.outcome import Usage
from nianbao.cli.parser import Command


class Serve(Protocol):
    """What opens the pages; raises Usage where they are not installed, and OSError."""

    def __call__(self, *, browser: bool, port: int, idle: float) -> int:
        """Serve until nobody looks any more; the exit code."""


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
@click.pass_obj
def serve(serve: Serve | None, no_browser: bool, port: int, idle: float) -> int:
    """打开填报窗口：在浏览器里填写、检查、预览、生成，只在这台电脑上，不联网。

    不写任何命令的 nianbao 也是打开它。最后一个页面关上 15 分钟后自动结束，填的内容已经保存。

    例：nianbao serve --no-browser
    """
    if serve is None:
        raise Usage("这样启动的程序没有网页界面，请用 nianbao serve")
    return serve(browser=not no_browser, port=port, idle=idle * 60)
