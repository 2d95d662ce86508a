"""The worksheets of a workbook: listed, added, taken out, and told by the keys in their first cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, count
from typing import NamedTuple

from lxml import etree
from openpyxl.utils import quote_sheetname

from nianbao.media.ooxml import Element
from nianbao.media.workbook.marks.package import Package, R, insert, main

CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")  # C9
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Worksheet(NamedTuple):
    """A worksheet: its name, its part, and where it stands in the workbook's order, from 0."""

    name: str
    part: str
    position: int


def worksheets(package: Package) -> list[Worksheet]:
    """The worksheets, in their order; sheets of charts and macros are passed over."""
    parts = {
        relation.id: relation.target
        for relation in package.relations(package.book)
        if relation.kind == "worksheet"
    }
    return [
        Worksheet(entry.get("name", ""), part, position)
        for position, entry in enumerate(_entries(package.look(package.book)))
        if (part := parts.get(entry.get(f"{{{R}}}id", ""))) in package.parts and part
    ]


def add(package: Package, name: str, root: Element) -> Worksheet:
    """Add a worksheet after all others, with a number to its name where a sheet has that already."""
    taken = {sheet.name.lower() for sheet in worksheets(package)}
    names = chain([name], (f"{name}（{number}）" for number in count(2)))
    free = next(name for name in names if name.lower() not in taken)
    part = package.free("xl/worksheets/sheet{}.xml")
    package.add(part, root, _TYPE)
    entries = _entries(package.tree(package.book))
    number = max(int(entry.get("sheetId", "0")) for entry in entries) + 1
    entry = etree.SubElement(entries, main("sheet"), name=free, sheetId=str(number))
    entry.set(f"{{{R}}}id", package.relate(package.book, "worksheet", part))
    return Worksheet(free, part, len(entries) - 1)


def remove(package: Package, part: str) -> None:
    """Take a worksheet out, with its names and the parts that are its own."""
    [position] = [sheet.position for sheet in worksheets(package) if sheet.part == part]
    root = package.tree(package.book)
    entries = _entries(root)
    entries.remove(entries[position])
    package.remove(part)
    names = root.find(main("definedNames"))
    for name in list(names) if names is not None else ():
        owner = int(name.get("localSheetId", "-1"))
        if names is not None and owner == position:
            names.remove(name)
        elif owner > position:
            name.set("localSheetId", str(owner - 1))
    if names is not None and not len(names):
        root.remove(names)
    for view in root.iter(main("workbookView")):
        for attribute in ("activeTab", "firstSheet"):
            if (shown := int(view.get(attribute, "-1"))) >= position:
                view.set(attribute, str(shown - 1 if shown > position else 0))


def repeat_row(package: Package, sheet: Worksheet, row: int) -> None:
    """Print a row of a sheet again on each of its pages."""
    root = package.tree(package.book)
    names = root.find(main("definedNames"))
    if names is None:
        names = etree.Element(main("definedNames"))
        insert(root, names)
    name = etree.SubElement(names, main("definedName"), name="_xlnm.Print_Titles")
    name.set("localSheetId", str(sheet.position))
    name.text = f"{quote_sheetname(sheet.name)}!${row}:${row}"


def first_cells(package: Package) -> Iterator[tuple[Worksheet, list[str]]]:
    """Each worksheet with what the first cell of each of its rows says."""
    table = package.related(package.book, "sharedStrings")
    items = package.look(table).iter(main("si")) if table else ()
    strings = ["".join(text.text or "" for text in item.iter(main("t"))) for item in items]
    for sheet in worksheets(package):
        rows = package.look(sheet.part).iterfind(f"{main('sheetData')}/{main('row')}")
        cells = (row.find(main("c")) for row in rows)
        yield sheet, [_text(cell, strings) for cell in cells if cell is not None]


def _text(cell: Element, strings: list[str]) -> str:
    """A cell's text, wherever the program that saved it has put it."""
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(main("t")))
    value = cell.findtext(main("v"), "")
    if cell.get("t") == "s" and value.isdigit() and int(value) < len(strings):
        return strings[int(value)]
    return value


def _entries(root: Element) -> Element:
    entries = root.find(main("sheets"))
    assert entries is not None  # a workbook without sheets is not opened
    return entries
