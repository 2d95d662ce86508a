"""Browsers back to Chromium 78 (2019): nothing is used that they do not know."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from nianbao.web import static

tinycss2 = pytest.importorskip("tinycss2", reason="needs a parser of CSS")
from tests.browser.conftest import Server, Visit  # noqa: E402
from tests.browser.test_workbench import FAULTY, made, opened  # noqa: E402
from tests.paths import DATA, ROOT  # noqa: E402

OLDEST = 78
NPM = ROOT / ".cache" / "npm" / "node_modules"
KNOWN = NPM / "@mdn" / "browser-compat-data" / "data.json"
NODE = shutil.which("node")
with_compat = pytest.mark.skipif(not KNOWN.exists(), reason="MDN's browser-compat-data is not installed")
# Newer, and harmless where they are not known.
GRACEFUL = {
    "property color-scheme",  # we have light only, which is what such a browser shows
    "property field-sizing",  # the script measures the texts in such a browser
    "selector :focus-visible",  # such a browser draws its own ring at what has the focus
}
OURS = {"errors", "last", "when", "where"}  # keys of our data, which newer interfaces have as members, too
# What lays boxes out in a row or column otherwise in an old browser, asked of the page as it stands.
ROWS = """() => [...document.querySelectorAll("body, body *")].map((box) => [box, getComputedStyle(box)])
    .filter(([, style]) => /flex$/.test(style.display))
    .filter(([, style]) => [style.columnGap, style.rowGap].some((gap) => gap !== "normal")
        || [style.alignItems, style.justifyContent].some((word) => /^(start|end)$/.test(word)))
    .map(([box]) => box.outerHTML.slice(0, 120))"""


@cache
def compat() -> dict[str, Any]:
    """MDN's table of what each browser knows."""
    found: dict[str, Any] = json.loads(KNOWN.read_bytes())
    return found


def first(feature: dict[str, Any] | None) -> float:
    """The first Chromium that knows a feature under this name without a switch; infinite where none does."""
    if feature and "__compat" not in feature:
        return 0  # only its parts have an age
    support = (feature or {}).get("__compat", {}).get("support", {}).get("chrome", [])
    versions = [
        str(statement["version_added"]).lstrip("≤")
        for statement in (support if isinstance(support, list) else [support])
        if not statement.keys() & {"prefix", "alternative_name", "flags"}
        and float(statement.get("version_removed", "inf")) > OLDEST
    ]
    return min((float(version) for version in versions if version.isdigit()), default=float("inf"))


def at(*path: str) -> dict[str, Any] | None:
    """A feature by its place in the table."""
    place = compat()
    for name in path:
        place = place.get(name, {})
    return place or None


@cache
def since() -> dict[str, float]:
    """The first Chromium in which any interface has a member, or an event, of each name."""
    found: dict[str, float] = {}
    interfaces = [*compat()["api"].values(), *compat()["javascript"]["builtins"].values()]
    for members in interfaces:
        for name, feature in members.items():
            plain = name.removesuffix("_static")
            if name != "__compat":
                found[plain] = min(found.get(plain, float("inf")), first(feature))
    return found


def newer_in_scripts(*scripts: Path) -> set[str]:
    """What scripts use that Chromium 78 does not know; fails on syntax newer than ES2019."""
    assert NODE is not None
    script = Path(__file__).with_name("names.cjs")
    command = [NODE, str(script), str(NPM / "acorn"), *map(str, scripts)]
    used = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    found = set()
    for name in used["globals"]:
        places = [
            ("javascript", "builtins", name),
            ("api", name),
            ("api", "Window", name),
            ("api", "EventTarget", name),
        ]
        if min(first(at(*place)) for place in places) > OLDEST and name != "Infinity":
            found.add(f"global {name}")
    found |= {f"member {name}" for name in set(used["members"]) - OURS if since().get(name, 0) > OLDEST}
    return found | {f"event {name}" for name in used["events"] if since()[f"{name}_event"] > OLDEST}


def newer_in_style(text: str) -> set[str]:
    """What a style sheet uses that Chromium 78 does not know."""
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return set(_newer_in_rules(rules))


def _newer_in_rules(rules: list[Any]) -> Iterator[str]:
    for rule in rules:
        assert rule.type != "error", rule.message
        if rule.type == "at-rule":
            if first(at("css", "at-rules", rule.at_keyword)) > OLDEST:
                yield f"at-rule @{rule.at_keyword}"
            yield from _newer_in_condition(rule)
            if rule.at_keyword == "page":
                yield from _newer_in_page_box(rule.content)
                continue
            inside = tinycss2.parse_rule_list(rule.content or [], skip_comments=True, skip_whitespace=True)
            yield from _newer_in_rules(inside)
        else:
            selector = re.sub(r"\[[^]]*\]", "", tinycss2.serialize(rule.prelude))
            for name in re.findall(r":+([a-z-]+)", selector):
                vendor = name.startswith("-webkit-")
                if not vendor and first(at("css", "selectors", name)) > OLDEST:
                    yield f"selector :{name}"
            yield from _newer_in_block(rule.content)


def _newer_in_page_box(content: list[Any]) -> Iterator[str]:
    for declaration in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
        name = declaration.lower_name
        if first(at("css", "at-rules", "page", name) or at("css", "properties", name)) > OLDEST:
            yield f"{name} of @page"


