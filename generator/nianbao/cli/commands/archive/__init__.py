"""`nianbao archive …`."""

from __future__ import annotations

import click

from nianbao.cli.commands.archive.add import add
from nianbao.cli.commands.archive.export import export
from nianbao.cli.commands.archive.list_ import list_revisions
from nianbao.cli.commands.archive.show import show
from nianbao.cli.commands.archive.verify import verify
from nianbao.cli.parser import Group


@click.group(cls=Group, commands=(add, list_revisions, show, verify, export))
def archive() -> None:
    """归档：每年的报告连同填报文件一起保存，可查、可核、可移交。

    例：nianbao archive add 2025.xlsx
    """
