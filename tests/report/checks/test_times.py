"""Years and dates: comparisons, history and plans pass, what an earlier report left behind does not."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

import pytest
from nianbao.report import Problem, check

from tests.report.checks.examples import Example, found
from tests.reports import problems_of, sound, take

SOUND = [
    "2024年全年发布图解100条，同比增加。",
    "较2024年多发布3条，与2023年同期持平。",
    "自2024年起举办培训3次；2019年以来举办培训30次。",
    "2024年印发的《目录》有40项，2024年3月下发的清单有20项。",
    "2024至2026年共举办培训5次，2023年、2024年分别举办1次、2次。",
    "2023年发布10条；2024年发布20条；2025年发布30条。",
    "近年发布情况：2023年发布10条。2024年发布20条。2025年发布30条。",
    "2026年计划举办培训4次。2026年，将举办培训4次。",
    "2024年获评先进单位，2个案例入选汇编；2024年评估指出的3个问题均已整改。",
    "“2024年公开案例”共收录12个，《2024年发布清单》收录30条。",
    "2024年度部门决算1份、2024年度政府信息公开工作年度报告1份按时上网。",
    "“十四五”期间发布图解80条，2021年启动的改造今年完工。",
    "截至2024年底，目录共有30项；2024年结转的事项都已了结。",
    "第三方在2024年的评估中指出3处不足。",
]

RIGHT = [  # section and text: nothing is said of the years and dates in it
    ("引言", "本报告综合2025年青石县自然资源局政府信息公开工作情况编制而成。"),
    ("引言", "现将云溪市住房和城乡建设局2025年政府信息公开工作年度报告公布如下。"),
    ("引言", "报告中的数据自2025年1月1日起统计，至2025年12月31日为止。"),
    (
        "引言",
        "本报告于2026年1月编制完成，可在县政府网站下载，纸质版自2026年2月1日至2026年12月31日可到档案馆查阅。",
    ),
    ("引言", "2024年度报告中反映的问题，本报告逐项说明整改情况。"),
    ("引言", "与2024年年度报告相比，本报告增加了图表。"),
    ("引言", "自2008年以来，本局已连续18年编制政府信息公开工作年度报告。"),
    ("引言", "根据省政府办公厅《关于做好2025年政府信息公开工作年度报告编制发布工作的通知》要求编制。"),
    ("引言", "统计期限为2025年全年，即1月1日至12月31日，部分数据与2024年同期比较。"),
    ("引言", "本机关成立于2019年3月，自2020年起按年编制年度报告。"),
    ("引言", "现将2025年工作情况报告如下，其中涉及2024年的数据以已公布的年度报告为准。"),
    ("引言", "本报告所称上年，是指2024年。"),
    ("引言", "本年度报告的统计周期从2025年1月1日0时至2025年12月31日24时。"),
    ("引言", "如对本报告有疑问，请于2026年3月31日前来信来电。"),
    ("一", "2024年年底上线的“一点通”栏目，全年浏览量3.2万次。"),
    ("一", "2024年，县政府把政务公开纳入考核，今年继续保留。"),
    ("一", "2024年收到申请88件，同期只有12件转送外单位。"),
    ("一", "全年举办培训3次。2024年也是3次。"),
    ("一", "全年收到来信45封。2024年收到来信38封。"),
    ("一", "自2023年起，我局每年公开一次采购目录，2024年公开23项。2025年公开31项。"),
    ("一", "2021年至2025年，五年共公开信息1.2万条。"),
    ("一", "2022年印发《公开审查办法》，明确6个环节，一直沿用。"),
    ("一", "2019年以来，累计公开扶贫信息4200条。"),
    ("一", "2023年机构改革后，我局接收了原粮食局公开的信息410条。"),
    ("一", "按照2024年政务公开工作要点，全部21项任务都已落实。"),
    ("一", "2024年12月收到的2件申请于2025年1月办结。"),
    ("一", "对2024年检查发现的5个问题开展回头看，均已改正。"),
    ("一", "“十四五”时期（2021—2025年）共公开规划文件35份。"),
    ("一", "截至2025年12月31日，公众号累计推送信息1106条，关注用户2811人。"),
    ("一", "截至2025年底，全县共有政务新媒体19个。"),
    ("一", "截至2026年1月15日，栏目累计访问2.1万人次。"),
    ("一", "截至2024年底，目录共有30项，2025年增至42项。"),
    ("一", "截至2025年1月底，2024年度未办结的3件全部办结。"),
    ("一", "截至2025年6月30日，三分之二的栏目完成改版，其余于年底前完成。"),
    ("一", "截至2025年1月20日，共有15个单位公布了上年年报。"),
    ("一", "2024年末现行有效规范性文件12件，2025年末为13件。"),
    ("一", "较2024年底的14件净减1件。"),
    ("一", "办理结果将于2026年1月底前书面告知。"),
    ("一", "新办法将于2026年5月1日起施行。"),
    ("一", "2026年，我局将把公开纳入考核。"),
    ("一", "计划2026年组织培训4次。"),
    ("一", "2024年未收取信息处理费，2025年亦未收取。"),
    ("一", "2025年，我局坚持公开为常态，2024年荣获全市先进集体。"),
    ("一", "2025年4月27日至5月6日开展政务公开日活动。"),
    ("一", "公示期为2024年12月28日至2025年1月6日。"),
    ("一", "征求意见时间为2025年3月1日至2025年3月31日。"),
    ("一", "对2020年底前印发的120份文件逐件复核。"),
    ("一", "2025年底前，全部栏目完成了适老化改造。"),
    ("一", "要求各股室2025年11月底前报送目录，均已按期报送。"),
    ("五", "2026年组织培训4次，制作图解9篇。"),
    ("五", "一、完善目录。2026年一季度更新主动公开目录，增加18项。"),
    ("五", "下一步，2026年将重点做好三件事。"),
    ("五", "2026年，我局完成专栏改版，开展专项检查2次。"),
    ("五", "改进措施：2026年5月底前制定答复模板12种。"),
    ("五", "2026年：1.组织轮训2期；2.更新指南1次。"),
    ("五", "2025年，我局虽然做了一些工作，但解读偏少。"),
    ("五", "2025年我局将“一图读懂”作为重点，全年制作12期，形式仍然单一。"),
    ("五", "2025年计划培训4次，实际完成3次。"),
    ("五", "针对上年报告提出的解读偏少问题，2025年制作图解12篇。"),
    ("五", "针对2024年报告提出的问题，2025年6月底前完成了专栏改版。"),
    ("五", "2025年9月印发答复文书模板16种，规范率提高到95%。"),
    ("五", "2025年底前已完成全部整改。"),
    ("五", "2024年底开展的自查发现3个问题，到2025年3月全部整改。"),
    ("五", "计划用两年时间（2026年至2027年）完成改版。"),
    ("五", "下一步，对2025年以前形成的文件逐件清理，2026年底前完成。"),
    ("五", "下一步，对2024年6月底前印发的规范性文件开展评估。"),
    ("五", "省里要求到2025年底前建成公开标准体系，我局进度偏慢，2026年将补齐。"),
    ("五", "2026年，将落实《2025—2027年公开行动方案》，力争到2027年全部达标。"),
    ("五", "2024年已建立的会商制度执行不够严，2026年将每月通报。"),
    ("五", "下步打算：2025年好的做法继续坚持，不足之处逐项改进。"),
    ("五", "明年拟将2025年度优秀案例汇编成册。"),
    ("五", "2025年申请量增长较快，将来还会增加。"),
    ("五", "2025年发现的7个问题已整改5个，其余2个将于2026年3月底前整改。"),
    ("六", "2026年1月，我局收到县人大表扬。"),
    ("六", "2026年工作安排：组织培训2次，更新目录1次。"),
    ("六", "2025年未收取信息处理费，2024年收取380元。"),
    ("六", "2019年以来未收取信息处理费。"),
]
WRONG = [  # code, section, text
    ("report-year", "引言", "本局编制完成2024年度政府信息公开工作年度报告。"),
    ("report-year", "引言", "现公布青石县自然资源局2024年年度报告。"),
    ("report-year", "引言", "现将2024年政府信息公开工作情况报告如下。"),
    ("report-year", "引言", "本报告是2024年的政府信息公开工作年度报告。"),
    ("report-year", "引言", "云溪市财政局编制2026年度政府信息公开工作年度报告，欢迎监督。"),
    ("report-year", "引言", "本报告反映2023年度的工作。"),
    ("report-year", "引言", "青石县自然资源局2024年政府信息公开工作年度报告由六个部分组成。"),
    ("report-year", "引言", "我局编制了《某某市财政局2024年政府信息公开工作年度报告》，现予公布。"),
    ("report-year", "引言", "现将我局二〇二四年政府信息公开工作情况公布如下。"),
    ("period-year", "引言", "统计期限自2024年1月1日起，至2025年12月31日止。"),
    ("period-year", "引言", "数据统计时间为2024年1月1日至2024年12月31日。"),
    ("period-year", "引言", "所列数据统计期限为2025年1月1日至2026年12月31日。"),
    ("period-year", "引言", "本报告统计数据截至2024年12月31日。"),
    ("period-year", "引言", "统计期限为二〇二四年一月一日至十二月三十一日。"),
    ("stale-year", "一", "我局2024年共收到来信33封。"),
    ("stale-year", "一", "全县2024年举办培训3期。"),
    ("stale-year", "一", "在培训方面，2024年举办培训3次。"),
    ("stale-year", "一", "追责方面，2024年没有发生责任追究情形。"),
    ("stale-year", "一", "二〇二四年公开财政信息26条。"),
    ("stale-year", "一", "全年走访企业若干。2023年推送信息188条，覆盖面不断扩大。"),
    ("stale-year", "六", "2024年，我局未收取信息处理费。"),
    ("stock-date", "一", "截止2025年1月21日，公众号累计发送信息1106条，关注用户2811人。"),
    ("stock-date", "一", "截至2025年1月15日，微信公众号粉丝达到2.3万人。"),
    ("stock-date", "一", "截至2025年1月8日，门户网站累计访问量35万人次。"),
    ("stock-date", "一", "截至2026年12月31日，全县共有政务新媒体19个。"),
    ("stock-date", "一", "截至2026年底，累计公开信息3200条。"),
    ("plan-year", "五", "下一步，2025年将加强培训。"),
    ("plan-year", "五", "（二）下一步打算\n2025年，我局将推出短视频12期。"),
    ("plan-year", "五", "2024年我局计划从两方面发力。"),
    ("plan-year", "五", "2026年重点做好两项工作：一是2025年6月底前制作短视频4部；二是组织学习。"),
    ("plan-year", "五", "下一步，争取2025年底前完成整改。"),
    ("plan-year", "五", "下一步我局将加强督办，2025年9月底前完成全部目录更新。"),
    ("plan-year", "五", "力争2025年图解比例提高到50%。"),
    ("plan-year", "五", "2026年，计划在2025年上半年完成文件库升级。"),
    ("plan-year", "五", "改进打算：2024年3月底前补齐缺项。"),
    ("plan-year", "五", "2026年计划推出短视频12期。\n2024年上半年对14名联络员轮训一遍。"),
    ("plan-year", "五", "二〇二五年，我局将继续补齐短板。"),
    ("plan-year", "一", "来信人的意见，将于2025年1月底前书面答复。"),
    ("date-malformed", "一", "9月31日更新指南。"),
    ("date-malformed", "一", "2025年13月更新指南。"),
    ("date-malformed", "一", "2025年2月30日检查网站。"),
    ("date-malformed", "一", "11月31日开放日活动接待群众。"),
]
TIMES = {
    "period-year",
    "period-part",
    "report-year",
    "stale-year",
    "stock-date",
    "plan-year",
    "date-malformed",
}


def said(section: str, *texts: str, sign: str = "+") -> list[str]:
    """What is found where these texts are added to a sound report, or stand in a section's place."""
    edits = tuple(("", section, sign, one) for one in texts)
    return [str(one) for one in found(Example("", "", edits, broken=True))]


