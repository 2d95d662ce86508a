"""What findings say is certainly right: put in its place, it is what should have been written."""

from __future__ import annotations

from collections import Counter

import pytest
from nianbao.app.fix import together
from nianbao.report import Report, check
from nianbao.report.mending import Mending
from nianbao.report.problem import Problem
from nianbao.report.targets import Targets

from tests.report.checks.examples import Example, examples, reports
from tests.report.mended import codes, mend
from tests.reports import sound, take

TEXTS = [
    ("全年更新栏目更新栏目若干个。", "全年更新栏目若干个。"),
    ("其余的依法不子公开。", "其余的依法不予公开。"),
    ("依据（国办公开办函〔2021〕30号编制。", "依据（国办公开办函〔2021〕30号）编制。"),
    ("名单（含手机版)若干份。", "名单（含手机版）若干份。"),
    ("名单(含手机版）若干份。", "名单（含手机版）若干份。"),
    ("办好登记,转办。", "办好登记，转办。"),
    ("办好登记(含转办)。", "办好登记（含转办）。"),
    ('开设"问政"栏目。', "开设“问政”栏目。"),
    ("目录由办公室维护，，各科室配合。", "目录由办公室维护，各科室配合。"),
    ("材料（登记、答复、）都留痕。", "材料（登记、答复）都留痕。"),
    ("印发通知（某财发[2025]3号）。", "印发通知（某财发〔2025〕3号）。"),
    ("印发《关于《办法》的解读》。", "印发《关于〈办法〉的解读》。"),
    ("发布解读&nbsp;若干篇。", "发布解读若干篇。"),
    ("发布<b>解读</b>若干篇。", "发布解读若干篇。"),
    ("栏目由办公室更新。栏目由办公室更新。", "栏目由办公室更新。"),
    (
        "一是查阅点常年开放，二是栏目由办公室更新，二是栏目由办公室更新。",
        "一是查阅点常年开放，二是栏目由办公室更新。",
    ),
    ("数据截至12月31止，栏目按季更新。", "数据截至12月31日止，栏目按季更新。"),
    ("栏目由⼀个科室更新。", "栏目由一个科室更新。"),
    ("某某市财征局按季更新栏目。", "某某市财政局按季更新栏目。"),
]
UNCLEAR = [
    "名单（含手机版若干份。",  # where it ends nobody knows
    '开设"问政栏目。',
    "目录由办公室维护。，各科室配合。",
    "今年更新.栏目按季,检查。",
    "会议于9月31日召开。",
]


def found(report: Report, last: Report | None = None) -> tuple[tuple[Problem, ...], Mending]:
    return check(report, last), Mending(report, last, Targets(report))


@pytest.mark.parametrize("example", [one for one in examples() if one.broken], ids=str)
def test_an_example_that_is_mended_is_right(example: Example) -> None:
    this, last = reports(example)
    problems, mending = found(this, last)
    for problem in problems:
        if edits := mending.of(problem):
            was, now = Counter(one.code for one in problems), codes(mend(this, [*edits]), last)
            assert now[problem.code] < was[problem.code], problem
            assert not now - was, problem


def with_line(line: str) -> Report:
    document = sound()
    document["sections"]["一"] += f"\n{line}"
    return take(document)


@pytest.mark.parametrize(("line", "right"), TEXTS)
def test_each_kind_of_slip_is_mended_in_its_place(line: str, right: str) -> None:
    report = with_line(line)
    problems, mending = found(report)
    edits = together(mending.of(problem) for problem in problems)
    after = mend(report, edits)

    assert after.narratives["overview"][-1].written == right
    assert not codes(after) - codes(take(sound()))


@pytest.mark.parametrize("line", UNCLEAR)
def test_what_may_be_right_in_two_ways_is_left_to_people(line: str) -> None:
    problems, mending = found(with_line(line))

    assert [mending.of(problem) for problem in problems] == [()] * len(problems)
    assert problems


def test_names_in_braces_stay_what_they_are() -> None:
    report = with_line("收到{本年新收.总计}件,其中登记登记{本年新收.自然人}件，登记，办结{本年新收.总计}件。")
    problems, mending = found(report)
    edits = together(mending.of(problem) for problem in problems)

    assert mend(report, edits).narratives["overview"][-1].written == (
        "收到{本年新收.总计}件，其中登记{本年新收.自然人}件，登记，办结{本年新收.总计}件。"
    )


def test_what_a_name_in_braces_stands_for_is_not_mended_where_the_name_is() -> None:
    document = sound() | {"contact": {"联系地址": "某某路,二楼"}}
    document["sections"]["一"] += "\n办好登记,转办，窗口在{联系地址}。"
    problems, mending = found(take(document))

    assert [(problem.code, mending.of(problem)) for problem in problems] == [("half-width", ())]


def test_numbers_side_by_side_are_corrected_together() -> None:
    document = sound()
    document["table4"]["行政复议"] = [3, 1, 0, 0, 4]
    document["sections"]["一"] += "\n行政复议4件，维持1件，纠正3件。"
    report = take(document)
    problems, mending = found(report)
    first, second = (mending.of(problem) for problem in problems if problem.code == "prose-number")

    assert first == second
    assert [(edit.was, edit.becomes, edit.alone) for edit in first] == [("1", "3", True), ("3", "1", True)]
    assert mend(report, [*first]).narratives["overview"][-1].written == "行政复议4件，维持3件，纠正1件。"
