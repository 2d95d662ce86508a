"""The page of `check FOLDER --format html` in Chromium: chosen from without a script, printed."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from tests.app import here
from tests.browser.conftest import PATIENCE
from tests.browser.test_everybody import AXE, violations
from tests.report.rollup.rollup_samples import names, organs, save
from tests.runner import nianbao

ORGANS = names(8)
WRONG, DOUBTFUL, SOUND, ABSENT = ORGANS[0], ORGANS[1], ORGANS[2], ORGANS[7]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of seven organs, two with a wrong sum, one late, and of one that is missing."""
    folder = tmp_path_factory.mktemp("县")
    documents = organs(7)
    for at in (0, 3):
        documents[at]["table3"]["1.属于国家秘密"][6] += 1
    documents[1]["date_line"] = "2026年2月9日"
    save(documents, folder / "各单位", books=2)
    (folder / "各单位" / "坏.xlsx").write_bytes(b"PK\x03\x04")
    roster = Workbook()
    for row in (["机关"], *([organ] for organ in ORGANS)):
        roster.worksheets[0].append(row)
    roster.save(folder / "名册.xlsx")
    page = folder / "检查结果.html"
    with pytest.MonkeyPatch.context() as patch:
        here.stay(patch)
        words = ("--roster", folder / "名册.xlsx", "--mark", folder / "标注", "--format", "html", "-o", page)
        assert nianbao("check", folder / "各单位", *words).code == 3
    return page.as_uri()


def opened(browser: Browser, address: str, width: int, *, script: bool = True) -> tuple[Page, list[str]]:
    """The page in a window of its own, and what it asks of anybody else."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    return page, [url for url in asked if url != address]


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_the_page_shuts_nobody_out_and_asks_for_nothing(browser: Browser, address: str, width: int) -> None:
    page, asked = opened(browser, address, width)

    assert violations(page) == []
    assert asked == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


def test_what_is_shown_is_chosen_without_a_script_by_mouse_or_keyboard(
    browser: Browser, address: str
) -> None:
    page, _ = opened(browser, address, 1366, script=False)
    rows, sections = page.locator("table.all tbody tr:visible"), page.locator("section:visible")
    expect(rows).to_have_count(8)
    page.get_by_label("有错误 2 份").check()
    expect(rows).to_have_count(2)
    expect(sections).to_have_count(2)
    expect(rows.first).to_contain_text(WRONG)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("只有警告 1 份")).to_be_checked()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(f"{DOUBTFUL} 逾期 9 天")
    page.get_by_label("全部 8 份").check()
    expect(sections).to_have_count(8)
    page.context.close()


def test_a_jump_leads_to_a_report_that_is_not_chosen_and_back(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 1366)
    page.get_by_label("读不出 1 份").check()
    section = page.locator("section", has_text=f"{WRONG}2025年")
    expect(section).to_be_hidden()
    page.locator("table.frequent").get_by_role("link", name=WRONG).first.click()
    expect(section.get_by_role("heading")).to_be_in_viewport()
    section.get_by_role("link", name="回到总表").click()
    expect(page.get_by_role("heading", name="各份报告")).to_be_in_viewport()
    page.context.close()


def test_the_marked_workbook_is_where_the_page_leads_to(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address, 1366)
    with page.expect_download() as download:
        page.locator("table.all tr", has_text=WRONG).get_by_role("link", name="标出问题的工作簿").click()

    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    page.context.close()


def test_what_is_chosen_is_printed_and_nothing_beyond_the_paper(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page, _ = opened(browser, address, 1366)
    page.get_by_label("有错误 2 份").check()
    page.pdf(path=tmp_path / "页.pdf")
    page.context.close()
    with pdfplumber.open(tmp_path / "页.pdf") as printed:
        texts = "".join(sheet.extract_text() for sheet in printed.pages).replace("\n", "")
        right = max(char["x1"] for sheet in printed.pages for char in sheet.chars)

    assert right <= (210 - 18) * 72 / 25.4 + 1
    assert "有错误 2 份" in texts
    assert "全部 8 份" not in texts
    assert "回到总表" not in texts
    assert (f"{WRONG}2025年" in texts, f"{SOUND}2025年" in texts) == (True, False)
    assert ABSENT in texts
