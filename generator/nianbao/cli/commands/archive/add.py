"""`nianbao archive add`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import Usage, overall
from nianbao.cli import log, messages
from nianbao.cli.commands.archive.folder import ROOT
from nianbao.cli.options import AS_JSON, FILLED_IN, JOBS, PATH, REASON, TEMPLATE, sources
from nianbao.cli.parser import Command

if TYPE_CHECKING:
    from nianbao.app.generate.archive import Kept


@click.command(cls=Command)
@sources(f"{FILLED_IN}、已发布的报告，或放有它们的文件夹")
@REASON
@click.option("--docx", metavar="报告.docx", type=PATH, help="实际发布的 Word，代替生成的")
@click.option("--pdf", metavar="报告.pdf", type=PATH, help="实际发布的 PDF，代替生成的")
@TEMPLATE
@JOBS
@ROOT
@AS_JSON
def add(
    sources: Sequence[Path],
    reason: str,
    docx: Path | None,
    pdf: Path | None,
    template: Path | None,
    jobs: int | None,
    root: Path,
    as_json: bool,
) -> int:
    """归档：填报文件、Word、PDF、网页、交换文件和清单一起存为一版，以后不再改动。

    内容没有变的不另存；要更正已归档的，用 --reason 写明理由，另存为新的一版。

    例：nianbao archive add 2025.xlsx

    例：nianbao archive add 2025.xlsx --reason 复核后更正第三部分
    """
    from nianbao.app.archive.store import Archive
    from nianbao.app.generate import prepare
    from nianbao.app.generate.archive import keep_all
    from nianbao.app.sources import expand

    published = {path.suffix.lower()[1:]: path for path in (docx, pdf) if path is not None}
    files = expand(sources, without=[root])
    if published and len(files) > 1:
        raise Usage("--docx、--pdf 只能与一个文件一起用")
    if (docx and docx.suffix.lower() != ".docx") or (pdf and pdf.suffix.lower() != ".pdf"):
        raise Usage("--docx 应给 .docx 文件，--pdf 应给 .pdf 文件")
    given = {kind: path.read_bytes() for kind, path in published.items()}
    job = prepare("html", "pdf", template=template)
    kept: list[Kept] = []
    keeping = keep_all(files, Archive(root), job, reason=reason, given=given, jobs=jobs)
    for result in messages.progress(keeping, "归档", len(files)):
        kept.append(result)
        log.note(f"{result.source}：{result.added.folder if result.added else '没有归档'}")
        if not as_json:
            messages.tell(result.problems)
            if result.added:
                state = "已归档过，内容没有变" if result.added.unchanged else "已归档"
                click.echo(f"{result.added.folder}：{state}")
    head = next((result.added.head for result in reversed(kept) if result.added), "")
    if as_json:
        messages.document(_added(kept, head))
    elif head:
        click.echo(f"总账末行：{head}")
    return overall(kept, frozenset(sources))


def _added(kept: Sequence[Kept], head: str) -> dict[str, object]:
    done = [result.added for result in kept if result.added]
    return {
        "added": [
            {"folder": str(added.folder), "unchanged": added.unchanged, "manifest": added.manifest.digest}
            for added in done
        ],
        "head": head,
        "problems": [problem.to_json() for result in kept for problem in result.problems],
    }
