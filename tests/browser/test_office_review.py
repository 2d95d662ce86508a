"""一览 and 审核 as reviewers use them, in Chromium: with script, without it, two at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, Server, Visit
from tests.browser.office_reviewed import ORGANS, PASSWORD, REVIEWERS
from tests.browser.test_everybody import AXE, violations
from tests.paths import ROOT

pytest.importorskip("axes", reason="needs the extra web")
BOX = "figure:requests.received.business"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of an office, as its administrator starts it."""
    folder = tmp_path_factory.mktemp("office") / "office"
    subprocess.run([sys.executable, "-m", "tests.browser.office_reviewed", folder], check=True, cwd=ROOT)
    command = [sys.executable, "-m", "nianbao.entry", "serve", "--office", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    started = Server(folder, process=process, address=process.stdout.readline().strip())
    assert started.address.startswith("http://127.0.0.1:")
    yield started
    started.end()


def enter(page: Page, login: str) -> Page:
    """Log in, which leads to the board."""
    page.fill("[name=username]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    expect(page.locator("h1")).to_have_text("一览")
    return page


def opened(page: Page, organ: str) -> Page:
    page.click(f"#rows a:text-is('{organ}')")
    expect(page.locator("h1")).to_contain_text(organ)
    return page


def test_lines_are_narrowed_while_a_name_is_typed_and_only_what_is_seen_is_picked(
    visit: Callable[..., Visit],
) -> None:
    page = enter(visit().page, "wang")
    page.fill("#text", "镇")
    expect(page.locator("#count")).to_have_text("显示 3 个，共 6 个")
    expect(page.locator("#rows tr:visible th")).to_have_text([*ORGANS[3:]])
    page.check("#pick-all")
    page.click("button[value=remind]")
    expect(page.locator("article .to")).to_have_text([f"{organ}：" for organ in ORGANS[3:]])
    with page.expect_download() as download:
        page.click("text=全部存为文本")
    assert download.value.suggested_filename == "催报通知.txt"
    assert download.value.path().read_text(encoding="utf-8").count("关于催报") == 3


def test_a_report_is_reviewed_by_two_from_the_first_look_to_sending_back(
    visit: Callable[..., Visit],
) -> None:
    page = opened(enter(visit().page, "wang"), ORGANS[1])
    expect(page.locator("[data-pin]")).to_have_count(0)
    page.click("button:text-is('开始审核')")
    expect(page.locator("header .tag")).to_have_text("审核中")
    page.locator(f"[id='{BOX}']").click()
    expect(page.locator("#target")).to_have_value(BOX)
    expect(page.locator("#remark-text")).to_be_focused()
    page.keyboard.type("请对照台账核对")
    page.click("button:text-is('添加')")
    expect(page.locator(".remarks li")).to_contain_text(["请对照台账核对"])
    expect(page.locator(f"[id='{BOX}']")).to_have_class("box error remarked")

    page.locator("#panel .findings a").first.click()
    assert page.evaluate("document.querySelector(':target').classList.contains('error')")
    page.locator("button:text-is('写成意见')").first.click()
    expect(page.locator(".remarks li.open")).to_have_count(2)
    expect(page.locator(".findings .done").first).to_have_text("已写成意见")

    other = opened(enter(visit().page, "li"), ORGANS[1])
    expect(other.locator("#others")).to_have_text("王小明（wang） 也打开着这份报告。")
    other.locator("button:text-is('了结')").first.click()
    expect(other.locator(".remarks li.settled")).to_contain_text(["李红（li） 了结"])
    other.click("button:text-is('通过')")
    expect(other.locator("[role=alert] p").first).to_have_text("还有 1 条意见没有了结")

    page.reload()
    page.click("button:text-is('退回')")
    expect(page.locator("header .tag")).to_have_text("退回")
    other.click("button:text-is('退回')")
    expect(other.locator("[role=alert]")).to_contain_text("现在是“退回”，不能退回")
    page.click("nav a:text-is('一览')")
    expect(page.locator("#rows tr", has_text=ORGANS[1])).to_contain_text("退回 王小明（wang）")


def test_everything_can_be_done_without_script(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(server.address)
    opened(enter(page, "li"), ORGANS[0])
    page.click("button:text-is('开始审核')")
    expect(page.locator("header .tag")).to_have_text("审核中")
    page.locator(f"[id='{BOX}']").click()
    expect(page.locator("#target")).to_have_value(BOX)
    page.fill("#remark-text", "请核对")
    page.click("button:text-is('添加')")
    page.click("button:text-is('了结')")
    expect(page.locator(".remarks li.settled")).to_contain_text(["请核对"])
    page.click("button:text-is('通过')")
    expect(page.locator("[role=alert]")).to_have_text("还有 1 处警告没有核实，请写明仍然通过的理由")
    page.fill("[name=reason]", "规章由县政府制定，已核实")
    page.click("button:text-is('通过')")
    expect(page.locator("header .tag")).to_have_text("通过")
    expect(page.locator(".history p").first).to_have_text("规章由县政府制定，已核实")
    page.click("nav a:text-is('版面')")
    expect(page.locator(".sheet img").first).to_be_visible(timeout=60_000)
    assert page.locator(".sheet img").first.get_attribute("alt") == "第 1 页"
    page.goto(f"{server.address}board?text=镇")
    page.check("label:has-text('筛选出的全部 3 个机关') input")
    page.click("button[value=return]")
    expect(page.locator("tbody tr")).to_contain_text(["不能办理：现在是“未报”，不能退回"] * 3)
    context.close()


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_no_page_of_the_review_shuts_anybody_out(visit: Callable[..., Visit], width: int) -> None:
    page, seen = visit(width).page, {}
    seen["login"] = violations(page)
    enter(page, next(iter(REVIEWERS)))
    seen["board"] = violations(page)
    page.locator("[name=pick]").first.check()
    page.click("button[value=accept]")
    seen["picked"] = violations(page)
    page.click("text=返回一览")
    opened(page, ORGANS[2])
    page.locator("details").evaluate_all("all => { for (const one of all) one.open = true; }")
    seen["submission"] = violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert {name: found for name, found in seen.items() if found} == {}