def told(section: str, text: str) -> list[Problem]:
    """What is found of years and dates in a text that is added to a sound report."""
    document = sound()
    document["sections"] = document["sections"] | {section: f"{document['sections'][section]}\n{text}"}
    return [one for one in problems_of(document) if one.code in TIMES]


@pytest.mark.parametrize(("section", "text"), RIGHT)
def test_right_years_and_dates_pass(section: str, text: str) -> None:
    assert told(section, text) == []


@pytest.mark.parametrize(("code", "section", "text"), WRONG)
def test_a_wrong_year_or_date_is_told_once(code: str, section: str, text: str) -> None:
    assert [one.code for one in told(section, text)] == [code]


def test_the_year_that_opens_a_section_is_the_report_year_whatever_it_is_compared_with() -> None:
    document = sound()
    text = (
        "2024年，我局认真贯彻落实《条例》，公众满意度达到94.2%，比上年提高0.7个百分点，督察整改信息逐条公开。"
    )
    document["sections"] = document["sections"] | {"一": f"{text}\n{document['sections']['一']}"}

    assert [one.code for one in problems_of(document) if one.code in TIMES] == ["stale-year"]


def test_a_number_of_last_years_report_is_history() -> None:
    last = sound(2024)
    last["table2"]["行政许可"] = dict.fromkeys(last["table2"]["行政许可"], 4321)

    def codes_of(text: str) -> list[str]:
        document = sound()
        document["sections"] = document["sections"] | {"六": f"没有收取信息处理费。\n{text}"}
        return [one.code for one in check(take(document), take(last)) if one.code in TIMES]

    assert codes_of("2024年办理许可4321件。") == []
    assert codes_of("2024年办理许可4322件。") == ["stale-year"]


