"""A table as HTML, with fixed widths and the cells where the grid has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from nianbao.media.word.html.borders import (
    Edges,
    GridLines,
    cell_edges,
    diagonals,
    edge,
    framing,
    grid_lines,
    own_edges,
    sides,
    thickness,
)
from nianbao.media.word.html.css import LIGHT, color, dark, length
from nianbao.media.word.html.formats import Layer
from nianbao.media.word.html.grid import Cell, Row, percent, read_rows
from nianbao.media.word.html.grid import widths as widths_of
from nianbao.media.word.html.properties import left_out
from nianbao.media.word.html.runs import RunWriter
from nianbao.media.word.html.shading import ground
from nianbao.media.word.html.table_styles import TableFormat, cell_margins, of_style, read_table, stated
from nianbao.media.word.html.wordml import (
    Element,
    child,
    descendant,
    local,
    points,
    switch,
    text_of,
    value,
)

Blocks = Callable[[Element, Layer], str]
_RUN = {"w:rPr", "w:t", "w:tab"}  # what may stand in a run of a cell whose content is worked out once
_ALIGN = {"center": "middle", "bottom": "bottom"}


class Look(NamedTuple):
    """What is said for one cell: its format, its four edges, the lines from corner to corner as CSS."""

    format: TableFormat
    edges: Edges
    slant: dict[str, str]


class TableWriter:
    """Writes tables; `blocks` writes what stands in a cell."""

    def __init__(self, runs: RunWriter, blocks: Blocks, flush: bool) -> None:
        self.styles, self.sheet, self.losses = runs.styles, runs.sheet, runs.losses
        self.blocks, self.flush = blocks, flush
        self.measure: float | None = None  # the measure of the section, outside tables
        self._written: dict[tuple[Layer, bytes], str] = {}  # contents of the cells of one table

    def write(self, table: Element, label: str) -> str:
        """The HTML of a `w:tbl`; `label` is what people call it: 表 2."""
        self._written.clear()
        properties = child(table, "w:tblPr")
        if child(properties, "w:tblpPr") is not None:
            self.losses.add("文字环绕的表格改按普通表格排版")
        for element in (properties, *of_style(properties, self.styles)):
            for what in left_out(element):
                self.losses.add(what)
        whole = read_table(properties, self.styles)
        rows = read_rows(table)
        widths = widths_of(table, rows, self.measure)
        columns = len(widths)
        repeated = next((index for index, row in enumerate(rows) if not row.heading), len(rows))
        looks = {cell.spot: _look(cell, row, whole, len(rows), columns) for row in rows for cell in row.cells}
        lines = grid_lines((spot, look.edges) for spot, look in looks.items())
        written = []
        for index, row in enumerate(rows, 1):
            self._note_row(row, f"{label} 第 {index} 行", value(properties, "w:jc"))
            cells = []
            for place, cell in enumerate(row.cells, 1):
                with self.losses.spot(f"{label} 第 {index} 行第 {place} 列"):
                    cells.append(self._cell(cell, row, looks[cell.spot], lines))
            written.append(self._row(row, cells, columns, last=index == len(rows)))
        head = f"<thead>{''.join(written[:repeated])}</thead>" if 0 < repeated < len(rows) else ""
        body = f"<tbody>{''.join(written[repeated if head else 0 :])}</tbody>"
        grid = "".join(f'<col style="width: {length(width)}">' for width in widths)
        name = self.sheet.name(self._declare(properties, rows, widths, whole), "t")
        identity = f"table-{self.sheet.number()}"
        return f'<table id="{identity}" class="{name}"><colgroup>{grid}</colgroup>{head}{body}</table>'

    def _note_row(self, row: Row, label: str, align: str | None) -> None:
        """Note what is lost of a row."""
        with self.losses.spot(label):
            for properties in (row.exceptions, child(row.element, "w:trPr")):
                for what in left_out(properties):
                    self.losses.add(what)
                if value(properties, "w:jc") not in (None, align):
                    self.losses.add("与表格不同的行对齐方式没有带入")

    def _declare(
        self, properties: Element | None, rows: list[Row], widths: list[float], format: TableFormat
    ) -> dict[str, str]:
        """The table's own CSS: width, place, and whether it stays on one page."""
        declared = {"width": length(sum(widths))}
        if share := percent(child(properties, "w:tblW")):
            declared["width"] = f"{share:g}%"
        indent = points(stated(properties, self.styles, "w:tblInd", "w:w")) or 0.0
        align = stated(properties, self.styles, "w:jc")
        if align == "center" and self.measure and sum(widths) > self.measure:
            # Wider than the measure: it stands out on both sides alike.
            declared["margin-left"] = length((self.measure - sum(widths)) / 2)
        elif align in ("center", "right", "end"):
            declared["margin-left"] = "auto"
            declared["margin-right"] = "auto" if align == "center" else "0"
        else:
            # Up to Word 2010 the text, from Word 2013 on the border stands at the margin.
            declared["margin-left"] = length(indent if self.flush else indent - format.margins["left"])
        if top := thickness(format.edges.get("top")):
            # CSS puts half of the outer border outside the first row, Word none of it.
            declared["margin-top"] = length(-top / 2)
        if rows and all(map(self._kept, rows[:-1])):
            declared["break-inside"] = "avoid"
            if self._kept(rows[-1]):
                declared["break-after"] = "avoid"
        return declared

    def _kept(self, row: Row) -> bool:
        """Whether Word keeps a row with the next one: every cell's first paragraph says so, or its style."""
        firsts = [child(child(cell.element, "w:p"), "w:pPr") for cell in row.cells]
        return bool(firsts) and all(map(self._keeps_next, firsts))

    def _keeps_next(self, properties: Element | None) -> bool:
        own = switch(properties, "w:keepNext")
        if own is None:
            own = self.styles.resolve(value(properties, "w:pStyle")).paragraph.keep_next
        return bool(own)

    def _row(self, row: Row, cells: list[str], columns: int, last: bool) -> str:
        declared = {}
        if row.height and not any(cell.rows == 1 for cell in row.cells):
            declared["height"] = length(row.height)  # no cell of this row alone can carry it
        if row.whole:
            declared["break-inside"] = "avoid"
        if not last and self._kept(row):
            declared["break-after"] = "avoid"
        before = f'<td colspan="{row.begins}"></td>' if row.begins else ""
        after = f'<td colspan="{columns - row.ends}"></td>' if row.ends < columns else ""
        name = self.sheet.name(declared, "r")
        opening = f'<tr class="{name}">' if name else "<tr>"
        return f"{opening}{before}{''.join(cells)}{after}</tr>"

    def _upright(self, cell: Cell, inner: str) -> str:
        """Text that runs downwards: Chinese letters one below the other; CSS here has no other way."""
        down = value(child(cell.element, "w:tcPr"), "w:textDirection") in ("tbRl", "tbRlV", "tbLrV", "lrTbV")
        if not down or any(letter < "\u2e80" for letter in text_of(cell.element)):
            self.losses.add("单元格中的竖排文字改为横排")
            return inner
        narrow = {"width": "1.1em", "margin": "0 auto", "word-break": "break-all", "text-indent": "0"}
        return f'<div class="{self.sheet.name(narrow)}">{inner}</div>'

    def _content(self, cell: Element, layer: Layer) -> str:
        """The HTML of what stands in a cell, worked out once for cells that hold the same.

        Not where anything is counted or told, which is to be done for each.
        """
        if not _is_plain(cell):
            return self.blocks(cell, layer)
        key = layer, b"".join(etree.tostring(block) for block in cell if local(block) == "w:p")
        if key not in self._written:
            before = self.losses.told, self.styles.numbering.counted
            inner = self.blocks(cell, layer)
            if before != (self.losses.told, self.styles.numbering.counted):
                return inner
            self._written[key] = inner
        return self._written[key]

    def _cell(self, cell: Cell, row: Row, look: Look, lines: GridLines) -> str:
        format = look.format
        properties = child(cell.element, "w:tcPr")
        margins = format.margins | cell_margins(child(properties, "w:tcMar"))
        for side, column in (("left", cell.left), ("right", cell.right)):
            # Word measures a margin from the middle of the border, CSS from its inner edge.
            margins[side] = max(margins[side] - lines.upright[cell.row, column] / 2, 0.0)
        declared = {f"border-{side}": edge(border) for side, border in look.edges.items()}
        declared["padding"] = " ".join(length(margins[side]) for side in ("top", "right", "bottom", "left"))
        shade = child(properties, "w:shd")
        fill = color(format.fill if shade is None else ground(shade))
        if fill:
            declared["background-color"] = fill
        declared |= look.slant
        if align := _ALIGN.get(value(properties, "w:vAlign") or format.align or ""):
            declared["vertical-align"] = align
        for what in left_out(properties):
            self.losses.add(what)
        layer = format.layer
        if dark(fill) and color(layer.character.color) is None:
            layer = replace(layer, character=replace(layer.character, color=LIGHT))
        bare = switch(properties, "w:hideMark") and descendant(cell.element, "w:r") is None
        inner = "" if bare else self._content(cell.element, layer)
        if value(properties, "w:textDirection") not in (None, "lrTb"):
            inner = self._upright(cell, inner)
        if row.height and cell.rows == 1:
            # The height stands on cells, not rows: WeasyPrint adds a row's to what spans it from above.
            taken = framing(lines.level, cell.spot) + margins["top"] + margins["bottom"]
            declared["height"] = length(max(row.height - taken, 0.0))
            if row.exact:
                cut = self.sheet.name({"max-height": declared["height"], "overflow": "hidden"})
                inner = f'<div class="{cut}">{inner}</div>'
        tag = "th" if row.heading else "td"
        spans = f' colspan="{cell.right - cell.left}"' if cell.right - cell.left > 1 else ""
        spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        spans += ' scope="col"' if tag == "th" else ""
        return f'<{tag} class="{self.sheet.name(declared, "d")}"{spans}>{inner}</{tag}>'


def _look(cell: Cell, row: Row, whole: TableFormat, rows: int, columns: int) -> Look:
    """What a table and its row say for a cell, beside what it says itself."""
    format = whole.for_cell(cell.spot, rows, columns)
    own = own_edges(cell.element, cell.last)
    slant = diagonals(own)
    if row.exceptions is not None:
        margins = cell_margins(child(row.exceptions, "w:tblCellMar"))
        format = replace(format, margins=format.margins | margins)
        stated = sides(child(row.exceptions, "w:tblBorders"))
        own = cell_edges({}, stated, cell.spot, rows, columns) | own
    return Look(format, cell_edges(own, format.edges, cell.spot, rows, columns), slant)


def _is_plain(cell: Element) -> bool:
    """Whether a cell has nothing but paragraphs of text: no fields, notes, pictures, bookmarks or tables."""
    blocks = [block for block in cell if local(block) != "w:tcPr"]
    runs = [run for block in blocks for run in block if local(run) != "w:pPr"]
    pieces = {local(piece) for run in runs for piece in run}
    return {*map(local, blocks)} <= {"w:p"} and {*map(local, runs)} <= {"w:r"} and pieces <= _RUN
