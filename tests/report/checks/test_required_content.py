"""What the messages about duties and copying say, to the letter, and what they rest on."""

from __future__ import annotations

import pytest
from nianbao.report import Problem, check

from tests.reports import problems_of, sound, take

COPIED = (
    "（一）主动公开\n{year}年，通过门户网站发布信息{count}条，预算和决算在批复之后二十日内公布。\n"
    "政策文件与解读材料同日发布，读不懂的地方另配问答；栏目名称与公开指南一致。\n"
    "（二）依申请公开\n来件当日登记，答复之前由法制人员复核。\n"
    "（三）政府信息管理\n起草时写明公开属性。\n（四）平台建设\n每季核对一次栏目。\n（五）监督保障\n每年培训两次。"
)
OTHER = (
    "（一）主动公开\n办事指南改写为一页纸，窗口和网站同步提供，企业常问的三十个问题逐一作了回答。\n"
    "（二）依申请公开\n对表述不清的申请，先打电话问明所需信息，再确定由谁答复。\n"
    "（三）政府信息管理\n清理失效文件。\n（四）平台建设\n公众号并入网站。\n（五）监督保障\n结果在局内通报。"
)


def of(problems: list[Problem] | tuple[Problem, ...], code: str) -> list[Problem]:
    return [problem for problem in problems if problem.code == code]


def changed(section: str, text: str, **particulars: object) -> dict[str, object]:
    document = sound() | particulars
    document["sections"] = document["sections"] | {section: text}
    return document


def test_missing_topics_are_one_finding_with_both_numbers() -> None:
    text = "（一）主动公开\n按目录上网。\n（二）依申请公开\n当日登记。\n（三）平台建设\n每季核对。"

    [problem] = of(problems_of(changed("一", text, reporter="地市级政府汇总")), "topic-missing")

    assert str(problem) == (
        "报告.json › sections › 一：“一、总体情况”应写 8 个方面，写到 3 个，没有写到："
        "政府信息管理、监督保障、工作考核、社会评议、责任追究。请各写一段，用小标题标出；没有发生的也要写明。"
    )
    assert problem.about == ("政府信息管理", "监督保障", "工作考核", "社会评议", "责任追究")


@pytest.mark.parametrize(
    "text",
    [
        "（一）主动公开方面按目录上网。（二）依申请公开方面当日登记。（三）信息管理方面逐件审查。"
        "（四）平台方面每季核对。（五）监督方面每年培训。",
        "一是主动公开：按目录上网。\n二是依申请公开：当日登记。\n三是信息资源管理：逐件审查。\n"
        "四是网站建设：每季核对。\n五是工作保障：每年培训。",
        "主动公开情况\n按目录上网。\n依申请公开情况\n当日登记。\n政府信息管理情况\n逐件审查。\n"
        "公开平台情况\n每季核对。\n监督保障情况\n每年培训。",
        "（一）公开工作\n1.主动公开。按目录上网。\n2.依申请公开。当日登记。\n"
        "（二）信息管理与平台建设\n每季核对。\n（三）监督保障\n每年培训。",
    ],
)
def test_headings_are_found_however_they_are_set(text: str) -> None:
    assert of(problems_of(changed("一", text)), "topic-missing") == []


def test_a_street_office_is_no_government_and_a_township_is_one() -> None:
    street = sound() | {"reporter": "乡镇（街道）", "organ": "某某街道办事处"}
    township = sound() | {"reporter": "乡镇（街道）", "organ": "某某镇人民政府"}

    assert of(problems_of(street), "topic-missing") == []
    assert of(problems_of(township), "topic-missing")[0].about == ("工作考核", "社会评议", "责任追究")


def test_the_length_is_counted_without_white_space() -> None:
    text = "\n".join(["栏目 更新，　按月核对 。"] * 100)

    [problem] = of(problems_of(changed("一", f"{sound()['sections']['一']}\n{text}")), "overview-too-long")

    assert problem.what == ("“一、总体情况”有 1096 字（不计空格），规定原则上不超过 1000 字，多出 96 字")


