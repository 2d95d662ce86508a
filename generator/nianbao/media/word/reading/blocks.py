"""The blocks of a document one after another: paragraphs as lines, tables as grids."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from nianbao.media.ooxml import Element, Package
from nianbao.media.word.html import math
from nianbao.media.word.html.css import color
from nianbao.media.word.html.formats import Layer
from nianbao.media.word.html.grid import Cell, Row, read_rows
from nianbao.media.word.html.shading import ground
from nianbao.media.word.html.styles import Styles
from nianbao.media.word.html.table_styles import TableFormat, read_table
from nianbao.media.word.html.unsupported import BODY
from nianbao.media.word.html.wordml import attribute, child, flag, local, name, switch, text_of, unwrapped
from nianbao.media.word.reading.doubts import doubt, figures_apart, joined
from nianbao.media.word.reading.letters import PAPER, TINY, Letters
from nianbao.media.word.reading.passages import PassageReader, Printed
from nianbao.report import Place, Problem, rule
from nianbao.report.left_out import LeftOut, Reason
from nianbao.report.published import Grid, GridCell, Line, Published

Embedded = Callable[[bytes, str, str], Published]
_NOTHING, _BOX, _DIRECTION = Layer(), name("w:txbxContent"), name("w:bdo")


class BlockReader:
    """Reads the body of one document, and gathers what is `left_out` of it; counts lines and tables."""

    def __init__(
        self,
        package: Package,
        styles: Styles,
        prompts: Mapping[Element, Sequence[str]],
        embedded: Embedded | None,
    ) -> None:
        self.package, self.styles, self.embedded = package, styles, embedded
        self.passages = PassageReader(package, styles, prompts)
        self.left_out: list[LeftOut] = []
        self.problems: list[Problem] = []  # of documents that lie in this one
        self.title = ""  # which those have
        self._lines = self._tables = 0
        self._box = ""  # what the text box is called that is read
        self._overridden = False  # whether the direction of letters is turned anywhere

    def read(self, body: Element) -> Iterator[Line | Grid]:
        """Everything in order; where letters may stand on a picture, nobody knows what lies behind them."""
        self._overridden = next(body.iter(_DIRECTION), None) is not None
        yield from self._blocks(body, None if _has_picture_behind(body) else self._paper())

    def _paper(self) -> str:
        """The ground of the page."""
        settings = self.package.related(self.package.main, "settings")
        background = child(self.package.tree(self.package.main), "w:background")
        shown = switch(settings, "w:displayBackgroundShape")
        return (color(attribute(background, "w:color")) if shown else None) or PAPER

    def _blocks(self, parent: Iterable[Element], behind: str | None) -> Iterator[Line | Grid]:
        for block in unwrapped(parent):
            tag = local(block)
            if tag == "w:p":
                self._lines += not self._box
                for printed in self.passages.add(block, behind, _NOTHING):
                    yield from self._line(printed)
            elif tag in ("w:tbl", "w:altChunk", "m:oMath", "m:oMathPara"):
                for printed in self.passages.rest(behind):
                    yield from self._line(printed)
                if tag == "w:tbl":
                    yield from self._table(block)
                elif tag == "w:altChunk":
                    yield from self._embedded(attribute(block, "r:id") or "")
                else:
                    yield Line(math.text(block), self._place(self._spot))
        for printed in self.passages.rest(behind):
            yield from self._line(printed)

    @property
    def _spot(self) -> str:
        return self._box or f"第 {self._lines} 段"

    def _place(self, spot: str) -> Place:
        return Place(self.package.file, part=BODY, cell=spot)

    def _line(self, printed: Printed) -> Iterator[Line | Grid]:
        place = self._place(self._spot)
        self._leave_out(printed.left_out, place)
        text = printed.number + printed.text
        yield from (Line(part, place, printed.right) for part in text.split("\n"))
        outer = self._box
        for box in printed.boxes:
            self._box = f"第 {self._lines} 段的文本框"
            yield from self._blocks(box, None)  # what fills the box is drawn behind it
        self._box = outer

    def _leave_out(self, items: Iterable[tuple[Reason, str]], place: Place) -> None:
        self.left_out += [LeftOut(reason, text, place) for reason, text in items if text.strip()]

    def _embedded(self, identity: str) -> Iterator[Line | Grid]:
        relation = self.package.relations(self.package.main).get(identity)
        part = "" if relation is None or relation.external else relation.target
        content = self.package.parts.get(part)
        if content is None or self.embedded is None:
            what = f"正文嵌在另一份文档里（{posixpath.basename(part) or 'altChunk'}），读不出"
            mend = "请用 Word 打开，另存一份 .docx，使嵌入的内容成为正文"
            raise rule("wrong-file").refusal(self.package.file, what, mend)
        inner = self.embedded(content, self.package.file, posixpath.basename(part))
        self.problems += inner.problems
        self.title = self.title or inner.title
        yield from inner.blocks

    def _table(self, table: Element) -> Iterator[Line | Grid]:
        """A grid; of a table that only arranges the page (of one cell, or of tables) what stands in it."""
        rows = read_rows(table)
        format = read_table(child(table, "w:tblPr"), self.styles)
        columns = max((row.ends for row in rows), default=0)
        cells = [
            (cell, row, format.for_cell(cell.spot, len(rows), columns)) for row in rows for cell in row.cells
        ]
        if len(cells) == 1 or _arranges(table, len(cells)):
            for cell, _, own in cells:
                yield from self._blocks(cell.element, _ground(cell, own) or PAPER)
            return
        self._tables += 1
        label = self._box or f"表 {self._tables}"
        self._tell_hidden_rows(table, label)
        grid = tuple(self._cell(cell, row, own, label) for cell, row, own in cells)
        yield Grid(grid, self._place(label))

    def _tell_hidden_rows(self, table: Element, label: str) -> None:
        rows = [element for element in unwrapped(table) if local(element) == "w:tr"]
        for number, row in enumerate(rows, 1):
            if switch(child(row, "w:trPr"), "w:hidden"):
                place = self._place(f"{label} 第 {number} 行")
                self._leave_out([(Reason.HIDDEN, text_of(row))], place)

    def _cell(self, cell: Cell, row: Row, format: TableFormat, label: str) -> GridCell:
        place = self._place(f"{label} 第 {cell.row + 1} 行第 {cell.left + 1} 列")
        behind = _ground(cell, format) or PAPER
        lines: list[str] = []
        boxed: list[str] = []
        letters: list[Letters] = []
        numbered = False
        flat = row.exact and row.height is not None and row.height <= TINY and cell.rows == 1
        for printed in self._printed(cell.element, behind, format.layer, flat=flat):
            boxed += [printed.art] if printed.art else []
            self._leave_out(printed.left_out, place)
            lines.append(printed.number + printed.text)
            letters += printed.letters
            numbered = numbered or bool(printed.number)
            for box in printed.boxes:
                for inner in self._printed(box, None, _NOTHING):
                    self._leave_out(inner.left_out, place)
                    boxed.append(inner.number + inner.text)
                    letters += inner.letters
        why = figures_apart(letters, "".join(lines), "".join(boxed), numbered) or doubt(letters, behind)
        if self._overridden and _is_overridden(cell.element):
            why = "文字从右向左排"
        spans = cell.rows, cell.right - cell.left
        text, apart = joined([*lines, *boxed])
        return GridCell(cell.row, cell.left, *spans, text, place, why or apart)

    def _printed(
        self, parent: Element, behind: str | None, layer: Layer, *, flat: bool = False
    ) -> Iterator[Printed]:
        """The paragraphs of a cell, or of a text box in one, with those of tables in that."""
        for block in unwrapped(parent):
            if local(block) == "w:p":
                yield from self.passages.add(block, behind, layer, flat=flat)
            elif local(block) == "w:tbl":
                for row in read_rows(block):
                    for cell in row.cells:
                        yield from self._printed(cell.element, behind, layer)
        yield from self.passages.rest(behind)


def _arranges(table: Element, cells: int) -> bool:
    """Whether a table arranges the page: the tables in it, but for text boxes, have more cells than it."""
    inner = [
        below
        for below in table.iterdescendants(table.tag)
        if next(below.iterancestors(_BOX, table.tag)).tag != _BOX
    ]
    return sum(1 for below in inner for _ in below.iter(name("w:tc"))) >= cells > 0 and bool(inner)


def _ground(cell: Cell, format: TableFormat) -> str | None:
    """What lies behind the letters of a cell, as CSS writes it."""
    shade = child(child(cell.element, "w:tcPr"), "w:shd")
    return color(format.fill if shade is None else ground(shade))


def _is_overridden(cell: Element) -> bool:
    """Whether letters of a cell are set from the right to the left, as they would not be by themselves."""
    return any(attribute(element, "w:val") == "rtl" for element in cell.iter(_DIRECTION))


def _has_picture_behind(body: Element) -> bool:
    """Whether a drawing lies behind the text somewhere."""
    behind = (flag(anchor, "behindDoc") for anchor in body.iter(name("wp:anchor")))
    older = ("z-index:-" in shape.get("style", "").replace(" ", "") for shape in body.iter(name("v:shape")))
    return any(behind) or any(older)
