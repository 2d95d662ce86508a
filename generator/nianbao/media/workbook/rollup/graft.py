"""Sheets of one workbook put into another: with their looks, their texts, and the names that are their own.

All other parts of the workbook that takes them stay byte for byte.
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree
from openpyxl.utils import quote_sheetname

from nianbao.media.ooxml import Element
from nianbao.media.workbook.marks import worksheets
from nianbao.media.workbook.marks.package import Package, insert, main
from nianbao.media.workbook.marks.stylesheet import Stylesheet
from nianbao.media.workbook.marks.worksheets import Worksheet

_SHEET = re.compile(r"(?:'(?:[^']|'')+'|[^'!,]+)!")  # in an area: '汇总构成'!$3:$3
_FIRST_OWN_FORMAT = 164  # numbers of formats below it are Excel's own


class Graft:
    """What is put from one workbook, `donor`, into another."""

    def __init__(self, donor: Package, package: Package) -> None:
        self._donor, self._package = donor, package
        self._styles = Stylesheet(package)
        self._looks: dict[str, str] = {}
        root = donor.look(donor.related(donor.book, "styles"))
        self._donors = {
            name: list(_children(root, name)) for name in ("fonts", "fills", "borders", "cellXfs")
        }
        self._formats = {item.get("numFmtId"): item for item in _children(root, "numFmts")}
        table = donor.related(donor.book, "sharedStrings")
        self._strings = list(donor.look(table).iterfind(main("si"))) if table else []

    def put(self, sheet: Worksheet, target: Worksheet | None) -> bool:
        """Put a sheet in the place of another, or after all; whether anything is other than it was."""
        root = deepcopy(self._donor.look(sheet.part))
        for element in root.iter(main("c"), main("row"), main("col")):
            look = "style" if element.tag == main("col") else "s"
            if look in element.attrib:
                element.set(look, self._look(element.get(look, "0")))
        for cell in root.iter(main("c")):
            if cell.get("t") == "s":
                self._inline(cell)
        if target is None:
            target = worksheets.add(self._package, sheet.name, root)
        elif _written(root) == self._package.parts[target.part]:
            return False
        else:
            self._package.replace(target.part, root)
        self._name(sheet, target)
        return True

    def _inline(self, cell: Element) -> None:
        """Write a cell's text into the cell: the workbook's table of strings stays as it is."""
        value = cell.find(main("v"))
        assert value is not None  # the number of its string
        words = etree.Element(main("is"))
        words.extend(deepcopy(child) for child in self._strings[int(value.text or "0")])
        cell.replace(value, words)
        cell.set("t", "inlineStr")

    def _look(self, number: str) -> str:
        """The number that a look of the donor's has in the workbook that takes it."""
        if number not in self._looks:
            look = deepcopy(self._donors["cellXfs"][int(number)])
            for name, attribute in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId")):
                item = self._donors[name][int(look.get(attribute, "0"))]
                look.set(attribute, str(self._styles.add(name, _xml(item))))
            look.set("numFmtId", self._format(look.get("numFmtId", "0")))
            look.set("xfId", "0")
            self._looks[number] = str(self._styles.add("cellXfs", _xml(look)))
        return self._looks[number]

    def _format(self, number: str) -> str:
        if number not in self._formats:
            return number
        root = self._package.tree(self._package.related(self._package.book, "styles"))
        formats = root.find(main("numFmts"))
        if formats is None:
            formats = etree.Element(main("numFmts"), count="0")
            insert(root, formats)
        code = self._formats[number].get("formatCode", "")
        for item in formats:
            if item.get("formatCode") == code:
                return item.get("numFmtId", "")
        taken = [int(item.get("numFmtId", "0")) for item in formats]
        free = str(max([_FIRST_OWN_FORMAT - 1, *taken]) + 1)
        etree.SubElement(formats, main("numFmt"), numFmtId=free, formatCode=code)
        formats.set("count", str(len(formats)))
        return free

    def _name(self, sheet: Worksheet, target: Worksheet) -> None:
        """Give the sheet its own names, such as the rows that each page repeats, instead of those it had."""
        root = self._package.tree(self._package.book)
        names = root.find(main("definedNames"))
        if names is None:
            names = etree.Element(main("definedNames"))
            insert(root, names)
        for name in list(names):
            if name.get("localSheetId") == str(target.position) and name.get("name", "").startswith("_xlnm."):
                names.remove(name)
        for name in _children(self._donor.look(self._donor.book), "definedNames"):
            if name.get("localSheetId") == str(sheet.position):
                own = deepcopy(name)
                own.set("localSheetId", str(target.position))
                own.text = _SHEET.sub(lambda _: f"{quote_sheetname(target.name)}!", name.text or "")
                names.append(own)
        if not len(names):
            root.remove(names)


def _children(root: Element, name: str) -> list[Element]:
    items = root.find(main(name))
    return [] if items is None else list(items)


def _xml(item: Element) -> str:
    return etree.tostring(item, encoding="unicode", with_tail=False)


def _written(root: Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
