"""The sheets that list what follows from the figures: equations, and names for the narrative."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.mandate import Mandate
from nianbao.media.workbook import formulas, particulars, styles, tables
from nianbao.report import CONTACTS
from nianbao.report.particulars import ORGAN, SHEET, YEAR

EQUATIONS_SHEET = "校核"
NAMES_SHEET = "数据名称"


def equations(book: Workbook, mandate: Mandate, spots: Mapping[str, str]) -> None:
    """Add the sheet that gives the verdict on every equation while the clerk types."""
    sheet: Worksheet = book.create_sheet(EQUATIONS_SHEET)
    styles.widths(sheet, {"A": 2, "B": 38, "C": 50, "D": 50, "E": 11, "F": 11, "G": 9})
    advice = "每一行是一个勾稽关系，随填随算；点“部分”转到那一处。"
    advice += "“有文字”的行里有不是数字的格，要改成数字才能核对。"
    styles.top(sheet, range(2, 8), EQUATIONS_SHEET, advice, heights=(26, 20))
    last = 4 + len(mandate.equations)
    results = f"G5:G{last}"
    sheet["B3"] = "=" + '&"，"&'.join(
        f'COUNTIF({results},"{word}")&" 处{word}"'
        for word in (formulas.UNEVEN, formulas.UNFILLED, formulas.TEXT)
    )
    sheet["B3"].font = Font(name=styles.FONT, size=12, bold=True)
    styles.across(sheet, 3, range(2, 8))
    sheet.row_dimensions[3].height = 22
    for column, name in enumerate(("部分", "行或列", "应有关系", "左边", "右边", "结果"), 2):
        styles.label(sheet.cell(4, column, name))
    for row, equation in enumerate(mandate.equations, 5):
        left, right = (
            formulas.elsewhere([spots[key] for key in side]) for side in (equation.left, equation.right)
        )
        section = mandate.slots[equation.left[0]].section
        for column, text in enumerate((section, equation.where, equation.rule), 2):
            styles.label(sheet.cell(row, column, text), left=True)
            styles.fit(sheet, row, text, range(column, column + 1))
        styles.link(sheet.cell(row, 2), spots[equation.left[0]])
        for column, side in enumerate((left, right), 5):
            styles.total(sheet.cell(row, column))
            sheet.cell(row, column).value = f"=SUM({','.join(side)})"
        styles.total(sheet.cell(row, 7))
        sheet.cell(row, 7).value = formulas.verdict(left, right)
    tables.colour(sheet, results)
    none = "，".join(f"0 处{word}" for word in (formulas.UNEVEN, formulas.UNFILLED, formulas.TEXT))
    styles.when(sheet, "B3", none, styles.GOOD)
    sheet.print_title_rows = "4:4"
    styles.page(sheet, landscape=True)
    styles.finish(sheet, freeze="A5")


def names(book: Workbook, mandate: Mandate, spots: Mapping[str, str]) -> None:
    """Add the list of names that a narrative may use, with what each stands for now."""
    sheet: Worksheet = book.create_sheet(NAMES_SHEET)
    styles.widths(sheet, {"A": 2, "B": 44, "C": 18, "D": 74, "E": 26})
    advice = "在文字部分写下花括号和名称，例如 {本年新收.总计}，生成报告时换成表格中的数。"
    styles.top(sheet, range(2, 6), NAMES_SHEET, advice, heights=(26, 20))
    for column, name in enumerate(("名称", "现在的值", "行", "列"), 2):
        styles.label(sheet.cell(3, column, name))
    places = particulars.spots(mandate)
    words = {"机关名称": ORGAN, "年度": YEAR} | {name: key for key, name in CONTACTS.items()}
    lines = [("{" + name + "}", f"'{SHEET}'!{places[key]}", SHEET, name) for name, key in words.items()]
    lines += [
        ("{" + slot.name + "}", spots[key], slot.row, slot.column) for key, slot in mandate.slots.items()
    ]
    for row, (name, spot, *where) in enumerate(lines, 4):
        styles.label(sheet.cell(row, 2, name), left=True)
        styles.total(sheet.cell(row, 3))
        sheet.cell(row, 3).value = f'=IF({spot}="","",{spot})'
        for column, text in enumerate(where, 4):
            styles.label(sheet.cell(row, column, text), left=True)
            styles.fit(sheet, row, text, range(column, column + 1), least=18)
    sheet.print_title_rows = "3:3"
    styles.page(sheet)
    styles.finish(sheet, freeze="A4")
