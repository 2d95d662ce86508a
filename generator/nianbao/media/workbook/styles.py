"""How the workbook looks: fonts, fills, borders, sizes, print set-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.media.workbook.cells import put

FONT = "宋体"
_THIN = Side(style="thin", color="808080")
EDGES = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
INPUT = PatternFill("solid", fgColor="FFF9DB")
TYPED = PatternFill("solid", bgColor="FFF9DB")  # the same, as a conditional format wants it
TOTAL = PatternFill("solid", fgColor="E8EEF4")
LABEL = PatternFill("solid", fgColor="F2F2F2")
GOOD = PatternFill("solid", bgColor="C6EFCE")
BAD = PatternFill("solid", bgColor="FFC7CE")
OPEN = PatternFill("solid", bgColor="FFEB9C")
BELOW = 500  # rows below the coloured ones, in which people may go on
UNLOCKED = Protection(locked=False)
TO_FILL, TO_LOOK_AT = "F2C94C", "6FAE7F"  # colours of the sheets' tabs
TALLEST = 409  # points; Excel's own limit for a row
EDGE, LEADING = 6, 1.4  # of a row: points above and below its text, and a line's height in the type's size
CHOOSE = "请从下拉列表中选一类。"
_looks: WeakKeyDictionary[Workbook, dict[object, StyleArray]] = WeakKeyDictionary()
_merged: WeakKeyDictionary[Workbook, dict[object, list[StyleArray | None]]] = WeakKeyDictionary()


class FittedRow(RowDimension):
    """A row whose height is a first guess: the spreadsheet fits it anew to what is typed."""

    customHeight = property(lambda self: False)  # noqa: N815 - openpyxl's name


def heading(cell: Cell | MergedCell, text: str) -> None:
    """Write a sheet's heading."""
    put(cell, text)
    cell.font = Font(name="黑体", size=16)
    cell.alignment = Alignment(vertical="center")


def hint(cell: Cell | MergedCell, text: str) -> None:
    """Write a line of advice in grey."""
    put(cell, text)
    _wear(cell, "hint", _hint)


def _hint(cell: Cell | MergedCell) -> None:
    cell.font = Font(name=FONT, size=10, color="595959")
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def label(cell: Cell | MergedCell, *, left: bool = False) -> None:
    """Dress a cell of the official form that nobody types into."""
    _wear(cell, ("label", left), _label_left if left else _label)


def _label(cell: Cell | MergedCell) -> None:
    _dress(cell, 10.5, LABEL, horizontal="center", wrap_text=True, indent=0)


def _label_left(cell: Cell | MergedCell) -> None:
    _dress(cell, 10.5, LABEL, horizontal="left", wrap_text=True, indent=1)


def entry(cell: Cell | MergedCell) -> None:
    """Dress a cell for a number: coloured and unlocked."""
    _wear(cell, "entry", _entry)


def _entry(cell: Cell | MergedCell) -> None:
    _dress(cell, 11, INPUT)
    cell.protection = UNLOCKED


def total(cell: Cell | MergedCell) -> None:
    """Dress a cell that the workbook adds up."""
    _wear(cell, "total", _total)


def _total(cell: Cell | MergedCell) -> None:
    _dress(cell, 11, TOTAL, bold=True)


def _wear(cell: Cell | MergedCell, look: object, dress: Callable[[Cell | MergedCell], None]) -> None:
    """Dress a cell, for a workbook's first cell of this look only: setting fonts and fills takes most time.

    openpyxl has no public way to share a style, and MergedCell none in its stub.
    """
    book = cell.parent.parent
    assert book is not None  # a cell of a sheet that was added
    looks = _looks.setdefault(book, {})
    if look not in looks:
        dress(cell)
        looks[look] = copy(cell._style)  # type: ignore[union-attr] # noqa: SLF001
    cell._style = copy(looks[look])  # type: ignore[union-attr] # noqa: SLF001


def _dress(
    cell: Cell | MergedCell, size: float, fill: PatternFill, *, bold: bool | None = None, **alignment: Any
) -> None:
    cell.font = Font(name=FONT, size=size, bold=bold)
    cell.fill = fill
    cell.border = EDGES
    cell.alignment = Alignment(**{"horizontal": "center", "vertical": "center"} | alignment)


def text_entry(cell: Cell | MergedCell, *, vertical: str = "center") -> None:
    """Dress a cell for text, which a spreadsheet must not take for a number or a date."""

    def dress(cell: Cell | MergedCell) -> None:
        _entry(cell)
        cell.alignment = Alignment(horizontal="left", vertical=vertical, wrap_text=True)
        cell.number_format = "@"

    _wear(cell, ("text", vertical), dress)


def text_column(sheet: Worksheet, letter: str, filled: int) -> None:
    """Let people type text below the coloured rows too, and colour what they type there."""
    column = sheet.column_dimensions[letter]
    column.font = Font(name=FONT, size=11)
    column.protection = UNLOCKED
    column.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    column.number_format = "@"
    first, last = filled + 1, filled + BELOW
    rule = FormulaRule([f"LEN(${letter}{first})>0"], fill=TYPED, border=EDGES)  # type: ignore[no-untyped-call] # untyped stub
    sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)


