"""The package of a workbook: parts, relationships, types of content, and the order of elements."""

from __future__ import annotations

import posixpath
import re
from itertools import count
from typing import NamedTuple

from lxml import etree
from openpyxl.xml.constants import REL_NS, SHEET_MAIN_NS

from nianbao.media import ooxml
from nianbao.media.ooxml import CONTENT_TYPES, REL, TYPES, Element
from nianbao.media.ooxml.xml import STRICT, transitional
from nianbao.media.workbook.workbook_xml import Parts
from nianbao.report import shortage

WORD = "Excel 工作簿（.xlsx）"
MAIN, R = SHEET_MAIN_NS, REL_NS
_ORDER = {  # of children, as far as one of them is ever put in
    "workbook": "sheets functionGroups externalReferences definedNames calcPr",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs",
    "worksheet": """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
        protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr
        conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter
        rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing""",
}
_BREAK = re.compile(rb"<br\s*>")  # Excel leaves these open in the boxes of form controls


class Relation(NamedTuple):
    """A relationship of a part: `kind` is the last word of its type, `target` a part or an address."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of one workbook; only those that were asked for with `tree` are written anew."""

    def __init__(self, content: bytes, file: str) -> None:
        """Unpack; raise Unreadable for what is no workbook."""
        parts = ooxml.unpack(content, file, WORD, "")
        self.book = Parts(parts).workbook
        if STRICT.search(parts[self.book]):  # what is written is of the usual kind
            parts = {name: transitional(part) for name, part in parts.items()}
            parts[self.book] = parts[self.book].replace(b' conformance="strict"', b"")
        self.parts = parts
        self._trees: dict[str, Element] = {}
        self._changed: set[str] = set()

    def save(self) -> bytes:
        """The package, with the same bytes for the same parts."""
        return ooxml.pack({name: self.written(name) for name in self.parts})

    def written(self, name: str) -> bytes:
        """A part's bytes as they will be saved."""
        if name not in self._changed:
            return self.parts[name]
        if name.endswith(".vml"):  # Excel writes these without a declaration
            return etree.tostring(self._trees[name], encoding="UTF-8", xml_declaration=False)
        return etree.tostring(self._trees[name], encoding="UTF-8", xml_declaration=True, standalone=True)

    def look(self, name: str) -> Element:
        """A part's root, to be read only; raise XMLSyntaxError where it is no XML."""
        if name not in self._trees:
            part = self.parts[name]
            self._trees[name] = parse(_BREAK.sub(b"<br/>", part) if name.endswith(".vml") else part)
        return self._trees[name]

    def tree(self, name: str) -> Element:
        """A part's root, to be changed: what is done to it is saved. Raises as `look` does."""
        root = self.look(name)
        self._changed.add(name)
        return root

    def add(self, name: str, root: Element, content_type: str = "") -> None:
        """Add a part; without a type it has that of its extension."""
        self.parts[name] = b""
        self._trees[name] = root
        self._changed.add(name)
        if content_type:
            tag = f"{{{TYPES}}}Override"
            etree.SubElement(self.tree(CONTENT_TYPES), tag, PartName=f"/{name}", ContentType=content_type)

    def replace(self, name: str, root: Element) -> None:
        """Put another root in a part's place, without relationships; parts to which only they led go."""
        targets = [relation.target for relation in self.relations(name)]
        self._delete(ooxml.relations_of(name))
        self.add(name, root)
        self._remove_orphans(targets)

    def remove(self, name: str) -> None:
        """Take a part out, the relationships that lead to it, and the parts to which only it leads."""
        targets = [relation.target for relation in self.relations(name)]
        for part in (name, ooxml.relations_of(name)):
            self._delete(part)
        for part in ("", *self.parts):
            self._unrelate(part, name)
        self._remove_orphans(targets)

    def _remove_orphans(self, targets: list[str]) -> None:
        needed = {relation.target for part in ("", *self.parts) for relation in self.relations(part)}
        for target in targets:
            if target in self.parts and target not in needed:
                self.remove(target)

    def _delete(self, name: str) -> None:
        self.parts.pop(name, None)
        self._trees.pop(name, None)
        self._changed.discard(name)
        for entry in list(self.look(CONTENT_TYPES)):
            if entry.get("PartName", "").lower() == f"/{name}".lower():
                self.tree(CONTENT_TYPES).remove(entry)

    def free(self, pattern: str) -> str:
        """The first name of this pattern that no part has: xl/comments{}.xml."""
        taken = {name.lower() for name in self.parts}
        return next(name for at in count(1) if (name := pattern.format(at)).lower() not in taken)

    def relations(self, part: str) -> list[Relation]:
        """The relationships of a part, or of the package (""), that stay within the package."""
        name = ooxml.relations_of(part)
        if name not in self.parts:
            return []
        folder = posixpath.dirname(part)
        return [
            Relation(
                id=entry.get("Id", ""),
                kind=entry.get("Type", "").rpartition("/")[2],
                target=posixpath.normpath(posixpath.join("/", folder, entry.get("Target", ""))).lstrip("/"),
            )
            for entry in self.look(name).iterchildren(f"{{{REL}}}Relationship")
            if entry.get("TargetMode") != "External"
        ]

    def related(self, part: str, kind: str) -> str:
        """The part to which a relationship of this kind leads, or ""."""
        targets = [relation.target for relation in self.relations(part) if relation.kind == kind]
        return targets[0] if targets and targets[0] in self.parts else ""

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship; return its id."""
        name = ooxml.relations_of(part)
        if name not in self.parts:
            self.add(name, parse(f'<Relationships xmlns="{REL}"/>'.encode()))
        root = self.tree(name)
        taken = {entry.get("Id", "").lower() for entry in root}
        free = next(name for at in count(1) if (name := f"rId{at}").lower() not in taken)
        tag = f"{{{REL}}}Relationship"
        etree.SubElement(root, tag, Id=free, Type=f"{R}/{kind}", Target=f"/{target}")
        return free

    def _unrelate(self, part: str, target: str) -> None:
        if ids := {relation.id for relation in self.relations(part) if relation.target == target}:
            root = self.tree(ooxml.relations_of(part))
            for entry in [entry for entry in root if entry.get("Id") in ids]:
                root.remove(entry)
            if not len(root):
                self._delete(ooxml.relations_of(part))


def parse(content: bytes) -> Element:
    """The root of an XML part, without looking outside."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        shortage.insist(error)
        raise


def main(tag: str) -> str:
    """The qualified name of a SpreadsheetML tag."""
    return f"{{{MAIN}}}{tag}"


def insert(root: Element, new: Element) -> None:
    """Put a child where the schema wants it, after those that come before it or are of its kind."""
    order = _ORDER[etree.QName(root).localname].split()
    early = {main(tag) for tag in order[: order.index(etree.QName(new).localname) + 1]}
    root.insert(max((at for at, child in enumerate(root, 1) if child.tag in early), default=0), new)
