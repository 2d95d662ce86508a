"""A sheet as HTML in the form of what Excel and WPS copy, after the samples named in excel.html and wps.html.

Not taken from these programs. Hidden rows and columns come along, as they do there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HIDDEN = ";display:none"


class Copied(NamedTuple):
    """A cell: over how many rows and columns it is merged, what it shows, and whether that is hidden."""

    rows: int
    columns: int
    text: str
    number: bool
    hidden: bool


def excel(sheet: Worksheet) -> str:
    """The whole sheet as Excel copies it: attributes without quotation marks."""
    return _page(sheet, "Microsoft Excel 15", _excel)


def wps(sheet: Worksheet) -> str:
    """The whole sheet as WPS copies it: attributes in quotation marks, x:str and x:num, runs of fonts."""
    return _page(sheet, "WPS Office ET", _wps)


def _page(sheet: Worksheet, program: str, cell: Callable[[Copied], str]) -> str:
    rows = "".join(
        f"<tr height=19 style='height:14.25pt{HIDDEN * hidden}'>{''.join(map(cell, cells))}</tr>\n"
        for hidden, cells in _rows(sheet)
    )
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        f'<meta name=Generator content="{program}"><style><!--td {{white-space:nowrap;}}--></style>'
        "</head><body>"
        f"<table border=0 cellpadding=0 cellspacing=0><!--StartFragment-->\n{rows}<!--EndFragment--></table>"
        "</body></html>"
    )


def _excel(cell: Copied) -> str:
    merged = "".join(
        f" {name}={count}" for name, count in (("colspan", cell.columns), ("rowspan", cell.rows)) if count > 1
    )
    style = " style='display:none;mso-ignore:display'" if cell.hidden else ""
    align = " align=right" if cell.number else ""
    return f"<td{merged} height=19 class=xl65{align}{style}>{escape(cell.text)}</td>"


def _wps(cell: Copied) -> str:
    merged = "".join(
        f' {name}="{count}"'
        for name, count in (("colspan", cell.columns), ("rowspan", cell.rows))
        if count > 1
    )
    style = "display:none;" if cell.hidden else "border-right:.5pt solid windowtext;"
    if cell.number:
        return f'<td class="xl23"{merged} align="right" style=\'{style}\' x:num>{escape(cell.text)}</td>'
    text = f'<font class="font1">{escape(cell.text)}</font>' if cell.text else ""
    return f"<td class=\"xl22\"{merged} style='{style}' x:str>{text}</td>"


def _rows(sheet: Worksheet) -> Iterator[tuple[bool, list[Copied]]]:
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    hidden = {index for index in range(1, sheet.max_column + 1) if _is_hidden(sheet, index)}
    for row in sheet.iter_rows():
        copied = []
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            assert isinstance(cell, Cell)
            area = spans.get((cell.row, cell.column))
            rows = area.max_row - area.min_row + 1 if area else 1
            columns = area.max_col - area.min_col + 1 if area else 1
            number = isinstance(cell.value, int | float)
            text = "" if cell.value is None else str(cell.value)
            copied.append(Copied(rows, columns, text, number, cell.column in hidden))
        yield sheet.row_dimensions[row[0].row or 1].hidden, copied


def _is_hidden(sheet: Worksheet, column: int) -> bool:
    return any(
        bool(group.hidden) and (group.min or 0) <= column <= (group.max or 0)
        for group in sheet.column_dimensions.values()
    ) or bool(sheet.column_dimensions[get_column_letter(column)].hidden)
