"""Last year's report, files dropped by the mouse, crashes, and two windows on one report."""

from __future__ import annotations

import io
import json
import signal
from collections.abc import Callable
from pathlib import Path

import pdfplumber
from playwright.sync_api import expect

from tests.browser.conftest import Server, Visit
from tests.browser.test_workbench import FAULTY, SAMPLE, fill, findings, made, opened, ready, saved
from tests.reports import distinct


def write(folder: Path, year: int, **changes: object) -> Path:
    path = folder / f"{year}.json"
    path.write_text(json.dumps({**distinct(year), **changes}, ensure_ascii=False), encoding="utf-8")
    return path


def test_last_years_figures_stand_small_in_the_boxes(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = opened(visit(), write(tmp_path, 2025))
    assert findings(page) == []

    page.set_input_files("#last-file", write(tmp_path, 2024))

    expect(page.locator("#last-name")).to_have_text("上年：2024.json")
    last = page.locator("[data-last='requests.received.total']")
    expect(last).to_have_text(page.locator("[id='figure:requests.received.total']").input_value())
    expect(page.locator("#findings li").first).to_contain_text("结转")  # 2025 took nothing over
    page.set_input_files("#last-file", write(tmp_path, 2025))
    expect(page.locator("#state")).to_have_text("这是 2025 年的报告，不是上一年的。请换上一年的报告。")


def test_charts_are_in_colour_on_the_comparison_and_in_the_report(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    page = opened(visit(), write(tmp_path, 2025))
    page.set_input_files("#last-file", write(tmp_path, 2024))
    expect(page.locator("#last-name")).to_have_text("上年：2024.json")
    made(page)
    link = page.locator("#preview .ways a")
    before = link.get_attribute("href")
    page.check("#preview .ways [type=checkbox]")
    expect(link).not_to_have_attribute("href", str(before), timeout=60_000)
    address = link.get_attribute("href")
    response = page.request.get(page.url.split("/draft")[0] + str(address))
    assert response.headers["content-disposition"].startswith("inline; ")  # the browser shows and prints it
    printed = reading_text(response.body())
    assert [year in printed for year in ("2023年", "2024—2025年")] == [False, True]

    page.goto(page.url + "/compare")
    colours = page.evaluate(
        "[...document.querySelectorAll('svg path')].map(path => getComputedStyle(path).fill)"
    )
    assert "rgb(31, 78, 121)" in colours  # without its styles all would be black


def reading_text(content: bytes) -> str:
    """The text of a PDF, without its blanks."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "".join("".join(page.extract_text().split()) for page in pdf.pages)


def test_a_new_year_begins_with_last_years_report(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = visit().page
    page.set_input_files("#begin-last [name=file]", write(tmp_path, 2024))
    ready(page)

    assert page.locator("[id='particular:year']").input_value() == "2025"
    assert page.locator("[id='particular:organ']").input_value() == distinct(2024)["organ"]
    carried = page.locator("[id='figure:requests.carried_in.total']").input_value()
    assert carried == page.locator("[data-last='requests.carried_out.total']").inner_text() != ""


def test_a_file_is_dropped_by_the_mouse(visit: Callable[..., Visit]) -> None:
    window = visit()
    session = window.context.new_cdp_session(window.page)
    data = {"items": [], "files": [str(FAULTY)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 600, "y": 250, "data": data})
    ready(window.page)
    assert len(findings(window.page)) == 21


def test_what_was_accepted_outlives_server_and_browser(visit: Callable[..., Visit], server: Server) -> None:
    window = visit()
    page = opened(window, SAMPLE)
    fill(page, "figure:disputes.review.upheld", "7")
    saved(page)
    address = page.url

    server.end(signal.SIGKILL)
    fill(page, "figure:disputes.review.corrected", "8")
    expect(page.locator("#state")).to_have_text("程序没有回应，改动还在这个窗口里，恢复后自动保存")
    server.start()
    saved(page)  # by itself, when the server is back

    window.context.close()  # without a word to the page
    again = visit().page
    again.goto(address)
    ready(again)
    assert again.locator("[id='figure:disputes.review.upheld']").input_value() == "7"
    assert again.locator("[id='figure:disputes.review.corrected']").input_value() == "8"


def test_two_windows_on_one_report_tell_each_other(visit: Callable[..., Visit]) -> None:
    first, second = visit().page, visit().page
    first.set_input_files("#file", SAMPLE)
    ready(first)
    second.goto(first.url)
    ready(second)

    fill(first, "particular:issued_by", "某某市某某局办公室")
    saved(first)

    expect(second.locator("#state")).to_have_text("这份报告在另一个窗口里改过了，已换成那边的最新内容")
    assert second.locator("[id='particular:issued_by']").input_value() == "某某市某某局办公室"
