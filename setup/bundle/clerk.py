"""Do in Chromium what a clerk does: open a workbook, see what is found, print it, take both files home.

clerk.py ADDRESS WORKBOOK FOLDER
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, expect, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
PATIENCE = 180_000  # ms: the machine may be busy


def visit(page: Page, address: str, workbook: Path, faulty: Path, folder: Path) -> None:
    """Go through the pages; what is made is put into the folder, with pictures of the window."""
    page.goto(address)
    if page.locator("#file").count():  # else the program was started with a file
        page.set_input_files("#file", workbook)
    ready(page)
    page.click("#make")
    page.locator("#preview img").first.evaluate("image => image.decode()")
    page.screenshot(path=folder / "made.png")
    page.click("#take summary")
    for kind, name in (("docx", "Word"), ("pdf", "PDF")):
        with page.expect_download() as download:
            page.locator("#take a", has_text=name).click()
        download.value.save_as(folder / f"made.{kind}")
    page.goto(urljoin(address, "/"))
    page.set_input_files("#file", faulty)
    ready(page)
    findings = page.locator("#findings .findings > li .jump")
    findings.first.wait_for()
    page.screenshot(path=folder / "findings.png")
    sys.stdout.write(f"docx and PDF taken home; {findings.count()} findings in {faulty.name}\n")


def ready(page: Page) -> None:
    """Wait until a report's boxes are filled and kept."""
    page.wait_for_selector("#form")
    expect(page.locator("#state")).to_have_text("已保存", timeout=PATIENCE)


def main(address: str, workbook: Path, faulty: Path, folder: Path) -> None:
    """Visit the pages at an address, and only those."""
    with sync_playwright() as playwright:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        page.set_default_timeout(PATIENCE)
        visit(page, address, workbook, faulty, folder)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:5]))
