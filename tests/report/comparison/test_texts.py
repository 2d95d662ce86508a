"""The written sections held against one another: which paragraph became which, and its changed words."""

from __future__ import annotations

import pytest
from nianbao.report.comparison import Rewriting, wording
from nianbao.report.comparison.alignment import MOST_PAIRS, align
from nianbao.report.comparison.passages import Turn, rewriting
from nianbao.report.comparison.runs import MOST_TOKENS, Fate, Run, runs
from nianbao.report.narrative import Paragraph, paragraph
from nianbao.report.problem import Place

from tests.report.comparison.comparison_samples import compared, report, shared, texts

ONE = "门户网站全年发布政策文件一百余件，解读材料随文件一同发布。"
TWO = "依申请公开的来件由专人登记，逐件核对后在期限内答复申请人。"
THREE = "各科室在年中和年末各自查一次栏目内容，发现的错漏当日改正。"
FOUR = "年内组织两次业务培训，请法律顾问讲解容易出错的答复文书。"


def lines(*words: str) -> tuple[Paragraph, ...]:
    return tuple(paragraph(one, one, Place("a")) for one in words)


def turns(before: tuple[str, ...], after: tuple[str, ...]) -> list[tuple[Turn, int | None, int | None]]:
    found = rewriting(lines(*before), lines(*after))
    return [(one.turn, one.before, one.after) for one in found.passages]


def overview(*sections: str) -> Rewriting:
    [section] = [one for one in texts(*sections).sections if one.key == "overview"]
    return section.rewritings[0]


def test_paragraphs_stay_are_added_and_dropped_in_the_order_of_the_later_text() -> None:
    assert turns((ONE, TWO, THREE), (ONE, FOUR, THREE)) == [
        (Turn.SAME, 1, 1),
        (Turn.DROPPED, 2, None),
        (Turn.NEW, None, 2),
        (Turn.SAME, 3, 3),
    ]


def test_only_years_figures_and_marks_that_differ_are_no_new_text() -> None:
    before = "2023年，发布政策文件120件；办理申请8件。"
    after = "2024年，发布政策文件1,305件，办理申请9件。"

    assert turns((before,), (after,)) == [(Turn.FIGURES, 1, 1)]
    assert rewriting(lines(before), lines(after)).alike == 100


def test_a_paragraph_in_its_place_is_the_old_one_rewritten() -> None:
    after = "依申请公开的来件由办公室登记，逐件核对后在五日内答复申请人，疑难的请法律顾问把关。"

    assert turns((ONE, TWO, THREE), (ONE, after, THREE))[1] == (Turn.CHANGED, 2, 2)


def test_a_numbered_part_stays_the_same_part_though_nearly_all_of_it_is_new() -> None:
    before = f"（二）依申请公开方面。{THREE}"
    after = f"（二）依申请公开方面。{FOUR}"

    assert turns((before,), (after,)) == [(Turn.CHANGED, 1, 1)]
    assert [one[0] for one in turns((THREE,), (FOUR,))] == [Turn.DROPPED, Turn.NEW]


def test_a_paragraph_that_stands_elsewhere_has_moved() -> None:
    assert turns((ONE, TWO, THREE, FOUR), (FOUR, ONE, TWO, THREE)) == [
        (Turn.MOVED, 4, 1),
        (Turn.SAME, 1, 2),
        (Turn.SAME, 2, 3),
        (Turn.SAME, 3, 4),
    ]


def test_a_paragraph_that_moved_and_was_changed_says_both() -> None:
    after = FOUR.replace("两次", "三次")
    found = rewriting(lines(ONE, TWO, FOUR), lines(after, ONE, TWO)).passages[0]

    assert wording.passage(found) == "移动，文字有改动（原第 3 段，现第 1 段）"
    assert [(run.fate, run.text) for run in found.runs][1:3] == [(Fate.GONE, "两"), (Fate.NEW, "三")]


def test_most_characters_are_left_with_their_like() -> None:
    """The long paragraph keeps its place, and the short one is what moved."""
    short = "栏目按季检查一次并记录。"

    assert turns((short, ONE + TWO), (ONE + TWO, short)) == [
        (Turn.SAME, 2, 1),
        (Turn.MOVED, 1, 2),
    ]


def test_a_text_that_was_not_there_is_new_and_one_that_is_not_there_dropped() -> None:
    assert turns((), (ONE,)) == [(Turn.NEW, None, 1)]
    assert turns((ONE,), ()) == [(Turn.DROPPED, 1, None)]
    assert wording.rewriting(rewriting((), ())) == "都没有文字"