def _newer_in_condition(rule: Any) -> Iterator[str]:
    for name in re.findall(r"\(\s*([a-z-]+)", tinycss2.serialize(rule.prelude)):
        if first(at("css", "at-rules", rule.at_keyword, name)) > OLDEST and not name.startswith(
            ("min-", "max-")
        ):
            yield f"feature {name} of @{rule.at_keyword}"


def _newer_in_block(content: list[Any]) -> Iterator[str]:
    for declaration in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        assert declaration.type == "declaration", declaration
        name = declaration.lower_name
        if name.startswith("--"):
            continue
        if first(at("css", "properties", name)) > OLDEST:
            yield f"property {name}"
            continue
        if name.startswith(("align-", "justify-")):
            continue  # whose words have an age for flexible boxes only: see ROWS
        for word in _words(declaration.value):
            value, kind = at("css", "properties", name, word), at("css", "types", word)
            if (value and first(value) > OLDEST) or (not value and kind and first(kind) > OLDEST):
                yield f"value {word} of {name}"


def _words(tokens: list[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "ident":
            yield token.lower_value
        elif token.type == "function":
            yield token.lower_name
            yield from _words(token.arguments)


class Elements(HTMLParser):
    """The elements and attributes of a page that Chromium 78 does not know."""

    def __init__(self) -> None:
        super().__init__()
        self.newer: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look one element up."""
        html = compat()["html"]
        if first(html["elements"].get(tag)) > OLDEST:
            self.newer.add(f"element {tag}")
        for name, _ in attrs:
            feature = html["elements"].get(tag, {}).get(name) or html["global_attributes"].get(name)
            if name.startswith(("data-", "aria-")) or name == "role":
                continue
            if (first(feature) if feature else since().get(name, float("inf"))) > OLDEST:
                self.newer.add(f"attribute {name} of {tag}")


def newer_in_page(text: str) -> set[str]:
    """What a page is made of that Chromium 78 does not know."""
    elements = Elements()
    elements.feed(text)
    return elements.newer


@with_compat
@pytest.mark.skipif(NODE is None, reason="needs node")
def test_the_scripts_use_nothing_newer() -> None:
    assert newer_in_scripts(*(path for folder in static.FOLDERS for path in folder.glob("*.js"))) == set()


@with_compat
def test_the_style_uses_nothing_newer() -> None:
    sheets = [path for folder in static.FOLDERS for path in folder.glob("*.css")]
    assert newer_in_style("".join(path.read_text(encoding="utf-8") for path in sheets)) == GRACEFUL


@with_compat
def test_the_pages_are_made_of_nothing_newer(visit: Callable[..., Visit]) -> None:
    window = visit()
    page, seen = window.page, {}
    seen["start"] = newer_in_page(page.content()), page.evaluate(ROWS)
    opened(window, FAULTY)
    page.locator("#findings .link", has_text="核实").first.click()
    page.set_input_files("#last-file", DATA / "示例-2019.xlsx")
    page.click("#take summary")
    seen["findings"] = newer_in_page(page.content()), page.evaluate(ROWS)
    made(page)
    seen["preview"] = newer_in_page(page.content()), page.evaluate(ROWS)
    for path in ("/archive", "/fonts", "/nothing"):
        page.goto(page.url.split("/draft")[0].rstrip("/") + path)
        seen[path] = newer_in_page(page.content()), page.evaluate(ROWS)
        page.go_back()
    assert {name: found for name, found in seen.items() if found != (set(), [])} == {}


SCRIPT = "a.at(-1); b.replaceAll('x', ''); structuredClone(c); d.inert = true; e({ popover: 'auto' });"
STYLE = "a:is(b) { inset: 0; width: clamp(1px, 2px, 3px) } @container (width > 1px) { b { gap: 1px } }"
PAGE = "<search><p inert popover=auto>1</p></search><img loading=lazy>"


@with_compat
@pytest.mark.skipif(NODE is None, reason="needs node")
def test_what_is_newer_in_a_script_is_found(tmp_path: Path) -> None:
    script, syntax = tmp_path / "script.js", tmp_path / "syntax.js"
    script.write_text(SCRIPT, encoding="utf-8")
    syntax.write_text("a?.b", encoding="utf-8")
    members = {f"member {name}" for name in ("at", "inert", "popover", "replaceAll")}
    unknown = {f"global {name}" for name in "abcde"}
    assert newer_in_scripts(script) == {"global structuredClone"} | members | unknown
    with pytest.raises(subprocess.CalledProcessError):
        newer_in_scripts(syntax)


@with_compat
def test_what_is_newer_in_a_page_and_its_style_is_found() -> None:
    container = {"at-rule @container", "feature width of @container"}
    assert newer_in_style(STYLE) == {"selector :is", "property inset", "value clamp of width"} | container
    assert newer_in_page(PAGE) == {"element search", "attribute inert of p", "attribute popover of p"}


@pytest.mark.skipif(not (NPM / "chrome-aws-lambda").is_dir(), reason="Chromium 78 is not installed")
def test_chromium_78_opens_fills_in_and_makes_a_report(server: Server, tmp_path: Path) -> None:
    program = Path(__file__).with_name("chromium_78.cjs")
    asked = ["node", program, NPM, tmp_path / "chromium", server.address, DATA / "有错误的示例.xlsx"]
    done = subprocess.run(list(map(str, asked)), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "version": "HeadlessChrome/78.0.3882.0",
        "errors": [],
        "opened": 21,
        "colour": "rgb(253, 231, 229)",
        "typed": 20,
        "undone": 21,
        "pages": 3,
    }
