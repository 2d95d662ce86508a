"""What a table's style says: for all its cells, and for its first row, last column, every second row…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nianbao.media.word.html.borders import Edges, Spot, at_edges, sides
from nianbao.media.word.html.formats import Layer, read_layer
from nianbao.media.word.html.shading import ground
from nianbao.media.word.html.styles import Styles
from nianbao.media.word.html.wordml import Element, attribute, child, children, flag, measure, number, value

MARGIN = 5.4  # the left and right cell margin where no layer says one
_SIDES = {"top": "top", "bottom": "bottom", "left": "left", "right": "right", "start": "left", "end": "right"}
# The bits of w:tblLook's w:val, and the attributes that say the same.
_BITS = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200,
    "noVBand": 0x400,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableFormat:
    """What a table and its style say for cells; `fill` is a ground, rrggbb."""

    edges: Edges
    margins: dict[str, float]
    layer: Layer
    fill: str | None = None
    align: str | None = None  # how text stands in a cell that is higher, as Word calls it
    parts: dict[str, TableFormat] = field(default_factory=dict)
    bands: tuple[int, int] = (1, 1)
    shown: frozenset[str] = frozenset()

    def for_cell(self, spot: Spot, rows: int, columns: int) -> TableFormat:
        """What is said for one cell: the parts of the table it belongs to lie over the whole."""
        if not self.parts:
            return self
        cell = self
        for part in self._parts(spot, rows, columns):
            if own := self.parts.get(part):
                inner = _inside(own.edges, spot, part, rows, columns)
                cell = replace(own, edges=inner).over(cell)
        return cell

    def over(self, lower: TableFormat) -> TableFormat:
        """This format where it says something, the lower one where it does not."""
        return TableFormat(
            lower.edges | self.edges,
            lower.margins | self.margins,
            self.layer.over(lower.layer),
            self.fill or lower.fill,
            self.align or lower.align,
        )

    def _parts(self, spot: Spot, rows: int, columns: int) -> list[str]:
        """The parts of the table a cell belongs to, from the weakest to the strongest."""
        at, shown = at_edges(spot, rows, columns), self.shown
        top, bottom = at["top"] and "firstRow" in shown, at["bottom"] and "lastRow" in shown
        left, right = at["left"] and "firstColumn" in shown, at["right"] and "lastColumn" in shown
        even_row = bool((spot.top - ("firstRow" in shown)) // self.bands[0] % 2)
        even_column = bool((spot.left - ("firstColumn" in shown)) // self.bands[1] % 2)
        across = not (top or bottom) and "noHBand" not in shown
        down = not (left or right) and "noVBand" not in shown
        parts = {
            "band1Vert": down and not even_column, "band2Vert": down and even_column,
            "band1Horz": across and not even_row, "band2Horz": across and even_row,
            "firstCol": left, "lastCol": right, "firstRow": top, "lastRow": bottom,
            "neCell": top and right, "nwCell": top and left,
            "seCell": bottom and right, "swCell": bottom and left,
        }  # fmt: skip
        return [part for part, belongs in parts.items() if belongs]


def _inside(edges: Edges, spot: Spot, part: str, rows: int, columns: int) -> Edges:
    """A part's outer edges, as the four edges of one of its cells."""
    is_row = part.endswith(("Row", "Horz"))
    is_column = part.endswith(("Col", "Vert"))
    inner: Edges = {}
    for side, at_edge in at_edges(spot, rows, columns).items():
        across = side in ("left", "right")
        within = (is_row if across else is_column) and not at_edge
        border = edges.get(("insideV" if across else "insideH") if within else side)
        if border is not None:
            inner[f"own-{side}"] = border
    return inner


def read_table(properties: Element | None, styles: Styles) -> TableFormat:
    """What a `w:tblPr` says with its style."""
    whole = TableFormat({}, {"left": MARGIN, "right": MARGIN, "top": 0.0, "bottom": 0.0}, Layer())
    parts: dict[str, TableFormat] = {}
    bands = [1, 1]
    for style in styles.chain(value(properties, "w:tblStyle"), "table"):
        table = child(style, "w:tblPr")
        for place, short in enumerate(("w:tblStyleRowBandSize", "w:tblStyleColBandSize")):
            bands[place] = max(number(value(table, short)) or bands[place], 1)
        own = TableFormat(_edges(table), _margins(table), read_layer(style), _fill(style), _align(style))
        whole = own.over(whole)
        for element in children(style, "w:tblStylePr"):
            part = attribute(element, "w:type") or ""
            parts[part] = _part(element).over(parts.get(part) or TableFormat({}, {}, Layer()))
    whole = TableFormat(_edges(properties), _margins(properties), Layer()).over(whole)
    return replace(whole, parts=parts, bands=(bands[0], bands[1]), shown=_shown(properties))


def _part(element: Element) -> TableFormat:
    """What a `w:tblStylePr` says for one part of a table."""
    cell = child(element, "w:tcPr")
    edges = _edges(child(element, "w:tblPr")) | sides(child(cell, "w:tcBorders"))
    margins = cell_margins(child(cell, "w:tcMar"))
    return TableFormat(edges, margins, read_layer(element), _fill(element), _align(element))


def _edges(table: Element | None) -> Edges:
    return sides(child(table, "w:tblBorders"))


def _margins(table: Element | None) -> dict[str, float]:
    return cell_margins(child(table, "w:tblCellMar"))


def _fill(style: Element) -> str | None:
    shade = child(child(style, "w:tcPr"), "w:shd")
    return None if shade is None else ground(shade)


def _align(style: Element) -> str | None:
    return value(child(style, "w:tcPr"), "w:vAlign")


def stated(properties: Element | None, styles: Styles, short: str, key: str = "w:val") -> str | None:
    """What a `w:tblPr` says in its child `short`, else its style or the nearest ancestor of that."""
    chain = styles.chain(value(properties, "w:tblStyle"), "table")
    values = (
        value(element, short, key)
        for element in (properties, *(child(style, "w:tblPr") for style in chain[::-1]))
    )
    return next(filter(None, values), None)


def of_style(properties: Element | None, styles: Styles) -> Iterator[Element]:
    """The `w:tblPr`, `w:trPr` and `w:tcPr` of a table's style and its ancestors, the nearest first."""
    for style in reversed(styles.chain(value(properties, "w:tblStyle"), "table")):
        for part in (style, *children(style, "w:tblStylePr")):
            stated = (child(part, short) for short in ("w:tblPr", "w:trPr", "w:tcPr"))
            yield from (element for element in stated if element is not None)


def _shown(properties: Element | None) -> frozenset[str]:
    """Which parts the table wants shown; in old files bits of one number."""
    element = child(properties, "w:tblLook")
    if element is None:
        return frozenset(("noVBand", "noHBand"))
    stated = attribute(element, "w:val") or "0"
    bits = int(stated, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,8}", stated) else 0
    return frozenset(
        part
        for part, bit in _BITS.items()
        if flag(element, f"w:{part}") or (attribute(element, f"w:{part}") is None and bits & bit)
    )


def cell_margins(element: Element | None) -> dict[str, float]:
    """The margins a `w:tblCellMar` or `w:tcMar` names, in points."""
    if element is None:
        return {}
    widths = ((side, measure(child(element, f"w:{short}"), "w:w")) for short, side in _SIDES.items())
    return {side: width for side, width in widths if width is not None}
