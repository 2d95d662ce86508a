"""What findings say is certainly right: put in its place, it is what should have been written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from nianbao.app.fix import mended, together
from nianbao.media import form
from nianbao.report import Report, assemble, check
from nianbao.report.mending import Edit, Mending
from nianbao.report.problem import Problem
from nianbao.report.targets import Targets

from tests.narratives import Narrative, narratives
from tests.report.checks.examples import Example, examples, reports
from tests.reports import sound, take

# words besides those of the finding are wrong, too; of them nothing is known
OTHERWISE_WRONG = {
    ("临海市人民政府", "doubled-word"),  # 需要 had become 须要, too
    ("松岭县人民政府", "organ-misspelt"),  # it was 全县
    ("玉泉区城市管理局", "prose-number"),  # the number beside it was exchanged with it
    ("文昌区教育局", "organ-misspelt"),  # it was 区教育局, without the place
    ("永丰县石门镇人民政府", "prose-number"),  # 全部办结 was put behind it, too
    ("秀峰县人民政府", "title-year"),  # its title was the usual one
    ("宁江市生态环境局", "known-slip"),  # 编印《答覆文书犯本》: 犯本 is not found
    ("临溪县人民政府", "prose-number"),  # another row of the table was named
    ("江浦区住房和城乡建设局", "prose-number"),
    ("平川市卫生健康委员会", "prose-number"),  # 纠正1件 was left out
    ("新桥区民政局", "prose-number"),  # 没有上年结转件
    ("广源市人民政府办公室", "known-slip"),  # 撤消 for 撤销 stands beside it, and is not found
    ("广源市卫生健康委员会", "prose-number"),  # the number beside it was exchanged with it
    ("广源市卫生健康委员会", "other-basis"),  # the date of the old decree stands before its number
    ("西城区人民政府", "prose-number"),  # names were exchanged, not numbers
}
SPACES = str.maketrans("", "", " \n")
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


def mend(report: Report, edits: list[Edit]) -> Report:
    return assemble(form.enter(mended(form.of(report), edits), ""))


def written(report: Report) -> Mapping[str, str]:
    """All that may be mended, without spaces and ends of paragraphs."""
    values = form.of(report)
    return {
        key: text.translate(SPACES)
        for key, text in {**values.texts, **values.particulars}.items()
        if text.strip()
    }


def codes(report: Report, last: Report | None = None) -> Counter[str]:
    return Counter(problem.code for problem in check(report, last))


@pytest.mark.parametrize("narrative", list(narratives()), ids=lambda narrative: narrative.path.stem)
def test_what_is_offered_restores_the_text_and_lays_nothing_bare(narrative: Narrative) -> None:
    right = written(take(narrative.document))
    before = {(problem.code, problem.what) for problem in narrative.problems}
    otherwise = set()
    for mistake in narrative.mistakes:
        problems = narrative.problems_by(mistake)
        if not any(problem.corrections for problem in problems):
            continue
        report = take(narrative.wrong_by(mistake))
        mending = Mending(report, narrative.last, Targets(report))
        for problem in problems:
            if (problem.code, problem.what) in before or not (edits := mending.of(problem)):
                continue
            after = mend(report, [*edits])
            if written(after) != right:
                otherwise.add((narrative.path.stem, problem.code))
                was, now = Counter(one.code for one in problems), codes(after, narrative.last)
                assert now[problem.code] < was[problem.code], problem
                assert not now - was, problem
    assert otherwise <= OTHERWISE_WRONG


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
