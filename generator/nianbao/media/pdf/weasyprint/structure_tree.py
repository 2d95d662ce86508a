"""What a PDF's pages say, as a tree in reading order: each element of the HTML once, over all its pages.

Taken from the boxes that WeasyPrint has laid out. What stands in the margins of a page, and a table's
head repeated overleaf, is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
TITLE, NOTE = "Title", "Note"
CELLS = ("TH", "TD")
_NAMED_ALIKE = ("BlockQuote", "P", "Caption", "Table", "THead", "TBody", "TFoot", "TR", *CELLS, *HEADINGS)
_KINDS = {"section": "Sect", "article": "Art", "figcaption": "Caption"}  # HTML's element → PDF's structure
_KINDS |= {kind.lower(): kind for kind in _NAMED_ALIKE}
_HOLDS_BLOCKS = {"Document", "Sect", "Art", "BlockQuote"}
_STOPS = ("。", "：", "；")
_FIGURES = ("img", "{http://www.w3.org/2000/svg}svg")


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of content on a page, by the number under which WeasyPrint has drawn it."""

    page: int
    number: int


@dataclass(slots=True, eq=False)
class Node:
    """One element of the structure; `element` is that of the HTML, `annotations` its links."""

    kind: str
    parent: Node | None = None
    element: Any = None
    kids: list[Node | Mark] = field(default_factory=list)
    annotations: list[tuple[int, Any]] = field(default_factory=list)
    alternative: str = ""
    frame: tuple[float, float, float, float] | None = None  # of a figure: left, top, right, bottom, in px
    page: int | None = None  # where it begins
    label: str = ""  # of a paragraph that opens with its heading: the heading
    spoken: int = 0  # how many letters of it have been met

    @property
    def text(self) -> str:
        """What its element says in the HTML, without blanks."""
        return "" if self.element is None else "".join("".join(self.element.itertext()).split())

    def nodes(self) -> Iterator[Node]:
        """The nodes among its kids."""
        return (kid for kid in self.kids if isinstance(kid, Node))

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in reading order."""
        yield self
        for kid in self.nodes():
            yield from kid.walk()


def read(document: Any, drawn: list[dict[Any, Any]]) -> Node:
    """The structure of a laid-out document; `drawn` is what WeasyPrint has drawn, by page."""
    root = Node("Document")
    known: dict[tuple[int, str], Node] = {}
    for number, page in enumerate(document.pages):
        before = set(known)
        _Page(number, drawn[number], known, before).read(page._page_box, root)
    title = "".join((document.metadata.title or "").split())
    first = next((node for node in root.walk() if title and node.kind in ("P", *HEADINGS)), None)
    if first is not None and first.text == title:
        first.kind = TITLE
    _simplify(root)
    return root


@dataclass
class _Page:
    """One page being read; `before` are the elements that have begun on an earlier one."""

    number: int
    drawn: dict[Any, Any]
    known: dict[tuple[int, str], Node]
    before: set[tuple[int, str]]

    def read(self, box: Any, parent: Node) -> None:
        """Add what a box holds to a node."""
        box = getattr(box, "_box", box)  # of what is positioned, a placeholder
        if hasattr(box, "at_keyword"):
            return  # a margin box
        if getattr(box, "is_header", False) and (id(box.element), "THead") in self.before:
            return
        if type(box).__name__ == "FootnoteAreaBox":
            for note in box.children:
                self._read(note, self._named(NOTE, note, parent))
            return
        node = self._node(box, parent)
        if node is not None:
            self._read(box, node)

    def _read(self, box: Any, node: Node) -> None:
        if box in self.drawn:
            holder = self._holder(box, node)
            holder.kids.append(Mark(self.number, self.drawn[box]["mcid"]))
            holder.page = self.number if holder.page is None else holder.page
        for child in getattr(box, "children", ()):
            self.read(child, node)

    def _node(self, box: Any, parent: Node) -> Node | None:
        """The node of a box: its element's own, or the parent's; None for a mere ornament."""
        tag = box.element_tag if box.element is not None else None
        annotation = getattr(box, "link_annotation", None)
        if annotation is not None:
            node = self._named("Link", box, parent)
            node.annotations.append((self.number, annotation))
            return node
        if tag in _FIGURES:
            return self._figure(box, parent)
        kind = _KINDS.get(tag or "")
        return parent if kind is None else self._named(kind, box, parent)

    def _named(self, kind: str, box: Any, parent: Node) -> Node:
        """The node of this kind for the element of a box or node."""
        key = (id(box.element), kind)
        if key not in self.known:
            self.known[key] = Node(kind, parent, box.element)
            if kind in HEADINGS:
                self.known[key].label = _label(box)
            parent.kids.append(self.known[key])
        return self.known[key]

    def _holder(self, box: Any, node: Node) -> Node:
        """Whose a piece of content is: text that stands in no paragraph gets one.

        Of a paragraph that opens with its heading, only the heading is one.
        """
        if node.kind in _HOLDS_BLOCKS:
            return self._named("P", node, node)
        if not node.label:
            return node
        text = "".join(getattr(box, "text", "").split())
        if node.spoken >= len(node.label) and not (node.spoken == len(node.label) and text in _STOPS):
            assert node.parent is not None  # only the document has none
            return self._named("P", node, node.parent)
        node.spoken += len(text)
        return node

    def _figure(self, box: Any, parent: Node) -> Node | None:
        title = box.element.find("{http://www.w3.org/2000/svg}title")
        alternative = box.element.get("alt") if title is None else title.text
        if alternative == "":
            return None
        node = self._named("Figure", box, parent)
        node.alternative = alternative or ""
        left, top = box.content_box_x(), box.content_box_y()
        node.frame = (left, top, left + box.width, top + box.height)
        return node


def _label(box: Any) -> str:
    """The words by which a paragraph is bookmarked that opens with its heading; "" of a mere heading."""
    pieces = box.style["bookmark_label"]
    return "".join("".join(text for kind, text in pieces if kind == "string").split())


def _simplify(node: Node) -> None:
    """A cell's only paragraph needs no node of its own; nothing at all needs none but in a table."""
    for kid in list(node.nodes()):
        _simplify(kid)
        if not kid.kids and not kid.annotations and kid.kind not in CELLS:
            node.kids.remove(kid)
    if node.page is None:
        node.page = next((kid.page for kid in node.nodes() if kid.page is not None), None)
    only = node.kids[0] if node.kind in CELLS and len(node.kids) == 1 else None
    if isinstance(only, Node) and only.kind == "P":
        node.kids = only.kids
        for kid in node.nodes():
            kid.parent = node
