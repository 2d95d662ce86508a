"""Names of organs: short names, offices and brackets pass, other organs and slips do not."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

from typing import Any

import pytest
from nianbao.report.checks import Inspection
from nianbao.report.checks.names import contacts, organ, speaker
from nianbao.report.checks.names.organ_names import clipped, names, slip

from tests.reports import sound, take

ONE = [  # organ, signature, what the title says
    ("某某市人民政府", "某某市人民政府办公室", "某某市"),
    ("某某市人民政府", "某某市政府办公室", "某某市政府"),
    ("某某市人民政府", "某某市政务公开办公室", "某某市人民政府"),
    ("甲乙省人民政府外事办公室", "甲乙省外办", "省人民政府外事办公室"),
    ("某某市发展和改革委员会", "某某市发改委", "市发展改革委"),
    ("某某市住房和城乡建设局", "某某市住建局", "某某住建局"),
    ("甲州市市场监督管理局", "甲州市市场监管局", "市市场监管局"),
    ("某某县人力资源和社会保障局", "某某县人社局", "某某县人社局"),
    ("甲州市乙江区人民政府", "乙江区人民政府", "乙江区"),
    ("乙江区人民政府", "甲州市乙江区人民政府", "甲州市乙江区"),
    ("甲州市乙江区平安镇人民政府", "平安镇人民政府", "平安镇"),
    ("国家税务总局某某县税务局", "国家税务总局某某县税务局", "某某县税务局"),
    ("某某市卫生健康委员会（某某市中医药管理局）", "某某市中医药管理局", "某某市卫健委"),
    ("某某综合实验区管理委员会", "某某综合实验区党工委管委会办公室", "某某综合实验区"),
    ("某某高新技术产业开发区管理委员会", "某某高新区管委会", "某某高新区"),
    ("甲乙壮族自治区财政厅", "甲乙壮族自治区财政厅", "自治区财政厅"),
    ("甲乙彝族自治州人民政府", "甲乙彝族自治州人民政府办公室", "甲乙州"),
    ("某某市公安局交通警察支队", "某某市公安局交警支队", "某某市公安局交警支队"),
    ("某某市退役军人事务局", "某某市退役军人局", "某某市退役军人事务局"),
]
OTHERS = [
    ("某某实验区投资促进局", "某某实验区国有资产管理局", "某某实验区国有资产管理局"),
    ("某某市财政局", "某某市审计局", "某某市审计局"),
    ("某某市财政局", "某某县财政局", "某某县财政局"),
    ("某某市财政局", "某某市人民政府", "某某市人民政府"),
    ("某某县人民政府", "某某县财政局", "某某市"),
    ("某某市水利局", "某某市水务局", "某某市水务局"),
    ("甲州区人民政府", "乙云区人民政府", "乙云区"),
]
TITLES = (
    "{whose}2025年政府信息公开工作年度报告",
    "2025年{whose}政府信息公开工作年度报告",
    "{whose}2025年度政务公开工作报告",
    "{whose}政府信息公开工作2025年度报告",
    "{whose}关于2025年政府信息公开工作的年度报告",
)


def of(check: Any, **particulars: Any) -> list[str]:
    """What one check says of a sound report with other particulars; a section's text is added."""
    document = sound()
    for section in ("引言", "一"):
        document["sections"][section] += "\n" + particulars.pop(section, "")
    document.update(particulars)
    return [str(one) for one in check(Inspection(take(document)))]


@pytest.mark.parametrize("form", TITLES)
@pytest.mark.parametrize(("name", "signed", "whose"), ONE)
def test_one_organ_has_many_names(name: str, signed: str, whose: str, form: str) -> None:
    assert of(organ, organ=name, issued_by=signed, title=form.format(whose=whose)) == []


@pytest.mark.parametrize("form", TITLES)
@pytest.mark.parametrize(("name", "signed", "whose"), OTHERS)
def test_another_organ_is_told_in_title_and_signature(name: str, signed: str, whose: str, form: str) -> None:
    assert of(organ, organ=name, issued_by=signed, title=form.format(whose=whose)) == [
        f"报告.json › title：标题里的机关“{whose}”不是报告的机关“{name}”。请核对标题和机关名称。",
        f"报告.json › issued_by：署名“{signed}”不是报告的机关“{name}”。请署报告机关的全称；机关改过名称的，统一用新的名称。",
    ]


@pytest.mark.parametrize(
    "title", ["年报", "2025年度报告", "政府信息公开年报", "关于2025年政府信息公开工作的报告"]
)
def test_a_title_that_names_nobody_names_no_other_organ(title: str) -> None:
    assert of(organ, title=title) == []


def test_a_slip_in_the_signature_is_told_as_a_slip() -> None:
    assert of(organ, organ="某某市财政金融局", issued_by="某某市财政全融局") == [
        "报告.json › issued_by：署名“某某市财政全融局”与机关名称“某某市财政金融局”差一两个字，像是写错了。"
        "请署报告机关的全称；机关改过名称的，统一用新的名称。"
    ]


