"""What one cell of a spreadsheet can hold, both ways."""

from __future__ import annotations

import re
from decimal import Decimal

from openpyxl.cell.cell import Cell, MergedCell

LONGEST = 32_767  # UTF-16 units in a cell; Excel's own limit
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how OOXML writes what XML cannot hold
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def put(cell: Cell | MergedCell, value: int | Decimal | str) -> None:
    """Write a value as what it is: text that begins with = is text; "" leaves the cell blank."""
    if value == "":
        return
    if isinstance(value, str):
        cell.value = escaped(value)
        cell.data_type = "s"
    else:
        cell.value = value


def escaped(text: str) -> str:
    """Text as a workbook's XML has it: what looks like an escape of OOXML is none."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def taken(value: object) -> object:
    """What openpyxl read, with the escapes of OOXML undone, which it leaves standing."""
    if isinstance(value, str) and "_x" in value:
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return value


def pieces(text: str) -> list[str]:
    """The text in pieces that each fit into a cell."""
    if len(text) * 2 <= LONGEST:
        return [text]
    parts, start, units = [], 0, 0
    for index, char in enumerate(text):
        size = 2 if ord(char) > 0xFFFF else 1
        if units + size > LONGEST:
            parts.append(text[start:index])
            start, units = index, 0
        units += size
    return [*parts, text[start:]]
