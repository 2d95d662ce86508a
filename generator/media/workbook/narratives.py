"""The sheet of one written section: one paragraph a row."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.media.workbook import look
from generator.media.workbook.cells import put
from generator.media.workbook.keys import CAPTION, COLUMNS, TEXT

PREFACE_SHEET = "引言"
FIRST = 5  # row of the first paragraph
ROOM = 30  # coloured rows in a blank sheet: a printed page, and people may go on below
SPARE = 8  # coloured rows after the last paragraph of a filled one
WIDTH = 110


def add(book: Workbook, key: str, name: str, note: str, paragraphs: Sequence[str]) -> None:
    """Add the sheet and write the paragraphs, each of which must fit into a cell."""
    sheet: Worksheet = book.create_sheet(name)
    look.widths(sheet, {"B": 6, "C": WIDTH})
    sheet.column_dimensions["A"].hidden = True
    last = FIRST - 1 + max(ROOM, len(paragraphs) + SPARE)
    sheet["A1"], sheet["C1"] = COLUMNS, f"{TEXT}{key}"
    sheet.row_dimensions[1].hidden = True
    for row in (2, 3, 4):
        sheet.cell(row, 1, CAPTION)
    look.heading(sheet["B2"], name)
    look.hint(sheet["B3"], note)
    for area in ("B2:C2", "B3:C3"):
        sheet.merge_cells(area)
    look.fit(sheet, 2, name, range(2, 4), least=26)
    look.fit(sheet, 3, note, range(2, 4))
    look.label(sheet["B4"])
    look.label(sheet["C4"])
    sheet["B4"] = "段"
    written = f"SUMPRODUCT(LEN(C{FIRST}:C{last + 500}))"
    sheet["C4"] = f'="一段一行；标题按自己的编号识别：（一）、1.、（1）。已写 "&{written}&" 字"'
    sheet.row_dimensions[4].height = 20
    look.text_column(sheet, "C", last)
    for row in range(FIRST, last + 1):
        look.label(sheet.cell(row, 2))
        sheet.cell(row, 2).value = f'=IF(C{row}="","",COUNTA(C${FIRST}:C{row}))'
        look.text_entry(sheet.cell(row, 3), vertical="top")
    for row, paragraph in enumerate(paragraphs, FIRST):
        put(sheet.cell(row, 3), paragraph)
        tall = look.height(paragraph, WIDTH, 11)
        sheet.row_dimensions[row] = look.FittedRow(sheet, index=row, ht=tall)
    sheet.print_title_rows = "4:4"
    look.page(sheet)
    look.finish(sheet, cursor=f"C{FIRST}", freeze=f"A{FIRST}")
