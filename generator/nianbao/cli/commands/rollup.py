"""`nianbao rollup`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from nianbao.cli import messages
from nianbao.cli.options import AS_JSON, FORCE, last_years, output, path, sources, text
from nianbao.cli.parser import Command
from nianbao.report.problem import tally


@click.command(cls=Command)
@sources("工作簿（.xlsx）、交换文件（.json）或其文件夹", "文件夹或文件…")
@output("汇总.xlsx", "汇总工作簿写到哪里；那里已是同一机关同一年度的汇总的，就地更新")
@path("--roster", "名册.xlsx", "应报送机关的名册，核对谁没有报、谁逾期")
@path("--new-roster", "名册.xlsx", "由这些报告建一份名册")
@text("--organ", "机关", "汇总机关全称；不给则由名册和成员推定")
@text("--reporter", "类型", "汇总机关类型，例如 县级政府汇总；不给则由成员推定")
@path(
    "--against",
    "已公布的汇总",
    "把各单位之和与已公布的汇总逐项核对，指出像是漏了、重了哪个单位；任何一种文件",
)
@last_years("上年的报告或其文件夹，与 --against 一起用：看是不是用了上年的数；可以给多次")
@click.option("--skip-errors", is_flag=True, help="有错误的、读不出的不计入，并写明是谁")
@FORCE
@AS_JSON
def rollup(sources: Sequence[Path], as_json: bool, **options: Any) -> int:
    """汇总各机关的报告：逐格相加，列出每个单位的数、谁没有报、哪些数异常、哪些文字雷同。

    得到的汇总工作簿可以照常填写文字、检查、生成报告。任何一份有错误的不汇总，并一次列出全部错误。
    再汇总到同一个工作簿，只换数和各单位的表，填好的文字等都保留，并列出变动。
    人工改过的数不换，加 --force 才换。

    例：nianbao rollup 各单位 -o 汇总.xlsx --roster 名册.xlsx --organ 某某县人民政府

    例：nianbao rollup 各单位 --against 已公布的汇总.docx --last-year 上年各单位
    """
    from nianbao.app import consistency, rollup, rollup_summary
    from nianbao.report.rollup.consistency_findings import findings

    outcome = rollup.rollup(sources, rollup.Options(**options), messages.progress)
    if as_json:
        messages.document(rollup_summary.to_json(outcome))
        return outcome.code
    messages.tell(outcome.problems)
    if outcome.found is not None:
        messages.say(rollup_summary.summary(outcome.found))
    if outcome.changes is not None:
        for line in rollup_summary.changes_summary(outcome.changes):
            messages.say(line)
        if not outcome.changes:
            messages.say("与上一次汇总相比，没有变动", err=True)
    for made in outcome.made:
        messages.say(str(made))
    if outcome.held is not None:
        messages.tell(findings(outcome.held), err=False)
        messages.say(consistency.summary(outcome.held))
    if not outcome.made and outcome.held is None:
        messages.say(f"有 {tally(outcome.problems)}，没有汇总", err=True)
    return outcome.code