def test_every_paragraph_of_both_texts_is_told_once_whatever_they_are() -> None:
    some = (ONE, TWO, "（一）主动公开", "1.", "", THREE, ONE, "2024", FOUR, ONE + TWO)
    for shift in range(len(some)):
        before, after = some, some[shift:] + some[: shift // 2]
        pairs = align(lines(*before), lines(*after))
        assert sorted(one.before for one in pairs if one.before is not None) == list(range(len(before)))
        assert [one.after for one in pairs if one.after is not None] == list(range(len(after)))


def test_texts_of_very_many_paragraphs_are_paired_where_they_are_equal() -> None:
    many = int(MOST_PAIRS**0.5) + 2
    before = [f"第{'甲' * (at % 7)}{at}条内容" for at in range(many)]
    after = ["开头", *before[1:], "结尾"]

    pairs = align(lines(*before), lines(*after))

    assert sum(one.alike == 1 for one in pairs) == many - 1


def test_changed_words_are_marked_and_numbers_are_compared_whole() -> None:
    assert runs("全年发布120件，解读30件。", "全年发布1205件，解读30件。", near=True) == (
        Run(Fate.KEPT, "全年发布"),
        Run(Fate.GONE, "120", figure=True),
        Run(Fate.NEW, "1205", figure=True),
        Run(Fate.KEPT, "件，解读30件。"),
    )


def test_a_letter_kept_by_chance_between_changes_is_no_island() -> None:
    assert [run.text for run in runs("请专人答复", "由办人记录", near=True)] == ["请专人答复", "由办人记录"]


def test_islands_are_longer_where_little_is_alike() -> None:
    before, after = "甲乙丙公开栏目丁戊己", "子丑寅公开栏目卯辰巳"

    assert [run.text for run in runs(before, after, near=False)] == [
        *("甲乙丙", "子丑寅", "公开栏目", "丁戊己", "卯辰巳")
    ]
    before, after = before.replace("栏目", ""), after.replace("栏目", "")
    assert [run.text for run in runs(before, after, near=False)] == [before, after]
    assert len(runs(before, after, near=True)) == 5


def test_the_words_of_both_texts_come_back_out_of_the_runs() -> None:
    before, after = ONE + TWO + "全年1,234.5万元，占96.1%。", TWO + THREE + "全年1,300万元，占98%。"
    found = runs(before, after, near=False)

    assert "".join(run.text for run in found if run.fate is not Fate.NEW) == before
    assert "".join(run.text for run in found if run.fate is not Fate.GONE) == after


def test_a_very_long_paragraph_is_shown_as_replaced() -> None:
    before, after = "甲乙" * MOST_TOKENS, "乙甲" * MOST_TOKENS

    assert [run.text for run in runs(before, after, near=True)] == [before, after]


def test_likeness_is_how_much_of_the_later_text_the_earlier_one_has() -> None:
    half = overview(ONE + THREE, f"{ONE}{FOUR}")

    assert half.alike is not None
    assert 40 < half.alike < 60
    assert overview(f"{ONE}\n{TWO}", f"{ONE}\n{TWO}").alike == 100
    assert overview(ONE, FOUR).alike == 0
    assert overview(ONE, "无。").alike is None


def test_a_section_is_summed_up_in_words() -> None:
    found = overview(f"{ONE}\n{TWO}\n{THREE}", f"{ONE}\n{THREE}\n{FOUR}")

    assert wording.rewriting(found) == "与前一份相同或基本相同的文字占 68%；未变 2 段，新增 1 段，删去 1 段"


def test_sections_stand_in_the_forms_order_with_the_preface_first() -> None:
    told = {"引言": "本报告依照规定编制。", "六": "未收取信息处理费。"}
    comparison = compared(report(2023, sections=told), report(2024))

    assert [wording.heading(one) for one in comparison.sections] == [
        "引言",
        "一、总体情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


@pytest.mark.skipif(not shared(11), reason="the published reports are not beside the project")
def test_published_reports_are_compared_paragraph_by_paragraph() -> None:
    before, after = shared(7, 6)
    [section] = [one for one in compared(before, after).sections if one.key == "overview"]

    assert [(one.turn, one.before, one.after) for one in section.rewritings[0].passages] == [
        (Turn.CHANGED, at, at) for at in range(1, 7)
    ]


@pytest.mark.skipif(not shared(11), reason="the published reports are not beside the project")
def test_a_report_compared_with_itself_has_not_changed() -> None:
    for one in shared(3, 6, 7, 12, 14, 23, 30, 50):
        comparison = compared(one, one)
        assert not any(line.changed or line.apart for line in comparison.lines)
        assert not any(section.rewritings[0].changed for section in comparison.sections)
        assert {section.rewritings[0].alike for section in comparison.sections} == {100.0}
        assert not any(one.changed for one in comparison.particulars)
