"""The style of every element of a page, computed once from its style sheets, attributes and kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import tinycss2  # type: ignore[import-untyped]  # ships no types
from lxml.html import HtmlElement

from nianbao.media.webpage.reading.css import user_agent
from nianbao.media.webpage.reading.css.declarations import NOTHING, Block, Declared, attribute
from nianbao.media.webpage.reading.css.matching import Matching
from nianbao.media.webpage.reading.css.sheets import is_shown, selectors
from nianbao.media.webpage.reading.css.style import Style, derive

_SHOWN_BY_SCRIPT = "js_content"  # WeChat sends its articles hidden, and its script shows them
_SAYS = re.compile(r"[\w]")


class Styles(NamedTuple):
    """The style of each element, and what style sheets print before and after elements.

    `unknown` where the page has style sheets that are not in the file.
    """

    of: dict[HtmlElement, Style]
    before: dict[HtmlElement, tuple[str, Style]]
    after: dict[HtmlElement, tuple[str, Style]]
    unknown: bool


def compute(root: HtmlElement, linked: Callable[[str], str | None] = lambda address: None) -> Styles:
    """The styles of a page; `linked` gives the text of a style sheet that lies beside it, None for none.

    Raises TooMuch for a page that takes too long.
    """
    texts, unknown = _sheets(root, linked)
    matching = Matching(selectors(texts, _names(root)))
    styles = Styles({}, {}, {}, unknown)
    known: dict[tuple[object, ...], Style] = {}
    top = Style()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        parent = styles.of.get(element.getparent(), top)
        matched = matching.of(element)
        hints = tuple(value for name in user_agent.HINTS if (value := element.get(name)) is not None)
        place = _place(element)
        key = (id(parent), element.tag, element.get("style"), tuple(sorted(matched)), hints, place)
        style = known.get(key)
        if style is None:
            style = _style(element, parent, matched, matching)
            if style.moved == parent.moved:
                known[key] = style
        styles.of[element] = style
        if any(matching.selectors[number].pseudo for number in matched):
            _generate(element, style, matched, matching, styles)
    return styles


def _place(element: HtmlElement) -> int:
    """What of an element's place decides its style: which part of a power or an index it is."""
    parent = element.getparent()
    if parent is None or parent.tag not in user_agent.RAISED_CHILD:
        return 2 if parent is not None and parent.tag == "details" and "open" not in parent.attrib else -1
    return user_agent.place(element)


def _style(element: HtmlElement, parent: Style, matched: Sequence[int], matching: Matching) -> Style:
    written = attribute(element.get("style", "")) if element.get("id") != _SHOWN_BY_SCRIPT else NOTHING
    tag = element.tag
    declared = {
        **user_agent.own(tag),
        **user_agent.hints(element),
        **_cascaded(matched, matching, "", written),
    }
    style = derive(parent, declared, id(element))
    if tag in ("rt", "rp", "rtc"):
        return style._replace(phonetic=True)
    if tag == "del":  # deleted, however it is drawn
        return style._replace(struck=True)
    if tag == "a" and element.get("href", "").startswith("#"):
        return style._replace(linked=True)
    if element.get("showingplchdr", "").lower() in ("t", "true", "1", "on"):  # Word's control, not filled in
        return style._replace(prompt=True)
    return style


def _cascaded(matched: Sequence[int], matching: Matching, pseudo: str, written: Block) -> Declared:
    """What the page's rules and the element's own attribute declare, the weightier after the lighter."""
    chosen = (matching.selectors[number] for number in matched)
    rules = sorted((rule for rule in chosen if rule.pseudo == pseudo), key=lambda rule: rule.weight)
    declared: Declared = {}
    for block in (*(rule.block for rule in rules), written):
        declared |= block.normal
    for block in (*(rule.block for rule in rules), written):
        declared |= block.important
    return declared


def _generate(
    element: HtmlElement, style: Style, matched: Sequence[int], matching: Matching, styles: Styles
) -> None:
    """Keep the text that rules print before and after an element; signs alone, as bullets are, are none."""
    for pseudo, kept in (("before", styles.before), ("after", styles.after)):
        declared = _cascaded(matched, matching, pseudo, NOTHING)
        if text := _content(declared.get("content", ""), element):
            shown = {name: value for name, value in declared.items() if name != "content"}
            kept[element] = text, derive(style, {"display": "inline"} | shown, id(element))


def _content(value: str, element: HtmlElement) -> str:
    text = ""
    for token in tinycss2.parse_component_value_list(value) if value else ():
        if token.type == "string":
            text += token.value
        elif token.type == "function" and token.lower_name == "attr":
            text += element.get(tinycss2.serialize(token.arguments).strip().lower(), "")
        elif token.type == "literal" and token.value == "/":
            break
    return text if _SAYS.search(text) else ""


def _names(root: HtmlElement) -> set[str]:
    """The kinds, classes and identifiers on a page, as selectors name them."""
    names: set[str] = set()
    for element in root.iter():
        if isinstance(element.tag, str):
            names.add(element.tag)
            names.update(f".{name}" for name in element.get("class", "").split())
            names.add(f"#{element.get('id')}")
    return names


def _sheets(root: HtmlElement, linked: Callable[[str], str | None]) -> tuple[list[str], bool]:
    """The texts of the page's style sheets in their order, and whether some are not there."""
    texts: list[str] = []
    unknown = False
    for element in root.iter("style", "link"):
        if not is_shown(element.get("media", "").lower()):
            continue
        if element.tag == "style":
            text = element.text or ""
            unknown = unknown or "@import" in text
            texts.append(text.replace("<!--", "").replace("-->", ""))
        elif "stylesheet" in element.get("rel", "").lower().split():
            sheet = linked(element.get("href", ""))
            texts.append(sheet or "")
            unknown = unknown or sheet is None
    return texts, unknown
