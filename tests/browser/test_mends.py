"""What is certain is mended by one click, what is settled goes into the workbook: in Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests import runner
from tests.browser.conftest import Visit
from tests.browser.test_workbench import BOXES, FAULTY, MENDED, fill, findings, opened, saved, take_home
from tests.reports import sound

SETTLED = {"figure:disclosure.normative_documents.in_force", "figure:disclosure.fees.amount"}


def settle(page: Page, words: str) -> None:
    """Answer for the finding that says these words."""
    line = page.locator("#findings .findings > li", has_text=words).first
    line.locator("button", has_text="核实").click()
    line.locator("[name=who]").fill("王某")
    line.locator("[name=why]").fill("已核对原始台账")
    line.locator("form button").first.click()
    saved(page)


def test_every_finding_is_mended_or_settled_and_the_workbook_says_so(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    page = opened(visit(), FAULTY)
    before, steps = page.evaluate(BOXES), 0
    mends = page.locator("#findings .mend")
    while mends.count():
        mends.first.click()
        saved(page)
        steps += 1
    for target, text in MENDED.items():
        if target not in SETTLED:
            fill(page, target, text)
            steps += 1
    saved(page)
    for words in ("数字后有括注", "有 7 位小数"):
        settle(page, words)
        steps += 1
    assert page.locator("#findings > .findings > li").count() == 0
    expect(page.locator("#findings .tally")).to_have_text("没有问题")
    mended = page.evaluate(BOXES)

    for _ in range(steps):
        page.keyboard.press("Control+z")
    saved(page)
    assert page.evaluate(BOXES) == before
    assert page.locator("#findings > .findings > li").count() == 21
    expect(page.locator("#undo")).to_be_disabled()
    for _ in range(steps):
        page.keyboard.press("Control+y")
    saved(page)
    assert page.evaluate(BOXES) == mended
    expect(page.locator("#findings .tally")).to_have_text("没有问题")

    home = take_home(page, "工作簿", tmp_path)
    code, out, _ = runner.nianbao("check", str(home))
    assert (code, out) == (0, f"{FAULTY.name}：2 个已核实\n")
    settled = json.loads(runner.nianbao("check", "--json", str(home)).out)["settled"]
    assert [(one["code"], one["decision"]["who"], one["decision"]["why"]) for one in settled] == [
        ("remark-in-cell", "王某", "已核对原始台账"),
        ("too-fine", "王某", "已核对原始台账"),
    ]
    again = opened(visit(), home)  # what the workbook has settled is settled in the page
    expect(again.locator("#findings .tally")).to_have_text("没有问题")
    expect(again.locator("#findings details summary")).to_have_text("已核实 2 项")


TEXTS = {
    "引言": "本报告依据条例编制，数据统计期限为2024年1月1日至2024年12月31日。",
    "一": (
        "三、收到和处理政府信息公开申请情况\n（一）主动公开情况\n全年公开信息若干条，精神精神饱满。\n"
        "（二）依申请公开情况\n收到的申请依法答复，其余的依法不子公开。\n（三）政府信息管理情况\n"
        "公开前,逐件审查。\n（四）平台建设情况\n网站栏目按时更新。\n（五）监督保障情况\n年中、年末各检查一次。"
    ),
}
RIGHT = (
    "（一）主动公开情况\n全年公开信息若干条，精神饱满。\n"
    "（二）依申请公开情况\n收到的申请依法答复，其余的依法不予公开。\n（三）政府信息管理情况\n"
    "公开前，逐件审查。\n（四）平台建设情况\n网站栏目按时更新。\n（五）监督保障情况\n年中、年末各检查一次。"
)


def misprinted(folder: Path) -> Path:
    document = sound() | {"issued_by": "某某市财局"}
    document["sections"] = document["sections"] | TEXTS
    path = folder / "年报.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def test_all_that_is_certain_is_mended_by_one_click_and_undone_by_one_key(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    page = opened(visit(), misprinted(tmp_path))
    before = page.evaluate(BOXES)
    every = page.locator("#mend-all")
    expect(every).to_have_text("全部改正（5 处）")
    every.click()
    saved(page)

    assert page.locator("[id='text:overview']").input_value() == RIGHT
    preface = page.locator("[id='text:preface']").input_value()
    assert preface == "本报告依据条例编制，数据统计期限为2025年1月1日至2025年12月31日。"
    [left] = findings(page)
    assert "署名“某某市财局”比机关名称“某某市财政局”少了字" in left
    mended = page.evaluate(BOXES)
    page.keyboard.press("Control+z")
    saved(page)
    assert page.evaluate(BOXES) == before
    expect(page.locator("#undo")).to_be_disabled()
    page.keyboard.press("Control+y")
    saved(page)
    assert page.evaluate(BOXES) == mended


def test_one_after_the_other_is_mended_with_the_enter_key(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    page = opened(visit(), misprinted(tmp_path))
    words = page.locator("#findings .words")
    assert "不子公开 → 不予公开" in words.all_inner_texts()
    page.locator("#findings .mend").first.focus()
    for left in range(words.count() - 1, -1, -1):
        page.keyboard.press("Enter")
        expect(words).to_have_count(left)
        saved(page)
    expect(page.locator("#findings .tally")).to_have_text("没有问题")
    assert page.evaluate("document.activeElement.id") == "findings"
    assert page.locator("[id='text:overview']").input_value() == RIGHT
