"""The pieces of text on a page, each with its style, and what begins a new line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from nianbao.media.webpage.reading.css import Style, Styles, place
from nianbao.media.webpage.reading.fields import Field, field
from nianbao.media.webpage.reading.list_numbers import numbered
from nianbao.report.invisible import EDGE

PICTURE = "\ufffc"  # where something is drawn that has no text
_PASSED = frozenset(
    {
        "audio",
        "button",
        "datalist",
        "head",
        "map",
        "noframes",
        "noscript",
        "option",
        "script",
        "style",
        "template",
    }
    | {"annotation", "annotation-xml", "area", "source", "track", "param", "rp"}
)
_DRAWN = frozenset({"canvas", "embed", "iframe", "img", "object", "picture", "svg", "video"})
_FIELDS = frozenset({"input", "meter", "progress", "select", "textarea"})
_LEAST_PICTURE = 4  # pixels: what is smaller only fills space


class Piece(NamedTuple):
    """A text of one style."""

    text: str
    style: Style


class TextLine(NamedTuple):
    """One line of a page in its pieces, seen or not, and the element that holds it."""

    pieces: tuple[Piece, ...]
    element: HtmlElement


def walk(
    top: HtmlElement, styles: Styles, stop: frozenset[HtmlElement] = frozenset(), *, pictures: bool = False
) -> Iterator[TextLine | HtmlElement]:
    """The lines in an element in order, and in their places the elements to stop at, which are not entered.

    With `pictures` also what is drawn: its own text, or PICTURE. Not by recursion: pages nest without end.
    """
    pieces: list[Piece] = []
    items: Counter[HtmlElement] = Counter()
    path = [(top, iter(top))]
    _open(top, styles, pieces, items)
    while path:
        element, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            _generated(element, styles.after, pieces)
            if not styles.of[element].inline or not path:
                yield from _line(pieces, element)
            if path:
                _tail(element, styles, pieces)
            continue
        style = styles.of.get(child)
        if style is None or child.tag in _PASSED:
            _tail(child, styles, pieces)
        elif child in stop and not style.hidden:
            yield from _line(pieces, element)
            yield child
            _tail(child, styles, pieces)
        elif child.tag in ("br", "hr"):
            if not style.hidden:
                yield from _line(pieces, element)
            _tail(child, styles, pieces)
        elif child.tag in _DRAWN or child.tag in _FIELDS:
            pieces += [Piece(*part) for part in _drawn(child, style, pictures=pictures)]
            _tail(child, styles, pieces)
        else:
            if not style.inline:
                yield from _line(pieces, element)
            if element.tag == "mfrac" and place(child) == 1:
                pieces.append(Piece("/", style))
            _open(child, styles, pieces, items)
            path.append((child, iter(child)))


def _open(element: HtmlElement, styles: Styles, pieces: list[Piece], items: Counter[HtmlElement]) -> None:
    """What stands in an element before its first child: its number in a list, and its own text."""
    style = styles.of[element]
    if element.tag == "li" and (number := numbered(element, style, items, unknown=styles.unknown)):
        pieces.append(Piece(number, style))
    _generated(element, styles.before, pieces)
    if element.text:
        pieces.append(Piece(element.text, _bare(element, style)))


def _tail(child: HtmlElement, styles: Styles, pieces: list[Piece]) -> None:
    """The text behind an element, which its parent holds."""
    parent = child.getparent()
    if child.tail and parent is not None:
        pieces.append(Piece(child.tail, _bare(parent, styles.of[parent])))


def _bare(element: HtmlElement, style: Style) -> Style:
    """The style of an element's own text: in <details> it is shown only where that is open."""
    closed = element.tag == "details" and "open" not in element.attrib
    return style._replace(hidden=True) if closed else style


def _generated(
    element: HtmlElement, texts: dict[HtmlElement, tuple[str, Style]], pieces: list[Piece]
) -> None:
    if element in texts:
        pieces.append(Piece(*texts[element]))


def _drawn(element: HtmlElement, style: Style, *, pictures: bool) -> Iterator[tuple[str, Style]]:
    """What is seen of a field of a form, or of a picture."""
    if element.tag in _FIELDS:
        value: Field | None = field(element)
        if value is not None and value.text:
            yield value.text, style._replace(prompt=value.prompt)
    elif pictures and element.tag == "svg" and (text := "".join(_svg_texts(element))):
        yield text, style
    elif pictures and not style.hidden and not _fills_space(element):
        yield PICTURE, style


def _svg_texts(drawing: HtmlElement) -> Iterator[str]:
    for text in drawing.iter("text"):
        yield from text.itertext()


def _fills_space(picture: HtmlElement) -> bool:
    sizes = (picture.get(side, "").removesuffix("px").strip() for side in ("width", "height"))
    return any(size.isdecimal() and int(size) < _LEAST_PICTURE for size in sizes if len(size) < 6)


def _line(pieces: list[Piece], element: HtmlElement) -> Iterator[TextLine]:
    line = tuple(pieces)
    pieces.clear()
    if any(piece.text.strip(EDGE) for piece in line):
        yield TextLine(line, element)
