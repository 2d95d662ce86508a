"""`nianbao archive add`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import DONE, Usage
from nianbao.cli import log, messages
from nianbao.cli.commands.archive.folder import ROOT
from nianbao.cli.options import AS_JSON, FILLED_IN, PATH, REASON, TEMPLATE, sources
from nianbao.cli.parser import Command

if TYPE_CHECKING:
    from nianbao.app.archive.store import Added
    from nianbao.report import Problem


@click.command(cls=Command)
@sources(f"{FILLED_IN}、已发布的报告，或放有它们的文件夹")
@REASON
@click.option("--docx", metavar="报告.docx", type=PATH, help="实际发布的 Word，代替生成的")
@click.option("--pdf", metavar="报告.pdf", type=PATH, help="实际发布的 PDF，代替生成的")
@TEMPLATE
@ROOT
@AS_JSON
def add(
    sources: Sequence[Path],
    reason: str,
    docx: Path | None,
    pdf: Path | None,
    template: Path | None,
    root: Path,
    as_json: bool,
) -> int:
    """归档：填报文件、Word、PDF、网页、交换文件和清单一起存为一版，以后不再改动。

    内容没有变的不另存；要更正已归档的，用 --reason 写明理由，另存为新的一版。

    例：nianbao archive add 2025.xlsx

    例：nianbao archive add 2025.xlsx --reason 复核后更正第三部分
    """
    from nianbao.app.archive.store import Archive
    from nianbao.app.generate.archive import keep
    from nianbao.app.outcome import Outcome, attempt
    from nianbao.app.sources import expand

    published = {path.suffix.lower()[1:]: path for path in (docx, pdf) if path is not None}
    files = expand(sources, without=[root])
    if published and len(files) > 1:
        raise Usage("--docx、--pdf 只能与一个文件一起用")
    if (docx and docx.suffix.lower() != ".docx") or (pdf and pdf.suffix.lower() != ".pdf"):
        raise Usage("--docx 应给 .docx 文件，--pdf 应给 .pdf 文件")
    archive = Archive(root)

    def put(source: Path) -> tuple[Added, tuple[Problem, ...]]:
        name = source.name if len(files) == 1 else str(source)
        given = {kind: path.read_bytes() for kind, path in published.items()}
        kept, problems = keep(source, name, given, template)
        return archive.add(kept, reason), problems

    codes: list[int] = []
    done: list[Added] = []
    told: list[Problem] = []
    for source in messages.progress(files, "归档"):
        with log.step(f"归档 {source}"):
            result = attempt(put, source)
        added, problems = (None, result.problems) if isinstance(result, Outcome) else result
        codes.append(result.code if isinstance(result, Outcome) else DONE)
        told += problems
        done += [added] if added else []
        if not as_json:
            messages.tell(problems)
            if added:
                state = "已归档过，内容没有变" if added.unchanged else "已归档"
                click.echo(f"{added.folder}：{state}")
    if as_json:
        messages.document(_added(done, told))
    elif done:
        click.echo(f"总账末行：{done[-1].head}")
    return max(codes)


def _added(done: Sequence[Added], problems: Sequence[Problem]) -> dict[str, object]:
    return {
        "added": [
            {"folder": str(added.folder), "unchanged": added.unchanged, "manifest": added.manifest.digest}
            for added in done
        ],
        "head": done[-1].head if done else "",
        "problems": [problem.to_json() for problem in problems],
    }
