"""A workbook read by openpyxl, once for its formulas and once for what they gave; and by our reader."""

from __future__ import annotations

import io
import warnings
import zipfile
from itertools import islice
from typing import Any

from nianbao.media import ooxml
from nianbao.media.workbook import opened
from nianbao.media.workbook.cells import taken
from nianbao.media.workbook.rows import MOST_COLUMNS, MOST_ROWS, Row, rows
from nianbao.media.workbook.skip_sheets import KEYS, keyless
from nianbao.media.workbook.workbook_xml import contents
from nianbao.report import Unreadable
from openpyxl import load_workbook

Cell = tuple[int, int, type, object, bool, bool]  # row, column, what is in it, formula, calculated
Sheets = list[tuple[str, list[Cell]]]


def by_openpyxl(content: bytes) -> Sheets:
    """Every cell that holds anything, sheet by sheet; raise whatever openpyxl raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        formulas = load_workbook(io.BytesIO(content), read_only=True)
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        pairs = zip(formulas.worksheets, values.worksheets, strict=True)
        return [(one.title, _cells(one, two)) for one, two in pairs]


def _cells(formulas: Any, values: Any) -> list[Cell]:
    formulas.reset_dimensions()
    values.reset_dimensions()
    found = []
    both = zip(formulas.iter_rows(), values.iter_rows(), strict=True)
    for number, (written, given) in enumerate(islice(both, MOST_ROWS), 1):
        for column, (one, two) in enumerate(islice(zip(written, given, strict=True), MOST_COLUMNS), 1):
            formula = one.data_type == "f"
            if formula or two.value is not None:
                value = taken(two.value)
                calculated = not formula or two.value is not None or two.data_type == "str"
                found.append((number, column, type(value), value, formula, calculated))
    return found


def by_ours(content: bytes) -> Sheets:
    """The same by our reader, of all sheets; raise whatever it stumbles over."""
    parts = ooxml.unpack(content, "a.xlsx", "", "xl/workbook.xml")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = contents(parts)
    return [(sheet.name, listed(rows(sheet.xml, found.book)[0])) for sheet in found.worksheets]


def listed(found: list[Row]) -> list[Cell]:
    """Rows as the cells in them that hold anything."""
    return [
        (row.number, column, _kind(cell.value), cell.value, cell.formula, cell.calculated)
        for row in found
        for column, cell in enumerate(row.cells, 1)
        if cell.value is not None or cell.formula
    ]


def _kind(value: object) -> type:
    """A string's type is str, also where its parts have fonts."""
    return str if isinstance(value, str) else type(value)


def agrees(content: bytes) -> None:
    """All cells are the same; no sheet is passed over that has a key."""
    expected = by_openpyxl(content)
    assert by_ours(content) == expected
    assert as_read(content) == with_keys(expected)
    keyed = {name for name, cells in with_keys(expected) if cells}
    assert keyed.isdisjoint(told_keyless(content))


def with_keys(sheets: Sheets) -> Sheets:
    """Of sheets that have no key no cells: what `opening.sheets` hands on."""
    return [
        (name, cells if any(value in KEYS and not formula for _, _, _, value, formula, _ in cells) else [])
        for name, cells in sheets
    ]


def as_read(content: bytes) -> Sheets | None:
    """What the program takes from a workbook; None where it refuses it as damaged."""
    try:
        return [(sheet.name, listed(sheet.rows)) for sheet in opened.sheets(content, "a.xlsx")]
    except Unreadable as refused:
        if {problem.code for problem in refused.problems} <= {"damaged", "wrong-file"}:
            return None
        raise


def told_keyless(content: bytes) -> list[str]:
    """The sheets that are passed over."""
    parts = ooxml.unpack(content, "a.xlsx", "", "xl/workbook.xml")
    found = contents(parts)
    certain = keyless(found.book.strings)
    return [sheet.name for sheet in found.worksheets if certain(sheet.xml)]


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()