def test_a_silent_section_is_told_how_many_were_dropped_for_not_paying() -> None:
    [problem] = of(problems_of(changed("六", "无。")), "fee-untold")

    assert str(problem).endswith(
        "：“六、其他需要报告的事项”没有报告信息处理费，表中却有 6 件因逾期未缴费而不再处理：“无。”。"
        "请写明收取了多少元；没有收取的，写“2025年没有收取信息处理费。”。"
    )
    assert [place.part for place in problem.places] == ["sections", "table3"]


@pytest.mark.parametrize(
    "text",
    [
        "未收取政府信息公开信息处理费。",
        "无收取信息公开处理费情况。",
        "本机关没有收费。",
        "依申请公开政府信息没有向申请人收取检索、复制、邮寄等费用。",
        "收取信息处理费 1,200 元，已缴入国库。",
        "全年免费提供政府信息。",
    ],
)
def test_the_fee_is_reported_in_many_words(text: str) -> None:
    assert of(problems_of(changed("六", text)), "fee-untold") == []


def test_an_amount_in_yuan_is_compared_with_the_table_in_myriads() -> None:
    text = "全年收取信息处理费共计５４．５万元，其中一件380元。"

    [problem] = of(problems_of(changed("六", text)), "fee-against-table")

    assert problem.what == "信息处理费写的是 54.5万元（合 54.5 万元），而表中行政事业性收费一共 53 万元"
    assert problem.about == ("54.5万元", "disclosure.fees.amount", "53")


@pytest.mark.parametrize(
    ("organ", "reporter", "powerless"),
    [
        ("某某市某某区民政局", "部门", True),
        ("某某县人民政府办公室", "政府本机关", True),
        ("某某旗林业和草原局", "部门", True),
        ("某某自治县人民政府", "县级政府汇总", True),
        ("某某镇人民政府", "乡镇（街道）", True),
        ("某某市人民政府", "地市级政府汇总", False),
        ("某某市司法局", "部门", False),
        ("某某自治区司法厅", "部门", False),
        ("某某市社区建设办公室", "部门", False),
        ("某某省乡村振兴局", "部门", False),
        ("某某新区管理委员会", "部门", False),
    ],
)
def test_only_those_surely_without_the_power_are_told(organ: str, reporter: str, powerless: bool) -> None:
    problems = problems_of(sound() | {"organ": organ, "reporter": reporter})

    assert bool(of(problems, "regulations-without-power")) is powerless


def test_a_copied_section_names_its_share_and_rests_on_every_sentence() -> None:
    now = changed("一", COPIED.format(year=2025, count=310))
    last = changed("一", COPIED.format(year=2024, count=286), year=2024)

    [problem] = of(check(take(now), take(last)), "copied-section")

    assert problem.what == (
        "“一、总体情况”的 6 句中有 6 句与上年报告相同或基本相同，占字数的 100%，"
        "例如“2025年，通过门户网站发布信息310条，预算和决算在批复之后二十日内公布”"
    )
    assert (problem.about[0], len(problem.about)) == ("overview", 7)
    assert [place.cell for place in problem.places][:2] == ["一 第 2 段", "一 第 3 段"]


def test_sentences_with_other_figures_and_years_are_the_same_sentences() -> None:
    text = (
        "{}年发布政策{}件，解读{}篇，视频{}条，访谈{}期。解读篇数偏少，明年逐件配发。"
        "窗口接待{}人次，来电{}通，来信{}封，回访{}户，满意{}户。"
    )
    now = changed("五", text.format("二〇二五", 310, 128, 116, 252, 1310, 2408, 177, 939, 871))
    last = changed("五", text.format("2024", 7, 4, 45, 8, 64, 5, 33, 6, 5), year=2024)

    [problem] = of(check(take(now), take(last)), "copied-section")

    assert problem.what.startswith("“五、存在的主要问题及改进情况”的 3 句中有 3 句与上年报告相同")


