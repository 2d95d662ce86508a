"""The sheet with every organ's figures: a row for each organ, a column for each figure, the sums last."""

from __future__ import annotations

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.mandate import Slot
from nianbao.media.workbook import styles
from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette
from nianbao.media.workbook.rollup.submissions import PART, WHOLE
from nianbao.report.figure import plain
from nianbao.report.groups import grouped
from nianbao.report.rollup import Member, Rollup, Why

SHEET = "各单位数据"
SECTION, ROW, COLUMN, FIRST = 3, 4, 5, 6  # rows: three of heads, and the first organ's
SUM = "合计"
NARROWEST = 9  # digits, of a figure's column
SCALE, ROOM = 64, 170  # per cent, and the digits that a page then has room for
LEFT = (
    Column("序号", 6, "word"),
    Column("机关", 26),
    Column("机关类型", 13, "word"),
    Column("口径", 6, "word"),
    Column("文件", 18),
)


def add(book: Workbook, palette: Palette, content: Rollup) -> None:
    """Add the sheet."""
    sheet: Worksheet = book.create_sheet(SHEET)
    styles.heading(sheet["A1"], SHEET)
    styles.hint(sheet["A2"], "一行一个单位，最后一行是合计；黄格没有填数，不计入合计；红格见“占比异常”。")
    sheet["A2"].alignment = Alignment(vertical="center", wrap_text=False)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 26, 20
    slots = [total.slot for total in content.totals]
    _widths(sheet, content)
    _heads(sheet, palette, slots)
    alarming = (figure for figure in content.striking if figure.why is not Why.SHARE)
    alarms = {(id(figure.member), figure.slot.key) for figure in alarming}
    for at, member in enumerate(content.members):
        _member(sheet, palette, FIRST + at, at + 1, member, slots, alarms)
    last = FIRST + len(content.members)
    for column in range(1, len(LEFT) + 1):
        palette.dress(sheet.cell(last, column), "text-sum")
    listing.put(sheet.cell(last, 2), f"{SUM}（{len(content.members)} 个单位）")
    for column, total in enumerate(content.totals, len(LEFT) + 1):
        cell = sheet.cell(last, column)
        palette.dress(cell, "number-sum")
        listing.put(cell, total.number)
    end = get_column_letter(len(LEFT) + len(slots))
    sheet.auto_filter.ref = f"A{COLUMN}:{end}{last - 1}"
    _page(sheet)
    listing.show(sheet, freeze=f"C{FIRST}")


def _member(
    sheet: Worksheet,
    palette: Palette,
    row: int,
    number: int,
    member: Member,
    slots: list[Slot],
    alarms: set[tuple[int, str]],
) -> None:
    scope = WHOLE if member.aggregate else PART
    values: tuple[listing.Value, ...] = (number, member.organ, member.reporter_name, scope, member.file)
    for at, (column, value) in enumerate(zip(LEFT, values, strict=True), 1):
        palette.dress(sheet.cell(row, at), column.look)
        listing.put(sheet.cell(row, at), value)
    for at, slot in enumerate(slots, len(LEFT) + 1):
        cell = sheet.cell(row, at)
        known = member.numbers.get(slot.key)
        mark = "-warn" if known is None else "-alarm" if (id(member), slot.key) in alarms else ""
        palette.dress(cell, f"number{mark}")
        listing.put(cell, known)
    tall = (listing.height(member.organ, LEFT[1].width), listing.height(member.file, LEFT[-1].width))
    sheet.row_dimensions[row].height = max(*tall, 20)


def _heads(sheet: Worksheet, palette: Palette, slots: list[Slot]) -> None:
    for at, column in enumerate(LEFT, 1):
        for row in (SECTION, ROW, COLUMN):
            palette.dress(sheet.cell(row, at), "head")
        listing.put(sheet.cell(COLUMN, at), column.head)
    groups = list(grouped(slots, lambda slot: (slot.section, slot.row)).items())
    at = page = len(LEFT) + 1
    for number, ((section, label), of_row) in enumerate(groups):
        first = at
        for slot in of_row:
            for row in (SECTION, ROW, COLUMN):
                palette.dress(sheet.cell(row, at), "head")
            listing.put(sheet.cell(COLUMN, at), slot.column)
            at += 1
        _across(sheet, ROW, first, at - 1, label)
        following = groups[number + 1] if number + 1 < len(groups) else None
        full = following is not None and _full(sheet, page, at - 1 + len(following[1]))
        if full or following is None or following[0][0] != section:
            _across(sheet, SECTION, page, at - 1, section)
            if following is not None:
                sheet.col_breaks.append(Break(id=at - 1))
            page = at
    sheet.row_dimensions[SECTION].height = 22
    sheet.row_dimensions[ROW].height = 62
    sheet.row_dimensions[COLUMN].height = 62


def _full(sheet: Worksheet, first: int, last: int) -> bool:
    """Whether these columns are more than a page has room for, beside those that every page repeats."""
    before = range(1, len(LEFT) + 1) if first == len(LEFT) + 1 else (1, 2)
    columns = (*before, *range(first, last + 1))
    return sum(sheet.column_dimensions[get_column_letter(column)].width for column in columns) > ROOM


def _across(sheet: Worksheet, row: int, first: int, last: int, text: str) -> None:
    listing.put(sheet.cell(row, first), text)
    if last > first:
        styles.across(sheet, row, range(first, last + 1))


def _widths(sheet: Worksheet, content: Rollup) -> None:
    """Columns wide enough for their sums, and for each member's number."""
    wide = {get_column_letter(at): column.width for at, column in enumerate(LEFT, 1)}
    for at, total in enumerate(content.totals, len(LEFT) + 1):
        numbers = [total.number, *(share.number for share in total.shares)]
        digits = max((len(plain(number)) for number in numbers if number is not None), default=0)
        wide[get_column_letter(at)] = max(NARROWEST, digits * 1.15 + 2)
    styles.widths(sheet, wide)


def _page(sheet: Worksheet) -> None:
    """Print on A4 across, page after page, with heads and organs on each."""
    styles.page(sheet, landscape=True)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.page_setup.scale = SCALE
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.print_options.horizontalCentered = False
    sheet.print_title_rows = f"{SECTION}:{COLUMN}"
    sheet.print_title_cols = "A:B"
