"""A comparison as text, JSON and page: what is shown, what is left out, and that nothing written can harm."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from lxml import html
from nianbao.media import comparison as media
from nianbao.media.comparison.text import _width
from nianbao.report.comparison import Comparison

from tests.report.comparison.comparison_samples import ORGAN, compared, line, report, shared

EVIL = "\"'><script>alert(1)</script>&amp;\x1b[31m‮"
BEFORE = "全年发布信息120条。\n栏目按季检查一次并记录。"
AFTER = "全年发布信息130条。\n栏目按月检查一次并记录。\n年中培训一次。"


class Drawing(NamedTuple):
    title: str
    svg: str


@pytest.fixture(scope="module")
def three() -> Comparison:
    """Three years: a figure from zero, an amount, a rewritten paragraph."""
    return compared(
        report(2023, sections={"一": BEFORE}),
        report(
            2024,
            sections={"一": BEFORE},
            requests__received__total=4,
            requests__outcome_total__total=4,
            requests__disclosed__total=1,
            disclosure__fees__amount="1.5",
        ),
        report(
            2025,
            sections={"一": AFTER},
            requests__received__total=5,
            requests__outcome_total__total=4,
            requests__disclosed__total=2,
            disclosure__fees__amount="0.25",
        ),
    )


def test_a_terminal_shows_what_differs(three: Comparison) -> None:
    assert media.text(three, 120) == (
        f"年度报告比较：{ORGAN} 2023年、2024年、2025年\n"
        "数据 200 项，4 项有变化\n"
        "\n"
        "二、主动公开政府信息情况\n"
        "  行政事业性收费\n"
        "    本年收费金额（单位：万元）　2023年 0；2024年 1.5〔由 0 增至 1.5〕；"
        "2025年 0.25〔-1.25，-83.3%〕；首末：2023年 → 2025\n"
        "      年 由 0 增至 0.25\n"
        "\n"
        "三、收到和处理政府信息公开申请情况\n"
        "  一、本年新收政府信息公开申请数量\n"
        "    总计　2023年 0；2024年 4〔由 0 增至 4〕；2025年 5〔+1，+25.0%〕；"
        "首末：2023年 → 2025年 由 0 增至 5\n"
        "  （一）予以公开\n"
        "    总计　2023年 0；2024年 1〔由 0 增至 1〕；2025年 2〔+1，+100.0%〕；"
        "首末：2023年 → 2025年 由 0 增至 2\n"
        "  （七）总计\n"
        "    总计　2023年 0；2024年 4〔由 0 增至 4〕；2025年 4〔不变〕；首末：2023年 → 2025年 由 0 增至 4\n"
        "\n"
        "比率\n"
        "  办结率　2023年 —（0/0）；2024年 100.0%（4/4）；2025年 80.0%（4/5）〔-20.0 个百分点〕\n"
        "  予以公开率　2023年 —（0/0）；2024年 25.0%（1/4）；2025年 50.0%（2/4）〔+25.0 个百分点〕\n"
        "\n"
        "一、总体情况\n"
        "  2024年 → 2025年　与前一份相同或基本相同的文字占 100%；"
        "仅数字、年份或标点有变 1 段，改写 1 段，新增 1 段\n"
        "    仅数字、年份或标点有变（第 1 段）：全年发布信息［删：120］［增：130］条。\n"
        "    改写（第 2 段）：栏目按［删：季］［增：月］检查一次并记录。\n"
        "    新增（第 3 段）：［增：年中培训一次。］\n"
    )


def test_a_terminal_shows_everything_where_it_is_asked_for(three: Comparison) -> None:
    shown = media.text(three, 100, every=True)

    assert shown.count("　2023年 ") == 200 + len(three.rates)
    assert "未变（第 1 段）：全年发布信息120条。" in shown
    assert f"机关\n    2023年　{ORGAN}\n" in shown


def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut() -> None:
    comparison = compared(report(2024, "a", disclosure__fees__amount="12345678.123456"), report(2024, "b"))
    for width in (40, 57, 80):
        shown = media.text(comparison, width, every=True)
        assert max(map(_width, shown.splitlines())) <= width + 2  # a closing mark may hang
        assert "12345678.123456" in shown


def test_reports_that_do_not_differ_are_said_not_to() -> None:
    shown = media.text(compared(report(2024, "a"), report(2024, "b")), 80)

    assert shown == (
        f"年度报告比较：{ORGAN} 2024年（a）、2024年（b）\n数据 200 项，0 项有变化\n\n数据\n  没有变化\n"
    )


def test_long_words_that_were_kept_are_cut_in_a_terminal_and_changes_never() -> None:
    kept = "甲" * 100
    comparison = compared(
        report(2023, sections={"一": f"旧词语{kept}改前{kept}尾部旧"}),
        report(2024, sections={"一": f"新说法{kept}改后{kept}尾部新"}),
    )
    beside = "甲" * 12

    assert (
        f"：［删：旧词语］［增：新说法］{beside}…{beside[1:]}改［删：前］［增：后］{beside}…{beside[2:]}尾部［删：旧］［增：新］\n"
    ) in media.text(comparison, 500)


def test_nothing_written_steers_the_terminal_or_becomes_markup() -> None:
    comparison = compared(report(2023, EVIL, organ=EVIL), report(2024, EVIL, sections={"一": EVIL}))
    page = media.page(comparison, [Drawing(EVIL, "<svg/>")], without=[EVIL], every=True)

    assert "\x1b" not in media.text(comparison, 80, every=True)
    assert "‮" not in media.text(comparison, 80, every=True)
    assert page.count("<script") == 0
    tree: Any = html.fromstring(page)
    assert [box.get("aria-label") for box in tree.find_class("scroll")][1] == f"图1　{EVIL}"
    assert [note.text for note in tree.xpath('//section[@aria-labelledby="charts"]/p')] == [EVIL]
    assert [cell.text for cell in tree.xpath('//tr[th="文件"]/td')] == [EVIL, EVIL]


def test_json_has_everything(three: Comparison) -> None:
    found = json.loads(json.dumps(media.to_json(three)))

    assert list(found) == ["reports", "steps", "particulars", "figures", "rates", "sections"]
    assert found["reports"][0] == {
        "label": "2023年",
        "file": "年报.json",
        "organ": ORGAN,
        "year": 2023,
        "edition": "2021",
    }
    assert found["steps"][2] == {"before": 0, "after": 2, "whole": True, "label": "首末：2023年 → 2025年"}
    assert len(found["figures"]) == 200
    [fees] = [one for one in found["figures"] if one["key"] == "disclosure.fees.amount"]
    assert fees == {
        "key": "disclosure.fees.amount",
        "section": "二、主动公开政府信息情况",
        "row": "行政事业性收费",
        "column": "本年收费金额（单位：万元）",
        "kind": "amount",
        "unit": "万元",
        "notes": [],
        "changed": True,
        "given": [
            {"number": 0, "partial": False, "states": ["number"], "texts": ["0"]},
            {"number": 1.5, "partial": False, "states": ["number"], "texts": ["1.5"]},
            {"number": 0.25, "partial": False, "states": ["number"], "texts": ["0.25"]},
        ],
        "differences": [
            {"turn": "more", "amount": 1.5, "percent": None},
            {"turn": "less", "amount": -1.25, "percent": -83.3},
            {"turn": "more", "amount": 0.25, "percent": None},
        ],
    }
    assert found["rates"][1] == {
        "name": "予以公开率",
        "shares": [
            {"part": 0, "whole": 0, "percent": None},
            {"part": 1, "whole": 4, "percent": 25.0},
            {"part": 2, "whole": 4, "percent": 50.0},
        ],
        "points": [None, 25.0, None],
    }
    assert found["sections"][0]["rewritings"][1]["passages"][1] == {
        "turn": "changed",
        "before": 2,
        "after": 2,
        "runs": [
            {"fate": "kept", "text": "栏目按"},
            {"fate": "gone", "text": "季"},
            {"fate": "new", "text": "月"},
            {"fate": "kept", "text": "检查一次并记录。"},
        ],
    }


def test_json_says_where_a_form_has_no_such_figure_and_keeps_every_digit() -> None:
    comparison = compared(report(2020), report(2021, disclosure__fees__amount="123456789012.123456"))
    found = {one["key"]: one for one in json.loads(json.dumps(media.to_json(comparison)))["figures"]}

    assert found["disclosure.fees.amount"]["given"][0] is None
    written = found["disclosure.fees.amount"]["given"][1]["number"]
    assert Decimal(str(written)) == Decimal("123456789012.123456")
    assert found["requests.other_handling.total"]["given"][1]["texts"] == ["0", "0", "0"]


def page(comparison: Comparison, **more: Any) -> Any:
    return html.fromstring(media.page(comparison, [Drawing("图题", '<svg role="img"></svg>')], **more))


def test_the_page_has_each_value_with_its_change_below(three: Comparison) -> None:
    [row] = page(three).xpath(
        '//tr[th="总计"][preceding-sibling::tr[1]/th/span="一、本年新收政府信息公开申请数量"]'
    )

    assert [(cell.get("class"), cell.text_content()) for cell in row.iter("td")] == [
        ("number", "0"),
        ("number more", "4由 0 增至 4"),
        ("number more", "5+1，+25.0%"),
        ("number more", "由 0 增至 5"),
    ]


def test_the_page_leaves_out_what_is_the_same_and_says_how_much(three: Comparison) -> None:
    found = page(three)

    assert len(found.xpath('//section[@aria-labelledby="figures"]//td/..')) == 4
    assert [one.text for one in found.xpath('//section[@aria-labelledby="figures"]/p')[1:]] == [
        "另有 9 项各份相同，没有列出。",
        "另有 172 项各份相同，没有列出。",
        "另有 15 项各份相同，没有列出。",
    ]
    assert len(page(three, every=True).xpath('//section[@aria-labelledby="figures"]//td/..')) == 200


def test_the_page_marks_changed_words_and_keeps_both_texts(three: Comparison) -> None:
    [passage] = page(three).xpath('//p[@class="passage changed"]')

    assert [(one.tag, one.text) for one in passage] == [
        ("b", "改写（第 2 段）"),
        ("del", "季"),
        ("ins", "月"),
    ]
    assert passage.text_content() == "改写（第 2 段）栏目按季月检查一次并记录。"


def test_the_page_needs_no_other_file_and_no_script(three: Comparison) -> None:
    found = page(three)

    assert found.xpath("//script | //link | //img | //iframe | //@src | //@style | //@onclick") == []
    assert [one for one in found.xpath("//@href") if not one.startswith("#")] == []
    assert {one[1:] for one in found.xpath("//@href")} <= set(found.xpath("//@id"))
    assert "url(" not in found.xpath("string(//style)")
    assert "@import" not in found.xpath("string(//style)")


def test_the_page_can_be_found_through_without_sight(three: Comparison) -> None:
    found = page(three)

    assert found.get("lang") == "zh-CN"
    assert [one.tag for one in found.iter("h1", "h2", "h3")][:4] == ["h1", "h2", "h2", "h3"]
    assert all(table.xpath("./caption") and table.xpath("./thead") for table in found.iter("table"))
    assert all(cell.get("scope") for cell in found.iter("th"))
    boxes = found.find_class("scroll")
    assert all(box.get("tabindex") == "0" and box.get("role") and box.get("aria-label") for box in boxes)
    assert [one.text for one in found.iter("figcaption")] == ["图1　图题"]


def test_the_page_turns_the_paper_for_many_reports(three: Comparison) -> None:
    assert "size: A4;" in media.page(three)
    assert "size: A4 landscape;" in media.page(compared(*(report(2021 + at) for at in range(5))))


def test_the_page_says_which_charts_it_lacks(three: Comparison) -> None:
    found: Any = html.fromstring(media.page(three, without=["没有画图：缺组件。"]))

    assert [one.text for one in found.xpath('//section[@aria-labelledby="charts"]/p')] == [
        "没有画图：缺组件。"
    ]
    assert html.fromstring(media.page(three)).xpath('//section[@aria-labelledby="charts"]') == []


def test_a_change_against_another_than_the_report_before_says_against_which() -> None:
    other = "某某市审计局"
    years = [
        report(year, organ=organ, requests__received__total=count)
        for year, organ, count in ((2023, ORGAN, 1), (2023, other, 5), (2024, ORGAN, 4), (2024, other, 9))
    ]
    comparison = compared(*years)
    said = f"{other}2024年 9〔比{other}2023年：+4，+80.0%〕"

    assert said in media.text(comparison, 500)
    assert f"<small>比{ORGAN}2023年：+3，+300.0%</small>" in media.page(comparison)


@pytest.mark.skipif(not shared(11), reason="the published reports are not beside the project")
def test_figures_without_a_counterpart_are_told_in_every_form() -> None:
    comparison = compared(*shared(11, 10))
    why = "2021 版不再计项目的数量和增减"

    assert line(comparison, "disclosure.fees.change").apart
    assert why in media.text(comparison, 1000)
    assert why in media.page(comparison)
    assert why in json.dumps(media.to_json(comparison), ensure_ascii=False)
