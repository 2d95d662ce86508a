"""`nianbao check`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import Usage
from nianbao.cli import log, messages
from nianbao.cli.options import ANY, AS_JSON, FORCE, YEAR, last_years, output, path, sources, text
from nianbao.cli.parser import Command

if TYPE_CHECKING:
    from nianbao.app.check import Inspected
    from nianbao.report import Decision


@click.command(cls=Command)
@sources(f"{ANY}，或放有它们的文件夹")
@last_years("上年的报告，核对跨年的数字和雷同；可以给多次，按机关对应")
@text("--format form", "样式", "text（不给则用它）、json、html 或 sarif")
@output("文件", "把 html 或 sarif 写到哪里；不给则印在屏幕上")
@path("--mark", "标注.xlsx", "另存一份标出问题的工作簿，可在其中核实；给原文件则标在原处")
@path("--fix", "改正.xlsx", "另存一份改正了的工作簿，只改没有疑问的地方，再检查它；逐处列出改了什么")
@text("--organ", "机关", "机关全称；报告自己没有写明时用")
@YEAR
@text("--reporter", "类型", "机关类型，例如 部门、县级政府汇总；报告自己没有写明时用")
@AS_JSON
@FORCE
def check(
    sources: Sequence[Path],
    last_year: Sequence[Path],
    form: str,
    output: Path | None,
    mark: Path | None,
    fix: Path | None,
    organ: str,
    year: int | None,
    reporter: str,
    as_json: bool,
    force: bool,
) -> int:
    """检查报告：勾稽关系、跨年、文字与表格、缺漏、日期、名称、语言，一次列出全部问题。

    例：nianbao check 2025.xlsx --last-year 2024.xlsx

    例：nianbao check 2025.xlsx --format html -o 检查结果.html

    例：nianbao check 2025.xlsx --mark 2025-标注.xlsx

    例：nianbao check 2025.xlsx --fix 2025-改正.xlsx
    """
    from nianbao.app import check
    from nianbao.app.reading import Given
    from nianbao.app.sources import names, sure, survey

    form = check.JSON if as_json else form or check.TEXT
    if form not in check.FORMATS:
        raise Usage(f"没有 {form} 这种样式，只有 {'、'.join(check.FORMATS)}")
    if output is not None and form not in (check.HTML, check.SARIF):
        raise Usage("-o 要与 --format html 或 --format sarif 一起用")
    given = Given(organ, year, reporter)
    found = sure(survey(sources))
    reports = found.paths
    if fix is not None:
        reports = [_fixed(reports, fix, force=force, tell=form == check.TEXT)]
    earlier = _earlier(reports, mark) if mark else {}
    last = check.last_years(last_year, reports)
    inspected: list[Inspected] = []
    alone = len(reports) == 1
    called = names(reports)
    if form == check.TEXT:
        messages.tell(found.problems, err=False)
    asked = check.Asked(last, earlier, given, alone)
    for result in messages.progress(check.inspect_files(reports, asked), "检查", len(reports)):
        name = called[len(inspected)]
        inspected.append(result)
        log.note(f"{name}：查过（第 {len(inspected)} 份，共 {len(reports)} 份）")
        if form == check.TEXT:
            messages.tell(result.found.open, err=False)
            messages.say(f"{name}：{result.found.count()}")
    if form == check.TEXT and not alone:
        messages.say(check.summary(inspected))
    if mark and _marked(reports[0], mark, inspected[0], force=force) and form == check.TEXT:
        messages.say(str(mark))
    if form == check.JSON:
        messages.document(check.to_json(inspected, found.problems))
    elif form != check.TEXT:
        messages.deliver(check.write(inspected, form), output, force=force)
    return max(check.code_of(found.problems), *(result.code for result in inspected))


def _fixed(reports: Sequence[Path], target: Path, *, force: bool, tell: bool) -> Path:
    """The workbook with what is certain corrected, which is told and then checked."""
    from nianbao.app import fix

    changed = fix.fix(fix.asked(reports, target), target, force=force)
    if tell:
        for line in changed:
            messages.say(line)
        messages.say(f"{target}：改正了 {len(changed)} 处")
    return target


def _earlier(reports: Sequence[Path], target: Path) -> Mapping[str, Decision]:
    """The decisions in the marked copy that is replaced."""
    from nianbao.app import mark

    return mark.earlier(mark.asked(reports, target), target)


def _marked(report: Path, target: Path, inspected: Inspected, *, force: bool) -> bool:
    """Whether a marked copy was written: none is of what cannot be opened."""
    from nianbao.app import mark

    return mark.put(report, target, inspected, force=force)
