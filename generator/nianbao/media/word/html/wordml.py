"""Names of WordprocessingML, and the few ways its elements are asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from lxml.etree import _Element

Element = _Element  # which has no public name


SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w10": "urn:schemas-microsoft-com:office:word",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}

_OFF = frozenset({"0", "false", "off", "none"})
_FULL = {"": ""} | {prefix: f"{{{space}}}" for prefix, space in SPACES.items()}
_VAL, _CONTROL = _FULL["w"] + "val", _FULL["w"] + "sdt"
_WRAPPED = ("sdt", "sdtContent", "smartTag", "customXml", "dir", "bdo")
_WRAPPERS = frozenset(_FULL["w"] + tag for tag in _WRAPPED)
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(pt|cm|mm|in|pc|pi)?")
_POINTS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pc": 12.0, "pi": 12.0}


@cache
def name(short: str) -> str:
    """The full name of a short one: `w:p` becomes `{http://…}p`; `cx`, in no namespace, stays."""
    prefix, _, local = short.rpartition(":")
    return _FULL[prefix] + local


def local(element: Element) -> str:
    """The short name with its usual prefix, `w:p`; "" for a comment, the full name if unknown."""
    return _short(element.tag)


@cache
def _short(tag: object) -> str:
    if not isinstance(tag, str):
        return ""
    space, _, rest = tag[1:].partition("}")
    return f"{_PREFIX[space]}:{rest}" if space in _PREFIX else tag


def child(element: Element | None, short: str) -> Element | None:
    """The first child called `short`, if there is one."""
    # lxml's own `find` takes three times as long.
    return None if element is None else next(element.iterchildren(name(short)), None)


def children(element: Element | None, short: str) -> Iterator[Element]:
    """Every child called `short`."""
    return iter(()) if element is None else element.iterchildren(name(short))


def unwrapped(parent: Iterable[Element]) -> Iterator[Element]:
    """The children; in the place of content controls and the like, what stands in them."""
    for element in parent:
        if element.tag not in _WRAPPERS:
            yield element
        elif element.tag != _CONTROL:
            yield from unwrapped(element)
        elif (content := child(element, "w:sdtContent")) is not None:
            yield from unwrapped(content)


def descendant(element: Element | None, short: str) -> Element | None:
    """The first element below called `short`, however deep."""
    return None if element is None else next(element.iterdescendants(name(short)), None)


def text_of(element: Element) -> str:
    """The letters in all `w:t` below."""
    return "".join(text.text or "" for text in element.iter(_FULL["w"] + "t"))


def attribute(element: Element | None, short: str) -> str | None:
    """One attribute, or None where the element or the attribute is not there."""
    return None if element is None else element.get(name(short))


def value(element: Element | None, short: str, key: str = "w:val") -> str | None:
    """The `w:val`, or another attribute, of the child called `short`."""
    return attribute(child(element, short), key)


def switch(element: Element | None, short: str) -> bool | None:
    """A switch such as `w:b`: on, off, or None where nothing is said."""
    toggle = child(element, short)
    return None if toggle is None else is_on(toggle)


def is_on(toggle: Element) -> bool:
    """Whether an element such as `w:b` turns on what it is called after."""
    return toggle.get(_VAL, "1") not in _OFF


def flag(element: Element | None, short: str) -> bool:
    """Whether an attribute is there and says yes."""
    return attribute(element, short) in ("1", "true", "on")


def points(text: str | None, unit: float = 20.0) -> float | None:
    """A measure in points; a bare number counts `unit`ths of a point (twips unless told)."""
    match = _NUMBER.fullmatch(text.strip()) if text else None
    if not match:
        return None
    number = float(match[1])
    return number * _POINTS[match[2]] if match[2] else number / unit


def measure(element: Element | None, short: str, unit: float = 20.0) -> float | None:
    """An attribute read as points."""
    return points(attribute(element, short), unit)


def number(text: str | None) -> int | None:
    """A whole number, or None for anything else."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else None


_PREFIX = {space: prefix for prefix, space in SPACES.items()}
