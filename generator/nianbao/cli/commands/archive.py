"""`nianbao archive …`: adding to the archive, proving it, handing it over; looking is in `archive_search`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import DONE, Usage, overall
from nianbao.cli import log, messages
from nianbao.cli.commands.archive_search import ROOT, YEARS, list_revisions, open_archive, read_years, show
from nianbao.cli.options import (
    AS_JSON,
    FILLED_IN,
    FORCE,
    JOBS,
    REASON,
    TEMPLATE,
    in_full,
    output,
    path,
    sources,
    text,
)
from nianbao.cli.parser import Command, Group
from nianbao.report.problem import tally

if TYPE_CHECKING:
    from nianbao.app.generate.archive import Kept
    from nianbao.report import Problem


@click.command(cls=Command)
@sources(f"{FILLED_IN}、已发布的报告，或放有它们的文件夹")
@REASON
@path("--docx", "报告.docx", "实际发布的 Word（例如生成后又改过的），代替生成的")
@path("--pdf", "报告.pdf", "实际发布的 PDF（例如盖过章的），代替生成的")
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
    给出 --docx、--pdf 的，与填报文件逐格逐段核对，不同之处一一列出，并记入清单；只给 --docx 的，由它印 PDF。

    例：nianbao archive add 2025.xlsx

    例：nianbao archive add 2025.xlsx --reason 复核后更正第三部分

    例：nianbao archive add 2025.xlsx --docx 报告.docx --pdf 报告.pdf
    """
    from nianbao.app.archive.store import Archive
    from nianbao.app.files import read
    from nianbao.app.generate import prepare
    from nianbao.app.generate.archive import keep_all
    from nianbao.app.sources import sure, survey

    published = {given.suffix.lower()[1:]: given for given in (docx, pdf) if given is not None}
    found = sure(survey(sources, without=[root]))
    files = found.paths
    if published and len(files) > 1:
        raise Usage("--docx、--pdf 只能与一个文件一起用")
    if (docx and docx.suffix.lower() != ".docx") or (pdf and pdf.suffix.lower() != ".pdf"):
        raise Usage("--docx 应给 .docx 文件，--pdf 应给 .pdf 文件")
    given = {kind: (file.name, read(file)) for kind, file in published.items()}
    job = prepare("html", "pdf", template=template)
    kept: list[Kept] = []
    if not as_json:
        messages.tell(found.problems)
    keeping = keep_all(files, Archive(in_full(root, sources)), job, reason=reason, given=given, jobs=jobs)
    for result in messages.progress(keeping, "归档", len(files)):
        kept.append(result)
        log.note(f"{result.source}：{result.added.folder if result.added else '没有归档'}")
        if not as_json:
            messages.tell(result.problems)
            if result.added:
                state = "已归档过，内容没有变" if result.added.unchanged else "已归档"
                messages.say(f"{result.added.folder}：{state}")
    head = next((result.added.head for result in reversed(kept) if result.added), "")
    if as_json:
        messages.document(_added(kept, head, found.problems))
    elif head:
        messages.say(f"总账核对码：{head}")
    return overall(kept, frozenset(sources))


def _added(kept: Sequence[Kept], head: str, passed: Sequence[Problem]) -> dict[str, object]:
    done = [result.added for result in kept if result.added]
    return {
        "added": [
            {"folder": str(added.folder), "unchanged": added.unchanged, "manifest": added.manifest.digest}
            for added in done
        ],
        "head": head,
        "problems": [
            problem.to_json()
            for problem in (*passed, *(problem for result in kept for problem in result.problems))
        ],
    }


@click.command(cls=Command)
@click.argument("given", metavar="[机关或压缩包…]", nargs=-1, help="只核这些机关，或核移交的 .zip")
@text("--head", "SHA-256", "以前记下的总账核对码（或移交清单的）")
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
        where = packages[0] if packages else root
        messages.tell((_within(where, problem) for problem in verified.problems), err=False)
        state = f"有 {tally(verified.problems)}" if code else "完好"
        messages.say(f"核对 {verified.revisions} 版、{verified.files} 个文件、{verified.size} 字节：{state}")
        messages.say(f"总账核对码：{verified.head}")
    return code


def _within(root: Path, problem: Problem) -> Problem:
    """A problem with the paths of its places in full: below the archive's folder, or in a package."""
    places = (
        replace(place, file=str(root / place.file))
        if root.is_dir()
        else replace(place, file=str(root), part=place.file)
        for place in problem.places
    )
    return replace(problem, places=tuple(places))


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
    from nianbao.app.files import require, safe_name

    target = output or Path("归档.zip")
    require(target, (".zip",), "压缩包的文件名应以 .zip 结尾")
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
    digest = transfer.write(archive, chosen, target, force=force)
    messages.say(f"{target}：{len(chosen)} 版")
    messages.say(f"移交清单 SHA-256：{digest}")
    return DONE


@click.group(cls=Group, commands=(add, list_revisions, show, verify, export))
def archive() -> None:
    """归档：每年的报告连同填报文件一起保存，可查、可核、可移交。

    例：nianbao archive add 2025.xlsx
    """
