"""A Word document as the form sees it: paragraphs, and tables laid out on their grids."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.mandate import Mandate, Section
from nianbao.media.ooxml import Element
from nianbao.media.word.oxml import blocks, qn, style, texts

MOST_COLUMNS = 63  # that Word lets a table have
_P, _TBL, _TR, _TC, _PROPERTIES = map(qn, ("p", "tbl", "tr", "tc", "tcPr"))
_SPAN, _MERGE, _VALUE = map(qn, ("gridSpan", "vMerge", "val"))
_ROW_PROPERTIES, _BEFORE = map(qn, ("trPr", "gridBefore"))


@dataclass(slots=True)
class GridCell:
    """One cell of a table, with the grid place that merged cells leave it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str

    @property
    def geometry(self) -> tuple[int, int, int, int]:
        """Row, column, rowspan, colspan."""
        return (self.row, self.column, self.rowspan, self.colspan)


@dataclass(frozen=True)
class Grid:
    """One table: its number in the document, from 1, and its cells in reading order."""

    number: int
    cells: tuple[GridCell, ...]

    def spot(self, row: int, column: int) -> str:
        """Where a person finds the grid place that counts from 0."""
        return f"表 {self.number} 第 {row + 1} 行第 {column + 1} 列"


@dataclass(frozen=True)
class Line:
    """One paragraph of the body: its number in the document, from 1."""

    number: int
    text: str
    paragraph: Element

    @property
    def style(self) -> str:
        """The style's id, blank for the default style."""
        return style(self.paragraph)


def outline(body: Element) -> list[Line | Grid]:
    """Every paragraph and table of the body, in order."""
    outlined: list[Line | Grid] = []
    printed = texts(body)
    lines = tables = 0
    for block in blocks(body):
        if block.tag == _TBL:
            tables += 1
            outlined.append(Grid(tables, _cells(block, printed)))
        else:
            lines += 1
            outlined.append(Line(lines, printed[block], block))
    return outlined


def spots(body: Element) -> list[str]:
    """For every w:p of the document in order, where a person finds it, counted as `outline` counts."""
    tops = list(blocks(body))
    tables, lines = (
        {block: number for number, block in enumerate((top for top in tops if top.tag == tag), 1)}
        for tag in (_TBL, _P)
    )
    return [_spot(paragraph, lines, tables) for paragraph in body.getroottree().getroot().iter(qn("p"))]


def _spot(paragraph: Element, lines: dict[Element, int], tables: dict[Element, int]) -> str:
    if paragraph in lines:
        return f"第 {lines[paragraph]} 段"
    cell = None
    for above in paragraph.iterancestors(qn("tc"), qn("tbl"), qn("p")):
        if above in lines:
            return f"第 {lines[above]} 段的文本框"
        if above in tables and cell is not None:
            row = next(cell.iterancestors(qn("tr")))
            at = 1 + sum(1 for _ in row.itersiblings(qn("tr"), preceding=True))
            column = 1 + _before(row) + sum(map(_span, cell.itersiblings(_TC, preceding=True)))
            return f"表 {tables[above]} 第 {at} 行第 {column} 列"
        cell = above if above.tag == qn("tc") else cell
    return ""


def _before(row: Element) -> int:
    """Grid columns left out at the start of a row."""
    properties = row.find(_ROW_PROPERTIES)
    before = None if properties is None else properties.find(_BEFORE)
    return 0 if before is None else _number(before)


def _span(cell: Element) -> int:
    span = cell.find(f"{qn('tcPr')}/{qn('gridSpan')}")
    return 1 if span is None else _number(span)


def _number(element: Element) -> int:
    """A number that should be there; a broken one counts as one."""
    value = element.get(_VALUE, "1")
    return min(int(value), MOST_COLUMNS) if re.fullmatch(r"[0-9]{1,4}", value) else 1


def _cells(table: Element, printed: Mapping[Element | None, str]) -> tuple[GridCell, ...]:
    cells: list[GridCell] = []
    above: dict[int, GridCell] = {}  # what a vertical merge may go on with, by column
    spans = {_cell(span): _number(span) for span in table.iter(_SPAN)}
    going_on = {_cell(merge) for merge in table.iter(_MERGE) if merge.get(_VALUE) != "restart"}
    for row, tr in enumerate(table.iterchildren(_TR)):
        column = _before(tr)
        for tc in tr.iter(_TC):
            if tc.getparent() is not tr and next(tc.iterancestors(_TR)) is not tr:
                continue  # a nested table's cell
            colspan = spans.get(tc, 1)
            if tc in going_on and column in above:
                above[column].rowspan += 1
            else:
                content = "\n".join(printed[block] for block in blocks(tc) if block.tag == _P)
                above[column] = GridCell(row, column, 1, colspan, content)
                cells.append(above[column])
            column += colspan
    return tuple(cells)


def _cell(merging: Element) -> Element | None:
    """The cell whose property this is."""
    properties = merging.getparent()
    return None if properties is None or properties.tag != _PROPERTIES else properties.getparent()


def bare(words: str) -> str:
    """Text without any space: what a label must be, however it is broken into lines."""
    return "".join(words.split())


@dataclass(frozen=True)
class Chapter:
    """One mandated section as found: its heading, None where it is missing, and what follows."""

    section: Section
    heading: Line | None
    content: tuple[Line | Grid, ...]


def chapters(mandate: Mandate, outlined: Sequence[Line | Grid]) -> list[Chapter]:
    """Cut a document at the mandated headings, taken in the mandated order."""
    starts: dict[str, int] = {}  # by section, without those that are missing
    headings: dict[str, Line] = {}
    at = 0
    for section in mandate.sections:
        for index, line in enumerate(outlined[at:], at):
            if isinstance(line, Line) and bare(line.text) == section.heading:
                starts[section.key], headings[section.key], at = index, line, index + 1
                break
    bounds = [*starts.values(), len(outlined)]
    ends = dict(zip(starts, bounds[1:], strict=True))
    return [
        Chapter(section, headings[key], tuple(outlined[starts[key] + 1 : ends[key]]))
        if (key := section.key) in starts
        else Chapter(section, None, ())
        for section in mandate.sections
    ]
