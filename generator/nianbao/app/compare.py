"""`compare`: read the reports, hold them against one another, and write what differs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.app import reading
from nianbao.app.outcome import DONE, Usage, exit_code, problems
from nianbao.app.sources import names
from nianbao.report import Place, Problem, ProblemsFound, Report, rule
from nianbao.report.comparison import Comparison
from nianbao.report.comparison import compare as hold_against

if TYPE_CHECKING:
    from nianbao.media.charts import Drawing

TEXT, JSON, XLSX, HTML = FORMATS = ("text", "json", "xlsx", "html")
SUFFIXES = {".txt": TEXT, ".json": JSON, ".xlsx": XLSX, ".html": HTML, ".htm": HTML}
FEWEST = 2  # reports
WIDTH = 100  # columns of a text that is written to a file


@dataclass(frozen=True)
class Compared:
    """What came of it: the comparison, what was found while reading, and the exit code that means."""

    comparison: Comparison
    problems: tuple[Problem, ...]
    code: int


def form_of(form: str, output: Path | None) -> str:
    """The form that is asked for, by name or by the output's suffix; Usage where they contradict."""
    if form and form not in FORMATS:
        raise Usage(f"没有 {form} 这种样式，只有 {'、'.join(FORMATS)}")
    if output is None:
        if form == XLSX:
            raise Usage("--format xlsx 要用 -o 写明写到哪里")
        return form or TEXT
    by_suffix = SUFFIXES.get(output.suffix.lower(), form)
    if not by_suffix:
        raise Usage(f"看不出 {output.name} 要写成哪一种：结尾应是 {'、'.join(SUFFIXES)}，或加 --format")
    if form and by_suffix != form:
        raise Usage(f"{output.name} 的结尾与 --format {form} 不一致")
    return by_suffix


def compare(sources: Sequence[Path]) -> Compared:
    """Read the reports and compare them; what cannot be read is told and left out.

    Raises Usage where fewer than two are left.
    """
    reports: list[Report] = []
    noted: list[Problem] = []
    code = DONE
    for source, name in zip(sources, names(sources), strict=True):
        try:
            reports.append(report := reading.read(source, name))
            noted += report.reading
        except Exception as error:  # a bug with one file is no reason to lose the others
            noted += problems(error, source)
            code = max(code, exit_code(error))
    if len(reports) < FEWEST:
        raise Usage(f"至少要有两份读得出的报告才能比较，现有 {len(reports)} 份", noted)
    return Compared(hold_against(reports), tuple(noted), code)


def write(comparison: Comparison, form: str, width: int, *, every: bool) -> tuple[bytes, tuple[Problem, ...]]:
    """The comparison in one form, and what it lacks; a text has so many columns."""
    if form == XLSX:
        from nianbao.media.workbook import comparison as sheets

        return sheets.write(comparison), ()
    from nianbao.media import comparison as media

    lacking: tuple[Problem, ...] = ()
    if form == HTML:
        content, lacking = _page(comparison, every=every)
    elif form == JSON:
        content = json.dumps(media.to_json(comparison), ensure_ascii=False, indent=1) + "\n"
    else:
        content = media.text(comparison, width, every=every)
    return content.encode("utf-8"), lacking


def _page(comparison: Comparison, *, every: bool) -> tuple[str, tuple[Problem, ...]]:
    """The page with its charts, and why it has none where they cannot be drawn."""
    from nianbao.app import charts
    from nianbao.media import comparison as media
    from nianbao.report.trend import left_out

    reports = [column.report for column in comparison.columns]
    labels = [] if comparison.one_organ else [column.label for column in comparison.columns]
    without = [f"没有“{chart.title}”图：{chart.why}。" for chart in left_out(reports, labels)]
    drawings: tuple[Drawing, ...] = ()
    lacking: tuple[Problem, ...] = ()
    try:
        drawings = charts.draw(reports, labels)
    except ProblemsFound as caught:
        mend, place = "网页的其余部分已写出；要有图请先补上所缺的", Place("比较网页")
        why = [problem.what for problem in caught.problems]
        lacking = tuple(rule("page-without-charts").broken(what, mend, (place,)) for what in why)
        without = [f"没有画图：{what}。" for what in why]
    return media.page(comparison, drawings, without=without, every=every), lacking
