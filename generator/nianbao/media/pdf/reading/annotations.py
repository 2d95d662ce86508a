"""What is written on a page over its text: fields of forms, notes, strokes through words, redactions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.utils import decode_text

from nianbao.media.pdf.reading.drawing import Box, View, draw_appearance
from nianbao.media.pdf.reading.glyphs import Glyph

UNSHOWN = 0b100010  # flags: hidden, and not to be viewed
INSET = 2.0  # points between the edge of a field and its text
LARGEST, NARROW = 12.0, 0.5  # points of a field's text, and how wide a Latin letter of it is
BASE = 0.35  # of its size, by which its base line is below its middle
MOST_PARENTS = 20
FIGURES = ("Tx", "Ch")  # fields that hold a text: written, and chosen
DRAWN = {"Line": "L", "PolyLine": "Vertices", "Ink": "InkList"}  # by hand, and where its points are
NOT_SHOWN_SO = "表单域里填的值与页面上显示的不同"


@dataclass
class Annotations:
    """What the annotations of a page add to it: characters, and boxes of what they strike, from above.

    `redactions` are boxes of what is to be blacked out and is still there; `lines` are drawn by hand.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    strikes: list[Box] = field(default_factory=list)
    redactions: list[Box] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)  # each from a point to another


def read_annotations(page: Any, view: View, resources: Any) -> Annotations:
    """Look at the annotations of a page of pdfminer's."""
    found = Annotations()
    form = dict_value(dict_value(page.doc.catalog).get("AcroForm") or {})
    redrawn = resolve1(form.get("NeedAppearances")) is True
    items = resolve1(page.annots) or []
    for item in items if isinstance(items, list) else []:
        annotation = resolve1(item)
        if not isinstance(annotation, dict) or _number(annotation.get("F")) & UNSHOWN:
            continue
        kind = getattr(resolve1(annotation.get("Subtype")), "name", "")
        rect = _rect(annotation.get("Rect"))
        if kind == "StrikeOut":
            found.strikes += _quads(annotation, view)
        elif kind in DRAWN:
            found.lines += _lines(annotation, DRAWN[kind], view)
        elif rect is None:
            continue
        elif kind == "Redact":
            found.redactions += [*_quads(annotation, view)] or [_seen(rect, view)]
        elif kind == "Widget":
            found.glyphs += _field(annotation, rect, view, resources, redrawn=redrawn)
        elif kind == "FreeText":
            stream = _appearance(annotation)
            drawn = draw_appearance(stream, rect, view, resources) if stream is not None else []
            found.glyphs += drawn or list(_written(_text(annotation.get("Contents")), rect, view))
    return found


def _field(annotation: Any, rect: Box, view: View, resources: Any, *, redrawn: bool) -> list[Glyph]:
    """The text of a field, where it is shown; readers draw it anew where the file asks them to."""
    if getattr(_inherited(annotation, "FT"), "name", "") not in FIGURES:
        return []
    value = _chosen(annotation, _text(_inherited(annotation, "V")))
    stream = _appearance(annotation)
    shown = ""
    if stream is not None and not redrawn:
        drawn = draw_appearance(stream, rect, view, resources)
        drawn.sort(key=lambda glyph: (round(glyph.base), glyph.left))
        shown = "".join(glyph.text for glyph in drawn)
    is_shown = bool(shown.strip())
    glyphs = list(_written(shown if is_shown else value, rect, view))
    if is_shown and "".join(shown.split()) != "".join(value.split()):
        for glyph in glyphs:
            glyph.doubt = NOT_SHOWN_SO
    return glyphs


def _written(text: str, rect: Box, view: View) -> Iterator[Glyph]:
    """A text set in a rectangle, line by line."""
    left, top, right, bottom = _seen(rect, view)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    size = min(LARGEST, (bottom - top) / len(lines))
    for number, line in enumerate(lines):
        widths = [size * (NARROW if letter < "\u2e80" else 1) for letter in line]
        fit = min(1.0, max(right - left - 2 * INSET, 1.0) / max(sum(widths), 1.0))
        middle = top + (bottom - top) * (2 * number + 1) / (2 * len(lines))
        across = left + INSET
        for letter, width in zip(line, widths, strict=True):
            after = across + width * fit
            yield Glyph(
                letter, across, after, middle - size / 2, middle + size / 2, size, "", middle + 0.35 * size
            )
            across = after


def _chosen(annotation: Any, value: str) -> str:
    """What a list shows for a value that is stored in another form."""
    options = resolve1(_inherited(annotation, "Opt"))
    for option in options if isinstance(options, list) else []:
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2 and _text(pair[0]) == value:
            return _text(pair[1])
    return value


def _inherited(annotation: Any, key: str) -> Any:
    """An entry of a field, or of the fields it is a part of."""
    for _ in range(MOST_PARENTS):
        if key in annotation:
            return resolve1(annotation[key])
        annotation = resolve1(annotation.get("Parent"))
        if not isinstance(annotation, dict):
            break
    return None


def _appearance(annotation: Any) -> PDFStream | None:
    streams = resolve1(annotation.get("AP"))
    stream = resolve1(streams.get("N")) if isinstance(streams, dict) else None
    return stream if isinstance(stream, PDFStream) and "BBox" in stream else None


def _quads(annotation: Any, view: View) -> Iterator[Box]:
    corners = [_number(part) for part in resolve1(annotation.get("QuadPoints")) or []]
    for start in range(0, len(corners) - 7, 8):
        across, up = corners[start : start + 8 : 2], corners[start + 1 : start + 8 : 2]
        yield _seen((min(across), min(up), max(across), max(up)), view)


def _lines(annotation: Any, entry: str, view: View) -> Iterator[Box]:
    """The straight pieces of a line; a drawing with a pen has a list of them."""
    given = resolve1(annotation.get(entry))
    paths = [resolve1(part) for part in given] if isinstance(given, list) else []
    for path in paths if all(isinstance(part, list) for part in paths) else [paths]:
        numbers = [_number(part) for part in path]
        points = [_turned(x, y, view) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
        yield from ((*start, *end) for start, end in pairwise(points))


def _turned(x: float, y: float, view: View) -> tuple[float, float]:
    a, b, c, d, e, f = view.matrix
    return a * x + c * y + e, view.size[1] - (b * x + d * y + f)


def _seen(rect: Box, view: View) -> Box:
    """A rectangle of the page's own as it is seen, from the upper left corner."""
    across, down = zip(*(_turned(x, y, view) for x in rect[::2] for y in rect[1::2]), strict=True)
    return min(across), min(down), max(across), max(down)


def _rect(value: Any) -> Box | None:
    corners = resolve1(value)
    if not isinstance(corners, list) or len(corners) != 4:
        return None
    left, bottom, right, top = map(_number, corners)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _number(value: Any) -> Any:
    number = resolve1(value)
    return number if isinstance(number, int | float) else 0


def _text(value: Any) -> str:
    found = resolve1(value)
    if isinstance(found, list):
        return " ".join(map(_text, found))
    if isinstance(found, PDFStream):
        found = found.get_data()
    return decode_text(found) if isinstance(found, bytes) else ""
