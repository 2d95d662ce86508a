"""Blocks one below the other: what stands in the body, in a cell, in a header."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.media.word.html.formats import Layer, Paragraph
from nianbao.media.word.html.inline import Reader
from nianbao.media.word.html.notes import FOOT
from nianbao.media.word.html.paragraph_boxes import in_one_box
from nianbao.media.word.html.paragraphs import ParagraphWriter
from nianbao.media.word.html.run_in import RunIn, leads, runs_on
from nianbao.media.word.html.runs import RunWriter
from nianbao.media.word.html.settings import Settings
from nianbao.media.word.html.tables import TableWriter
from nianbao.media.word.html.unsupported import SILENT, Losses
from nianbao.media.word.html.wordml import Element, local, unwrapped

DEEPEST = 12  # tables in tables: Word itself gives up long before

_NOTHING = Layer()


class BlockWriter:
    """Writes the blocks of one part, and counts its paragraphs and tables for the places of losses."""

    def __init__(self, reader: Reader, runs: RunWriter, settings: Settings) -> None:
        self.paragraphs = ParagraphWriter(reader, runs, settings)
        self.losses = reader.losses
        self.tables = TableWriter(runs, self.write, settings.tables_flush)
        self._paragraph_number = self._table_number = self._depth = 0
        reader.boxed, reader.noted = self.write, self.note

    def note(self, note: Element, label: str, reader: Reader | None = None) -> str:
        """A note in one piece of inline HTML: its paragraphs part by line breaks."""
        outer = self.paragraphs.reader
        self.paragraphs.reader = reader or outer.beside(FOOT, label)
        written = []
        with self.losses.spot(f"注释 {label}"):
            for block in _blocks(note, self.losses):
                if local(block) == "w:tbl":
                    self.losses.add("注释中的表格没有带入")
                else:
                    written.append(self.paragraphs.inline(block))
        self.paragraphs.reader = outer
        return "<br>".join(written)

    def write(self, parent: Iterable[Element], table: Layer = _NOTHING) -> str:
        """The HTML of every block among these elements; `table` is what a table's style says of them."""
        blocks = _blocks(parent, self.losses)
        self._depth += 1
        self.paragraphs.in_table = self._depth > 1
        written: list[str] = []
        pending = 0.0  # the space below the last paragraph
        page_break = ended = False
        before: Paragraph | None = None
        run_in: list[RunIn] = []  # paragraphs whose end is hidden: the next one goes on with them
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
                self._paragraph_number += 1
            format, base = self.paragraphs.styles.paragraph(block, table)
            last = index + 1 == len(blocks) or local(blocks[index + 1]) == "w:tbl"
            if runs_on(block, base):
                if not last:
                    run_in.append(RunIn(block, base, format if leads(block) else None))
                    continue
                if index + 1 < len(blocks) and not run_in and self.paragraphs.blank(block, base):
                    continue  # it stands before a table
            format = next((lead.format for lead in run_in if lead.format), format)
            above, below = self.paragraphs.spaces(format)
            if format.before_auto and not index:
                above = 0.0  # automatic space falls away at the edges of a cell, and where a section begins
            if self._depth > 1 and format.after_auto and index + 1 == len(blocks):
                below = 0.0
            if before and before.style == format.style:
                above = 0.0 if format.contextual else above
                pending = 0.0 if before.contextual else pending
            if not self.paragraphs.settings.spaces_add:
                above = max(above - pending, 0.0)  # as in HTML, the larger counts
            spot = (f"第 {self._paragraph_number} 段",) if self._depth == 1 else ()
            with self.losses.spot(*spot):
                self.paragraphs.begins = ended or index == len(run_in)
                margins = pending + above, below if last else 0.0
                boxed = (
                    in_one_box(before, format),
                    not last and self._boxed_below(format, blocks[index + 1], table),
                )
                pages = self.paragraphs.write(block, format, base, margins, run_in, boxed)
                run_in = []
            ended = page_break = pages[-1] == ""
            written += [html for html in pages if html]
            pending, before = 0.0 if last else below, format
        self._depth -= 1
        self.paragraphs.in_table = self._depth > 1
        return "".join(written)

    def _boxed_below(self, format: Paragraph, following: Element, table: Layer) -> bool:
        return bool(format.borders) and in_one_box(
            format, self.paragraphs.styles.paragraph(following, table)[0]
        )

    def _table(self, table: Element) -> str:
        if self._depth > DEEPEST:
            self.losses.add("表格嵌套过深，里层没有带入")
            return ""
        if self._depth == 1:
            self._table_number += 1
            return self.tables.write(table, f"表 {self._table_number}")
        return self.tables.write(table, "内嵌表格")


def _blocks(parent: Iterable[Element], losses: Losses) -> list[Element]:
    """Paragraphs and tables, also those in content controls; what is neither is named as lost."""
    blocks: list[Element] = []
    for element in unwrapped(parent):
        tag = local(element)
        if tag in ("w:p", "w:tbl"):
            blocks.append(element)
        elif tag == "w:altChunk":
            losses.add("嵌入的其他格式文档（altChunk）没有带入", "请在 Word 中打开并重新保存，使其成为正文")
        elif tag and tag not in SILENT:
            losses.add(f"{tag} 没有带入")
    return blocks
