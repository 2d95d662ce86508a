"""The styles of a workbook: what the marks add to them, and how they come to be as they were."""

from __future__ import annotations

import hashlib
import re

from lxml import etree
from openpyxl import Workbook
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.xml.functions import tostring

from nianbao.media.ooxml import Element
from nianbao.media.workbook.marks.package import MAIN, Package, insert, main, parse

RECORD = "#styles"  # begins what the sheet of findings keeps of the styles as they were
_PART = "xl/styles.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_COLLECTIONS = ("fonts", "fills", "borders", "cellXfs", "dxfs")


class Stylesheet:
    """The styles of one workbook, to be added to; a workbook without any gets those of an empty one."""

    def __init__(self, package: Package) -> None:
        if not package.related(package.book, "styles"):
            package.add(_PART, parse(tostring(write_stylesheet(Workbook()))), _TYPE)
            package.relate(package.book, "styles", _PART)
        self._package, self._part = package, package.related(package.book, "styles")
        self._root = package.tree(self._part)
        self._before = {
            name: len(items) for name in _COLLECTIONS if (items := self._root.find(main(name))) is not None
        }
        self._numbers: dict[str, dict[bytes, int]] = {}

    def add(self, collection: str, xml: str) -> int:
        """Add a font, fill, border, style or differential style, unless it is there; return its number."""
        items = self._root.find(main(collection))
        if items is None:  # as dxfs may be
            items = etree.Element(main(collection), count="0")
            insert(self._root, items)
        if collection not in self._numbers:
            self._numbers[collection] = {_canonical(item): at for at, item in enumerate(items)}
        numbers = self._numbers[collection]
        item = parse(f'<x xmlns="{MAIN}">{xml}</x>'.encode())[0]
        form = _canonical(item)
        if form not in numbers:
            numbers[form] = len(items)
            items.append(item)
            _count(items)
        return numbers[form]

    def record(self) -> str:
        """What `restore` has to know, when all is added: a digest of the styles, and the counts before."""
        digest = _digest(self._package.written(self._part))
        return " ".join([RECORD, digest, *(f"{name}:{count}" for name, count in self._before.items())])


def restore(package: Package, record: str) -> None:
    """Take out of the styles what was added, unless another program has written them since."""
    part = package.related(package.book, "styles")
    if not part or _digest(package.parts[part]) not in record.split():
        return
    root, before = package.tree(part), dict(re.findall(r"(\w+):(\d+)", record))
    for name in _COLLECTIONS:
        if (items := root.find(main(name))) is not None:
            del items[int(before.get(name, "0")) :]
            _count(items)
            if name not in before:
                root.remove(items)


def _canonical(item: Element) -> bytes:
    return etree.tostring(item, method="c14n", exclusive=True, with_tail=False)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _count(items: Element) -> None:
    if "count" in items.attrib:
        items.set("count", str(len(items)))
