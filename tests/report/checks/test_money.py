"""Money in sentences: all fees of the year against the table, and the fee for handling information."""

from __future__ import annotations

from decimal import Decimal

import pytest
from nianbao.report import Problem
from nianbao.report.checks.required_content.money import amounts

from tests.reports import problems_of, sound

MONEY = {"fee-against-table", "fee-told-twice", "fee-parts", "charges-against-table", "amount-conversion"}
RIGHT = [  # section and text; in 六 the text is all there is
    ("一", "全年收取行政事业性收费1286.35万元。"),
    ("一", "行政事业性收费1,286.35万元，较上年的1024.1万元增加262.25万元。"),
    ("一", "行政事业性收费共计12863500元。"),
    ("一", "行政事业性收费约1286万元。"),
    ("一", "全年实现行政事业性收费收入0.13亿元。"),
    ("一", "行政事业性收费1286.4万元，全部缴入国库。"),
    ("一", "收取行政事业性收费1200余万元。"),
    ("一", "行政事业性收费近1300万元。"),
    ("一", "行政事业性收费超过1200万元。"),
    ("一", "其中行政事业性收费1286.35万元（约合0.13亿元）。"),
    ("一", "减免行政事业性收费35万元，惠及企业12家。"),
    ("一", "涉企行政事业性收费12万元。"),
    ("一", "2024年行政事业性收费1024.1万元。"),
    ("一", "上年行政事业性收费1024.1万元。"),
    ("一", "行政事业性收费项目3个，收费标准每件50元。"),
    ("一", "行政事业性收费目录清单公开12条。"),
    ("一", "公开行政事业性收费信息26条，涉及资金3.2万元。"),
    ("一", "行政事业性收费中，诉讼费32万元。"),
    ("一", "行政事业性收费较上年减少20万元。"),
    ("一", "行政事业性收费由上年的1024.1万元增至1286.35万元。"),
    ("一", "为企业减免行政事业性收费等各类费用200万元。"),
    ("一", "收取行政事业性收费（含考试费12万元）1286.35万元。"),
    ("一", "没有违规收取行政事业性收费的情况。"),
    ("一", "未新增行政事业性收费项目。"),
    ("一", "财政专项资金3.6亿元的分配结果全部公开。"),
    ("一", "取消行政事业性收费2项，停征1项。"),
    ("一", "计划2026年行政事业性收费控制在1000万元以内。"),
    ("一", "全市收取行政事业性收费3.2亿元，我局1286.35万元。"),
    ("六", "按规定收取信息处理费380元，其中1件180元，另1件200元。"),
    ("六", "信息处理费收取标准为每件100元，本年未收取。"),
    ("六", "共收取信息处理费2笔，合计560元。"),
    ("六", "全市行政机关收取信息处理费共5件、2170元，其中市级2件、860元，县级3件、1310元。"),
    ("六", "2024年收取信息处理费220元，2025年未收取。"),
    ("六", "对1件超量申请发出收费通知，实际收取信息处理费0元。"),
    ("一", "投入5176.44万元（约合0.52亿元）。"),
    ("六", "共收取信息处理费5件、2170元，其中按件计收3件、860元，按量计收2件、1310元，最高一笔500元。"),
    ("一", "按规定应收信息处理费380元，经核准全部减免。"),
    ("一", "市级收取信息处理费380元。"),
    ("一", "执行行政事业性收费减免政策，为236户企业减负41.2万元。"),
    ("一", "财政投入15万元（2024年为12万元）用于平台改造。"),
    ("一", "补偿资金3.2亿元的兑付情况按月公开。"),
    ("一", "单笔最高奖励50万元、累计兑现1.26亿元的政策同步解读。"),
    ("六", "2025年度，全县收取信息处理费的单位有0家。"),
    ("六", "本机关2025年无其他需要报告的事项，未收取信息处理费。"),
    ("六", "关于信息处理费：2020年《办法》施行以来，本局从未收取。"),
    ("六", "收取信息处理费2170元，其中市级860元（按件660元、按量200元），县级1310元。"),
    ("一", "不动产登记等行政事业性收费1286.35万元。"),
    ("一", "其中不动产登记行政事业性收费386.35万元。"),
    ("一", "行政事业性收费由上年的1268.53万元增至1286.35万元。"),
    ("六", "2025年未向申请人收取信息处理费，上年收取500元。"),
    ("六", "对2件申请发出收费通知，1件逾期未缴费，后又补缴。"),
]
WRONG = [  # code, section, text
    ("charges-against-table", "一", "全年收取行政事业性收费1286.35元。"),
    ("charges-against-table", "一", "行政事业性收费1286.35亿元。"),
    ("charges-against-table", "一", "行政事业性收费128.635万元。"),
    ("charges-against-table", "一", "行政事业性收费1268.35万元。"),
    ("charges-against-table", "一", "行政事业性收费总额为12.86亿元。"),
    ("charges-against-table", "一", "全年行政事业性收费收入1300.2万元，同比增长。"),
    ("charges-against-table", "一", "作出许可782件、处罚57件，收费302.45万元，同比增长74.2%。"),
    ("charges-against-table", "一", "行政处罚57件；行政强制5件；收费共计1268.35万元。"),
    ("charges-against-table", "一", "本年度没有行政事业性收费。"),
    ("charges-against-table", "一", "全年未收取行政事业性收费，也没有罚没收入。"),
    ("charges-against-table", "一", "收取1268.35万元行政事业性收费。"),
    ("charges-against-table", "一", "行政事业性收费约合计1.3万元。"),
    ("charges-against-table", "一", "2025年度，我局行政事业性收费实际入库1826.35万元。"),
    ("charges-against-table", "一", "行政事业性收费0元。"),
    ("charges-against-table", "一", "不动产登记等行政事业性收费1268.35万元。"),
    ("charges-against-table", "一", "不动产登记等行政事业性收费1286.35元。"),
    ("charges-against-table", "一", "办证环节收取的行政事业性收费共计1286.25万元。"),
    ("charges-against-table", "一", "行政事业性收费由上年的829.8万元增至1826.35万元。"),
    ("fee-against-table", "六", "对2件申请发出收费通知，收取430元信息处理费，1件逾期未缴费，视为放弃申请。"),
    ("fee-told-twice", "一", "上年结转1件，没有留到2026年的，收取信息处理费300元。"),
    ("fee-told-twice", "一", "全年收取信息处理费380元。"),
    ("fee-told-twice", "一", "全年信息处理费收入共计1200元，均缴入国库。"),
    ("fee-told-twice", "一", "全年收取信息处理费380元，已上缴省级国库。"),
    ("fee-parts", "六", "收取信息处理费共3件、900元，其中民政局2件、560元，教育局1件、430元。"),
    ("fee-parts", "六", "收取信息处理费共3件、900元，其中民政局2件、360元，教育局1件、430元。"),
    ("amount-conversion", "一", "投入5176.44万元（约合5.2亿元）。"),
]


