"""`nianbao archive list`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import DONE
from nianbao.cli import messages
from nianbao.cli.commands.archive.folder import ROOT, YEARS, open_archive, read_years
from nianbao.cli.options import AS_JSON
from nianbao.cli.parser import Command

if TYPE_CHECKING:
    from nianbao.app.archive.index import Listed


@click.command("list", cls=Command)
@click.option("--organ", metavar="机关", default="", help="机关名称，或其中一部分")
@YEARS
@click.option(
    "--where", metavar="条件", default="", help='按数据查，例如 "本年新收.总计>100 且 上年结转.总计=0"'
)
@click.option("--text", metavar="词", default="", help="按文字部分里的词查")
@click.option("--all", "every", is_flag=True, help="也列出被更正的旧版")
@ROOT
@AS_JSON
def list_revisions(
    organ: str, years: str, where: str, text: str, every: bool, root: Path, as_json: bool
) -> int:
    """列出归档的报告，按机关、年度、数据或文字查。

    例：nianbao archive list --year 2020-2024

    例：nianbao archive list --where 本年新收.总计>100
    """
    from nianbao.app.archive import index
    from nianbao.app.archive.query import understand

    asked = index.Asked(organ, read_years(years), understand(where) if where else None, text, every)
    archive = open_archive(root)
    revisions = index.find(archive, asked)
    if as_json:
        found = [revision.to_json() for revision in revisions]
        messages.document({"head": archive.ledger.head, "found": found})
        return DONE
    for revision in revisions:
        click.echo(_line(revision))
        for passage in revision.passages:
            click.echo(f"    {_around(passage, text)}")
    click.echo(f"共 {len(revisions)} 份。总账末行：{archive.ledger.head}", err=True)
    return DONE


def _line(revision: Listed) -> str:
    reason = f"　{revision.reason}" if revision.reason else ""
    number, day = revision.revision, revision.when[:10]
    return f"{revision.organ}　{revision.year} 年　第 {number} 版　{day}{reason}"


def _around(passage: str, word: str, width: int = 30) -> str:
    at = passage.find(word)
    start, end = max(0, at - width), at + len(word) + width
    return ("…" if start else "") + passage[start:end] + ("…" if end < len(passage) else "")
