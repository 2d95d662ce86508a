"""Open a workbook that somebody else has saved, and take out what its cells hold."""

from __future__ import annotations

import io
import warnings
from itertools import islice
from typing import Any, NamedTuple

from openpyxl import load_workbook

from generator.media import ooxml
from generator.media.workbook.cells import taken
from generator.media.workbook.keys import COLUMNS, FINDINGS
from generator.report import Place, Problem, Severity, Unreadable

MOST_ROWS, MOST_COLUMNS = 5_000, 60  # far beyond any sheet of ours; a stray cell may be in XFD1048576
MOST_SHEETS = 100
MOST_BYTES = 50 * 1024 * 1024  # unpacked; the longest real report has about 0.01 of this


class Seen(NamedTuple):
    """One cell: its value, or what its formula last gave.

    A formula is `calculated` if it has ever been; what it gave may be nothing.
    """

    value: object
    formula: bool = False
    calculated: bool = True


NOTHING = Seen(None)
FORMULA = Seen(None, formula=True, calculated=False)


class Row(NamedTuple):
    """A row that holds anything, with its number."""

    number: int
    cells: list[Seen]

    def cell(self, column: int) -> Seen:
        """The cell in a column, counted from 0; NOTHING beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else NOTHING


def sheets(content: bytes, file: str) -> list[tuple[str, list[Row]]]:
    """Every sheet's name and rows; raise Unreadable for what is no workbook or is damaged."""
    parts = ooxml.unpack(content, file, "Excel 工作簿（.xlsx）", "xl/workbook.xml")
    if (size := sum(map(len, parts.values()))) > MOST_BYTES:
        what = f"工作簿展开后有 {size // 1024 // 1024} MB，不像一份年度报告，没有打开"
        raise _refused("too-large", file, what, "请用 nianbao new 另建一份，把内容复制过去")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, on what it would drop in saving
            formulas = load_workbook(io.BytesIO(content), read_only=True)
            names = formulas.sheetnames
            found = [(one.title, _rows(one)) for one in formulas.worksheets[:MOST_SHEETS]]
            asked = [at for at, (_, rows) in enumerate(found) if _keyed(rows) and _calculates(rows)]
            if asked:
                given = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
                for at in asked:
                    _fill(found[at][1], given.worksheets[at])
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
        what = f"工作簿的内容已损坏（{type(error).__name__}）"
        mend = "请用 Excel 或 WPS 打开并另存一份，或换用完好的备份"
        raise _refused("damaged", file, what, mend) from None
    if len(names) > MOST_SHEETS:
        what = f"工作簿有 {len(names)} 张表，不像一份年度报告，没有打开"
        raise _refused("too-large", file, what, "请删去无关的表")
    return found


def _rows(sheet: Any) -> list[Row]:
    """The rows that hold anything; of formulas only that they are formulas."""
    sheet.reset_dimensions()  # WPS writes a dimension of A1
    found = []
    for number, row in enumerate(islice(sheet.iter_rows(), MOST_ROWS), 1):
        cells = [_seen(cell) for cell in row[:MOST_COLUMNS]]
        if any(cell is not NOTHING for cell in cells):
            found.append(Row(number, cells))
    return found


def _seen(cell: Any) -> Seen:
    if cell.data_type == "f":
        return FORMULA
    return NOTHING if cell.value is None else Seen(taken(cell.value))


def _keyed(rows: list[Row]) -> bool:
    return any(cell.value in (COLUMNS, FINDINGS) for row in rows for cell in row.cells)


def _calculates(rows: list[Row]) -> bool:
    return any(cell is FORMULA for row in rows for cell in row.cells)


def _fill(rows: list[Row], given: Any) -> None:
    """Put what the formulas last gave in their places."""
    given.reset_dimensions()
    wanted = {row.number: row for row in rows if any(cell is FORMULA for cell in row.cells)}
    for number, values in enumerate(islice(given.iter_rows(), max(wanted)), 1):
        if (row := wanted.get(number)) is not None:
            for column, cell in enumerate(row.cells):
                if cell is FORMULA:
                    value = values[column]
                    # "str" is left standing where a formula has given an empty text
                    calculated = value.value is not None or value.data_type == "str"
                    row.cells[column] = Seen(taken(value.value), formula=True, calculated=calculated)


def _refused(code: str, file: str, what: str, mend: str) -> Unreadable:
    return Unreadable([Problem(code, Severity.ERROR, what, mend, (Place(file),))])
