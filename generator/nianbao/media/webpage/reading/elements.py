"""What of a page is seen, what begins a new line, and what is set to the right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from nianbao.report.invisible import EDGE

_PASSED = frozenset(
    {"audio", "button", "canvas", "datalist", "head", "iframe", "input", "map", "math", "noscript", "object"}
    | {"option", "script", "select", "style", "svg", "template", "textarea", "video"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "colgroup", "dd", "details"}
    | {"dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"}
    | {"h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre"}
    | {"section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)", re.IGNORECASE)
_ALIGNED = re.compile(r"text-align\s*:", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


class TextLine(NamedTuple):
    """One line of a page, and the element that holds it."""

    text: str
    element: HtmlElement


def is_visible(element: HtmlElement) -> bool:
    """Whether an element is shown at all."""
    if not isinstance(element.tag, str) or element.tag in _PASSED or "hidden" in element.attrib:
        return False
    return not _HIDDEN.search(element.get("style", ""))


def walk(top: HtmlElement, stop: frozenset[HtmlElement] = frozenset()) -> Iterator[TextLine | HtmlElement]:
    """The lines in an element in order, and in their places the elements to stop at, which are not entered.

    Not by recursion: pages nest without end.
    """
    words: list[str] = [top.text or ""]
    path = [(top, iter(top))]
    while path:
        element, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            if element.tag in _BLOCKS or not path:
                yield from _line(words, element)
            if path:
                words.append(element.tail or "")
        elif not is_visible(child):
            words.append(child.tail or "")
        elif child in stop:
            yield from _line(words, element)
            yield child
            words.append(child.tail or "")
        elif child.tag == "br":
            yield from _line(words, element)
            words.append(child.tail or "")
        else:
            if child.tag in _BLOCKS:
                yield from _line(words, element)
            words.append(child.text or "")
            path.append((child, iter(child)))


def _line(words: list[str], element: HtmlElement) -> Iterator[TextLine]:
    text = _SPACE.sub(" ", "".join(words)).strip(" ")
    words.clear()
    if text.strip(EDGE):
        yield TextLine(text, element)


def is_right(element: HtmlElement) -> bool:
    """Whether an element's text is set to the right, as far as the page itself says."""
    for holder in (element, *element.iterancestors()):
        style, align = holder.get("style", ""), holder.get("align", "")
        if _ALIGNED.search(style) or align:
            return bool(_RIGHT.search(style)) or align.lower() == "right"
        if holder.tag == "footer":
            return True
        if holder.tag in ("article", "main", "body", "td"):
            return False
    return False
