"""The workbench as a clerk uses it, in Chromium: from an empty page or a file to what is taken home."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from nianbao.app import reading, workbench
from nianbao.app.check import inspect
from nianbao.report.problem import in_order
from playwright.sync_api import Page, expect

from tests import runner
from tests.browser.conftest import Visit
from tests.paths import DATA
from tests.reports import distinct

FAULTY, SAMPLE, OLD = DATA / "有错误的示例.xlsx", DATA / "示例-2021.xlsx", DATA / "示例-2019.xlsx"
SAVED = "已保存"


def box(page: Page, key: str) -> object:
    return page.locator(f"[id='figure:{key}']")


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_have_text(SAVED)


def ready(page: Page) -> Page:
    """Wait until the page of a report has filled its boxes, which it does after it is there."""
    page.wait_for_selector("#form")
    saved(page)
    return page


def opened(visit: Visit, path: Path) -> Page:
    visit.page.set_input_files("#file", path)
    return ready(visit.page)


def opened_blank(page: Page, organ: str, year: int) -> Page:
    """The page of a new report."""
    page.fill("#begin [name=organ]", organ)
    page.fill("#begin [name=year]", str(year))
    page.click("#begin button")
    return ready(page)


def fill(page: Page, target: str, text: str) -> None:
    locator = page.locator(f"[id='{target}']")
    fold = page.locator("details.more")
    if target.startswith("particular") and fold.get_attribute("open") is None:
        fold.locator("summary").click()
    if locator.evaluate("one => one.tagName") == "SELECT":
        locator.select_option(text)
    else:
        locator.fill(text)


def made(page: Page) -> None:
    page.click("#make")
    expect(page.locator("#preview img").first).to_be_visible(timeout=60_000)


def take_home(page: Page, name: str, folder: Path) -> Path:
    if page.locator("#take").get_attribute("open") is None:
        page.click("#take summary")
    with page.expect_download() as download:
        page.locator("#take a", has_text=name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def findings(page: Page) -> list[str]:
    return page.locator("#findings .findings > li .jump").all_inner_texts()


@pytest.mark.parametrize("year", [2025, 2020])
def test_from_an_empty_page_to_word_and_pdf(visit: Callable[..., Visit], tmp_path: Path, year: int) -> None:
    document = distinct(year)
    page = opened_blank(visit().page, document["organ"], year)
    path = tmp_path / "年报.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    wanted = reading.read(path)

    for key in ("issued_by", "date_line"):
        fill(page, f"particular:{key}", str(document[key]))
    for key, text in wanted.contact.items():
        if text:
            fill(page, f"particular:{key}", text)
    for key, text in wanted.elements.items():
        if text:
            fill(page, f"particular:{key}", text)
    for section, paragraphs in wanted.narratives.items():
        fill(page, f"text:{section}", "\n".join(one.written for one in paragraphs))
    for key, figure in wanted.figures.items():
        fill(page, f"figure:{key}", figure.text)
    saved(page)

    assert findings(page) == []
    expect(page.locator(".tally").first).to_have_text("没有问题")
    made(page)
    expect(page.locator("#preview .tally")).to_have_text(re.compile("^已生成，共 [3-9] 页$"))
    word, pdf = take_home(page, "Word", tmp_path), take_home(page, "PDF", tmp_path)
    assert (word.name, pdf.name) == (f"{wanted.title}.docx", f"{wanted.title}.pdf")
    for path in (word, pdf):
        read = reading.read(path)
        assert {k: f.number for k, f in read.figures.items()} == {
            k: f.number for k, f in wanted.figures.items()
        }
        texts = {k: [one.text for one in p] for k, p in read.narratives.items()}
        assert texts == {k: [one.text for one in p] for k, p in wanted.narratives.items()}


def test_every_finding_of_a_file_stands_at_its_place(visit: Callable[..., Visit]) -> None:
    page = opened(visit(), FAULTY)
    expected = workbench.Inspected(workbench.open_file(FAULTY.read_bytes(), FAULTY.name).values).findings
    problems = [finding.problem for finding in expected]
    assert [problem.code for problem in problems] == [
        problem.code for problem in in_order(inspect(reading.read(FAULTY)).found.open)
    ]

    listed = page.locator("#findings .findings > li .jump")
    assert listed.count() == len(problems) == 21
    for number, problem in enumerate(problems):
        assert problem.what in listed.nth(number).inner_text()
        listed.nth(number).click()
        focused = page.evaluate("document.activeElement.id")
        assert re.match(r"figure:|particular:|text:|section:", focused), problem
        if focused.startswith("figure:"):
            assert problem.what in page.locator("#bubble").inner_text()
    paragraph = page.locator("[data-beside=overview] li").first
    assert paragraph.inner_text().startswith("错误 第 3 段：")
    paragraph.locator("button").click()
    assert (
        page.evaluate("""() => { const box = document.activeElement;
        return box.value.slice(box.selectionStart, box.selectionEnd) }""")
        == "全年作出行政处罚决定{行政处罚.本年处理决定数量}件，行政强制决定{行政强制.本年处理决定数量}件。"
    )


MENDED = {
    "particular:date_line": "2026年1月20日",
    "text:overview": "（一）主动公开\n全年作出行政处罚决定{行政处罚.本年处理决定数量}件。\n（二）依申请公开\n"
    "全年新收政府信息公开申请{本年新收.总计}件。\n（三）政府信息管理\n公开前逐件审查。\n"
    "（四）政府信息公开平台建设\n栏目按季检查。\n（五）监督保障\n年中检查一次。",
    "text:other_matters": "没有收取信息处理费。",
    "figure:disclosure.licences.decisions": "100",
    "figure:disclosure.coercive_measures.decisions": "0",
    "figure:disclosure.normative_documents.repealed": "0",
    "figure:disclosure.normative_documents.in_force": "22",
    "figure:disclosure.penalties.decisions": "12",
    "figure:disclosure.fees.amount": "4166.24",
    "figure:requests.received.research": "0",
    "figure:requests.received.welfare": "0",
    "figure:requests.partly_disclosed.natural_person": "2",
    "figure:requests.disclosed.total": "6",
    "figure:requests.outcome_total.business": "2",
    "figure:requests.outcome_total.total": "14",
    "figure:disputes.review.total": "1",
}
BOXES = (
    "() => [...document.querySelectorAll('[data-figure],[data-text],[data-particular]')].map(b => b.value)"
)


def test_everything_is_mended_in_the_page_undone_and_done_again(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    page = opened(visit(), FAULTY)
    before, steps = page.evaluate(BOXES), 0
    fixes = page.locator("#findings .mend", has_text="改为")
    while fixes.count():
        fixes.first.click()
        saved(page)
        steps += 1
    for target, text in MENDED.items():
        fill(page, target, text)
        steps += 1
    saved(page)
    assert findings(page) == []
    mended = page.evaluate(BOXES)

    for _ in range(steps):
        page.keyboard.press("Control+z")
    saved(page)
    assert page.evaluate(BOXES) == before
    assert len(findings(page)) == 21
    expect(page.locator("#undo")).to_be_disabled()
    for _ in range(steps):
        page.click("#redo")
    saved(page)
    assert page.evaluate(BOXES) == mended

    home = take_home(page, "工作簿", tmp_path)
    assert home.name == FAULTY.name
    code, out, _ = runner.nianbao("check", str(home))
    assert (code, out) == (0, f"{FAULTY.name}：没有问题\n")
