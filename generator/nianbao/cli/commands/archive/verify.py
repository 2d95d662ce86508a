"""`nianbao archive verify`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from nianbao.app.outcome import Usage
from nianbao.cli import messages
from nianbao.cli.commands.archive.folder import ROOT, open_archive
from nianbao.cli.options import AS_JSON
from nianbao.cli.parser import Command


@click.command(cls=Command)
@click.argument("given", metavar="[机关或压缩包…]", nargs=-1, help="只核这些机关，或核移交的 .zip")
@click.option("--head", metavar="SHA-256", default="", help="以前记下的总账末行（或移交清单）")
@ROOT
@AS_JSON
def verify(given: Sequence[str], head: str, root: Path, as_json: bool) -> int:
    """核对归档：每个文件的每个字节、每一版、前后的链条，有改动、缺失、多出的一一列出。

    例：nianbao archive verify

    例：nianbao archive verify 归档.zip
    """
    from nianbao.app.archive import transfer, verify
    from nianbao.app.files import safe_name

    packages = [Path(name) for name in given if name.lower().endswith(".zip")]
    if packages and len(given) > 1:
        raise Usage("压缩包请一次核对一个")
    if packages:
        verified = transfer.verify(packages[0], head)
    else:
        verified = verify.verify(open_archive(root).root, [safe_name(organ) for organ in given], head)
    code = messages.exit_code(verified.problems)
    if as_json:
        problems = [problem.to_json() for problem in verified.problems]
        messages.document({**vars(verified), "problems": problems})
    else:
        messages.tell(verified.problems, err=False)
        state = f"有 {messages.count(verified.problems)}" if code else "完好"
        click.echo(f"核对 {verified.revisions} 版、{verified.files} 个文件、{verified.size} 字节：{state}")
        click.echo(f"总账末行：{verified.head}")
    return code
