"""The cells of one sheet's XML: found, or put in where there is none."""

from __future__ import annotations

from lxml import etree
from openpyxl.utils import column_index_from_string

from nianbao.media.workbook.marks.package import Element, main, spot

_ROW, _CELL = main("row"), main("c")


class Grid:
    """The rows and cells of one worksheet.

    One that says no address follows the one before; so nothing is ever put in right before it.
    """

    def __init__(self, sheet: Element) -> None:
        self._sheet = sheet
        found = sheet.find(main("sheetData"))
        assert found is not None  # openpyxl has read it
        self._body = found
        self._rows: dict[int, Element] = {}
        at = 0
        for row in found.iterchildren(_ROW):
            at = int(row.get("r", at + 1))
            self._rows[at] = row

    def cell(self, address: str) -> tuple[Element, bool]:
        """The cell at an address such as C9, and whether it had to be put in."""
        where = spot(address)
        assert where is not None  # asked before
        letters, number = where
        row = self._row(number)
        column = column_index_from_string(letters)
        after: Element | None = None
        for at, cell in _cells(row):
            if at == column:
                return cell, False
            if at > column:
                break
            after = cell
        new = etree.Element(_CELL, r=address)
        if style := self._style(row, column):
            new.set("s", str(style))
        if after is None:
            row.insert(0, new)
        else:
            after.addnext(new)
        return new, True

    def drop(self, cell: Element) -> None:
        """Take out a cell that had been put in, and its row where that says nothing else."""
        row = cell.getparent()
        assert row is not None
        row.remove(cell)
        if not len(row) and set(row.attrib) == {"r"}:
            self._body.remove(row)

    def _row(self, number: int) -> Element:
        if number in self._rows:
            return self._rows[number]
        row = self._rows[number] = etree.Element(_ROW, r=str(number))
        before = [at for at in self._rows if at < number]
        if before:
            self._rows[max(before)].addnext(row)
        else:
            self._body.insert(0, row)
        return row

    def _style(self, row: Element, column: int) -> int:
        """The style that an absent cell shows: its row's, or its column's."""
        if row.get("customFormat") in ("1", "true"):
            return int(row.get("s", "0"))
        for one in self._sheet.iterfind(f"{main('cols')}/{main('col')}"):
            if int(one.get("min", "0")) <= column <= int(one.get("max", "0")):
                return int(one.get("style", "0"))
        return 0


def _cells(row: Element) -> list[tuple[int, Element]]:
    """A row's cells with their columns, counted from 1."""
    found, at = [], 0
    for cell in row.iterchildren(_CELL):
        where = spot(cell.get("r", ""))
        at = column_index_from_string(where[0]) if where else at + 1
        found.append((at, cell))
    return found


def first_words(sheet: Element, strings: list[str]) -> str:
    """What cell A1 says, "" where it says nothing; `strings` are the workbook's shared ones."""
    row = sheet.find(f"{main('sheetData')}/{_ROW}")
    cell = row.find(_CELL) if row is not None and row.get("r", "1") == "1" else None
    return words(cell, strings) if cell is not None and cell.get("r", "A1") == "A1" else ""


def words(cell: Element, strings: list[str]) -> str:
    """A cell's text, wherever the program that saved it has put it."""
    if cell.get("t") == "inlineStr":
        return "".join(one.text or "" for one in cell.iter(main("t")))
    value = cell.findtext(main("v"), "")
    if cell.get("t") == "s" and value.isdigit() and int(value) < len(strings):
        return strings[int(value)]
    return value


def rows(sheet: Element, strings: list[str]) -> list[str]:
    """What the first cell of every row says."""
    return [
        words(cell, strings)
        for row in sheet.iterfind(f"{main('sheetData')}/{_ROW}")
        if (cell := row.find(_CELL)) is not None
    ]
