"""Which cells of a sheet lie under pictures, text boxes and form controls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from nianbao.media.workbook.sheet_layout import Area, Layout
from nianbao.media.workbook.workbook_xml import Parts
from nianbao.report import shortage

Element = ElementTree.Element
_ANCHORS = ("twoCellAnchor", "oneCellAnchor")
# Comments are boxes too, which are shown only when somebody asks for them.
_CLIENT = re.compile(rb"<x:ClientData\s+ObjectType=[\"'](?!Note)\w+[\"'].*?</x:ClientData>", re.DOTALL)
_ANCHOR = re.compile(rb"<x:Anchor>([\d\s,]+)</x:Anchor>")


def covered(layout: Layout, package: Parts, sheet: str) -> list[Area]:
    """The areas of a sheet, by its part, on which something has been laid; none where that is damaged."""
    found: list[Area] = []
    try:
        relations = package.relations(sheet) if layout.drawings else {}
        for identity in layout.drawings:
            if identity in relations and (part := package.get(relations[identity].part)):
                found += _boxes(part) if relations[identity].kind == "vmlDrawing" else _anchored(part)
    except (ElementTree.ParseError, ValueError) as error:
        shortage.insist(error)
    return found


def _anchored(part: bytes) -> Iterator[Area]:
    for anchor in ElementTree.fromstring(part).iter():
        if anchor.tag.rpartition("}")[2] in _ANCHORS and _is_shown(anchor):
            corners = [_corner(anchor.find(f"{{*}}{name}")) for name in ("from", "to")]
            if corners[0] is not None:
                left, top, *_ = corners[0]
                right, bottom, width, height = corners[1] or (left, top, 1, 1)
                # An edge that only touches the next cell covers nothing of it.
                yield Area(left, top + 1, right - (not width), bottom + bool(height))


def _is_shown(anchor: Element) -> bool:
    """Whether something is drawn there: lines and what is hidden cover nothing."""
    properties = next(anchor.iterfind(".//{*}cNvPr"), None)
    if properties is not None and properties.get("hidden") in ("1", "true"):
        return False
    return anchor.find("{*}cxnSp") is None and anchor.find(".//{*}noFill/..[{*}xfrm]") is None


def _corner(corner: Element | None) -> tuple[int, int, int, int] | None:
    """Column and row, counted from 0, and how far into the cell."""
    if corner is None:
        return None
    column, into, row, down = (
        int(float(corner.findtext(f"{{*}}{name}") or 0)) for name in ("col", "colOff", "row", "rowOff")
    )
    return column, row, into, down


def _boxes(part: bytes) -> Iterator[Area]:
    for client in _CLIENT.finditer(part):
        if anchor := _ANCHOR.search(client[0]):
            numbers = [int(word) for word in anchor[1].split(b",")]
            if len(numbers) == 8:
                left, _, top, _, right, width, bottom, height = numbers
                yield Area(left, top + 1, right - (not width), bottom + bool(height))