def note(cell: Cell | MergedCell, text: str) -> None:
    """Hang a filling note on a label."""
    lines = sum(1 + len(line) // 18 for line in text.splitlines())
    cell.comment = Comment(text, "填报说明", width=280, height=30 + 18 * lines)


def link(cell: Cell | MergedCell, spot: str) -> None:
    """Make a cell lead to another place in the workbook."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=spot)


def top(
    sheet: Worksheet, columns: range, title: str, advice: str, *, row: int = 1, heights: Sequence[float] = ()
) -> None:
    """Write a sheet's heading and below it a line of advice, each across these columns.

    Their rows have these heights, or those that the texts take.
    """
    for at, write, text, least in ((row, heading, title, 26), (row + 1, hint, advice, 20)):
        write(sheet.cell(at, columns[0]), text)
        if heights:
            sheet.row_dimensions[at].height = heights[at - row]
        else:
            fit(sheet, at, text, columns, least=least)
        across(sheet, at, columns)


def across(sheet: Worksheet, row: int, columns: range) -> None:
    """Make one cell of those of a row in these columns."""
    merge(sheet, (row, columns[0]), (row, columns[-1]))


def merge(sheet: Worksheet, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Make one cell of those from row and column to row and column; only the first keeps its value.

    As openpyxl does it, which adds up borders edge by edge, for a workbook's first area of this shape and
    look only: else that takes a third of the time of writing.
    """
    cells: dict[tuple[int, int], Any] = sheet._cells  # noqa: SLF001
    book = sheet.parent
    assert book is not None  # a sheet that was added
    looks = _merged.setdefault(book, {})
    area = CellRange(min_row=start[0], min_col=start[1], max_row=end[0], max_col=end[1])
    ends = (tuple(cells[at]._style or ()) if at in cells else () for at in (start, end))  # noqa: SLF001
    look = (end[0] - start[0], end[1] - start[1], *ends)
    if look not in looks:
        sheet.merge_cells(area.coord)
        looks[look] = [copy(cells[at]._style) for at in area.cells]  # noqa: SLF001
        return
    sheet.merged_cells.ranges.add(area)
    sheet.cell(*start)
    for at, style in zip(area.cells, looks[look], strict=True):
        if at != start:
            cells[at] = MergedCell(sheet, *at)
        cells[at]._style = copy(style)  # noqa: SLF001


def restrict(sheet: Worksheet, cells: Iterable[str], error: str, **conditions: Any) -> None:
    """Let nothing be typed into some cells but what openpyxl's DataValidation is told."""
    conditions |= {"sqref": MultiCellRange(map(CellRange, cells))}
    rule = DataValidation(error=error, errorTitle="填写有误", showErrorMessage=True, **conditions)
    sheet.add_data_validation(rule)


def widths(sheet: Worksheet, sizes: dict[str, float]) -> None:
    """Set columns' widths by letter, in digits of the default font."""
    for letter, size in sizes.items():
        sheet.column_dimensions[letter].width = size


def room(width: float, size: float = 10.5) -> int:
    """How many Chinese characters stand in one line of columns of this width together."""
    return max(int((width - 2) * 5.25 / size), 1)  # a digit of the default font is 5.25 pt wide


def whole_height(text: str, width: float, size: float = 10.5) -> float:
    """The points that wrapped Chinese text takes, though it be more than a row can have."""
    lines = sum(-(-max(len(line), 1) // room(width, size)) for line in text.splitlines() or [""])
    return EDGE + lines * size * LEADING


def height(text: str, width: float, size: float = 10.5) -> float:
    """The points that wrapped Chinese text takes, as far as a row can have them."""
    return min(whole_height(text, width, size), TALLEST)


def fit(sheet: Worksheet, row: int, text: str, columns: range, *, least: float = 20) -> None:
    """Make a row high enough for a text in some of its columns; it is never made lower."""
    width = sum(sheet.column_dimensions[get_column_letter(column)].width for column in columns)
    before = sheet.row_dimensions[row].height or 0
    sheet.row_dimensions[row].height = max(before, height(text, width), least)


def page(sheet: Worksheet, *, landscape: bool = False) -> None:
    """Set up printing on A4, one page wide, with the sheet's name and page numbers."""
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    footer = sheet.HeaderFooter.oddFooter
    assert footer is not None  # every new sheet has one; the stub does not know
    footer.center.text = "&A  第 &P 页 共 &N 页"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8


def finish(sheet: Worksheet, *, cursor: str = "", freeze: str = "") -> None:
    """Lock all but the input cells, without a password, and put the cursor where work begins.

    Sizes and new rows stay free.
    """
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.insertRows = False
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = TO_FILL if cursor else TO_LOOK_AT
    if freeze:
        sheet.freeze_panes = freeze
    if cursor:
        selection = sheet.sheet_view.selection[-1]
        selection.activeCell = selection.sqref = cursor


def where(sheet: Worksheet, area: str, formula: str, fill: PatternFill) -> None:
    """Fill the cells of an area for which a formula, written for its first cell, holds."""
    sheet.conditional_formatting.add(area, FormulaRule([formula], fill=fill))  # type: ignore[no-untyped-call] # untyped stub


def when(sheet: Worksheet, area: str, word: str, fill: PatternFill) -> None:
    """Fill the cells of an area that say this word."""
    rule = CellIsRule("equal", [f'"{word}"'], fill=fill)  # type: ignore[no-untyped-call] # untyped stub
    sheet.conditional_formatting.add(area, rule)
