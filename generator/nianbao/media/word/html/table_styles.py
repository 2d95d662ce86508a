"""What a table's style says: for all its cells, and for its first row, last column, every second row…"""

from __future__ import annotations

from dataclasses import dataclass, field

from nianbao.media.word.html.borders import Edges, Spot, sides
from nianbao.media.word.html.formats import over, read_borders, read_character, read_paragraph
from nianbao.media.word.html.paragraphs import Layers
from nianbao.media.word.html.styles import Styles
from nianbao.media.word.html.wordml import Element, attribute, child, children, measure, number, value

MARGIN = 5.4  # the left and right cell margin where no layer says one
_SIDES = {"top": "top", "bottom": "bottom", "left": "left", "right": "right", "start": "left", "end": "right"}
# The bits of w:tblLook's w:val, and the attributes that say the same.
_BITS = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200,
    "noVBand": 0x400,
}  # fmt: skip
# From the weakest to the strongest.
_ORDER = (
    "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstCol", "lastCol", "firstRow", "lastRow",
    "neCell", "nwCell", "seCell", "swCell",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What a table and its style say for cells; `fill` is a ground, rrggbb."""

    edges: Edges
    margins: dict[str, float]
    layers: Layers
    fill: str | None = None
    parts: dict[str, Look] = field(default_factory=dict)
    bands: tuple[int, int] = (1, 1)
    shown: frozenset[str] = frozenset()

    def at(self, spot: Spot, rows: int, columns: int) -> Look:
        """What is said for one cell: the parts of the table it belongs to lie over the whole."""
        if not self.parts:
            return self
        found = self
        for part in self._parts(spot, rows, columns):
            if (own := self.parts.get(part)) is None:
                continue
            inner = _inside(own.edges, spot, part, rows, columns)
            layers = Layers(
                over(own.layers.paragraph, found.layers.paragraph),
                over(own.layers.character, found.layers.character),
            )
            found = Look(found.edges | inner, found.margins | own.margins, layers, own.fill or found.fill)
        return found

    def _parts(self, spot: Spot, rows: int, columns: int) -> list[str]:
        top = "firstRow" in self.shown and spot.top == 0
        bottom = "lastRow" in self.shown and spot.bottom >= rows
        left = "firstColumn" in self.shown and spot.left == 0
        right = "lastColumn" in self.shown and spot.right >= columns
        row = spot.top - ("firstRow" in self.shown)
        column = spot.left - ("firstColumn" in self.shown)
        banded = {"Horz": not (top or bottom) and "noHBand" not in self.shown}
        banded["Vert"] = not (left or right) and "noVBand" not in self.shown
        odd = {"Horz": row // self.bands[0] % 2, "Vert": column // self.bands[1] % 2}
        found = {
            "firstRow": top, "lastRow": bottom, "firstCol": left, "lastCol": right,
            "nwCell": top and left, "neCell": top and right, "swCell": bottom and left,
            "seCell": bottom and right,
        }  # fmt: skip
        for way in ("Horz", "Vert"):
            found |= {
                f"band1{way}": banded[way] and not odd[way],
                f"band2{way}": banded[way] and bool(odd[way]),
            }
        return [part for part in _ORDER if found[part]]


def _inside(edges: Edges, spot: Spot, part: str, rows: int, columns: int) -> Edges:
    """A part's outer edges, as the four edges of one of its cells."""
    row, column = (
        part in ("firstRow", "lastRow") or "Horz" in part,
        part in ("firstCol", "lastCol") or ("Vert" in part),
    )
    found: Edges = {}
    for side in ("top", "bottom", "left", "right"):
        across = side in ("left", "right")
        at_edge = {"left": spot.left == 0, "right": spot.right >= columns,
                   "top": spot.top == 0, "bottom": spot.bottom >= rows}[side]  # fmt: skip
        within = ((row and across) or (column and not across)) and not at_edge
        border = edges.get(("insideV" if across else "insideH") if within else side)
        if border is not None:
            found[f"own-{side}"] = border
    return found


def look(properties: Element | None, styles: Styles) -> Look:
    """What a `w:tblPr` says with its style."""
    edges: Edges = {}
    margins = {"left": MARGIN, "right": MARGIN, "top": 0.0, "bottom": 0.0}
    layers = Layers()
    fill: str | None = None
    parts: dict[str, Look] = {}
    bands = [1, 1]
    for style in styles.chain(value(properties, "w:tblStyle"), "table"):
        said = child(style, "w:tblPr")
        edges |= sides(read_borders(child(said, "w:tblBorders")))
        margins |= cell_margins(child(said, "w:tblCellMar"))
        for place, short in enumerate(("w:tblStyleRowBandSize", "w:tblStyleColBandSize")):
            bands[place] = max(number(value(said, short)) or bands[place], 1)
        layers = Layers(
            over(read_paragraph(child(style, "w:pPr")), layers.paragraph),
            over(read_character(child(style, "w:rPr")), layers.character),
        )
        fill = _fill(style) or fill
        for each in children(style, "w:tblStylePr"):
            part = attribute(each, "w:type") or ""
            parts[part] = _part(each, parts.get(part))
    edges |= sides(read_borders(child(properties, "w:tblBorders")))
    margins |= cell_margins(child(properties, "w:tblCellMar"))
    return Look(edges, margins, layers, fill, parts, (bands[0], bands[1]), _shown(properties))


def _part(said: Element, lower: Look | None) -> Look:
    cell = child(said, "w:tcPr")
    edges = sides(read_borders(child(child(said, "w:tblPr"), "w:tblBorders")))
    edges |= sides(read_borders(child(cell, "w:tcBorders")))
    below = lower or Look({}, {}, Layers())
    return Look(
        below.edges | edges,
        below.margins | cell_margins(child(cell, "w:tcMar")),
        Layers(
            over(read_paragraph(child(said, "w:pPr")), below.layers.paragraph),
            over(read_character(child(said, "w:rPr")), below.layers.character),
        ),
        _fill(said) or below.fill,
    )


def _fill(said: Element) -> str | None:
    return attribute(child(child(said, "w:tcPr"), "w:shd"), "w:fill")


def _shown(properties: Element | None) -> frozenset[str]:
    """Which parts the table wants shown; in old files bits of one number."""
    found = child(properties, "w:tblLook")
    if found is None:
        return frozenset(("noVBand", "noHBand"))
    said = attribute(found, "w:val") or "0"
    bits = int(said, 16) if all(letter in "0123456789abcdefABCDEF" for letter in said[:8]) else 0
    return frozenset(
        part
        for part, bit in _BITS.items()
        if (own := attribute(found, f"w:{part}")) in ("1", "true", "on") or (own is None and bits & bit)
    )


def cell_margins(element: Element | None) -> dict[str, float]:
    """The margins a `w:tblCellMar` or `w:tcMar` names, in points."""
    found: dict[str, float] = {}
    for short, side in _SIDES.items():
        width = measure(child(element, f"w:{short}"), "w:w")
        if width is not None:
            found[side] = width
    return found
