"""What a printed document has held, let go at once instead of by the collector of rings.

Styles and their anonymous halves, columns and their tables, parts of the structure and their parents hold
one another. Cut there, the pages of a report go with its last name: collecting them costs ten times as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from nianbao.media.pdf.weasyprint.monkeypatch import replaced
from nianbao.media.pdf.weasyprint.structure_tree import Node


@dataclass
class Held:
    """What WeasyPrint has made on the way: contexts of layouts, and tables, also where they did not fit."""

    contexts: list[Any] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)

    def release(self, document: Any) -> None:
        """Cut the rings in a document that nobody needs any more."""
        for page in document.pages:
            for box in page._page_box.descendants():
                _cut(getattr(box, "style", None))
        for table in self.tables:
            for group in table.column_groups:
                for column in group.children:
                    column.get_cells = None
        for context in self.contexts:
            for style in context.style_for.get_computed_styles().values():
                _cut(style)
            running = [box for pages in context.running_elements.values() for box in chain(*pages.values())]
            for box in chain.from_iterable(each.descendants() for each in running):
                box.missing_link = None  # a box with a counter refers to itself
            vars(context.target_collector).clear()
            vars(context).clear()
        document.pages = []
        self.tables.clear()
        self.contexts.clear()


@contextmanager
def watched() -> Iterator[Held]:
    """Note what WeasyPrint makes."""
    from weasyprint.document import Document
    from weasyprint.layout import block

    held = Held()
    build, lay_out = Document._build_layout_context, block.table_layout

    def note(*said: Any) -> Any:
        held.contexts.append(build(*said))
        return held.contexts[-1]

    def note_table(*said: Any) -> Any:
        result = lay_out(*said)
        held.tables += [each for each in (said[1], result[0]) if each is not None]
        return result

    with replaced(Document, _build_layout_context=note), replaced(block, table_layout=note_table):
        yield held


def part(root: Node) -> None:
    """Cut the rings in a structure that has been written."""
    for node in list(root.walk()):
        node.parent = None


def _cut(style: Any) -> None:
    """Part a style, and those it inherits from, from the halves that refer back to them."""
    while style is not None:
        said = vars(style)
        half = said.pop("anonymous_style", None)
        for each in (style, half, said.get("root_style")):
            if each is not None and vars(each).get("specified") is each:
                each.specified = None
        if half is None and "_cut" in said:
            return
        said["_cut"] = True
        style = style.parent_style