@pytest.mark.parametrize(
    ("text", "before", "shown"),
    [
        ("截至2024年底，现行有效的行政规范性文件十九件。", 20, ["19 件是 2025 年末的数"]),
        ("2024年12月31日现行有效行政规范性文件19件。", 20, ["19 件是 2025 年末的数"]),
        ("截至2024年底，现行有效的行政规范性文件19件。", 19, []),
        ("截至2024年末现行有效行政规范性文件20件。", 20, []),
        ("较2024年底净减1件，现行有效19件。", 20, []),
        ("截至2025年底，现行有效的行政规范性文件19件。", 20, []),
    ],
)
def test_documents_in_force_are_those_of_the_day(text: str, before: int, shown: list[str]) -> None:
    this, last = sound(), sound(2024)
    this["table2"]["行政规范性文件"] = dict(zip(this["table2"]["行政规范性文件"], (3, 4, 19), strict=True))
    last["table2"]["行政规范性文件"] = dict(
        zip(last["table2"]["行政规范性文件"], (1, 1, before), strict=True)
    )
    this["sections"] = this["sections"] | {"六": f"没有收取信息处理费。\n{text}"}
    problems = [one for one in check(take(this), take(last)) if one.code == "stock-date"]

    assert [one.what.rpartition("：")[2] for one in problems] == shown


