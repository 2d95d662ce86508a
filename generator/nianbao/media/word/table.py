"""A statutory table as Word has it: widths of its columns, and between which of its rows a page may end."""

from __future__ import annotations

from nianbao.mandate import Cell, Mandate, Role, Section, Table
from nianbao.media.ooxml import Element
from nianbao.media.word import layout
from nianbao.media.word.oxml import run, w


def figure_tag(key: str) -> str:
    """The tag that prints a figure."""
    return "{{ " + key + " }}"


def written(section: Section, mandate: Mandate) -> Element:
    """The table of a section, its figures as tags."""
    table = mandate.tables[section.key]
    widths = _widths(table)
    properties = w(
        "tblPr",
        w("tblStyle", val=layout.TABLE_GRID),
        w("tblW", w=sum(widths), type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0000"),
        w("tblCaption", val=section.heading),
    )
    grid = w("tblGrid", *(w("gridCol", w=wide) for wide in widths))
    cuts = page_ends(table)
    rows = [_row(table, row, widths, kept=row + 1 not in cuts) for row in range(table.row_count)]
    return w("tbl", properties, grid, *rows)


def page_ends(table: Table) -> set[int]:
    """The rows before which a page may end; the end of the table is one of them.

    Never after a row of headings, within a block or a group of labels, or so that few rows stand alone.
    """
    rows = table.row_count
    inside: set[int] = set()
    for cell in table.cells:
        # What a whole table is about may be cut, but not before its own label has room.
        kept = cell.rowspan if cell.rowspan <= rows * layout.LONGEST_GROUP else layout.FEWEST_LABELLED
        inside.update(range(cell.row + 1, cell.row + min(kept, cell.rowspan)))
    figures = {cell.row for cell in table.cells if cell.role is Role.FIGURE}
    banners = {cell.row for cell in table.cells if cell.role is Role.BANNER}
    return {rows} | {
        row
        for row in range(layout.FEWEST_ABOVE, rows - layout.FEWEST_BELOW + 1)
        if row - 1 in figures and row not in inside and (not banners or row in banners)
    }


def _widths(table: Table) -> list[int]:
    """The official widths on the type area; of a deep table, more room for labels than for numbers."""
    if table.stub > 1:
        outer = layout.OUTER_LABELS[: table.stub - 1]
        numbers = [layout.NUMBER_COLUMN] * (len(table.grid) - table.stub)
        return [*outer, layout.TYPE_AREA - sum(outer) - sum(numbers), *numbers]
    wide = [round(width * layout.TYPE_AREA / sum(table.grid)) for width in table.grid[:-1]]
    return [*wide, layout.TYPE_AREA - sum(wide)]


def _row(table: Table, row: int, widths: list[int], *, kept: bool) -> Element:
    properties = w("trPr", w("cantSplit"), w("trHeight", val=layout.ROW_HEIGHT, hRule="atLeast"))
    if row < table.header_rows:
        properties.append(w("tblHeader"))
    element = w("tr", properties)
    cells = [cell for cell in table.cells if cell.row <= row < cell.row + cell.rowspan]
    element.extend(
        _cell(table, cell, row, widths, kept) for cell in sorted(cells, key=lambda cell: cell.column)
    )
    return element


def _cell(table: Table, cell: Cell, row: int, widths: list[int], kept: bool) -> Element:
    width = sum(widths[cell.column : cell.column + cell.colspan])
    properties = w("tcPr", w("tcW", w=width, type="dxa"))
    if cell.colspan > 1:
        properties.append(w("gridSpan", val=cell.colspan))
    if cell.rowspan > 1:
        properties.append(w("vMerge", val="restart") if row == cell.row else w("vMerge"))
    properties.append(w("vAlign", val="center"))
    paragraph = w("p", w("pPr", w("pStyle", val=_style(table, cell)), *([w("keepNext")] if kept else [])))
    if row == cell.row and cell.text:
        paragraph.append(run(cell.text))
    elif row == cell.row:
        paragraph.append(run(figure_tag(cell.key), w("rStyle", val=layout.FIGURE_TAG)))
    return w("tc", properties, paragraph)


def _style(table: Table, cell: Cell) -> str:
    if cell.role is Role.FIGURE:
        return layout.TABLE_FIGURE
    innermost = cell.column + cell.colspan == table.stub
    many = table.stub > 1 and cell.role is Role.LABEL and innermost
    return layout.TABLE_LABEL if many else layout.TABLE_TEXT
