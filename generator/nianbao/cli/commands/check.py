"""`nianbao check`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import Usage
from nianbao.cli import log, messages
from nianbao.cli.options import ANY, AS_JSON, FORCE, YEAR, last_years, output, path, sources, text
from nianbao.cli.parser import Command

if TYPE_CHECKING:
    from nianbao.app.mark import Marked
    from nianbao.app.notes import Sender


@click.command(cls=Command)
@sources(f"{ANY}，或放有它们的文件夹")
@last_years("上年的报告，核对跨年的数字和雷同；可以给多次，按机关对应")
@text("--format form", "样式", "text（不给则用它）、json、html 或 sarif")
@output("文件", "把 html 或 sarif 写到哪里；不给则印在屏幕上")
@path("--mark", "标注.xlsx", "另存标出问题的工作簿，可在其中核实；给原文件则标在原处，多份的给文件夹")
@path("--fix", "改正.xlsx", "另存一份改正了的工作簿，只改没有疑问的地方，再检查它；逐处列出改了什么")
@path("--roster", "名册.xlsx", "应报送的机关：列出谁没有报送、谁逾期")
@path("--notes", "文件夹", "写出报送情况和各机关的催报、退回、核对通知，每份有 Word 和文本")
@text("--sender", "机关", "通知的署名；不给则用名册上的“上级”")
@text("--until", "日期", "通知要求在哪天以前补报、改好")
@text("--day", "日期", "通知的日期，逾期也算到这一天；不给则是今天")
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
    roster: Path | None,
    notes: Path | None,
    sender: str,
    until: str,
    day: str,
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

    例：nianbao check 各单位 --mark 标注 --format html -o 检查结果.html

    例：nianbao check 各单位 --roster 名册.xlsx --mark 标注 --notes 通知 --until 2026年2月10日
    """
    from nianbao.app import check, check_run, files
    from nianbao.app.reading import Given
    from nianbao.app.sources import Found, names, sure, survey

    form = check.JSON if as_json else form or check.TEXT
    if form not in check.FORMATS:
        raise Usage(f"没有 {form} 这种样式，只有 {'、'.join(check.FORMATS)}")
    if output is not None and form not in (check.HTML, check.SARIF):
        raise Usage("-o 要与 --format html 或 --format sarif 一起用")
    if output is not None:
        files.require(
            output, check.SUFFIXES[form], f"{form} 的文件名应以 {'、'.join(check.SUFFIXES[form])} 结尾"
        )
    if notes is not None:
        files.require_folder(notes, "--notes 要给文件夹")
    given = Given(organ, year, reporter)
    who = _sender(sender, until, day, notes)
    found = sure(survey(sources, without=[file for file in (roster, output) if file is not None]))
    if fix is not None:
        fixed = _fixed(found.paths, fix, force=force, tell=form == check.TEXT)
        found = Found({fixed: fixed.name}, found.passed)
    run = check_run.Run(sources, found, check_run.Wanted(last_year, given, mark, roster, notes, who, force))
    results: list[Marked] = []
    called = names(found.paths)
    if form == check.TEXT:
        messages.tell(run.told, err=False)
    for result in messages.progress(run.results(), "检查", len(called)):
        name, inspected = called[len(results)], result.inspected
        results.append(result)
        log.note(f"{name}：查过（第 {len(results)} 份，共 {len(called)} 份）")
        if form == check.TEXT:
            messages.tell(inspected.found.open, err=False)
            messages.say(f"{name}：{inspected.found.count()}")
    outcome = run.finish(results)
    inspections = [result.inspected for result in results]
    if form == check.TEXT:
        messages.tell(outcome.problems, err=False)
        for line in run.summary(results, outcome):
            messages.say(line)
    elif form == check.JSON:
        messages.document(check.to_json(inspections, (*run.told, *outcome.problems)))
    else:
        messages.tell(outcome.problems)
        messages.deliver(
            run.page(results, outcome, output) if form == check.HTML else check.sarif(inspections),
            output,
            force=force,
        )
    return outcome.code


def _sender(office: str, until: str, day: str, notes: Path | None) -> Sender | None:
    """Who sends the notes, None where none are wanted; raise Usage for what is then said of them."""
    given = {"--sender": office, "--until": until, "--day": day}
    if notes is None:
        if without := [option for option, text in given.items() if text]:
            raise Usage(f"{without[0]} 要与 --notes 一起用")
        return None
    from nianbao.app.notes import Sender, day_of

    return Sender(office.strip(), day_of(day, "--day") or date.today(), day_of(until, "--until"))


def _fixed(reports: Sequence[Path], target: Path, *, force: bool, tell: bool) -> Path:
    """The workbook with what is certain corrected, which is told and then checked."""
    from nianbao.app import fix

    changed = fix.fix(fix.asked(reports, target), target, force=force)
    if tell:
        for line in changed:
            messages.say(line)
        messages.say(f"{target}：改正了 {len(changed)} 处")
    return target
