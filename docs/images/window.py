"""The pictures of the window in docs/workbench.zh-CN.md and README.zh-CN.md, made anew.

python -m docs.images.window
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from benchmarks.workbench.visits import FAULTY, chromium, serving

FOLDER = Path(__file__).parent
SAMPLE = FAULTY.with_name("示例-2021.xlsx")
SIZE, PHONE = (1366, 800), (390, 800)
COLOURS = 64  # of a picture's palette: enough for boxes and letters
OPENED_BRACE = """(box) => {
    box.value += '\\n全年新收申请{';
    box.setSelectionRange(box.value.length, box.value.length);
}"""
FIGURE = "[id='figure:requests.received.natural_person']"


def main() -> None:
    """Write every picture, in the order of the manual."""
    with chromium() as browser, serving() as (address, _):
        for name, page in screens(browser, address):
            Image.open(io.BytesIO(page.screenshot())).quantize(COLOURS).save(
                FOLDER / f"{name}.png", optimize=True
            )


def screens(browser: Browser, address: str) -> Iterator[tuple[str, Page]]:
    """Each screen when it is ready for its picture."""
    page = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}).new_page()
    page.goto(address)
    yield "workbench-start", page
    opened(page, FAULTY)
    page.locator("#findings .jump", has_text="三 › 予以公开").first.click()
    yield "workbench", page
    page.locator("#findings .findings .mend").first.scroll_into_view_if_needed()
    page.locator("#findings .mend").first.focus()
    yield "workbench-mends", page
    page.locator("#findings .link", has_text="核实").first.click()
    page.fill("[name=who]", "张三")
    page.fill("[name=why]", "没有科研机构提出申请，按惯例留空")
    yield "workbench-decision", page
    page.click(".decide [type=button]")
    text = page.locator("[id='text:overview']")
    text.evaluate(OPENED_BRACE)
    text.dispatch_event("input", {"bubbles": True})
    page.locator("#names").scroll_into_view_if_needed()
    yield "workbench-names", page

    page.goto(address)
    opened(page, SAMPLE)
    page.click("#take summary")
    yield "workbench-take", page
    page.click("#take summary")
    page.click("#make")
    expect(page.locator("#preview img").first).to_be_visible(timeout=60_000)
    page.wait_for_function("() => document.querySelector('#preview img').naturalWidth > 0")
    yield "workbench-preview", page
    page.click("#take summary")
    page.click("#take button >> text=归档")
    expect(page.locator("#state")).to_contain_text("已归档", timeout=60_000)
    key = page.url

    page.goto(address)
    page.set_input_files("#begin-last [type=file]", SAMPLE)
    ready(page)
    page.locator(FIGURE).scroll_into_view_if_needed()
    yield "workbench-last-year", page

    page.goto(address.partition("/enter")[0] + "/archive")
    page.locator(".note").evaluate("(note) => note.remove()")  # where it lies: here, a temporary folder
    yield "workbench-archive", page
    page.goto(address.partition("/enter")[0] + "/fonts")
    yield "workbench-fonts", page
    page.goto(key)
    ready(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.evaluate("scrollTo(0, 0)")
    yield "workbench-phone", page


def opened(page: Page, path: Path) -> None:
    """Open a file, and wait until its findings are told."""
    page.set_input_files("#file", path)
    ready(page)


def ready(page: Page) -> None:
    """Wait until a report stands in its boxes."""
    expect(page.locator("#state")).to_have_text("已保存")


if __name__ == "__main__":
    main()
