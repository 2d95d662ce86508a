"""Every screen of the office, by its table of addresses: WCAG 2.0 and 2.1, A and AA, narrow and wide."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATIENCE, Server
from tests.browser.test_everybody import AXE, violations
from tests.paths import ROOT

pytest.importorskip("axes", reason="needs the extra web")
WORD = re.compile(r"<(?:\w+:)?(\w+)>")
PLAIN = {"number": ["1"], "finding": ["0"], "kind": ["pdf"], "name": ["office.css"], "path": ["none"]}
NOTHING = {
    "job",
    "page",
    "spots",
    "made",
    "kept",
}  # of what is made in memory, or under a name that nobody knows
# What has no screen of its own: files, pictures, answers to scripts, ways on to another address.
NO_SCREENS = {
    "start", "health", "static", "news", "board-export", "version-page", "uploaded", "version-file",
    "sum-workbook", "work-file", "roster", "log-lines", "values", "home", "article",
} | NOTHING  # fmt: skip
# Addresses whose page is made of the report: other tests hold it.
OTHERWISE = {"submission", "publication"}
REPORTS = {"version", "changes", "version-compare", "compare"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the office has, and the server of it."""
    folder = tmp_path_factory.mktemp("office") / "office"
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.office_screens", folder],
        check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    command = [sys.executable, "-m", "nianbao.entry", "serve", "--office", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    server = Server(folder, process=process, address=process.stdout.readline().strip())
    assert server.address.startswith("http://127.0.0.1:")
    yield json.loads(made.stdout.splitlines()[-1]) | {"address": server.address}
    server.end()


def addresses(route: dict[str, Any], keys: dict[str, list[Any]]) -> list[str]:
    """The addresses of a route, to all that there is of what it names."""
    words = WORD.findall(route["pattern"])
    kinds = [route["kinds"].get(word, word) for word in words]
    kinds = ["boxes" if kind in ("draft", "seen") else kind for kind in kinds]
    choices = [["none"] if kind in NOTHING - {"job"} else keys.get(kind) or PLAIN[kind] for kind in kinds]
    found = []
    for chosen in product(*choices):
        given = iter(chosen)
        found.append(WORD.sub(lambda _, given=given: str(next(given)), route["pattern"]))  # type: ignore[misc]
    return found


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
def test_no_screen_of_the_office_shuts_anybody_out(browser: Browser, told: dict[str, Any]) -> None:
    seen: dict[str, list[str]] = {}
    screens = set()
    for role in (None, *told["sessions"]):
        context = browser.new_context(viewport={"width": 390, "height": 800})
        context.set_default_timeout(PATIENCE)
        if role:
            cookie = {"name": "nianbao_session", "value": told["sessions"][role], "url": told["address"]}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        for route in told["routes"]:
            if route["name"] in NO_SCREENS | REPORTS or role not in visitors(route):
                continue
            for address in addresses(route, told["keys"]):
                answer = page.goto(f"{told['address']}{address}")
                assert answer is not None
                if answer.status == 200:
                    screens.add(route["name"])
                elif answer.status not in (403, 404):
                    seen[f"{role} {address}"] = [f"status {answer.status}"]
                if faults := faults_of(page):
                    seen[f"{role} {address}"] = faults
        context.close()
    assert seen == {}
    expected = {route["name"] for route in told["routes"]} - NO_SCREENS - REPORTS
    assert screens == expected


def visitors(route: dict[str, Any]) -> set[str | None]:
    """Who looks at a page: one of those who may, two where it offers them other things; or a stranger."""
    roles = route["roles"] if route["name"] in OTHERWISE else route["roles"][:1]
    return {*roles[:1], *roles[-1:]} or {None}


def faults_of(page: Page) -> list[str]:
    """What is wrong on a telephone and on a desk, with all that is folded open."""
    page.locator("details").evaluate_all("all => { for (const one of all) one.open = true; }")
    faults = violations(page)
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults.append(f"wider than {width}")
    return faults