def test_a_character_too_few_in_the_signature_is_a_slip_and_no_short_name() -> None:
    [problem] = of(organ, organ="某某市行政审批局", issued_by="某某市行政批局")

    assert "差一两个字，像是写错了" in problem


@pytest.mark.parametrize("signed", ["东河县政府办室", "东河县人民政府公室", "东河县人民政府办室"])
def test_a_character_too_few_in_the_name_of_the_office_that_signs_is_told(signed: str) -> None:
    for name in ("东河县人民政府", "东河县人民政府办公室"):
        [problem] = of(organ, organ=name, issued_by=signed, title="2025年政府信息公开工作年度报告")

        assert f"署名“{signed}”" in problem


@pytest.mark.parametrize("signed", ["东河县政府办公室", "东河县人民政府办公室", "东河县政府办"])
def test_an_office_signs_in_full_or_short(signed: str) -> None:
    name = "东河县人民政府办公室"

    assert of(organ, organ=name, issued_by=signed, title="2025年政府信息公开工作年度报告") == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("东河县人民政府办公室", "由东河县人民政府办公厅汇总。", "“东河县人民政府办公厅”与本机关的名称"),
        ("东河县人民政府办公室", "清理2016年以来的西岭县政府文件。", "“西岭县”不是本机关"),
        ("东河县人民政府", "梳理历年西岭县人民政府规范性文件。", "“西岭县”不是本机关"),
        ("东河县青龙镇人民政府", "白虎镇辖14个行政村、2个社区。", "“白虎镇”不是本机关"),
        ("西城区云岭街道办事处", "江口街道下辖12个社区。", "“江口街道”不是本机关"),
    ],
)
def test_an_office_documents_and_villages_of_others_are_told(name: str, text: str, told: str) -> None:
    title = "2025年政府信息公开工作年度报告"
    [problem] = of(organ, organ=name, issued_by=name, title=title, 一=text)

    assert told in problem


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("东河县人民政府办公室", "按省人民政府办公厅要求，由东河县政府办公室汇总。"),
        ("东河县人民政府办公室", "清理2016年以来的东河县政府文件，学习西岭县政府文件管理的经验。"),
        ("东河县青龙镇人民政府", "青龙镇辖14个行政村，本镇辖2个社区。"),
        ("东河县人民政府", "东河县辖12个镇。青龙镇辖14个行政村，是试点镇。"),
    ],
)
def test_the_own_documents_and_villages_are_left_alone(name: str, text: str) -> None:
    assert of(organ, organ=name, issued_by=name, title="2025年政府信息公开工作年度报告", 一=text) == []


@pytest.mark.parametrize(
    ("text", "written", "right"),
    [
        ("由甲乙综合区行政审批局编制。", "甲乙综合区行政审批局", "甲乙综合实验区行政审批局"),
        ("甲乙综合试验区的网站已改版。", "甲乙综合试验区", "甲乙综合实验区"),
        ("甲乙合综实验区行政审批局已改版。", "甲乙合综实验区行政审批局", "甲乙综合实验区行政审批局"),
        ("甲乙综合实验区行政审判局已改版。", "甲乙综合实验区行政审判局", "甲乙综合实验区行政审批局"),
        ("甲乙综合实验区行政批局已改版。", "甲乙综合实验区行政批局", "甲乙综合实验区行政审批局"),
    ],
)
def test_a_misspelt_name_in_the_text_is_told_with_the_right_one(text: str, written: str, right: str) -> None:
    name = "甲乙综合实验区行政审批局"
    [problem] = of(organ, organ=name, issued_by=name, 一=text)

    assert problem == (
        f"报告.json › sections › 一 第 11 段：“{written}”与本机关的名称“{right}”差一两个字。"
        f"写错的请改为“{right}”；确是别的机关的不必改。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "甲乙实验区行政审批局、甲乙综合实验区审批局、区行政审批局都是它。",
        "会同甲乙综合实验区公安局、甲乙综合实验区税务局、甲乙综合实验区教育局办理。",
        "甲乙综合实验区与丙丁综合实验区、甲乙综合保税区共建平台，甲乙综合实验室挂牌。",
        "材料转甲乙市行政审批局和甲州区行政审批局。",
    ],
)
def test_short_names_and_names_of_others_are_no_slips(text: str) -> None:
    name = "甲乙综合实验区行政审批局"

    assert of(organ, organ=name, issued_by=name, 一=text) == []


def test_the_bureau_next_door_is_no_slip() -> None:
    name = "甲乙综合实验区水利局"

    assert of(organ, organ=name, issued_by=name, 一="会同甲乙综合实验区水务局办理。") == []


def test_likeness_tells_slips_from_short_names() -> None:
    assert slip("财政金融局", "财政全融局")
    assert slip("行政审批局", "政行审批局") is False  # the first character has to agree
    assert slip("发展和改革委员会", "发展改革委员会") is False
    assert clipped("甲乙综合实验区", "甲乙综合区")
    assert clipped("甲乙综合实验区", "甲乙实验区") is False
    assert clipped("某某自治州", "某某州") is False


