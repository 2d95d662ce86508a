"""Cells that are made one: by openpyxl the first time, by what is known of it from then on."""

from __future__ import annotations

from nianbao.media.workbook import styles, writer
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def by_openpyxl(sheet: Worksheet, start: tuple[int, int], end: tuple[int, int]) -> None:
    sheet.merge_cells(start_row=start[0], start_column=start[1], end_row=end[0], end_column=end[1])


def test_an_area_of_a_known_look_is_the_one_that_openpyxl_makes() -> None:
    made = []
    for merge in (styles.merge, by_openpyxl):
        book = Workbook()
        sheet = book.worksheets[0]
        for row in range(1, 31):
            for column in range(1, 8):
                styles.label(sheet.cell(row, column, row * column), left=row % 2 == 0)
        for top in range(1, 28, 3):
            merge(sheet, (top, 1), (top + 1, 2))
            merge(sheet, (top, 3), (top, 6))
        styles.total(sheet.cell(32, 2))  # another look at its end
        styles.total(sheet.cell(33, 2))
        for row in range(31, 36):
            merge(sheet, (row, 1), (row, 2))
            merge(sheet, (row, 3), (row, 5))  # where there is nothing
        assert len(sheet.merged_cells.ranges) == 28
        made.append(writer.save(book))

    assert made[0] == made[1]
