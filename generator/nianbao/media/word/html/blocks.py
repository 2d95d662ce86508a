"""Blocks one below the other: what stands in the body, in a cell, in a header."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.media.word.html.css import Sheet
from nianbao.media.word.html.formats import Paragraph
from nianbao.media.word.html.inline import Reader
from nianbao.media.word.html.notes import FOOT
from nianbao.media.word.html.paragraphs import Composer, Layers
from nianbao.media.word.html.runs import Lettering
from nianbao.media.word.html.styles import Styles
from nianbao.media.word.html.tables import Tables
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, child, local

DEEPEST = 12  # tables in tables: Word itself gives up long before
_SILENT = frozenset(
    [
        "w:sectPr",
        "w:tcPr",
        "w:bookmarkStart",
        "w:bookmarkEnd",
        "w:proofErr",
        "w:permStart",
        "w:permEnd",
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:moveFromRangeStart",
        "w:moveFromRangeEnd",
        "w:moveToRangeStart",
        "w:moveToRangeEnd",
    ]
)
_THROUGH = frozenset(["w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"])


class Flow:
    """Writes the blocks of one part, and counts its paragraphs and tables for the places of losses."""

    def __init__(
        self, reader: Reader, lettering: Lettering, styles: Styles, sheet: Sheet, losses: Losses, flush: bool
    ) -> None:
        self.composer = Composer(reader, lettering, styles)
        self.losses = losses
        self.tables = Tables(styles, sheet, losses, self.cell, flush)
        self._paragraphs = self._tables = self._depth = 0
        reader.boxed, reader.noted = self.write, self.note

    def cell(self, element: Element, layers: Layers) -> str:
        """What stands in a table cell."""
        return self.write(element, layers)

    def note(self, element: Element, said: str, reader: Reader | None = None) -> str:
        """A note in one piece of inline HTML: its paragraphs part by line breaks."""
        composer = self.composer
        outer, outside = composer.reader, self.losses
        composer.reader = reader or outer.beside(FOOT, said)
        written = []
        with outside.spot(f"注释 {said}"):
            for each in _through(element, outside):
                if local(each) == "w:tbl":
                    outside.add("注释中的表格没有带入")
                    continue
                written.append(composer.inline(each))
        composer.reader = outer
        return "<br>".join(written)

    def write(self, parent: Iterable[Element], layers: Layers | None = None) -> str:
        """The HTML of every block among these elements."""
        layers = layers or Layers()
        blocks = _through(parent, self.losses)
        self._depth += 1
        self.composer.in_table = self._depth > 1
        written: list[str] = []
        pending = 0.0  # the space below the last paragraph
        page_break = ended = False
        before: Paragraph | None = None
        for index, block in enumerate(blocks):
            if page_break:
                written.append('<div style="break-before: page"></div>')
                page_break = False
            if local(block) == "w:tbl":
                html = self._table(block)
                written.append(f'<div style="height: {pending:g}pt"></div>' if pending else "")
                written.append(html)
                pending, before = 0.0, None
                continue
            if self._depth == 1:
                self._paragraphs += 1
            format, base = self.composer.resolve(block, layers)
            above, below = self.composer.before(format), self.composer.after(format)
            if format.before_auto and not index:
                above = 0.0  # automatic space falls away at the edges of a cell, and where a section begins
            if self._depth > 1 and format.after_auto and index + 1 == len(blocks):
                below = 0.0
            if before and before.style == format.style:
                above = 0.0 if format.contextual else above
                pending = 0.0 if before.contextual else pending
            if not self.composer.adds:
                above = max(above - pending, 0.0)  # as in HTML, the larger counts
            last = index + 1 == len(blocks) or local(blocks[index + 1]) == "w:tbl"
            spot = (f"第 {self._paragraphs} 段",) if self._depth == 1 else ()
            with self.losses.spot(*spot):
                self.composer.begins = ended or not index
                found = self.composer.write(block, format, base, (pending + above, below if last else 0.0))
            ended = page_break = found[-1] == ""
            written += [html for html in found if html]
            pending, before = 0.0 if last else below, format
        self._depth -= 1
        self.composer.in_table = self._depth > 1
        return "".join(written)

    def _table(self, table: Element) -> str:
        if self._depth > DEEPEST:
            self.losses.add("表格嵌套过深，里层没有带入")
            return ""
        if self._depth == 1:
            self._tables += 1
            return self.tables.write(table, f"表 {self._tables}")
        return self.tables.write(table, "内嵌表格")


def _through(parent: Iterable[Element], losses: Losses) -> list[Element]:
    """Paragraphs and tables, also those in content controls; what is neither is named as lost."""
    found: list[Element] = []
    for each in parent:
        tag = local(each)
        if tag in ("w:p", "w:tbl"):
            found.append(each)
        elif tag in _THROUGH:
            inner = child(each, "w:sdtContent") if tag == "w:sdt" else each
            found += [] if inner is None else _through(inner, losses)
        elif tag == "w:altChunk":
            losses.add("嵌入的其他格式文档（altChunk）没有带入", "请在 Word 中打开并重新保存，使其成为正文")
        elif tag and tag not in _SILENT:
            losses.add(f"{tag} 没有带入")
    return found
