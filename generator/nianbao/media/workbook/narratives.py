"""The sheet of one written section: one paragraph a row."""

from __future__ import annotations

import math
from collections.abc import Sequence

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.media.workbook import styles
from nianbao.media.workbook.cells import put
from nianbao.media.workbook.keys import CAPTION, COLUMNS, TEXT

FIRST = 5  # row of the first paragraph
ROOM = 30  # coloured rows in a blank sheet: a printed page, and people may go on below
SPARE = 8  # coloured rows after the last paragraph of a filled one
WIDTH, SIZE = 110, 11.0  # of the paragraphs: the column in digits, their type in points
EXTRA = "D"  # hidden column: how many rows more than one a paragraph has


def add(book: Workbook, key: str, name: str, note: str, paragraphs: Sequence[str]) -> None:
    """Add the sheet and write the paragraphs, each of which must fit into a cell."""
    sheet: Worksheet = book.create_sheet(name)
    styles.widths(sheet, {"B": 6, "C": WIDTH})
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions[EXTRA].hidden = True
    heights = [styles.whole_height(paragraph, WIDTH, SIZE) for paragraph in paragraphs]
    rows = [max(math.ceil(height / styles.TALLEST), 1) for height in heights]
    last = FIRST - 1 + max(ROOM, sum(rows) + SPARE)
    sheet["A1"], sheet["C1"] = COLUMNS, f"{TEXT}{key}"
    sheet.row_dimensions[1].hidden = True
    for row in (2, 3, 4):
        sheet.cell(row, 1, CAPTION)
    styles.top(sheet, range(2, 4), name, note, row=2)
    styles.label(sheet["B4"])
    styles.label(sheet["C4"])
    sheet["B4"] = "段"
    sheet["C4"] = _advice(last + styles.BELOW)
    sheet.row_dimensions[4].height = 34
    styles.text_column(sheet, "C", last)
    styles.where(
        sheet, f"B{FIRST}:B{last + styles.BELOW}", _too_long(f"$C{FIRST}", f"${EXTRA}{FIRST}"), styles.OPEN
    )
    for row in range(FIRST, last + 1):
        styles.label(sheet.cell(row, 2))
        sheet.cell(row, 2).value = f'=IF(C{row}="","",COUNTA(C${FIRST}:C{row}))'
        styles.text_entry(sheet.cell(row, 3), vertical="top")
    row = FIRST
    for paragraph, count, height in zip(paragraphs, rows, heights, strict=True):
        put(sheet.cell(row, 3), paragraph)
        _size(sheet, row, count, height)
        row += count
    sheet.print_title_rows = "4:4"
    styles.page(sheet)
    styles.finish(sheet, cursor=f"C{FIRST}", freeze=f"A{FIRST}")


def _size(sheet: Worksheet, row: int, count: int, tall: float) -> None:
    """Give a paragraph the height it takes: what no single row can have, several as one cell."""
    if count == 1:
        sheet.row_dimensions[row] = styles.FittedRow(sheet, index=row, ht=tall)
        return
    sheet[f"{EXTRA}{row}"] = count - 1
    for letter in "BC":
        sheet.merge_cells(f"{letter}{row}:{letter}{row + count - 1}")
    for number in range(row, row + count):
        sheet.row_dimensions[number].height = tall / count


def _too_long(cells: str, extra: str) -> str:
    """Whether a text, or which of several, takes more lines than its rows can show; as a formula."""
    breaks = f'LEN({cells})-LEN(SUBSTITUTE({cells},CHAR(10),""))'
    lines = f"INT(({styles.TALLEST}*(1+{extra})-{styles.EDGE})/{SIZE * styles.LEADING:g})"
    line = styles.room(WIDTH, SIZE)
    return f"LEN({cells})+{line}*({breaks})>{line}*{lines}"


def _advice(last: int) -> str:
    """The line above the paragraphs, as a formula: how to write, how much is written, what is cut off."""
    cells, extra = f"C{FIRST}:C{last}", f"{EXTRA}{FIRST}:{EXTRA}{last}"
    cut = f"SUMPRODUCT(--({_too_long(cells, extra)}))"
    return (
        f'="一段一行；标题按自己的编号识别：（一）、1.、（1）。已写 "&SUMPRODUCT(LEN({cells}))&" 字"'
        f'&IF({cut}=0,"","。有 "&{cut}&" 段太长，格中显示不全（段号标黄），报告仍印全文。'
        '可分作几段；看全文请点这一格，拉高编辑栏")'
    )
