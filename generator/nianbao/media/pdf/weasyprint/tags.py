"""The structure written into a PDF, and its pages' content marked with it.

Takes the place of WeasyPrint's own tags, which begin every element anew on each page (its issue 2902), mark
every piece of a line by itself, and have no scope for header cells (2508). It has no hook for others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

import pydyf  # type: ignore[import-untyped] # ships no types

from nianbao.media.pdf.weasyprint import table_headers
from nianbao.media.pdf.weasyprint.monkeypatch import replaced
from nianbao.media.pdf.weasyprint.structure_tree import CELLS, HEADINGS, NOTE, TITLE, Mark, Node, read

_LAYOUT, _PAGINATION = Node("Artifact"), Node("Artifact")  # ornaments; what repeats on every page
_OPENINGS = ("/Span", "/Figure", "/Artifact")
_POINT = 0.75  # of a CSS pixel


@contextmanager
def tagged() -> Iterator[list[Node]]:
    """Make WeasyPrint write our structure; the list then has its root."""
    from weasyprint import pdf as weasyprint

    roots: list[Node] = []

    def add(pdf: Any, document: Any, _: Any, streams: list[Any]) -> None:
        roots.append(_write(pdf, document, streams))

    with replaced(weasyprint, add_tags=add):
        yield roots


def accessible(root: Node) -> bool:
    """Whether every picture has its words and no level of headings is left out."""
    level = 0
    for node in root.walk():
        if node.kind == "Figure" and not node.alternative:
            return False
        if node.kind in HEADINGS:
            if HEADINGS.index(node.kind) > level:
                return False
            level = HEADINGS.index(node.kind) + 1
    return True


def _write(pdf: Any, document: Any, streams: list[Any]) -> Node:
    root = read(document, [stream._tags for stream in streams])
    owners: list[dict[int, Node]] = [{} for _ in streams]
    for node in root.walk():
        for kid in node.kids:
            if isinstance(kid, Mark):
                owners[kid.page][kid.number] = node
    marks = [_mark(stream, owners[page]) for page, stream in enumerate(streams)]
    _Tree(pdf, document, marks).write(root)
    return root


def _mark(stream: Any, owners: dict[int, Node]) -> list[tuple[Node, set[int]]]:
    """Mark a page's content anew; return, by new number, whose it is and the old numbers in it.

    Pieces of one element that follow each other become one.
    """
    marks: list[tuple[Node, set[int]]] = []
    written: list[Any] = []
    within: list[tuple[Node, int]] = []
    opened: Node | None = None
    items = iter(stream.stream)
    for item in items:
        if isinstance(item, str) and item in _OPENINGS:
            properties = next(items)
            if isinstance(properties, dict):
                next(items)
                within.append((owners.get(properties["MCID"], _PAGINATION), properties["MCID"]))
            else:
                within.append((_LAYOUT, 0))
            continue
        if item == b"EMC" and within:
            within.pop()
            continue
        wanted, number = within[-1] if within else (None, 0)
        if wanted is opened and wanted is not None and item == b"BT" and written[-1] == b"ET":
            written.pop()
        else:
            if wanted is not opened:
                written += [b"EMC"] if opened is not None else []
                written += _opening(wanted, marks)
                opened = wanted
            written.append(item)
        if wanted is not None and wanted.kind != "Artifact":
            marks[-1][1].add(number)
    written += [b"EMC"] if opened is not None else []
    stream.stream[:] = written
    return marks


def _opening(wanted: Node | None, marks: list[tuple[Node, set[int]]]) -> Iterator[bytes]:
    if wanted is _PAGINATION:
        yield b"/Artifact <</Type /Pagination>> BDC"
    elif wanted is _LAYOUT:
        yield b"/Artifact BMC"
    elif wanted is not None:
        yield f"/{wanted.kind} <</MCID {len(marks)}>> BDC".encode("ascii")
        marks.append((wanted, set()))


class _Tree:
    """Writes the nodes as structure elements; `marks` are each page's marks by their numbers."""

    def __init__(self, pdf: Any, document: Any, marks: list[list[tuple[Node, set[int]]]]) -> None:
        self.pdf, self.document, self.marks = pdf, document, marks
        self.elements: dict[Node, Any] = {}
        self.names: dict[str, Any] = {}
        self.parents: list[Any] = []  # of annotations
        self.numbers = {
            Mark(page, old): number
            for page, page_marks in enumerate(marks)
            for number, (_, pieces) in enumerate(page_marks)
            for old in pieces
        }

    def write(self, root: Node) -> None:
        """Add the tree to the catalog."""
        top = self._new({"Type": "/StructTreeRoot"})
        for node in root.walk():
            self.elements[node] = self._new({"Type": "/StructElem", "S": f"/{node.kind}"})
        self.elements[root]["P"] = top.reference
        for node in root.walk():
            self._fill(node)
        for table in (node for node in root.walk() if node.kind == "Table"):
            self._cells(table)
        top["K"] = pydyf.Array([self.elements[root].reference])
        top["RoleMap"] = pydyf.Dictionary({TITLE: "/P"})
        content = [pydyf.Array([self.elements[node].reference for node, _ in marks]) for marks in self.marks]
        numbers = list(chain.from_iterable(enumerate([*content, *self.parents])))
        top["ParentTree"] = self._new({"Nums": pydyf.Array(numbers)}).reference
        top["ParentTreeNextKey"] = len(content) + len(self.parents)
        if self.names:
            pairs = ((pydyf.String(name), self.names[name].reference) for name in sorted(self.names))
            named = list(chain.from_iterable(pairs))
            top["IDTree"] = self._new({"Names": pydyf.Array(named)}).reference
        self.pdf.catalog["StructTreeRoot"] = top.reference
        self.pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _new(self, entries: dict[str, Any]) -> Any:
        made = pydyf.Dictionary(entries)
        self.pdf.add_object(made)
        return made

    def _fill(self, node: Node) -> None:
        element = self.elements[node]
        if node.parent is not None:
            element["P"] = self.elements[node.parent].reference
        if node.page is not None:
            element["Pg"] = self.pdf.page_references[node.page]
        kids: list[Any] = []
        done: set[tuple[int, int]] = set()
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(self.elements[kid].reference)
            elif kid in self.numbers and (place := (kid.page, self.numbers[kid])) not in done:
                done.add(place)
                kids.append(self._content(node, *place))
        kids += [self._link(node, page, annotation) for page, annotation in node.annotations]
        if kids:
            element["K"] = kids[0] if len(kids) == 1 else pydyf.Array(kids)
        if node.kind == "Figure":
            self._picture(node, element)
        elif node.kind == NOTE:
            self._identify(node)  # as PDF/UA asks

    def _content(self, node: Node, page: int, number: int) -> Any:
        if page == node.page:
            return number
        reference = {"Type": "/MCR", "Pg": self.pdf.page_references[page], "MCID": number}
        return pydyf.Dictionary(reference)

    def _link(self, node: Node, page: int, annotation: Any) -> Any:
        annotation["StructParent"] = len(self.marks) + len(self.parents)
        self.parents.append(self.elements[node].reference)
        reference = {"Type": "/OBJR", "Obj": annotation.reference, "Pg": self.pdf.page_references[page]}
        return pydyf.Dictionary(reference)

    def _picture(self, node: Node, element: Any) -> None:
        if node.alternative:
            element["Alt"] = pydyf.String(node.alternative)
        if node.frame is not None and node.page is not None:
            left, top, right, bottom = node.frame
            high = self.document.pages[node.page].height
            box = [left, high - bottom, right, high - top]
            attributes = {"O": "/Layout", "BBox": pydyf.Array([round(edge * _POINT, 3) for edge in box])}
            element["A"] = pydyf.Dictionary(attributes)

    def _identify(self, node: Node) -> Any:
        """The element of a node, with a name of its own."""
        name = f"{len(self.names) + 1:05d}"
        self.names[name] = element = self.elements[node]
        element["ID"] = pydyf.String(name)
        return element

    def _cells(self, table: Node) -> None:
        cells = table_headers.find(table)
        for node, (place, _) in cells.items():
            if place.scope:
                self._identify(node)["S"] = f"/{CELLS[0]}"
        for node, (place, above) in cells.items():
            attributes: dict[str, Any] = {"O": "/Table"}
            if place.scope:
                attributes["Scope"] = f"/{place.scope}"
            if place.rowspan > 1:
                attributes["RowSpan"] = place.rowspan
            if place.colspan > 1:
                attributes["ColSpan"] = place.colspan
            if above:
                attributes["Headers"] = pydyf.Array([self.elements[header]["ID"] for header in above])
            if len(attributes) > 1:
                self.elements[node]["A"] = pydyf.Dictionary(attributes)
