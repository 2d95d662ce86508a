"""What browsers declare themselves: by the kind of an element, and by attributes older than style sheets."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from nianbao.media.webpage.reading.css.declarations import Declared

_BLOCKS = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend main menu nav ol optgroup p pre search section "
    "summary ul"
)
_DISPLAYS = dict.fromkeys(_BLOCKS.split(), "block")
_DISPLAYS |= {
    "li": "list-item",
    "table": "table",
    "caption": "table-caption",
    "colgroup": "table-column-group",
}
_DISPLAYS |= {"col": "table-column", "tr": "table-row", "td": "table-cell", "th": "table-cell"}
_DISPLAYS |= {"thead": "table-header-group", "tbody": "table-row-group", "tfoot": "table-footer-group"}
_DISPLAYS |= dict.fromkeys(
    ("iframe", "input", "select", "textarea", "img", "object", "embed"), "inline-block"
)
_OWN: dict[str, Declared] = {
    "sup": {"vertical-align": "super", "font-size": "smaller"},
    "sub": {"vertical-align": "sub", "font-size": "smaller"},
    "small": {"font-size": "smaller"},
    "big": {"font-size": "larger"},
    "rt": {"font-size": "50%"},
    "mark": {"background-color": "#ff0"},
    "center": {"text-align": "center"},
    "footer": {"text-align": "right"},  # no browser does; a signature at a page's end is set so
    "ol": {"list-style-type": "decimal"},
    "ul": {"list-style-type": "disc"},
    "menu": {"list-style-type": "disc"},
    "dir": {"list-style-type": "disc"},
    "bdo": {"unicode-bidi": "bidi-override"},
} | {tag: {"text-decoration-line": "line-through"} for tag in ("del", "s", "strike")}
_FONT_SIZES = ("x-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")
_NUMBERS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_COLOUR = re.compile(r"#?[0-9A-Za-z(),.%\s]+")
RAISED_CHILD = {"msup": {1: "super"}, "msub": {1: "sub"}, "msubsup": {1: "sub", 2: "super"}}
HINTS = (
    "align",
    "bgcolor",
    "background",
    "color",
    "dir",
    "hidden",
    "open",
    "popover",
    "size",
    "text",
    "type",
    "role",
)


def own(tag: str) -> Declared:
    """What a browser declares for a kind of element."""
    declared = dict(_OWN.get(tag, ()))
    if tag in _DISPLAYS:
        declared["display"] = _DISPLAYS[tag]
    return declared


def place(element: HtmlElement) -> int:
    """An element's place among its parent's: 0, 1, or 2 for any behind them."""
    before = element.getprevious()
    return 0 if before is None else 1 if before.getprevious() is None else 2


def hints(element: HtmlElement) -> Declared:
    """What the attributes of an element declare; any rule of the page goes before it."""
    declared: Declared = {}
    tag, given = element.tag, element.attrib
    if "hidden" in given or "popover" in given or (tag == "dialog" and "open" not in given):
        declared["display"] = "none"
    parent = element.getparent()
    if parent is not None and parent.tag == "details" and "open" not in parent.attrib and tag != "summary":
        declared["display"] = "none"
    if parent is not None and parent.tag in RAISED_CHILD:
        rise = RAISED_CHILD[parent.tag].get(place(element))
        declared |= {"vertical-align": rise} if rise else {}
    for name, meant in (("bgcolor", "background-color"), ("color", "color"), ("text", "color")):
        applies = {"bgcolor": True, "color": tag == "font", "text": tag == "body"}[name]
        if applies and (value := given.get(name, "").strip()) and _COLOUR.fullmatch(value):
            bare = re.fullmatch("[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3}", value)
            declared[meant] = f"#{value}" if bare else value.lower()
    if given.get("background"):
        declared["background-image"] = "some"
    if (size := given.get("size", "").strip()) and tag == "font" and re.fullmatch(r"[+-]?\d", size):
        number = int(size) + (3 if size[0] in "+-" else 0)
        declared["font-size"] = _FONT_SIZES[min(max(number, 1), 7)]
    if align := given.get("align", "").strip().lower():
        declared["text-align"] = "right" if align in ("right", "end") else align
    if (direction := given.get("dir", "").lower()) in ("ltr", "rtl"):
        declared["direction"] = direction
    if tag in ("ol", "li") and given.get("type") in _NUMBERS:
        declared["list-style-type"] = _NUMBERS[given["type"]]
    if "noteref" in given.get("role", "") and tag == "a":
        declared["vertical-align"] = "super"
    return declared