def test_headings_are_the_same_every_year_and_do_not_count() -> None:
    headings = "（一）存在的主要问题和薄弱环节\n{}\n（二）下一步改进措施和工作打算\n{}"
    first, second = "窗口人员更换多，新手不熟悉期限。", "由老手带一个月，再单独办件，办公室每周抽查两件。"
    third, fourth = "网站检索不好用，同一文件要查几次。", "按年份和主题重排目录，旧链接一律转到新页面。"
    now, last = changed("五", headings.format(first, second)), changed("五", headings.format(third, fourth))

    assert of(check(take(now), take(last | {"year": 2024})), "copied-section") == []


def test_other_words_about_the_same_things_are_no_copy() -> None:
    now = changed("一", COPIED.format(year=2025, count=310))
    last = changed("一", OTHER, year=2024)

    assert of(check(take(now), take(last)), "copied-section") == []


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("全年发出收费通知6件，申请人均逾期未缴纳，实际收取信息处理费1200元。", "1200元"),
        ("信息处理费方面，发出收费通知6份，因申请人逾期未缴费，不再处理其申请，实收450元。", "450元"),
        ("向申请人送达收费通知书6份，均逾期未按要求缴纳。全年收取信息处理费380元。", "380元"),
        ("全年发出收费通知6件，申请人均逾期未缴纳，实际收取信息处理费0元。", ""),
        ("全年发出收费通知8件，6件逾期未缴纳，收取信息处理费380元。", ""),
        ("全年发出收费通知6件，应收取信息处理费380元，申请人逾期未缴纳，实收0元。", ""),
        ("全年发出收费通知6件，通知收取信息处理费380元，申请人逾期未缴纳。", ""),
        ("上年发出的收费通知2件，今年发出收费通知6件，逾期未缴纳的6件，收取信息处理费380元。", ""),
    ],
)
def test_nothing_is_received_where_every_notice_went_unpaid(text: str, amount: str) -> None:
    document = sound()
    document["sections"] = document["sections"] | {"六": text}
    shown = [one.what for one in problems_of(document) if one.code == "fee-against-table"]

    assert shown == ([f"文中说收费通知 6 件，都逾期未缴（表中也是），却又收取了 {amount}"] if amount else [])


@pytest.mark.parametrize(
    ("overview", "fees", "count"),
    [
        (
            "全年没有收取信息处理费。",
            "共收取信息处理费460元，其中水利局310元、民政局150元，全部缴入县级国库。",
            1,
        ),
        (
            "全年收取信息处理费460元。",
            "共收取信息处理费460元，其中水利局310元、民政局150元，全部缴入县级国库。",
            0,
        ),
        ("全年收取信息处理费460元。", "全县收取行政事业性收费53万元，其中信息处理费460元。", 0),
        ("县级机关没有收取信息处理费。", "共收取信息处理费460元，其中某镇460元。", 0),
    ],
)
def test_two_sections_tell_the_same_fee(overview: str, fees: str, count: int) -> None:
    document = sound()
    document["sections"] = document["sections"] | {
        "一": f"{document['sections']['一']}\n{overview}",
        "六": fees,
    }

    assert [one.code for one in problems_of(document)].count("fee-told-twice") == count


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("全年没有收取信息处理费，共计收取200元。", ["fee-told-twice"]),
        ("信息处理费0元，涉及1件申请，已收300元，已缴入国库。", ["fee-told-twice"]),
        ("对2件申请收取信息处理费共计900元，其中一件500元，另一件300元。", ["fee-parts"]),
        ("全年没有收取信息处理费，收取复印工本费200元。", []),
        ("收取信息处理费300元，涉及1件申请，已缴入国库。", []),
        ("对3件申请收取信息处理费共计900元，其中一件500元，另一件300元。", []),
        ("未发出信息处理费收费通知，收取信息处理费0元。", []),
    ],
)
def test_a_fee_is_told_once_and_its_parts_make_it_up(text: str, codes: list[str]) -> None:
    told = [one.code for one in problems_of(changed("六", text))]
    assert [code for code in told if code in ("fee-told-twice", "fee-parts", "prose-number")] == codes
