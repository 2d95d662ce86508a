"""What a style attribute or a rule declares, of the properties that decide what is seen and read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2  # type: ignore[import-untyped]  # ships no types

from nianbao.media.webpage.reading.css.values import paint

Declared = dict[str, str]
_NAMES = (
    r"background(?:-color|-image)?|bottom|clip(?:-path)?|color|content(?:-visibility)?|direction|display|filter|"
    r"flex-direction|float|font(?:-size|-variant-position)?|grid-(?:column|row|template-columns)|left|"
    r"list-style(?:-type)?|margin(?:-left|-top)?|mso-(?:hide|element|text-raise)|opacity|order|"
    r"overflow(?:-x|-y)?|position|right|text-align|text-decoration(?:-line)?|text-indent|top|transform|"
    r"unicode-bidi|vertical-align|visibility|(?:max-)?(?:height|width)|-webkit-text-fill-color|--[\w-]+|"
    r"scale|rotate|translate|zoom|(?:-webkit-)?mask(?:-image)?|mix-blend-mode"
)
_NAME = re.compile(_NAMES)
RELEVANT = re.compile(rf"(?:{_NAMES})\s*:", re.IGNORECASE)
_FONT_SIZE = re.compile(
    r"(?:^|\s)((?:\d+\.?\d*|\.\d+)(?:px|pt|em|rem|ex|mm|cm|in|pc|%)|0|(?:xx?-)?(?:small|large)|medium|smaller|larger)"
    r"(?=\s|/)"
)
_SIMPLE = re.compile(r"[^\"'()\[\]{}\\/@<]*")
_IMAGE = re.compile(r"url\(|gradient\(|image-set\(")
MOST_LETTERS = 20_000  # of one style attribute; the parser takes its time for each


class Block(NamedTuple):
    """Declarations between braces, and those among them that are !important."""

    normal: Declared
    important: Declared


NOTHING = Block({}, {})


@lru_cache(4096)
def attribute(text: str) -> Block:
    """What a style attribute declares."""
    if not RELEVANT.search(text) or len(text) > MOST_LETTERS:
        return NOTHING
    if _SIMPLE.fullmatch(text):
        return _plain(text)
    try:
        return block(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True))
    except RecursionError:  # brackets within brackets without end
        return NOTHING


def _plain(text: str) -> Block:
    """What a style attribute declares that has no signs with a meaning but colons and semicolons."""
    made = Block({}, {})
    for declaration in text.split(";"):
        name, _, value = declaration.partition(":")
        if _NAME.fullmatch(name := name.strip().lower()) and name != "content":
            value, _, mark = value.strip().partition("!")
            into = made.important if mark.strip().lower() == "important" else made.normal
            into.update(_longhands(name, value.strip()))
    return made


def block(contents: Iterable[Any]) -> Block:
    """What a parsed block declares."""
    made = Block({}, {})
    for node in contents:
        if node.type == "declaration" and _NAME.fullmatch(node.lower_name):
            value = tinycss2.serialize(node.value).strip()
            into = made.important if node.important else made.normal
            into.update(_longhands(node.lower_name, value))
    return made


def _longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    """A declaration as those it stands for."""
    if name == "content" or name.startswith("--"):
        yield name, value
        return
    value = value.lower()
    if name == "background":
        yield "background-image", "some" if _IMAGE.search(value) else "none"
        words = re.split(r"\s+(?![^(]*\))", value)
        yield "background-color", next((word for word in words if _is_colour(word)), "transparent")
    elif name == "font":
        if size := _FONT_SIZE.search(value):
            yield "font-size", size[1]
    elif name == "text-decoration":
        yield "text-decoration-line", value
    elif name == "list-style":
        yield "list-style-type", value
    elif name == "margin":
        sides = value.split()
        yield "margin-top", sides[0] if sides else ""
        yield "margin-left", sides[3] if len(sides) > 3 else sides[min(1, len(sides) - 1)] if sides else ""
    elif name in ("overflow-x", "overflow-y"):
        yield "overflow", value
    else:
        yield name, value


def _is_colour(word: str) -> bool:
    return word.startswith("var(") or paint(word) is not None
