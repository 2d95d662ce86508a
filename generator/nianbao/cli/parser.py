"""click's commands as all of ours are: in Chinese, in the order of the work, with --verbose."""

from __future__ import annotations

import re
from typing import Any

import click

from nianbao.cli import log

_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n *(?=[^\x00-\x7f])")
VERBOSE = click.Option(
    ["-v", "--verbose"],
    count=True,
    expose_value=False,
    callback=log.listen,
    help="逐步写明在做什么、用了多少时间；-vv 连同程序内部错误的细节",
)


def _unbroken(text: str | None) -> str | None:
    """The text with its Chinese lines joined as they are written: click puts a space where a line ends."""
    return text and _BREAK.sub("", text)


class Command(click.Command):
    """A command of ours, which returns its exit code."""

    def __init__(self, *names: Any, **settings: Any) -> None:
        super().__init__(*names, **{"options_metavar": "[选项]", **settings})
        self.help = _unbroken(self.help)
        self.params.append(VERBOSE)

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the first paragraph in full: Chinese has no spaces to shorten it at."""
        return super().get_short_help_str(10_000)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and log how long it took."""
        with log.step(ctx.command_path):
            return super().invoke(ctx)


class Group(click.Group):
    """A group of commands, listed in the order in which they were added."""

    command_class = Command
    group_class = type

    def __init__(self, *names: Any, **settings: Any) -> None:
        ours = {"options_metavar": "[选项]", "subcommand_metavar": "命令 …"}
        super().__init__(*names, **{**ours, **settings})
        self.help = _unbroken(self.help)
        self.params.append(VERBOSE)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in their order."""
        return list(self.commands)
