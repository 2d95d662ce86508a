"""What last year's report says, beside this year's cells and on a sheet to be looked at."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.media.workbook import styles
from nianbao.media.workbook.cells import pieces, put
from nianbao.report import PREFACE, PREFACE_NAME
from nianbao.report.carried_over import CarriedOver

SHEET = "上年文字（参考）"
AUTHOR = "上年报告"
WIDTH = 110  # of the texts, in digits
_LINE = 16  # characters of a comment's line


def note(book: Workbook, carried: CarriedOver, spots: Mapping[str, str]) -> None:
    """Hang last year's figure on each cell, below what is said there already."""
    for key, lines in carried.notes.items():
        name, _, spot = spots[key].rpartition("!")
        cell = book[name.strip("'")][spot]
        before = cell.comment.text.splitlines() if cell.comment is not None else []
        text = "\n".join((*before, *lines))
        tall = sum(1 + len(line) // _LINE for line in text.splitlines())
        cell.comment = Comment(text, AUTHOR, width=240, height=24 + 17 * tall)


def texts(book: Workbook, carried: CarriedOver) -> None:
    """Add the sheet with last year's texts: to be read, not to be handed in again."""
    last = carried.last
    sheet: Worksheet = book.create_sheet(SHEET)
    styles.widths(sheet, {"A": 2, "B": 6, "C": WIDTH})
    how = (
        f"{last.title}的文字，仅供参考：不读入本年报告。本年的文字请写在各部分的表里；"
        "存在的问题和改进情况不要照抄上年。"
    )
    styles.top(sheet, range(2, 4), SHEET, how)
    row = 4
    headings = {PREFACE: PREFACE_NAME} | {section.key: section.heading for section in last.mandate.narratives}
    for key, heading in headings.items():
        written = last.narratives.get(key, ())
        styles.label(sheet.cell(row, 2, heading), left=True)
        styles.label(sheet.cell(row, 3), left=True)
        styles.across(sheet, row, range(2, 4))
        styles.fit(sheet, row, heading, range(2, 4), least=24)
        row += 1
        for number, paragraph in enumerate(written, 1):
            for part in pieces(paragraph.text):
                styles.label(sheet.cell(row, 2, number))
                cell = sheet.cell(row, 3)
                styles.label(cell, left=True)
                put(cell, part)
                styles.fit(sheet, row, part, range(3, 4))
                row += 1
        if not written:
            styles.hint(sheet.cell(row, 3), "（上年没有文字）")
            row += 1
    styles.page(sheet)
    styles.finish(sheet, freeze="A4")
