"""The rows of a roster's workbook as a person sees them: nothing that is hidden, struck out or unseen."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from nianbao.media import ooxml
from nianbao.media.workbook import printed
from nianbao.media.workbook.appearance import Appearances
from nianbao.media.workbook.cell_looks import Looks
from nianbao.media.workbook.keys import COLUMNS
from nianbao.media.workbook.opened import WORD, no_workbook
from nianbao.media.workbook.rows import Row, rows
from nianbao.media.workbook.sheet_layout import Layout, areas
from nianbao.media.workbook.workbook_xml import NoWorkbook, contents
from nianbao.report import Place, rule, shortage
from nianbao.report.left_out import LeftOut

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 20_000, 40, 20


class SeenRow(NamedTuple):
    """A row of a sheet, with its number; where a cell is merged into one above it, with that one's value.

    Of the columns in `gone` nothing is left: what is in them is struck out, or nobody sees it.
    """

    number: int
    values: Sequence[object]
    gone: frozenset[int]


class SeenSheet(NamedTuple):
    """A visible sheet: its visible rows that hold anything, the others' numbers, and what was left out.

    In a sheet of a report `keys` is the number of the row of its columns' keys; 0 where it is none.
    """

    place: Place
    rows: list[SeenRow]
    hidden: list[int]
    left_out: list[LeftOut]
    keys: int


def sheets(content: bytes, file: str) -> Iterator[SeenSheet]:
    """Every visible sheet; raise Unreadable for what is no workbook, or damaged."""
    parts = ooxml.unpack(content, file, WORD, "")  # refuses what would unfold without end
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, on what it does not know
            opened = contents(parts)
            for sheet in opened.worksheets[:MOST_SHEETS]:
                if not sheet.hidden:
                    found = rows(sheet.xml, opened.book, MOST_ROWS)
                    yield _seen(Place(file, sheet.name), *found, opened.book.looks)
    except NoWorkbook as other:
        raise no_workbook(file, str(other)) from None
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
        shortage.insist(error)
        mend = "请用 Excel 或 WPS 打开并另存一份"
        raise rule("roster-foreign").refusal(file, "名册的内容已损坏", mend) from None


def _seen(sheet: Place, filled: Sequence[Row], layout: Layout, looks: Looks) -> SeenSheet:
    appearances = Appearances(replace(layout, merges=[]), looks)
    values: dict[int, list[object]] = {}
    gone: dict[int, set[int]] = {}
    left_out: list[LeftOut] = []
    for row in filled:
        values[row.number], gone[row.number] = [], set()
        for column, cell in enumerate(row.cells[:MOST_COLUMNS]):
            outcome = printed.text(cell, appearances.of(cell, column, row.number))
            values[row.number].append(outcome.value)
            if outcome.left_out and not row.hidden:
                place = replace(sheet, cell=f"{get_column_letter(column + 1)}{row.number}")
                left_out += [LeftOut(reason, text, place) for reason, text in outcome.left_out]
                if outcome.value is None:
                    gone[row.number].add(column)
    _fill_down(values, layout)
    hidden = [row.number for row in filled if row.hidden]
    shown = [number for number in values if number not in set(hidden)]
    seen = [SeenRow(number, values[number], frozenset(gone[number])) for number in shown]
    keys = next((number for number, row in values.items() if row[:1] == [COLUMNS]), 0)
    return SeenSheet(sheet, seen, hidden, left_out, keys)


def _fill_down(values: dict[int, list[object]], layout: Layout) -> None:
    """Give the cells of each merged one the value of its first."""
    for area in areas(" ".join(layout.merges)):
        column, above = area.left, values.get(area.top, [])
        if area.left == area.right and column < len(above):
            for number in range(area.top + 1, area.bottom + 1):
                if number in values:
                    below = values[number]
                    below += [None] * (column + 1 - len(below))
                    below[column] = above[column]
