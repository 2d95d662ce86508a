"""Ordinary texts raise nothing, what is planted in them is found, and what is offered for it is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest
from nianbao.media import form
from nianbao.report import Report
from nianbao.report.mending import Mending
from nianbao.report.targets import Targets

from tests.narratives import Narrative, narratives
from tests.report.mended import codes, mend
from tests.reports import take

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
    ("东岳省自然资源厅", "prose-number"),
    ("东岳市人力资源和社会保障局", "prose-number"),  # the change beside it was left out
    ("南浦县人民政府办公室", "prose-number"),
    ("东岳市城市管理局", "prose-number"),  # 尚未审结1件 was left out
    ("南浦县财政局", "prose-number"),  # 各1件 was written out
    ("北原区教育局", "title-year"),  # its title was the usual one
    ("南浦县人民政府", "title-year"),
}
SPACES = str.maketrans("", "", " \n")


def written(report: Report) -> Mapping[str, str]:
    """All that may be mended, without spaces and ends of paragraphs."""
    values = form.of(report)
    return {
        key: text.translate(SPACES)
        for key, text in {**values.texts, **values.particulars}.items()
        if text.strip()
    }


@pytest.fixture(scope="module", params=list(narratives()), ids=lambda narrative: narrative.path.stem)
def narrative(request: pytest.FixtureRequest) -> Narrative:
    """One of them, for all tests of it in a row: what is found in it is looked for once."""
    of: Narrative = request.param
    return of


def test_what_is_right_raises_nothing(narrative: Narrative) -> None:
    assert list(map(str, narrative.alarms)) == []


def test_a_planted_mistake_is_found(narrative: Narrative) -> None:
    missed = {mistake.was for mistake in narrative.mistakes if not narrative.found(mistake)}
    assert missed == {mistake.was for mistake in narrative.mistakes if mistake.missed}


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
