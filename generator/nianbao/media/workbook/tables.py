"""The sheet of one statutory table, in the official wording and the official merges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.mandate import Kind, Mandate, Role, Section, Slot, Table
from nianbao.mandate.geometry import depth
from nianbao.media.workbook import formulas, styles
from nianbao.media.workbook.cells import put
from nianbao.media.workbook.keys import BALANCE, COLUMNS
from nianbao.report import Figure
from nianbao.report.figure import UNKNOWN
from nianbao.report.groups import grouped

FIRST_COLUMN = 2  # column A is the hidden key column
TWIPS_PER_DIGIT = 84  # the printed form's widths, a quarter wider: labels wrap less
NARROWEST = 9.5  # digits, of a column of labels
LARGEST_WHOLE = 999_999_999_999
_WHOLE = {"type": "whole", "operator": "between", "formula2": str(LARGEST_WHOLE)}
_AMOUNT = {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": "0"}
RULES = {  # what a cell takes, and what is said of all else
    Kind.COUNT: (_WHOLE | {"formula1": "0"}, "这里填 0 或正整数，不带单位。"),
    Kind.SIGNED: (_WHOLE | {"formula1": str(-LARGEST_WHOLE)}, "这里填整数；减少的填负数，不带单位。"),
    Kind.AMOUNT: (_AMOUNT, "这里填 0 或正数，可以有小数，不带单位。"),
}


def add(book: Workbook, mandate: Mandate, section: Section, figures: Mapping[str, Figure]) -> dict[str, str]:
    """Add the sheet and fill in the figures; return each figure's cell, for formulas elsewhere.

    Where the figure of a total is what its parts add up to, the formula stays.
    """
    table = mandate.tables[section.key]
    sheet: Worksheet = book.create_sheet(section.heading)
    rows = _rows(table)
    spots = {
        slot.key: f"{get_column_letter(slot.cell.column + FIRST_COLUMN)}{rows[slot.cell.row]}"
        for slot in table.slots
    }
    _frame(sheet, section, table)
    _keys(sheet, table, rows)
    _labels(sheet, table, rows)
    for slot in table.slots:
        _figure(sheet, mandate, slot, spots, figures)
    _validate(sheet, table.slots, spots)
    _balances(sheet, mandate, table, spots, max(rows) + 1)
    freeze = f"A{rows[0] - 1}"
    if table.header_rows:
        row = rows[table.header_rows]
        freeze = f"{get_column_letter(FIRST_COLUMN + table.stub)}{row}"
        sheet.print_title_rows = f"{rows[0]}:{row - 1}"
    styles.page(sheet, landscape=len(table.grid) > 12)
    styles.finish(sheet, cursor=spots[table.slots[0].key], freeze=freeze)
    return {key: f"'{sheet.title}'!{spot}" for key, spot in spots.items()}


def _rows(table: Table) -> list[int]:
    """The sheet row of each grid row; a hidden key row goes before every block."""
    tops = set()
    top = 0
    for block in table.blocks:
        tops.add(top)
        top += bool(block.banner) + depth(block.columns) + sum(1 for row in block.rows for _ in row.leaves())
    rows, at = [], 3  # heading and note come first
    for row in range(table.row_count):
        at += row in tops
        rows.append(at)
        at += 1
    return rows


def _frame(sheet: Worksheet, section: Section, table: Table) -> None:
    columns = range(FIRST_COLUMN, FIRST_COLUMN + len(table.grid))
    heads = [cell.text for cell in table.cells if cell.role is Role.HEAD and cell.colspan == 1]
    head = 2 * max(map(len, heads)) + 2  # the longest on one line
    for index, twips in enumerate(table.grid):
        width = max(twips / TWIPS_PER_DIGIT, NARROWEST if index < table.stub else head)
        sheet.column_dimensions[get_column_letter(columns[index])].width = width
    sheet.column_dimensions["A"].hidden = True
    note = f"{section.note}浅黄格填数，没有发生的填 0；灰蓝格自动合计。"
    styles.top(sheet, columns, section.heading, note)


def _keys(sheet: Worksheet, table: Table, rows: list[int]) -> None:
    before: list[str] = []
    previous = -1
    for row, slots in grouped(table.slots, lambda slot: slot.cell.row).items():
        row_key, columns = _split(table, slots)
        sheet.cell(rows[row], 1, row_key)
        if columns != before or row != previous + 1:
            key_row = next(at for at in range(rows[row], 0, -1) if at not in rows)
            sheet.cell(key_row, 1, COLUMNS)
            for slot, column in zip(slots, columns, strict=True):
                sheet.cell(key_row, FIRST_COLUMN + slot.cell.column, column)
            sheet.row_dimensions[key_row].hidden = True
        before, previous = columns, row


def _split(table: Table, slots: list[Slot]) -> tuple[str, list[str]]:
    """A row's key and its columns' keys: where rows have no key, the columns have it all."""
    row_keys = {slot.row_key for slot in slots}
    if len(row_keys) == 1:
        return f"{table.key}.{slots[0].row_key}", [slot.column_key for slot in slots]
    return table.key, [f"{slot.row_key}.{slot.column_key}" for slot in slots]


def _labels(sheet: Worksheet, table: Table, rows: list[int]) -> None:
    notes = {slot.cell.row: slot.note for slot in table.slots if slot.note}
    for cell in table.cells:
        top, left = rows[cell.row], FIRST_COLUMN + cell.column
        bottom, right = rows[cell.row + cell.rowspan - 1], left + cell.colspan - 1
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                styles.label(sheet.cell(row, column), left=cell.role is Role.LABEL)
        anchor = sheet.cell(top, left)
        anchor.value = cell.text or None
        if (bottom, right) != (top, left):
            styles.merge(sheet, (top, left), (bottom, right))
        innermost = cell.role is Role.LABEL and cell.column + cell.colspan == table.stub
        if innermost and cell.row in notes:
            styles.note(anchor, notes[cell.row])
        if cell.rowspan == 1:
            styles.fit(sheet, top, cell.text, range(left, right + 1))
    if not table.stub:
        for row, text in notes.items():
            styles.note(sheet.cell(rows[row], FIRST_COLUMN), text)


def _figure(
    sheet: Worksheet, mandate: Mandate, slot: Slot, spots: Mapping[str, str], figures: Mapping[str, Figure]
) -> None:
    cell = sheet[spots[slot.key]]
    figure = figures.get(slot.key)
    parts = mandate.totals.get(slot.key)
    if parts is not None and is_sum(figure, parts, figures):
        styles.total(cell)
        cell.value = formulas.total(formulas.areas(spots[key] for key in parts))
        return
    styles.entry(cell)  # also a total that is none: somebody has to mend it
    if figure is not None:
        put(cell, figure.value)


def is_sum(figure: Figure | None, parts: Iterable[str], figures: Mapping[str, Figure]) -> bool:
    """Whether the formula says what the report says: the sum, or nothing where nothing stands.

    SUM passes over a number written as text, so with one among the parts it says something else; of a
    part that is no number nobody knows what it adds.
    """
    if figure is None:
        return True
    terms = [figures[key] for key in parts]
    if any(part.state in UNKNOWN for part in terms):
        return figure.text == ""
    if all(part.number is None for part in terms):
        return figure.text == ""
    total = sum((Decimal(part.amount) for part in terms), Decimal(0))
    plain = not any(part.oddities for part in (figure, *terms))
    return plain and figure.number is not None and figure.number == total


def _validate(sheet: Worksheet, slots: Sequence[Slot], spots: Mapping[str, str]) -> None:
    for kind, (conditions, error) in RULES.items():
        if cells := [spots[slot.key] for slot in slots if slot.kind is kind]:
            styles.restrict(sheet, cells, error, allow_blank=True, **conditions)


def _balances(sheet: Worksheet, mandate: Mandate, table: Table, spots: Mapping[str, str], row: int) -> None:
    """Below the table, a line that gives the verdict on each column of a balance."""
    balances = [
        equation
        for equation in mandate.equations
        if len(equation.right) > 1 and mandate.slots[equation.left[0]].table == table.key
    ]
    if not balances:
        return
    end = FIRST_COLUMN + table.stub - 1
    styles.across(sheet, row, range(FIRST_COLUMN, end + 1))
    styles.hint(sheet.cell(row, FIRST_COLUMN), BALANCE)
    sheet.row_dimensions[row].height = 22
    for equation in balances:
        column = FIRST_COLUMN + mandate.slots[equation.left[0]].cell.column
        cell = sheet.cell(row, column)
        styles.total(cell)
        left, right = ([spots[key] for key in side] for side in (equation.left, equation.right))
        cell.value = formulas.verdict(formulas.areas(left), formulas.areas(right))
    colour(sheet, f"{get_column_letter(end + 1)}{row}:{get_column_letter(end + len(balances))}{row}")


def colour(sheet: Worksheet, area: str) -> None:
    """Colour verdicts: green, red, yellow."""
    styles.when(sheet, area, formulas.EVEN, styles.GOOD)
    styles.when(sheet, area, formulas.UNEVEN, styles.BAD)
    for word in (formulas.UNFILLED, formulas.TEXT):
        styles.when(sheet, area, word, styles.OPEN)
