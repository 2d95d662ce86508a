"""Which kind of reporter an organ is: certain by name or text, or several, of which nothing is concluded."""

from __future__ import annotations

from typing import Any

import pytest
from nianbao.mandate import load
from nianbao.report.reporters import kinds

from tests.reports import codes, problems_of, sound, take

ALL = "部门 乡镇 本机关 县 市 省 垂直"
SHORT = {
    "部门": "department",
    "乡镇": "township",
    "本机关": "government_office",
    "县": "county",
    "市": "city",
    "省": "province",
    "垂直": "vertical_system",
}
NAMED = [  # organ, its text, what it can be
    ("甲州市财政局", "", "部门"),
    ("甲州市发展和改革委员会", "", "部门"),
    ("甲州市国有资产监督管理委员会", "", "部门"),
    ("甲州市城市管理委员会", "", "部门"),
    ("甲乙省人民政府外事办公室", "", "部门"),
    ("甲州市公安局交通警察支队", "", "部门"),
    ("某某综合实验区行政审批局", "", "部门"),
    ("某某县气象局", "", "部门"),
    ("甲州市气象局", "", "部门 垂直"),
    ("国家税务总局甲乙省税务局", "", "部门 垂直"),
    ("平安镇人民政府", "", "乡镇"),
    ("甲州市乙江区平安镇人民政府", "全镇各部门各村共同汇总。", "乡镇"),
    ("某某县城关乡", "", "乡镇"),
    ("乙江区长安街道办事处", "", "乡镇"),
    ("甲州市乙江区长安街道", "", "乡镇"),
    ("景德镇市人民政府办公室", "", "本机关"),
    ("甲州市人民政府办公厅", "", "本机关"),
    ("某某县政府办公室", "", "本机关"),
    ("某某县人民政府", "", "本机关 县"),
    ("某某县", "本报告由各部门和各镇的报告汇总编制。", "县"),
    ("乙江区人民政府", "全区各级行政机关共收到申请若干件。", "县"),
    ("某某旗人民政府", "全旗各苏木镇、各部门。", "县"),
    ("上海市乙江区人民政府", "本报告汇总全区情况。", "县 市"),
    ("甲州市人民政府", "", "本机关 县 市"),
    ("甲州市", "全市各级行政机关共收到申请若干件。", "县 市"),
    ("甲州市人民政府", "全市各级各部门，各县（市、区）人民政府。", "市"),
    ("甲乙彝族自治州人民政府", "汇总全州各县市。", "市"),
    ("甲乙省人民政府", "全省各级行政机关。", "省"),
    ("甲乙壮族自治区人民政府", "全区各级行政机关。", "省"),
    ("上海市人民政府", "汇总全市情况。", "省"),
    ("甲州市人民政府（本级）", "全市各级行政机关。", "本机关"),
    ("甲州市人民政府（汇总）", "", "县 市"),
    ("甲州经济技术开发区管理委员会", "", ALL),
    ("某某风景名胜区管委会", "", ALL),
    ("某某林场管委会", "", ALL),
    ("某某高新区", "", ALL),
    ("新疆生产建设兵团", "", ALL),
    ("某某地区行政公署", "", ALL),
    ("某某", "", ALL),
]


@pytest.mark.parametrize(("organ", "text", "wanted"), NAMED)
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_name_tells_the_kinds_that_an_organ_can_be(
    organ: str, text: str, wanted: str, edition: str
) -> None:
    found = [kind.key for kind in kinds(load(edition), organ, "", [text])]

    assert found == [SHORT[word] for word in wanted.split()]


def test_without_an_organ_the_signature_tells() -> None:
    assert [kind.key for kind in kinds(load("2021"), "", "某某县民政局")] == ["department"]


def said(**particulars: Any) -> list[str]:
    """What is found in a sound report of another organ, without a stated kind."""
    signed = {"issued_by": particulars["organ"]} if "organ" in particulars else {}
    document = sound() | signed | particulars
    document["sections"] = sound()["sections"] | particulars.get("sections", {})
    for column in ("本年制发件数", "本年废止件数", "现行有效件数"):
        document["table2"]["规章"][column] = particulars.get("regulations", 0)
    return codes(problems_of(document))


ASSESSED = {"六": "没有收取信息处理费。工作考核、社会评议如期完成，没有需要问责的情形。"}
WHOLE = {"引言": "本报告汇总全县各级行政机关的情况，统计期限为2025年1月1日至12月31日。"}


@pytest.mark.parametrize("organ", ["某某市人民政府", "某某县人民政府", "某某市", "某某经济开发区管理委员会"])
def test_of_a_kind_that_is_only_guessed_no_deadline_and_no_duty_is_told(organ: str) -> None:
    assert said(organ=organ, date_line="2026年3月20日", regulations=0) == []


def test_what_is_late_for_every_kind_is_told() -> None:
    assert said(organ="某某市人民政府", date_line="2026年4月1日") == ["date-too-late"]


@pytest.mark.parametrize(
    ("particulars", "found"),
    [
        ({"organ": "某某县财政局", "date_line": "2026年2月3日"}, ["date-too-late"]),
        ({"organ": "平安镇人民政府", "sections": ASSESSED, "date_line": "2026年2月3日"}, ["date-too-late"]),
        ({"organ": "平安镇人民政府"}, ["topic-missing"]),
        ({"organ": "某某县人民政府", "sections": WHOLE}, ["topic-missing"]),
        ({"organ": "某某县人民政府", "sections": WHOLE | ASSESSED, "date_line": "2026年2月20日"}, []),
        (
            {"organ": "某某县人民政府", "sections": WHOLE | ASSESSED, "date_line": "2026年2月21日"},
            ["date-too-late"],
        ),
        ({"organ": "某某县人民政府", "regulations": 1}, ["regulations-without-power"]),
        ({"organ": "某某市人民政府", "regulations": 1}, []),
    ],
)
def test_of_a_kind_that_is_certain_deadline_and_duties_are_told(
    particulars: dict[str, Any], found: list[str]
) -> None:
    assert said(**particulars) == found


def test_a_stated_kind_is_kept_whatever_the_name_says() -> None:
    report = take(sound() | {"organ": "某某市人民政府", "reporter": "政府本机关"})

    assert (report.reporter_name, len(report.kinds)) == ("政府本机关", 1)