def told(section: str, text: str, unpaid: int = 0, **particulars: str) -> list[Problem]:
    """What is found of money in a report that took in 1286.35 万元."""
    document = sound() | particulars
    fees = document["table2"]["行政事业性收费"]
    document["table2"]["行政事业性收费"] = dict.fromkeys(fees, 1286.35)
    row = next(row for row in document["table3"] if "缴纳费用" in row)
    document["table3"][row] = [unpaid, 0, 0, 0, 0, 0, unpaid]
    before = "" if section == "六" else f"{document['sections'][section]}\n"
    document["sections"] = document["sections"] | {section: before + text}
    return [one for one in problems_of(document) if one.code in MONEY]


@pytest.mark.parametrize(("section", "text"), RIGHT)
def test_right_amounts_and_other_money_pass(section: str, text: str) -> None:
    assert told(section, text) == []


@pytest.mark.parametrize(("code", "section", "text"), WRONG)
def test_a_wrong_amount_is_told_once(code: str, section: str, text: str) -> None:
    assert [one.code for one in told(section, text)] == [code]


def test_the_message_tells_a_slip_of_the_unit_from_another_number() -> None:
    assert [
        one.what for one in told("一", "行政事业性收费1286.35元。") + told("一", "行政事业性收费1300.5万元。")
    ] == [
        "文中写行政事业性收费“1286.35元”，表中是 1286.35 万元，数字相同而单位或小数点不同",
        "文中写行政事业性收费“1300.5万元”，表中是 1286.35 万元",
    ]


def test_what_all_of_a_place_took_in_is_its_governments_figure_only() -> None:
    text = "全县收取行政事业性收费1300.5万元。"

    assert [one.code for one in told("一", text, reporter="县级政府汇总")] == ["charges-against-table"]
    assert told("一", text) == []


@pytest.mark.parametrize("text", ["没有逾期未缴纳的情形。", "未出现逾期不缴费的情况。", "没有发出收费通知。"])
def test_an_application_dropped_for_not_paying_was_asked_to_pay(text: str) -> None:
    said = f"收取信息处理费430元，{text}"

    assert [[one.code for one in told("六", said, unpaid)] for unpaid in (0, 2)] == [
        [],
        ["fee-against-table"],
    ]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1,286.35万元", "12863500"),
        ("0.5亿元", "50000000"),
        ("约3千元", "3000"),
        ("1200余万元", "12000000"),
        ("每件100元", None),
        ("100元/件", None),
        ("标准为20元", None),
    ],
)
def test_amounts_are_read_in_yuan_and_rates_are_none(text: str, yuan: str | None) -> None:
    assert [amount.yuan for amount in amounts(text)] == ([Decimal(yuan)] if yuan else [])


def test_notices_told_of_in_one_section_are_not_denied_in_another() -> None:
    document = sound()
    before = document["sections"]["一"]
    said = {"一": f"{before}\n对2件超量申请发出收费通知。", "六": "没有发出收费通知，未收取信息处理费。"}
    document["sections"] = document["sections"] | said
    problems = [one for one in problems_of(document) if one.code == "fee-told-twice"]

    assert [one.what for one in problems] == [
        "收费通知前后不一：一写“2件超量申请发出收费通知”，六写“没有发出收费通知”"
    ]


def test_a_fee_too_small_for_the_table_does_not_exceed_it() -> None:
    document = sound()
    fees = document["table2"]["行政事业性收费"]
    document["table2"]["行政事业性收费"] = dict.fromkeys(fees, 0)

    def codes_of(text: str) -> list[str]:
        document["sections"] = document["sections"] | {"六": text}
        return [one.code for one in problems_of(document) if one.code in MONEY]

    assert codes_of("全年收取信息处理费380元。") == []
    assert codes_of("全年收取信息处理费1.2万元。") == ["fee-against-table"]
