"""`nianbao pdf`: Word documents printed as they stand, and held against what they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import Usage, overall
from nianbao.cli import messages
from nianbao.cli.options import AS_JSON, ENGINE, FORCE, PATH, output, sources
from nianbao.cli.parser import Command

if TYPE_CHECKING:
    from nianbao.app.pdf import Printed


@click.command(cls=Command)
@sources("Word 文件，或放有它们的文件夹；.doc、.wps、.rtf、.odt 要装有 LibreOffice", "报告.docx…")
@output("PDF 或文件夹", "写成哪个 PDF，或放在哪个文件夹；不给则放在 Word 文件旁边")
@click.option(
    "--against",
    metavar="文件",
    type=PATH,
    multiple=True,
    help="核对与它是否一致：填报文件、已有的 PDF；可以给多次",
)
@click.option("--attach", is_flag=True, help="把 --against 的填报文件附在 PDF 中，供存档")
@ENGINE
@FORCE
@AS_JSON
def pdf(
    sources: Sequence[Path],
    output: Path | None,
    against: Sequence[Path],
    attach: bool,
    engine: str,
    force: bool,
    as_json: bool,
) -> int:
    """把改定的 Word 照原样印成 PDF，并核对 Word、填报文件、PDF 是否一致。

    生成以后又在 Word 中改过的，用它重新打印。原有的 PDF 由本程序生成、没有改动过的，随之更新；
    别处来的不覆盖，加 --force 才覆盖。

    例：nianbao pdf 报告.docx

    例：nianbao pdf 报告.docx --against 2025.xlsx

    例：nianbao pdf 报告.docx --against 2025.xlsx --against 盖章.pdf -o 核对.pdf
    """
    from nianbao.app.files import read
    from nianbao.app.pdf import Printing, documents, print_all
    from nianbao.app.sources import names

    files = documents(sources)
    _refuse(files, against, attach=attach, engine=engine)
    called = names([*against, *files])
    beside = tuple((name, read(file)) for name, file in zip(called, against, strict=False))
    asked = Printing(engine, output, force, beside, attach)
    outcomes: list[Printed] = []
    for outcome in messages.progress(print_all(files, asked), "打印", len(files)):
        outcomes.append(outcome)
        if not as_json:
            _tell(outcome)
    if as_json:
        messages.document(_document(outcomes))
    return overall(outcomes, frozenset(sources))


def _refuse(sources: Sequence[Path], against: Sequence[Path], *, attach: bool, engine: str) -> None:
    """Raise Usage for options that contradict each other."""
    from nianbao.app import pdf_engines, reading

    pdf_engines.require(engine)
    if against and len(sources) > 1:
        raise Usage("--against 一次核对一份 Word 文件")
    filled_in = bool(against) and against[0].suffix.lower() in reading.FILLED_IN
    if attach and not (filled_in and engine == pdf_engines.WEASYPRINT):
        raise Usage("--attach 要与 --against 填报文件一起用，不能用 --engine libreoffice 或 office")


def _tell(outcome: Printed) -> None:
    messages.tell(outcome.problems)
    for path in outcome.made:
        messages.say(str(path))
    if not outcome.made:
        messages.say(messages.refused(outcome), err=True)
    elif outcome.compared:
        others = "、".join(outcome.compared)
        verdict = f"有 {outcome.differing} 处不同" if outcome.differing else "一致"
        messages.say(f"{outcome.source.name} 与 {others}：{verdict}", err=True)


def _document(outcomes: Sequence[Printed]) -> dict[str, object]:
    return {
        "made": [
            {"source": str(outcome.source), "files": [str(path) for path in outcome.made]}
            for outcome in outcomes
        ],
        "problems": [problem.to_json() for outcome in outcomes for problem in outcome.problems],
    }
