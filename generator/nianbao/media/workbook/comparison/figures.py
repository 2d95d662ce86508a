"""The sheet of figures: a row for each, a column for each report, and for each step how much it differs."""

from __future__ import annotations

from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.media.workbook import styles
from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette, Value
from nianbao.report.comparison import Comparison, Difference, Given, Line, wording
from nianbao.report.comparison.figures import Turn

LABELS = (Column("部分", 6, "word"), Column("行", 30), Column("列", 15), Column("变化", 7, "word"))
NOTES = Column("说明", 60)
NARROWEST, WIDEST = 12, 24  # digits, of a column of numbers
ABREAST = 9  # columns of numbers that a page has room for
MORE = PatternFill("solid", bgColor="DCE9F7")
LESS = PatternFill("solid", bgColor="FBE3E1")
CHANGED, SAME, APART = "有", "无", "不可比"


def add(book: Workbook, palette: Palette, comparison: Comparison) -> None:
    """Add the sheet; rises and falls are coloured by rules, so that they stay coloured when sorted."""
    steps = [wording.step(comparison, step) for step in comparison.steps]
    columns = (
        *LABELS,
        *(
            Column(column.label, _width(comparison, at), "number")
            for at, column in enumerate(comparison.columns)
        ),
        *(
            Column(f"{step} {word}", 13, kind)
            for step in steps
            for word, kind in (("增减", "number"), ("增减%", "percent"))
        ),
        NOTES,
    )
    advice = (
        f"{wording.title(comparison)}。{wording.summary(comparison)}。"
        "蓝色是增加，红色是减少；由 0 增加的没有百分比。只看有变化的，请在“变化”一列筛选。"
    )
    numbers = {
        section.heading: section.number
        for column in comparison.columns
        for section in column.report.mandate.sections
    }
    lines = ((_values(line, comparison, numbers[line.item.section]), "") for line in comparison.lines)
    sheet = listing.add(book, palette, wording.FIGURES, advice, columns, lines)
    first, last = listing.FIRST, listing.FIRST + len(comparison.lines) - 1
    left = len(LABELS) + len(comparison.columns) + 1
    letter = get_column_letter(left)
    area = f"{letter}{first}:{get_column_letter(left + 2 * len(steps) - 1)}{last}"
    for sign, fill in ((">", MORE), ("<", LESS)):
        styles.where(sheet, area, f"AND(ISNUMBER({letter}{first}),{letter}{first}{sign}0)", fill)
    _page(sheet, len(columns) - len(LABELS))


def _values(line: Line, comparison: Comparison, number: str) -> list[Value]:
    state = CHANGED if line.changed else APART if line.apart else SAME
    changes: list[Value] = []
    for step, difference in zip(comparison.steps, line.differences, strict=True):
        changes += _change(difference, line.given[step.before], line.given[step.after])
    notes = "；".join(line.item.notes)
    return [number, line.item.row, line.item.column, state, *map(_given, line.given), *changes, notes]


def _width(comparison: Comparison, at: int) -> int:
    """The digits that a report's longest number or words take."""
    longest = max((len(wording.given(line.given[at])) for line in comparison.lines), default=0)
    return min(max(longest + 4, NARROWEST), WIDEST)


def _given(given: Given) -> Value:
    """A number as a number, unless words belong to it."""
    plain = given.number is not None and not given.partial and not given.unit
    return given.number if plain else wording.given(given)


def _change(difference: Difference, before: Given, after: Given) -> tuple[Value, Value]:
    if difference.amount is None:
        return wording.difference(difference, before, after), None
    if difference.percent is None:
        return difference.amount, "由 0 增加" if before.number == 0 and difference.turn is Turn.MORE else None
    return difference.amount, difference.percent / 100


def _page(sheet: Worksheet, numbers: int) -> None:
    """Keep the labels in view, and repeat them on every page where it takes several to hold a row."""
    corner = f"{get_column_letter(len(LABELS) + 1)}{listing.FIRST}"
    listing.show(sheet, freeze=corner)
    sheet.print_title_cols = f"A:{get_column_letter(len(LABELS))}"
    sheet.page_setup.fitToWidth = -(-numbers // ABREAST)
