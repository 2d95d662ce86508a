"""The last roll-up, read back from its sheet of the organs' figures: whom it counted, and every sum."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from openpyxl import load_workbook

from nianbao.mandate import Mandate
from nianbao.media.workbook.rollup import grid
from nianbao.media.workbook.rollup.submissions import WHOLE
from nianbao.report.figure import tidy
from nianbao.report.rollup import Counted, Former, normal
from nianbao.report.rollup.member import Number

MOST_ROWS, MOST_COLUMNS = 20_000, 400
HEADS = 12  # rows among which the heads are, wherever somebody has moved them
ORGAN, SCOPE = grid.LEFT[1].head, grid.LEFT[3].head
Row = Sequence[object]


def read(content: bytes, mandate: Mandate) -> Former | None:
    """The last roll-up by its workbook, None where that is none of this form.

    Columns and rows may have been moved or sorted, and the sheet renamed. The workbook is one that could
    be read; the reader of our own cells takes in no sheet as wide as this one.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, on what it does not know
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in sorted(book.worksheets, key=lambda sheet: sheet.title != grid.SHEET):
            sheet.reset_dimensions()  # WPS writes A1
            rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
            if (former := _former(rows, sheet.title, mandate)) is not None:
                return former
    return None


def _former(rows: Iterable[Row], sheet: str, mandate: Mandate) -> Former | None:
    coming = iter(rows)
    top = list(islice(_until_head(coming), HEADS))
    if len(top) < 3 or not _is_head(top[-1]):
        return None
    section, label, head = map(_texts, top[-3:])
    keys = {(slot.section, slot.row, slot.column): key for key, slot in mandate.slots.items()}
    columns: dict[int, str] = {}
    of_section = of_row = ""
    for column in range(max(head) + 1):
        of_section = section.get(column) or of_section
        of_row = label.get(column) or of_row
        if key := keys.get((of_section, of_row, head.get(column, ""))):
            columns[column] = key
    if len(columns) != len(keys):
        return None  # another form's, or somebody has taken figures out
    members, sums = _read(coming, columns, {word: column for column, word in head.items()})
    return None if sums is None else Former(sheet, members, sums)


def _until_head(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows to the heads, these too."""
    for row in rows:
        yield row
        if _is_head(row):
            return


def _is_head(row: Row) -> bool:
    return {column.head for column in grid.LEFT} <= set(_texts(row).values())


def _texts(row: Row) -> dict[int, str]:
    return {at: str(value) for at, value in enumerate(row) if value is not None}


def _read(
    lines: Iterable[Row], columns: Mapping[int, str], words: Mapping[str, int]
) -> tuple[tuple[Counted, ...], Mapping[str, Number | None] | None]:
    members: list[Counted] = []
    sums: dict[str, Number | None] | None = None
    for row in lines:
        texts = _texts(row)
        organ, numbers = texts.get(words[ORGAN], ""), dict(_numbers(row, columns))
        if organ.startswith(f"{grid.SUM}（"):
            sums = {key: numbers.get(key) for key in columns.values()}
        elif organ:
            members.append(Counted(organ, normal(organ), texts.get(words[SCOPE]) == WHOLE, numbers))
    return tuple(members), sums


def _numbers(row: Row, columns: Mapping[int, str]) -> Iterator[tuple[str, Number]]:
    for column, value in enumerate(row):
        if column in columns and isinstance(value, int | float) and not isinstance(value, bool):
            number = value if isinstance(value, int) else tidy(Decimal(f"{value:.15g}"))
            yield columns[column], number