@pytest.mark.parametrize(
    ("name", "place", "kind"),
    [
        ("甲州市市场监督管理局", "甲州市", "市场监督管理局"),
        ("某某市住房和城乡建设局", "某某市", "住房和城乡建设局"),
        ("甲州市乙江区平安镇人民政府", "甲州市乙江区平安镇", "人民政府"),
        ("甲乙综合实验区行政审批局", "甲乙综合实验区", "行政审批局"),
        ("甲乙彝族自治州农业农村局", "甲乙彝族自治州", "农业农村局"),
        ("国家统计局调查队", "", "国家统计局调查队"),
    ],
)
def test_a_name_is_a_place_and_a_kind(name: str, place: str, kind: str) -> None:
    [one] = names(name)

    assert (one.place, one.kind) == (place, kind)


@pytest.mark.parametrize(
    ("name", "text", "who"),
    [
        ("某某市财政局", "我委每月查一次，我委还抽查。", "我委”与机关“某某市财政局”不符（2 处"),
        ("某某市发展和改革委员会", "我局每月查一次。", "我局"),
        ("甲乙省人民政府外事办公室", "我厅每月查一次。", "我厅"),
        ("某某市人民政府", "我局每月查一次。", "我局"),
        ("某某市人民政府", "我县每月查一次。", "我县"),
        ("某某县平安镇人民政府", "我乡每月查一次。", "我乡"),
        ("某某市财政局", "我区收到申请若干件。", "我区"),
    ],
)
def test_a_word_for_oneself_that_contradicts_the_organ_is_told(name: str, text: str, who: str) -> None:
    [problem] = of(speaker, organ=name, 一=text)

    assert f"“{who}" in problem


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("某某市财政局", "我局照办，我市、我省另有规定，我区别对待。"),
        ("甲乙省人民政府外事办公室", "我办照办，我省各市照办，我局限在期内答复。"),
        ("某某市卫生健康委员会", "我委照办，我委托第三方评估。"),
        ("某某市人民政府", "我市照办，“你点单我办理”，“我县最美”活动照办。"),
        ("某某县平安镇人民政府", "我镇照办，我县、我市另有规定。"),
        ("某某高新技术产业开发区管理委员会", "我委照办，我区照办。"),
        ("某某县人民政府", "我区另有规定，自治区的简称如此。"),
        ("某某市财政局", "我区统一部署，我局照办。"),
        ("某某市财政局", "我区收到申请若干件，高新区财政分局也是。"),
        ("某某市政务服务中心", "我局照办，我办照办。"),
    ],
)
def test_a_word_for_oneself_that_the_organ_may_mean_is_left_alone(name: str, text: str) -> None:
    assert of(speaker, organ=name, 一=text) == []


@pytest.mark.parametrize(
    "text", ["有人针对市公安局申请复议。", "市公安局收到公开申请若干件。", "全年，市公安局共制发文件若干件。"]
)
def test_the_own_kind_of_another_level_doing_ones_own_work_is_told(text: str) -> None:
    [problem] = of(speaker, organ="某某实验区公安局", 一=text)

    assert "“市公安局”与本机关“某某实验区公安局”的级别不符" in problem


@pytest.mark.parametrize(
    "text",
    [
        "按照市公安局的部署，区公安局收到申请后当日登记。",
        "在省公安厅和市公安局的指导下，全年主动公开信息若干条。",
        "某某市公安局收到的来件已经转来，市公安局通报了情况。",
    ],
)
def test_what_the_level_above_demands_is_its_own(text: str) -> None:
    assert of(speaker, organ="某某实验区公安局", 一=text) == []


@pytest.mark.parametrize(
    "said",
    [
        "电话：0591-87654321、0591-87654320。",
        "电话：（010）63098000转801；传真 0535-8765432。",
        "联系电话为13800138000或者12345。",
        "服务热线：95598，咨询电话：400-810-8888。",
        "电话：8765 4321-801，邮编 350400，邮箱为a.b_c@mm.gov.cn。",
        "电话咨询35次，电话12345转来5次，邮箱收到3次，邮编、电话都上网。",
    ],
)
def test_contact_data_that_can_be_right_is_left_alone(said: str) -> None:
    assert of(contacts, 引言=said) == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("电话：0591-8765432。", "“0591-8765432”少一位：区号 0591 的电话是八位"),
        ("电话：0591-876543211。", "“0591-876543211”不像电话号码"),
        ("电话：1380013800。", "“1380013800”不像电话号码"),
        ("邮编：35040。", "“35040”不是六位数字的邮政编码"),
        ("邮箱：zwgk#mm.gov.cn。", "“zwgk#mm.gov.cn”不像电子邮箱"),
        ("邮箱：zwgk@mm.con。", "“zwgk@mm.con”不像电子邮箱"),
    ],
)
def test_contact_data_with_a_slip_is_told(said: str, problem: str) -> None:
    [found] = of(contacts, 引言=said)

    assert problem in found
