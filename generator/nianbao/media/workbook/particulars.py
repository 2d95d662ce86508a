"""The first sheet: who reports, for which year, and how far the filling has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.mandate import LAST_YEAR, Mandate
from nianbao.media.workbook import styles
from nianbao.media.workbook.cells import put
from nianbao.media.workbook.keys import COLUMNS, VALUE
from nianbao.report import CHOICES, NO, YES
from nianbao.report.particulars import ORGAN, SHEET, YEAR, lines, years_covered

FIRST = 4  # row of the first particular


@dataclass(frozen=True)
class Blank:
    """What a blank workbook is made for."""

    mandate: Mandate
    organ: str
    year: int
    reporter: str = ""


def spots(mandate: Mandate) -> dict[str, str]:
    """Each particular's cell by key."""
    return {line.key: f"C{row}" for row, line in enumerate(lines(mandate), FIRST)}


def add(book: Workbook, mandate: Mandate, values: Mapping[str, str]) -> None:
    """Add the sheet of particulars; a title that is the usual one is a formula."""
    sheet: Worksheet = book.create_sheet(SHEET)
    styles.widths(sheet, {"B": 12, "C": 56, "D": 62})
    sheet.column_dimensions["A"].hidden = True
    heading = mandate.edition.decree_title.removeprefix("中华人民共和国").removesuffix("格式")
    how = "填写浅黄格：先填本页，再依次填各部分；“校核”页随填随算。填好后保存，运行 nianbao generate。"
    advice = f"依据：{mandate.edition.decree}。{how}"
    styles.top(sheet, range(2, 5), heading, advice, heights=(30, 24))
    sheet["A3"], sheet["C3"] = COLUMNS, VALUE
    sheet.row_dimensions[3].hidden = True
    for row, line in enumerate(lines(mandate), FIRST):
        sheet.cell(row, 1, line.key)
        styles.label(sheet.cell(row, 2, line.name))
        cell = sheet.cell(row, 3)
        styles.text_entry(cell)
        value = values.get(line.key, "")
        put(cell, value)
        styles.hint(sheet.cell(row, 4), line.advice)
        styles.fit(sheet, row, line.advice, range(4, 5), least=26)
        styles.fit(sheet, row, value, range(3, 4))
    _computed(sheet, mandate, values)
    _validate(sheet, mandate)
    styles.page(sheet, landscape=True)
    styles.finish(sheet, cursor=spots(mandate)[ORGAN])


def _computed(sheet: Worksheet, mandate: Mandate, values: Mapping[str, str]) -> None:
    """Make the year a number, and the usual title a formula of organ and year."""
    places = spots(mandate)
    organ, year, title = places[ORGAN], places[YEAR], places["title"]
    sheet[year].number_format = sheet[title].number_format = "General"
    sheet[year].value = int(values[YEAR])
    if not values["title"]:
        quoted = f'"{mandate.title}"'.replace("{organ}", f'"&{organ}&"').replace("{year}", f'"&{year}&"')
        sheet[title].value = f'=IF({organ}="","",{quoted})'.replace('""&', "").replace('&""', "")


def _validate(sheet: Worksheet, mandate: Mandate) -> None:
    places, edition = spots(mandate), mandate.edition
    names = ",".join(reporter.name for reporter in mandate.reporters)
    styles.restrict(sheet, [places["reporter"]], styles.CHOOSE, type="list", formula1=f'"{names}"')
    choices = [places[key] for key in CHOICES]
    error = f"请选“{YES}”或“{NO}”。"
    styles.restrict(sheet, choices, error, type="list", formula1=f'"{YES},{NO}"', allow_blank=True)
    years = {"formula1": str(edition.first_year), "formula2": str(edition.last_year or LAST_YEAR)}
    error = f"请填年份：{years_covered(mandate.edition)}。"
    styles.restrict(sheet, [places[YEAR]], error, type="whole", operator="between", **years)
