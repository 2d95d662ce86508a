"""The form as it was filled in, to be read: every figure, text and particular, and what is said of each."""

from __future__ import annotations

from typing import Any

from lxml import html
from nianbao.media import form
from nianbao.media.form import Marks, Saying

from tests.reports import distinct, take

CELL = "figure:requests.received.business"


def shown(marks: Marks | None = None) -> Any:
    page = form.show(take(distinct()), marks or Marks())
    return html.fragment_fromstring(page, create_parent="div")


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_every_spot_of_a_report_has_its_place_on_the_page() -> None:
    report, page = take(distinct()), shown()
    ids = page.xpath("//*[starts-with(@id, 'figure:') or starts-with(@id, 'paragraph:')]/@id")
    ids += page.xpath("//*[starts-with(@id, 'section:')]/@id")
    spots = {str(spot) for spot in form.spots(report)}
    optional = {spot for spot in spots if spot.startswith("particular:")}
    assert set(ids) - spots == {"section:particulars"}
    assert spots - set(ids) == optional
    figures = {one.get("id")[7:]: text(one) for one in page.xpath("//*[starts-with(@id, 'figure:')]")}
    assert figures == {key: figure.printed for key, figure in report.figures.items()}
    assert len(ids) == len(set(ids))


def test_what_is_said_of_a_spot_stands_at_it_and_below_its_section_in_colour_and_words() -> None:
    sayings = [
        Saying("warning", "警告", "比上年多一倍", [CELL, "figure:requests.received.total"]),
        Saying("error", "错误", "合计<不等>", [CELL]),
        Saying("remark", "意见", "请核对", [CELL]),
        Saying("notice", "提示", "太短", ["paragraph:overview:1"]),
    ]
    marks = Marks(sayings, before={CELL: "12"}, changed=frozenset({"particular:organ"}), last={CELL: "11"})
    page = shown(marks)
    [box] = page.xpath(f"//*[@id='{CELL}']")
    assert (box.tag, box.get("class"), box.get("title")) == (
        "span",
        "box error remarked changed",
        "警告：比上年多一倍\n错误：合计<不等>\n意见：请核对",
    )
    assert [text(one) for one in box.getparent()] == [f"{text(box)}", "原 12", "上年 11"]
    assert text(box).endswith("错")
    below = page.xpath("//section[@id='section:requests']/ul[@class='beside']/li")
    assert [(one.get("class"), text(one), one.xpath("a/@href")[0]) for one in below] == [
        ("warning", "警告 比上年多一倍", f"#{CELL}"),
        ("error", "错误 合计<不等>", f"#{CELL}"),
        ("remark", "意见 请核对", f"#{CELL}"),
    ]
    [paragraph] = page.xpath("//*[@id='paragraph:overview:1']")
    [organ] = page.xpath("//*[@id='particular:organ']")
    assert (paragraph.get("class"), organ.get("class")) == ("paragraph level0 notice", "changed")


def test_a_way_to_a_remark_stands_at_every_spot_where_one_can_be_written() -> None:
    page = shown(Marks(pin="/submissions/1?at=", pin_word="写意见"))
    pins = page.xpath("//a[@data-pin]")
    [box] = page.xpath(f"//a[@id='{CELL}']")
    assert box.get("href") == f"/submissions/1?at={CELL}#remark"
    named = box.get("aria-labelledby").split()
    assert named[-1] == CELL
    assert "商业企业" in " ".join(text(page.get_element_by_id(name)) for name in named)
    assert {pin.get("data-pin") for pin in pins} <= {str(spot) for spot in form.spots(take(distinct()))}
    assert shown().xpath("//a") == []


def test_what_was_left_blank_says_so_and_what_is_markup_stays_text() -> None:
    document = distinct(issued_by="<b>局</b>")
    first = next(iter(document["table3"]))
    document["table3"][first][0] = ""
    page: Any = html.fragment_fromstring(form.show(take(document), Marks()), create_parent="div")
    assert text(page.get_element_by_id("figure:requests.received.natural_person")) == "空"
    assert "<b>局</b>" in text(page.get_element_by_id("particular:issued_by"))
