"""Every screen for everybody: WCAG 2.1 AA by axe-core, narrow and wide, and no text that becomes a script."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_workbench import FAULTY, fill, made, opened, saved
from tests.paths import ROOT
from tests.reports import distinct

AXE = ROOT / ".cache" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
HOSTILE = (
    "<img src=x onerror=\"document.title='script'\">\"'&amp;</script><script>document.title='script'</script>"
)


def violations(page: Page) -> list[str]:
    """What axe-core finds fault with; of all that passes it only says that there is some."""
    page.wait_for_load_state()  # colours come with the style sheets
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async rules => {
            const found = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
            const violations = found.violations.map(one => `${one.id}: ${one.nodes[0].html}`);
            return { passes: found.passes.length, violations };
        }""",
        RULES,
    )
    assert found["passes"]
    return list(found["violations"])


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
@pytest.mark.parametrize("width", [390, 1366])
def test_no_screen_shuts_anybody_out(visit: Callable[..., Visit], tmp_path: Path, width: int) -> None:
    window = visit(width)
    page, seen = window.page, {}
    seen["start"] = violations(page)
    page.set_input_files("#file", {"name": "甲.txt", "mimeType": "text/plain", "buffer": b"1"})
    expect(page.locator("#problems")).to_contain_text("不能读 .txt 文件")
    seen["refused file"] = violations(page)
    opened(window, FAULTY)
    seen["findings"] = violations(page)
    page.focus("[id='figure:requests.received.business']")
    seen["words at a box"] = violations(page)
    page.locator("#findings .link", has_text="核实").first.click()
    seen["question"] = violations(page)
    last = tmp_path / "2024.json"
    last.write_text(json.dumps(distinct(2024), ensure_ascii=False), encoding="utf-8")
    page.set_input_files("#last-file", last)
    saved(page)
    seen["last year"] = violations(page)
    made(page)
    page.click("#take summary")
    seen["preview and menu"] = violations(page)
    report, origin = page.url, page.url.split("/draft")[0]
    for path in ("/archive", "/fonts", "/nothing"):
        page.goto(origin + path)
        seen[path] = violations(page)
    page.goto(f"{report}/compare")
    seen["comparison"] = violations(page)

    assert {name: found for name, found in seen.items() if found} == {}


@pytest.mark.parametrize("width", [320, 390, 1366, 1920, 3840])
def test_nothing_is_wider_than_the_window(visit: Callable[..., Visit], width: int) -> None:
    window = visit(width)
    too_wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert window.page.evaluate(too_wide) == 0
    assert opened(window, FAULTY).evaluate(too_wide) == 0


def test_no_text_becomes_a_script(visit: Callable[..., Visit], tmp_path: Path) -> None:
    document = distinct(2025) | {"organ": f"甲局{HOSTILE}", "title": HOSTILE, "date_line": HOSTILE}
    document["sections"] = {
        name: f"{text}\n{HOSTILE}{{{HOSTILE}}}" for name, text in document["sections"].items()
    }
    document["table3"]["（一）予以公开"][0] = HOSTILE
    path = tmp_path / "<img src=x onerror=alert(1)>.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    page = opened(visit(), path)
    for button in page.locator("#findings .jump:enabled").all()[:12]:
        button.click()
    fill(page, "particular:issued_by", HOSTILE)
    saved(page)
    made(page)
    assert page.title() == HOSTILE
    assert page.evaluate("document.querySelectorAll('img[src=x], #form script, #side script').length") == 0
    page.goto(page.url.split("/draft")[0])
    assert page.locator(".drafts a").first.inner_text() == HOSTILE
    assert page.evaluate("document.querySelectorAll('img').length") == 0
