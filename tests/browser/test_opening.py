"""A report opens in the window in which it was handed in: no second page is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.test_workbench import BOXES, FAULTY, OLD, SAMPLE, findings, opened, saved
from tests.paths import DATA

HEADINGS = "() => [...document.querySelectorAll('#form h2, #outline a')].map((one) => one.textContent)"

# What the form lies in, from the inside out.
KIND = """() => {
  const around = [];
  for (let box = document.getElementById("form"); box; box = box.parentElement) {
    around.push(`${box.tagName} ${box.className}`);
  }
  return around;
}"""


def asked(page: Page) -> list[str]:
    """What a page asks of the server from now on."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(f"{request.method} /{request.url.split('/', 3)[3]}"))
    return requests


@pytest.mark.parametrize(
    ("path", "forms"), [(SAMPLE, []), (OLD, ["GET /form/2019"])], ids=["newest edition", "earlier edition"]
)
def test_a_file_opens_without_another_page(visit: Callable[..., Visit], path: Path, forms: list[str]) -> None:
    window = visit()
    window.page.wait_for_load_state("networkidle")
    requests = asked(window.page)
    page = opened(window, path)
    key = re.fullmatch(r".*(/draft/\w+)", page.url)
    assert key
    beside = ("GET /news", "GET /static/icon.svg")  # the latter out of the browser's memory
    assert [one for one in requests if not one.startswith(beside)] == ["POST /open", *forms]
    shown = page.title(), *map(page.evaluate, (BOXES, HEADINGS, KIND))
    assert page.evaluate("document.activeElement.id") == "title"

    page.reload()
    saved(page)
    assert (page.title(), *map(page.evaluate, (BOXES, HEADINGS, KIND))) == shown
    assert f"GET {key[1]}" in requests


TWICE = """() => {
  const names = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  return names.filter((name, at) => names.indexOf(name) !== at);
}"""
HIGH = "() => document.documentElement.scrollHeight"


def test_the_form_is_laid_out_unseen_while_a_file_is_looked_for(visit: Callable[..., Visit]) -> None:
    page = visit().page
    form = page.locator("#form")
    expect(form).to_have_count(1)
    expect(form).to_be_hidden()
    assert form.evaluate("one => one.offsetHeight") > 2000 > page.evaluate(HIGH)
    assert page.evaluate(TWICE) == []
    page.route(
        "**/open", lambda route: route.fulfill(status=422, json={"problems": ["文件读不出。"], "codes": []})
    )
    page.set_input_files("#file", SAMPLE)
    expect(page.locator("#problems li")).to_have_text("文件读不出。")
    expect(form).to_be_hidden()
    page.unroute("**/open")
    page = opened(Visit(page.context, page), FAULTY)
    expect(form).to_be_visible()
    expect(page.locator("#start, .staged")).to_have_count(0)


def test_the_browsers_way_back_and_forward_leads_to_both_pages(visit: Callable[..., Visit]) -> None:
    page = opened(visit(), FAULTY)
    there = page.url
    page.click("#outline a >> nth=2")  # a step of its own in the window's history
    page.go_back()
    assert (page.url, len(findings(page))) == (there, 21)
    page.go_back()
    expect(page.locator("#start h1")).to_be_visible()
    expect(page.locator(".drafts a").first).to_have_attribute("href", there[there.index("/draft") :])
    page.go_forward()
    saved(page)
    assert (page.url, len(findings(page))) == (there, 21)
    page.go_back()
    expect(page.locator("#start h1")).to_be_visible()
    assert opened(Visit(page.context, page), SAMPLE).url != there


def test_what_stands_in_another_window_is_its_own(visit: Callable[..., Visit]) -> None:
    """What was typed after a report was opened in place is saved under its own address."""
    page = opened(visit(), SAMPLE)
    page.fill("[id='text:other_matters']", "没有收取费用。")
    saved(page)
    other = page.context.new_page()
    other.goto(page.url)
    saved(other)
    assert other.input_value("[id='text:other_matters']") == "没有收取费用。"


def test_a_file_that_is_too_large_is_not_sent(visit: Callable[..., Visit], tmp_path: Path) -> None:
    large = tmp_path / "报告.docx"
    with large.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    told = "没有收到文件，或者文件超过 20 MB。请核对文件，去掉大图片后另存再试。"
    window = visit()
    requests = asked(window.page)
    window.page.set_input_files("#file", large)
    expect(window.page.locator("#problems li")).to_have_text(told)
    page = opened(window, SAMPLE)
    page.set_input_files("#last-file", large)
    expect(page.locator("#state")).to_have_text(told)
    assert [one for one in requests if one.startswith("POST")] == ["POST /open"]