@pytest.mark.parametrize("text", SOUND)
def test_another_year_may_be_spoken_of(text: str) -> None:
    assert said("一", text) == []


@pytest.mark.parametrize(
    ("section", "text", "shown"),
    [
        ("一", "2024年制作图解15条，其中动画5条。", "2024年制作图解15条，其中动画5条。"),
        ("一", "（六）培训情况 2024年举办培训3次。", "2024年举办培训3次。"),
        ("一", "一是多讲，2024年共举办培训3次；二是多问。", "2024年共举办培训3次；二是多问。"),
        ("一", "2026年发布图解15条。", "2026年发布图解15条。"),
    ],
)
def test_a_year_left_over_is_told_with_the_words_that_follow_it(section: str, text: str, shown: str) -> None:
    assert said(section, text) == [
        f"报告.json › sections › {section} 第 11 段：这一句说的是 {shown[:4]} 年，报告年度是 2025 年：“{shown}”。"
        "请核对是否应为 2025 年；沿用上年文字的，数也要核对。"
    ]


def test_a_plan_for_a_year_that_is_over_is_told_with_the_next() -> None:
    assert said("五", "（一）打算。2025年，我局将坚持便民，多配图解。") == [
        "报告.json › sections › 五 第 2 段：改进的打算写的是 2025 年：“2025年，我局将坚持”。请核对是否应为 2026 年。"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2025年，我局将公开纳入考核，成效还不明显。",
        "2025年以来，各科室都在改，将继续改。",
        "2026年，我局将继续坚持；到2027年，将全部建成。",
        "2025年的培训办得不够，下一年将继续办。",
    ],
)
def test_what_was_done_this_year_and_what_is_planned_for_the_next_pass(text: str) -> None:
    assert said("五", text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("数据统计期限为2025年1月1日至2025年12月31日。", 0),
        ("所列数据的统计期限自2025年1月1日起至12月31日止。", 0),
        ("统计时间从2025 年1 月1 日到2025 年12 月31 日24时。", 0),
        ("数据统计范围为2025年度，财务数据截至2025年12月31日。", 0),
        ("数据统计期限为2025年1月1日-2024年12月31日。", 1),
        ("数据统计期限为2024年1月1日至12月31日。", 1),
        ("数据统计期限为2025年9月1日至2025年12月31日。", 1),
        ("数据统计时限为20251月1日至202512月31日。", 2),
        ("数据统计期限为2025年1月1日至12月31止。", 1),
    ],
)
def test_the_period_is_the_report_year_however_it_is_written(text: str, codes: int) -> None:
    assert len(said("引言", text, sign="=")) == codes


@pytest.mark.parametrize("brackets", ["〔2019〕", "（2019）", "[2019]", "【2019】", "〔 2019 〕"])
def test_a_superseded_basis_is_found_in_any_brackets(brackets: str) -> None:
    problems = said("引言", f"格式依照国办公开办函{brackets}60号。")

    assert sum("适用“国办公开办函〔2021〕30号”" in one for one in problems) == 1


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("2026年01月09日", "2026年1月9日"),
        ("2026.1.9", "2026年1月9日"),
        ("二〇二六年一月九日", "2026年1月9日"),
    ],
)
def test_the_date_below_the_report_is_told_as_it_should_be_written(written: str, right: str) -> None:
    assert said("成文日期", written, sign="=") == [
        f"报告.json › date_line：成文日期“{written}”的写法不合公文格式。请用阿拉伯数字写全年、月、日，月、日不补 0：“{right}”。"
    ]
