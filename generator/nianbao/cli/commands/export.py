"""`nianbao export`."""

from __future__ import annotations

from pathlib import Path

import click

from nianbao.cli import log, messages
from nianbao.cli.options import FORCE, SOURCE, output
from nianbao.cli.parser import Command


@click.command(cls=Command)
@SOURCE
@output("报告.json", "写到哪里；不给则印在屏幕上")
@FORCE
def export(source: Path, output: Path | None, force: bool) -> int:
    """把一份报告写成交换 JSON。

    例：nianbao export 2025.xlsx -o 2025.json
    """
    from nianbao.app import files, reading
    from nianbao.media import exchange

    if output is not None:
        files.require(output, (".json",), "交换文件的文件名应以 .json 结尾")
    with log.step(f"读入 {source}"):
        report = reading.read(source)
    messages.tell(report.reading)
    messages.deliver(exchange.write(report), output, force=force)
    return messages.exit_code(report.reading)
