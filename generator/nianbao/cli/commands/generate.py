"""`nianbao generate`: each report's files and problems as they come, and a summary of all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianbao.app.outcome import Outcome, State, Usage, overall
from nianbao.cli import log, messages
from nianbao.cli.options import (
    AS_JSON,
    ENGINE,
    FILLED_IN,
    FORCE,
    JOBS,
    REASON,
    TEMPLATE,
    in_full,
    last_years,
    output,
    sources,
)
from nianbao.cli.parser import Command
from nianbao.report.problem import Problem, Severity

if TYPE_CHECKING:
    from nianbao.app.generate import Delivery

MOST_WHAT = 60  # characters of the first error that the summary repeats


@click.command(cls=Command)
@sources(f"{FILLED_IN}，或放有它们的文件夹")
@output("文件夹", "放在哪里；不给则放在当前文件夹的 output", Path("output"))
@click.option("--pdf", is_flag=True, help="同时生成 PDF")
@TEMPLATE
@click.option("--draft", is_flag=True, help="有错误也生成，每页印“草稿”水印")
@click.option("--html", is_flag=True, help="同时生成网页，可直接发布到网站")
@click.option("--attach", is_flag=True, help="把填报文件附在 PDF 中，供存档")
@ENGINE
@JOBS
@click.option("--cluster", metavar="地址", default="", help="在 Dask 集群上生成，例如 tcp://主机:8786")
@click.option("--charts", is_flag=True, help="在报告后附图解：申请、办理结果、复议和诉讼")
@last_years("往年的报告，图解画出各年的变化；可以给多次，按机关对应", "earlier")
@click.option(
    "--archive", is_flag=True, help="生成后随即归档（连同 PDF 和网页），放在输出文件夹的 archive 中"
)
@REASON
@FORCE
@AS_JSON
def generate(
    sources: Sequence[Path],
    as_json: bool,
    pdf: bool,
    html: bool,
    template: Path | None,
    earlier: Sequence[Path],
    draft: bool,
    engine: str,
    attach: bool,
    charts: bool,
    output: Path,
    **delivery: Any,
) -> int:
    """生成 Word（和 PDF、网页）报告，放入 output/年度/机关/标题.docx。

    有错误的不生成，并一次列出全部错误；加 --draft 可先出带水印的草稿。
    给出文件夹的，生成其中全部报告；没有改动的不重做，中断后再运行即接着做。
    生成以后又在 Word 中改过的，用 nianbao pdf 打印。

    例：nianbao generate 2025.xlsx --pdf

    例：nianbao generate 各单位 --pdf --jobs 4

    例：nianbao generate 2025.xlsx --archive

    例：nianbao generate 2025.xlsx --pdf --charts --last-year 2024.xlsx --last-year 2023.xlsx
    """
    from nianbao.app import fonts
    from nianbao.app.files import require_folder
    from nianbao.app.generate import Delivery, generate_all, prepare
    from nianbao.app.sources import sure, survey

    require_folder(output, "-o 要给文件夹")
    where = Delivery(in_full(output, sources), **delivery)
    _refuse(where, pdf=pdf, attach=attach, draft=draft, engine=engine, years=bool(earlier) and not charts)
    found = sure(survey(sources, without=[where.output]))
    files = found.paths
    wanted = {"html": html or where.archive, "pdf": pdf or where.archive}
    job = prepare(
        *(kind for kind in wanted if wanted[kind]),
        template=template, earlier=earlier, sources=files,
        draft=draft, engine=engine, attach=attach, charts=charts,
    )  # fmt: skip
    if wanted["pdf"] and not (template or as_json):
        messages.tell(fonts.without_body())
    if not as_json:
        messages.tell(found.problems)
    start = time.monotonic()
    outcomes: list[Outcome] = []
    for outcome in messages.progress(generate_all(files, job, where), "生成", len(files)):
        outcomes.append(outcome)
        log.note(f"{outcome.source}：{outcome.state.word}（第 {len(outcomes)} 份，共 {len(files)} 份）")
        if not as_json:
            _tell(outcome)
    if as_json:
        messages.document(_document(outcomes, found.problems))
    elif len(outcomes) > 1:
        for line in _summary(outcomes, time.monotonic() - start):
            messages.say(line, err=True)
    return overall(outcomes, frozenset(sources))


def _refuse(where: Delivery, *, pdf: bool, attach: bool, draft: bool, engine: str, years: bool) -> None:
    """Raise Usage for options that contradict each other; `years` that there are some for no charts."""
    from nianbao.app.pdf_engines import WEASYPRINT, require

    require(engine)
    if attach and not (pdf and engine == WEASYPRINT):
        raise Usage("--attach 要与 --pdf 一起用，不能用 --engine libreoffice 或 office")
    if where.cluster and (where.jobs or engine != WEASYPRINT):
        raise Usage("--cluster 不能与 --jobs 或 --engine libreoffice、office 一起用")
    if years:
        raise Usage("generate 的 --last-year 要与 --charts 一起用")
    if where.reason and not where.archive:
        raise Usage("--reason 要与 --archive 一起用")
    if where.archive and draft:
        raise Usage("草稿不归档，--archive 不能与 --draft 一起用")


def _tell(outcome: Outcome) -> None:
    messages.tell(outcome.problems)
    for path in outcome.made:
        messages.say(str(path))
    if not outcome.made:
        messages.say(messages.refused(outcome), err=True)


def _summary(reports: Sequence[Outcome], seconds: float) -> Iterator[str]:
    """What became of all of them, and, once more, of those that were not made."""
    count = Counter(outcome.state for outcome in reports)
    words = "，".join(f"{state.word} {count[state]} 份" for state in State if count[state])
    rate = count[State.MADE] / seconds if seconds else 0
    speed = f"，用时 {_time(seconds)}" + (f"（每秒 {rate:.1f} 份）" if count[State.MADE] else "")
    yield f"共 {len(reports)} 份：{words}{speed}。"
    left = [outcome for outcome in reports if not outcome.made]
    if left and len(reports) > messages.FEWEST:
        yield "未生成的："
        for outcome in left:
            errors = [problem for problem in outcome.problems if problem.severity is Severity.ERROR]
            first = errors[0].what if errors else ""
            short = first if len(first) <= MOST_WHAT else first[:MOST_WHAT] + "…"
            more = f"等 {len(errors)} 个错误" if len(errors) > 1 else ""
            yield f"  {outcome.source}：{short}{more}"


def _time(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} 秒"
    minutes, left = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分 {left} 秒"


def _document(outcomes: Sequence[Outcome], passed: Sequence[Problem]) -> dict[str, object]:
    count = Counter(outcome.state for outcome in outcomes)
    return {
        "made": [
            {
                "source": str(outcome.source),
                "state": outcome.state.value,
                "files": [str(path) for path in outcome.made],
            }
            for outcome in outcomes
        ],
        "count": {state.value: count[state] for state in State},
        "problems": [
            problem.to_json()
            for problem in (*passed, *(problem for outcome in outcomes for problem in outcome.problems))
        ],
    }
