"""A workbook as the parts of its package: sheets, relationships, types of content."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from nianbao.media import ooxml

WORD = "Excel 工作簿（.xlsx）"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
BOOK, CONTENT_TYPES = "xl/workbook.xml", "[Content_Types].xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
Element = _Element  # which has no public name
_BREAK = re.compile(rb"<br\s*>")  # Excel leaves these open in the boxes of form controls


class Broken(Exception):  # noqa: N818 - what is broken is a part
    """Raised for a part that is no XML."""


class Relation(NamedTuple):
    """A relationship of a part: `kind` is the last word of its type, `target` a part or an address."""

    id: str
    kind: str
    target: str


class Sheet(NamedTuple):
    """A worksheet: its name, its part, and where it stands in the workbook's order."""

    name: str
    part: str
    at: int


def main(tag: str) -> str:
    """The qualified name of a SpreadsheetML tag."""
    return f"{{{MAIN}}}{tag}"


def parse(content: bytes) -> Element:
    """The root of an XML part, without looking outside; raise Broken where there is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Broken(str(error)) from None


class Package:
    """The parts of one workbook; only those that were asked for with `tree` are written anew."""

    def __init__(self, content: bytes, file: str) -> None:
        """Unpack; raise Unreadable for what is no workbook."""
        self.parts = ooxml.unpack(content, file, WORD, BOOK)
        self._trees: dict[str, Element] = {}

    def save(self) -> bytes:
        """The package, with the same bytes for the same parts."""
        return ooxml.pack({name: ooxml.compress(self.written(name)) for name in self.parts})

    def written(self, name: str) -> bytes:
        """A part's bytes as they will be saved."""
        if name not in self._trees:
            return self.parts[name]
        if name.endswith(".vml"):  # Excel writes these without a declaration
            return etree.tostring(self._trees[name], encoding="UTF-8", xml_declaration=False)
        return etree.tostring(self._trees[name], encoding="UTF-8", xml_declaration=True, standalone=True)

    def look(self, name: str) -> Element:
        """A part's root to be read only."""
        return self._trees[name] if name in self._trees else parse(self.parts[name])

    def tree(self, name: str) -> Element:
        """A part's root to be changed: what is done to it is saved. Raise Broken where it is no XML."""
        if name not in self._trees:
            part = self.parts[name]
            self._trees[name] = parse(_BREAK.sub(b"<br/>", part) if name.endswith(".vml") else part)
        return self._trees[name]

    def add(self, name: str, root: Element, content_type: str) -> None:
        """Add a part."""
        self.parts[name] = b""
        self._trees[name] = root
        tag = f"{{{TYPES}}}Override"
        etree.SubElement(self.tree(CONTENT_TYPES), tag, PartName=f"/{name}", ContentType=content_type)

    def remove(self, name: str) -> None:
        """Take a part out, and the parts to which nothing but this one leads."""
        leads = [one.target for one in self.relations(name)]
        for gone in (name, _rels(name)):
            self.parts.pop(gone, None)
            self._trees.pop(gone, None)
            for entry in list(self.look(CONTENT_TYPES)):
                if entry.get("PartName", "").lower() == f"/{gone}".lower():
                    _drop(self.tree(CONTENT_TYPES), "PartName", entry.get("PartName", ""))
        still = {
            one.target
            for part in list(self.parts)
            if part.endswith(".rels")
            for one in self.relations(_owner(part))
        }
        for part in leads:
            if part in self.parts and part not in still:
                self.remove(part)

    def free(self, pattern: str) -> str:
        """The first name of this pattern that no part has: xl/comments{}.xml."""
        taken = {name.lower() for name in self.parts}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> list[Relation]:
        """The relationships of a part that stay within the package."""
        name = _rels(part)
        if name not in self.parts:
            return []
        folder = posixpath.dirname(part)
        return [
            Relation(
                id=one.get("Id", ""),
                kind=one.get("Type", "").rpartition("/")[2],
                target=posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
            )
            for one in self.look(name).iterchildren(f"{{{RELATIONS}}}Relationship")
            if one.get("TargetMode") != "External"
        ]

    def related(self, part: str, kind: str) -> str:
        """The part to which a relationship of this kind leads, or ""."""
        found = [one.target for one in self.relations(part) if one.kind == kind]
        return found[0] if found and found[0] in self.parts else ""

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship; return its id."""
        name = _rels(part)
        if name not in self.parts:
            self.parts[name] = b""
            self._trees[name] = parse(f'<Relationships xmlns="{RELATIONS}"/>'.encode())
        root = self.tree(name)
        taken = {one.get("Id", "").lower() for one in root}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        tag = f"{{{RELATIONS}}}Relationship"
        etree.SubElement(root, tag, Id=f"rId{number}", Type=f"{R}/{kind}", Target=f"/{target}")
        return f"rId{number}"

    def unrelate(self, part: str, target: str) -> str:
        """Take the relationship to a target out; return its id."""
        [found] = [one for one in self.relations(part) if one.target == target]
        root = self.tree(_rels(part))
        _drop(root, "Id", found.id)
        if not len(root):
            self.parts.pop(_rels(part))
            self._trees.pop(_rels(part))
            for entry in list(self.look(CONTENT_TYPES)):
                if entry.get("PartName") == f"/{_rels(part)}":
                    _drop(self.tree(CONTENT_TYPES), "PartName", f"/{_rels(part)}")
        return found.id

    def sheets(self) -> list[Sheet]:
        """The worksheets, in their order; sheets of charts and macros are passed over."""
        targets = {one.id: one.target for one in self.relations(BOOK) if one.kind == "worksheet"}
        entries = self.look(BOOK).find(main("sheets"))
        return [
            Sheet(entry.get("name", ""), targets[entry.get(f"{{{R}}}id", "")], at)
            for at, entry in enumerate(entries if entries is not None else ())
            if targets.get(entry.get(f"{{{R}}}id", "")) in self.parts
        ]

    def add_sheet(self, name: str, root: Element, *, state: str = "") -> Sheet:
        """Add a worksheet after all others."""
        part = self.free("xl/worksheets/sheet{}.xml")
        self.add(part, root, SHEET_TYPE)
        entries = self.tree(BOOK).find(main("sheets"))
        assert entries is not None  # a workbook without sheets is not opened
        number = max(int(one.get("sheetId", "0")) for one in entries) + 1
        entry = etree.SubElement(entries, main("sheet"), name=name, sheetId=str(number))
        if state:
            entry.set("state", state)
        entry.set(f"{{{R}}}id", self.relate(BOOK, "worksheet", part))
        return Sheet(name, part, len(entries) - 1)

    def remove_sheet(self, sheet: Sheet) -> None:
        """Take a worksheet out, with its names and the parts that are its own."""
        entries = self.tree(BOOK).find(main("sheets"))
        assert entries is not None
        entries.remove(entries[sheet.at])
        self.unrelate(BOOK, sheet.part)
        self.remove(sheet.part)
        self._shift(sheet.at)

    def _shift(self, gone: int) -> None:
        """Let what counts sheets count without the one that has gone."""
        names = self.look(BOOK).find(main("definedNames"))
        for name in list(names) if names is not None else ():
            at = name.get("localSheetId")
            if names is not None and at is not None and int(at) == gone:
                names.remove(name)
            elif at is not None and int(at) > gone:
                name.set("localSheetId", str(int(at) - 1))
        if names is not None and not len(names):
            self.tree(BOOK).remove(names)
        for view in self.look(BOOK).iter(main("workbookView")):
            for word in ("activeTab", "firstSheet"):
                if (at := view.get(word)) is not None and int(at) >= gone:
                    view.set(word, str(int(at) - 1) if int(at) > gone else "0")

    def define(self, name: str, sheet: Sheet, refers: str) -> None:
        """Define a name of one sheet's own."""
        root = self.tree(BOOK)
        names = root.find(main("definedNames"))
        if names is None:
            names = etree.Element(main("definedNames"))
            before = [main(tag) for tag in ("externalReferences", "functionGroups", "sheets")]
            last = next(one for tag in before if (one := root.find(tag)) is not None)
            last.addnext(names)
        etree.SubElement(names, main("definedName"), name=name, localSheetId=str(sheet.at)).text = refers


def _rels(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _owner(rels: str) -> str:
    folder, _, name = rels.rpartition("/")
    above = folder.removesuffix("_rels").rstrip("/")
    return f"{above}/{name.removesuffix('.rels')}" if above else name.removesuffix(".rels")


def _drop(root: Element, attribute: str, value: str) -> None:
    for one in list(root):
        if one.get(attribute) == value:
            root.remove(one)


def quoted(sheet: str) -> str:
    """A sheet's name as formulas and links write it."""
    return "'" + sheet.replace("'", "''") + "'"


def spot(cell: str) -> tuple[str, int] | None:
    """Letters and row of an address such as C9; None for anything else."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", cell)
    return (match[1], int(match[2])) if match else None


def children(root: Element, *tags: str) -> Iterator[Element]:
    """The elements with these SpreadsheetML tags, anywhere below."""
    return root.iter(*[main(tag) for tag in tags])
