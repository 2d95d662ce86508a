"""`nianbao archive export`."""

from __future__ import annotations

from pathlib import Path

import click

from nianbao.app.outcome import DONE, Usage
from nianbao.cli.commands.archive.folder import ROOT, YEARS, open_archive, read_years
from nianbao.cli.options import FORCE, output
from nianbao.cli.parser import Command


@click.command(cls=Command)
@click.argument("organ", metavar="[机关]", default="", help="机关全称；不给则为全部")
@YEARS
@output("归档.zip", "压缩包写到哪里；不给则为 归档.zip")
@ROOT
@FORCE
def export(organ: str, years: str, output: Path | None, root: Path, force: bool) -> int:
    """把归档打成一个压缩包移交，所附清单足以证明全部内容。

    例：nianbao archive export --year 2025 -o 2025年归档.zip
    """
    from nianbao.app.archive import transfer
    from nianbao.app.files import safe_name

    archive = open_archive(root)
    first, last = read_years(years) or (0, 9999)
    chosen = [
        entry
        for entry in archive.ledger.entries
        if (not organ or entry.folder.startswith(f"{safe_name(organ)}/"))
        and first <= int(entry.folder.split("/")[1]) <= last
    ]
    if not chosen:
        raise Usage("归档中没有符合的报告；有哪些见 nianbao archive list")
    target = output or Path("归档.zip")
    digest = transfer.write(archive, chosen, target, force=force)
    click.echo(f"{target}：{len(chosen)} 版")
    click.echo(f"移交清单 SHA-256：{digest}")
    return DONE
