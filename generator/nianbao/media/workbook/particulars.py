"""The first sheet: who reports, for which year, and how far the filling has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.mandate import LAST_YEAR, Mandate
from nianbao.media.workbook import styles
from nianbao.media.workbook.cells import put
from nianbao.media.workbook.keys import COLUMNS, VALUE
from nianbao.report import CHOICES, CONTACTS, ELEMENTS, NO, YES

SHEET = "基本信息"
FIRST = 4  # row of the first particular
ORGAN, YEAR = "organ", "year"
ADVICE = {  # on the elements of GB/T 9704
    "seal": "选“是”，署名和日期按加盖印章排，留出盖章的地方；不盖章的选“否”",
    "letterhead": "印红头的填，如 某某市人民政府文件；不印的留空",
    "document_number": "例如 某政〔2026〕3号；没有的留空",
    "addressees": "印在标题之下，例如 市人民政府；没有的留空",
    "copied_to": "印在最后的版记里；没有的留空",
    "printed_by": "印在最后的版记里，例如 某某市人民政府办公室；没有的留空",
    "printed_on": "印在最后的版记里，写作 2026年1月23日 的样子；没有的留空",
    "contact_note": "选“是”，上面的联系方式印在成文日期之下",
}


@dataclass(frozen=True)
class Blank:
    """What a blank workbook is made for."""

    mandate: Mandate
    organ: str
    year: int
    reporter: str = ""


class Line(NamedTuple):
    """One particular: its key, the word beside it, and advice."""

    key: str
    name: str
    advice: str


def lines(mandate: Mandate) -> list[Line]:
    """What the sheet asks for, from row FIRST on."""
    kinds = "；".join(f"{kind.name}（{kind.month}月{kind.day}日前）" for kind in mandate.reporters)
    return [
        Line(ORGAN, "机关名称", "机关全称"),
        Line("reporter", "机关类型", f"决定报告期限：{kinds}"),
        Line(
            YEAR, "报告年度", f"四位数的年份（{_years(mandate)}），例如 {mandate.edition.last_year or 2025}"
        ),
        Line("title", "标题", "按机关名称和年度自动写出；需要时可以改"),
        Line("issued_by", "署名", "印在正文之后；不署名的留空"),
        Line("date_line", "成文日期", "写作 2026年1月23日 的样子；不署日期的留空"),
        *(Line(key, name, "可以在文字部分用 {" + name + "} 插入") for key, name in CONTACTS.items()),
        *(Line(key, name, ADVICE[key]) for key, name in ELEMENTS.items()),
    ]


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
    error = f"请填年份：{_years(mandate)}。"
    styles.restrict(sheet, [places[YEAR]], error, type="whole", operator="between", **years)


def _years(mandate: Mandate) -> str:
    first, last = mandate.edition.first_year, mandate.edition.last_year
    return f"{first} 至 {last}" if last else f"{first} 及以后"