LATE = 600  # ms by which an answer of the server comes later


def late(page: Page, path: str) -> None:
    """Have the answers at an address come late."""

    def wait(route: Route) -> None:
        page.wait_for_timeout(LATE)
        route.continue_()

    page.route(f"**{path}", wait)


def test_what_takes_longer_shows_progress_and_then_no_more(visit: Callable[..., Visit]) -> None:
    page = visit().page
    shown = page.locator(".progress")
    late(page, "/open")
    page.set_input_files("#file", SAMPLE)
    expect(shown).to_have_text(f"正在打开 {SAMPLE.name}…")
    expect(shown.locator("progress")).to_have_accessible_name(f"正在打开 {SAMPLE.name}…")
    saved(page)
    late(page, "/last")
    page.set_input_files("#last-file", DATA / "示例-2019.xlsx")
    expect(shown).to_have_text("正在打开“示例-2019.xlsx”…")
    expect(page.locator("#state")).to_have_text(re.compile("这是 2020 年的报告"))
    late(page, "/make")
    page.click("#make")
    expect(shown).to_have_text("正在生成 Word、PDF 和网页…")
    expect(page.locator("#preview img").first).to_be_visible(timeout=60_000)
    expect(shown).to_have_count(0)
    late(page, "/keep")
    page.click("#take summary")
    page.click("#take button >> text=归档")
    expect(shown).to_have_text("正在归档…")
    expect(page.locator("#state")).to_have_text(re.compile("^已归档"), timeout=60_000)
    page.goto(page.url.split("/draft")[0] + "/archive")
    page.route("**/archive/verify", lambda route: route.fulfill(status=204))  # no answer yet: the page stays
    page.click("form button")
    expect(shown).to_have_text("正在逐个文件核对…")
    page.unroute("**/archive/verify")
    page.reload()
    page.click("form button")
    expect(page.locator(".big")).to_have_text(re.compile("，全部完好。$"))


def test_of_two_files_handed_in_at_once_one_is_opened_whole(visit: Callable[..., Visit]) -> None:
    page = visit().page
    waited: list[Route] = []
    page.route("**/open", lambda route: waited.append(route) if not waited else route.continue_())
    page.set_input_files("#file", SAMPLE)
    page.set_input_files("#file", FAULTY)
    saved(page)
    assert len(findings(page)) == 21
    waited[0].continue_()
    page.wait_for_function("() => document.querySelectorAll('#findings .findings > li').length === 0")
    saved(page)
    figure = page.locator("[id='figure:requests.received.natural_person']")
    before = figure.input_value()
    figure.fill("9")
    figure.blur()
    figure.fill("99")
    page.keyboard.press("Control+z")
    assert figure.input_value() == "9"  # one step, not two: nothing listens twice
    page.keyboard.press("Control+z")
    assert figure.input_value() == before
    saved(page)


def test_two_files_that_wait_for_the_same_form_do_not_share_a_page(visit: Callable[..., Visit]) -> None:
    page = visit().page
    requests, waiting = asked(page), list[Route]()
    page.route("**/form/2019", lambda route: waiting.append(route))
    addresses = []
    for _ in range(2):
        with page.expect_response("**/open") as answered:
            page.set_input_files("#file", OLD)
        addresses.append(answered.value.json()["address"])
    page.wait_for_timeout(50)  # the page has read the second answer, too
    waiting[0].continue_()
    expect(page).to_have_url(re.compile(f"{addresses[1]}$"))
    saved(page)
    assert f"GET {addresses[1]}" in requests
    page.go_back()
    expect(page).to_have_url(re.compile(f"{addresses[0]}$"))
    saved(page)


EDGES = """() => [...document.querySelectorAll("[id='section:requests'] td")].map((cell) => {
  const box = cell.getBoundingClientRect(), table = cell.closest("table").getBoundingClientRect();
  return [Math.round(box.left - table.left + 6), Math.round(box.bottom - table.top)];
})"""
LINE = 170  # of 255: so dark is a line at least


def test_every_box_has_its_lines(visit: Callable[..., Visit]) -> None:
    page = opened(visit(), SAMPLE)
    page.evaluate("document.querySelector('.top').hidden = true")  # it would lie over the table
    drawn = Image.open(BytesIO(page.locator("[id='section:requests'] table").screenshot())).convert("L")
    edges = page.evaluate(EDGES)

    def darkest(left: int, bottom: int) -> float:
        column = drawn.crop((left, bottom - 2, left + 1, min(bottom + 2, drawn.height)))
        return min(column.tobytes())

    assert len(edges) == 175
    assert [edge for edge in edges if darkest(*edge) > LINE] == []
