"""Texts against tables, in the many ways in which reports say the same: true ones raise nothing."""

from __future__ import annotations

import pytest

from tests.report.checks.examples import Example, found

TRUE = [
    "2025年，我局共收到政府信息公开申请132件，其中自然人申请27件，法人或其他组织申请105件；按时办结126件。",
    "全年共办理依申请公开126件，其中予以公开6件，部分公开6件，不予公开48件，无法提供18件，不予处理30件，作其他处理18件。",
    "政府信息公开申请新收132件，上年结转15件，办结126件，结转下年度继续办理21件。",
    "收到信息公开申请132件（另有上年结转15件），已答复126件，其余21件转入2026年办理。",
    "受理公开申请147件（其中上年结转15件），答复126件。",
    "全年收到公民、法人和其他组织的公开申请132件，比上年多6件。",
    "共收到132份公开申请，126份已经答复，21份正在办理。",
    "依申请公开共132宗，办结126宗。",
    "因信息公开被申请行政复议4件，其中维持1件，其他结果2件，尚未审结1件。",
    "被提起行政诉讼11件，其中未经复议直接起诉5件、复议后起诉6件。",
    "发生复议、诉讼案件15件，其中复议4件、诉讼11件。",
    "行政诉讼中，结果维持的5件，其他结果4件。",
    "未经复议直接起诉的5件中，维持2件、尚未审结1件。",
    "全年受理行政许可申请300件，办结298件。",
    "收到不动产登记资料查询申请50件，劳动仲裁申请12件。",
    "12345热线转办诉求3000件，办结2990件，办结率99.7%。",
    "办理人大建议、政协提案33件，答复33件。",
    "通过政府网站受理公开申请30件，邮寄申请95件，当面申请7件。",
    "市政府网站主动公开信息800条，同比增长20%。",
    "全年公开行政许可信息300条、行政处罚信息120条。",
    "制发行政规范性文件13件，全部配发解读；废止行政规范性文件23件，现行有效行政规范性文件23件。",
    "对历年行政规范性文件120件进行清理，建议废止30件。",
    "制定规章3件，备案审查规范性文件40件。",
    "全年作出行政许可23件、行政处罚33件、行政强制43件。",
    "2024年收到申请126件，2025年收到132件，增长4.76%。",
    "一次性告知补正事项，办成一件事少跑一次。",
    "组织培训2次，开展检查四次，下发通报3期。",
    "没有因逾期未答复引发的行政复议。",
    "未发生泄密事件，没有收到对公开工作的投诉。",
    "申请人撤回申请2件，不计入办理结果。",
    "按期答复率为100%，群众满意率占98%以上。",
    "信函申请95件，占72%；网络申请30件，占22.7%；当面申请7件，占5.3%。",
]


@pytest.mark.parametrize("text", TRUE, ids=range(len(TRUE)))
def test_what_is_true_raises_nothing(text: str) -> None:
    assert [str(one) for one in found(Example("", "", (("", "一", "+", text),), False))] == []


FALSE = [
    ("受理公开申请150件（其中上年结转15件），答复126件。", "150"),
    ("共收到138份公开申请，126份已经答复，21份正在办理。", "138"),
    ("收到信息公开申请132件，已答复126件，其余20件转入2026年办理。", "20"),
    ("被提起行政诉讼11件，其中未经复议直接起诉5件、复议后起诉7件。", "7"),
    ("发生行政复议4件，其中尚未审结3件。", "3"),
    ("收到公开申请一百三十件，其中自然人27件。", "130"),
    ("办结公开申请126件，其中无法提供19件。", "19"),
    ("全年废止行政规范性文件3件。", "3"),
]


@pytest.mark.parametrize(("text", "number"), FALSE, ids=[number for _, number in FALSE])
def test_the_one_wrong_count_is_named(text: str, number: str) -> None:
    problems = found(Example("", "", (("", "一", "+", text),), True))

    said = [one.about[2] for one in problems if one.code == "prose-number"]
    assert said == [number]
    assert {one.code for one in problems} <= {"prose-number", "parts-exceed"}


def test_a_total_left_at_0_is_told_once_and_the_true_sentence_is_not_blamed() -> None:
    edits = (("", "行政复议.总计", "=", "0"), ("", "一", "+", "发生行政复议4件。"))

    assert [one.code for one in found(Example("", "", edits, True))] == ["dispute-total"]


@pytest.mark.parametrize(
    ("reporter", "text", "told"),
    [
        ("县级政府汇总", "县政府办公室收到公开申请9件。", False),
        ("县级政府汇总", "县政府本级办结公开申请9件。", False),
        ("县级政府汇总", "县政府办公室收到公开申请148件。", True),  # more than the whole county
        ("县级政府汇总", "全县收到公开申请9件。", True),
        ("部门", "局办公室收到公开申请9件。", True),
    ],
)
def test_an_aggregate_may_speak_of_the_governments_own_office(reporter: str, text: str, told: bool) -> None:
    edits = (("", "机关类型", "=", reporter), ("", "一", "+", text))

    assert ("prose-number" in [one.code for one in found(Example("", "", edits, told))]) == told
