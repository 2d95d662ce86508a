"""What a workbook says of itself before its cells: sheets in order, strings, looks.

Parts are found by their relations, as Office does it; where there are none, by their usual names.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.xml.constants import (
    ARC_SHARED_STRINGS,
    ARC_STYLE,
    ARC_THEME,
    ARC_WORKBOOK,
    REL_NS,
    SHEET_MAIN_NS,
)

from nianbao.media import ooxml
from nianbao.media.ooxml.xml import STRICT, transitional
from nianbao.media.workbook.cell_looks import Looks
from nianbao.media.workbook.rich_text import text_of
from nianbao.media.workbook.rows import Book

STRING = f"{{{SHEET_MAIN_NS}}}si"
_USUAL = {"sharedStrings": ARC_SHARED_STRINGS, "styles": ARC_STYLE, "theme": ARC_THEME}
_ID = f"{{{REL_NS}}}id"


class NoWorkbook(ValueError):  # noqa: N818 - says what the file is not
    """The package is another kind of document; the message is its main part."""


class Sheet(NamedTuple):
    """A worksheet: its name, its XML and its part, and whether it is shown."""

    name: str
    xml: bytes
    part: str
    hidden: bool


class Contents(NamedTuple):
    """All sheets' names, the worksheets among them, and what their cells refer to."""

    names: list[str]
    worksheets: list[Sheet]
    book: Book
    package: Parts


class Relation(NamedTuple):
    """The last word of a relation's type, and the part to which it leads."""

    kind: str
    part: str


class Parts:
    """The parts of a workbook with the usual namespaces, and how they refer to one another."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        """Take the parts as they were unpacked."""
        self._parts = parts
        self._relations: dict[str, dict[str, Relation]] = {}
        self._strict = STRICT.search(parts.get(self.workbook, b"")) is not None

    @cached_property
    def workbook(self) -> str:
        """The part that lists the sheets; raise NoWorkbook where there is none."""
        top = self.relations("").values()
        found = next((relation.part for relation in top if relation.kind == "officeDocument"), ARC_WORKBOOK)
        if found not in self._parts or found.endswith(".bin"):
            raise NoWorkbook(found)
        return found

    def get(self, name: str) -> bytes:
        """A part's XML; empty where it is missing."""
        part = self._parts.get(name, b"")
        return transitional(part) if part and self._strict else part

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their id, to parts of the package."""
        if part not in self._relations:
            folder = posixpath.dirname(part)
            xml = self._parts.get(ooxml.relations_of(part), b"<none/>")
            self._relations[part] = {
                entry.get("Id", ""): Relation(
                    entry.get("Type", "").rpartition("/")[2], _target(folder, entry)
                )
                for entry in ElementTree.fromstring(xml)
                if entry.get("TargetMode") != "External"
            }
        return self._relations[part]

    def related(self, kind: str) -> bytes | None:
        """What the workbook names so: strings, styles, theme; None where there is none."""
        named = (
            relation.part for relation in self.relations(self.workbook).values() if relation.kind == kind
        )
        part = next(named, _USUAL[kind])
        return self.get(part) if part in self._parts else None


def contents(parts: Mapping[str, bytes]) -> Contents:
    """Take in all but the cells; raise whatever a damaged part makes the parser stumble over."""
    package = Parts(parts)
    root = ElementTree.fromstring(package.get(package.workbook))
    if root.tag.rpartition("}")[2] != "workbook":
        raise NoWorkbook(package.workbook)
    names, worksheets = [], []
    for name, relation, hidden in _sheets(root, package.relations(package.workbook)):
        if relation.part in parts:
            names.append(name)
            if "chartsheet" not in relation.kind:
                worksheets.append(Sheet(name, package.get(relation.part), relation.part, hidden))
    table = package.related("sharedStrings")
    properties = root.find("{*}workbookPr")
    mac = properties is not None and properties.get("date1904") in ("1", "true")
    return Contents(
        names,
        worksheets,
        Book(
            [] if table is None else [text_of(one) for one in ElementTree.fromstring(table).iter(STRING)],
            Looks(package.related("styles"), package.related("theme") or b""),
            CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900,
        ),
        package,
    )


def _sheets(
    root: ElementTree.Element, relations: Mapping[str, Relation]
) -> Iterator[tuple[str, Relation, bool]]:
    for sheet in root.iterfind("{*}sheets/*"):
        name = sheet.attrib["name"]
        if identity := sheet.get(_ID):
            yield name, relations[identity], sheet.get("state", "visible") != "visible"


def _target(folder: str, entry: ElementTree.Element) -> str:
    return posixpath.normpath(posixpath.join("/", folder, entry.get("Target", ""))).lstrip("/")
