"""No number of a table is broken: columns as wide as their longest one, or smaller letters.

Word breaks a number that is wider than its cell between any two digits. Our own tables share their
width out anew, and take smaller letters, in all their cells alike, where that is not enough. Tables of
other templates keep their widths; their numbers alone become smaller.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nianbao.media.ooxml import Element, parse
from nianbao.media.word import layout
from nianbao.media.word.html.formats import Character, over, read_character
from nianbao.media.word.html.grid import Cell, Row, read_rows
from nianbao.media.word.html.numbering import Numbering
from nianbao.media.word.html.runs import DEFAULT_SIZE
from nianbao.media.word.html.styles import Styles, Theme
from nianbao.media.word.html.table_styles import cell_margins, read_table
from nianbao.media.word.html.wordml import measure
from nianbao.media.word.number_widths import DIGIT, EVEN_DIGIT, LARGEST, NUMBER, SHORT, em
from nianbao.media.word.oxml import qn, w

SMALLEST = 15  # half-points
_SPARE = 10  # twips: what a program may reckon otherwise
_CLOSEST = -12  # twips: letters closer than that would touch
_TIGHT = 5  # twips: the margin of a cell where all else is done
_ACROSS = 14  # characters of 5号 in a row's innermost label: rows are as high as with short numbers


@dataclass(slots=True)
class _Number:
    """A number in a table: its cell, its runs, and how wide it is at a size of one, in em."""

    cell: Cell
    runs: list[Element]
    em: float
    signs: int
    size: float  # half-points
    margins: float  # twips, left and right

    def need(self, size: float) -> int:
        """The width of its cell in twips, where letters have so many half-points."""
        return math.ceil(self.em * size * 10 + self.margins + _SPARE)


def fit(document: Element, styles: bytes | None) -> bool:
    """Give every number of the document's tables the room it needs; say whether any lacked it."""
    changed = False
    known = Styles(parse(styles) if styles else None, Theme({}), Numbering(None))
    formats: dict[tuple[str | None, Character], Character] = {}
    for table in document.iter(qn("tbl")):
        if all(
            len(text.text or "") <= SHORT for text in table.iter(qn("t")) if NUMBER.match(text.text or "")
        ):
            continue
        rows = read_rows(table)
        grid = table.iterfind(f"{qn('tblGrid')}/{qn('gridCol')}")
        columns = [round((measure(column, "w:w") or 0.0) * 20) for column in grid]
        if len(columns) < max((row.ends for row in rows), default=0):
            continue
        numbers = [number for number in _numbers(table, rows, known, formats) if _room(columns, number) > 0]
        if all(number.need(number.size) <= _room(columns, number) for number in numbers):
            continue
        changed = True
        if _ours(numbers, columns):
            _share_out(table, rows, columns, numbers)
        else:
            _shrink(numbers, columns)
    return changed


def _numbers(
    table: Element, rows: list[Row], styles: Styles, formats: dict[tuple[str | None, Character], Character]
) -> Iterator[_Number]:
    """The numbers in a table; `formats` keeps what runs of a style are set in, but for the table's style."""
    whole = read_table(table.find(qn("tblPr")), styles)
    for cell in (cell for row in rows for cell in row.cells):
        texts = list(cell.element.iter(qn("t")))
        letters = "".join(text.text or "" for text in texts)
        if not NUMBER.fullmatch(letters) or cell.element.find(f".//{qn('br')}") is not None:
            continue
        style = cell.element.find(f"{qn('p')}/{qn('pPr')}/{qn('pStyle')}")
        named = None if style is None else style.get(qn("val"))
        runs = [run for text in texts if (run := text.getparent()) is not None and run.tag == qn("r")]
        size, even = 0.0, True
        for key in ((named, read_character(run)) for run in runs):
            if key not in formats:
                formats[key] = over(key[1], styles.resolve(named).over(styles.base).character)
            size = max(size, (formats[key].size or DEFAULT_SIZE) * 2)
            even &= formats[key].ascii == layout.DIGITS
        margins = whole.margins | cell_margins(cell.element.find(f"{qn('tcPr')}/{qn('tcMar')}"))
        wide = em(letters, EVEN_DIGIT if even else DIGIT)
        yield _Number(cell, runs, wide, len(letters), size, (margins["left"] + margins["right"]) * 20)


def _room(columns: list[int], number: _Number) -> int:
    return sum(columns[number.cell.left : number.cell.right])


def _ours(numbers: list[_Number], columns: list[int]) -> bool:
    """Whether a table is as ours are: every number in the style for figures, and in a column of its own."""
    styles = {style.get(qn("val")) for number in numbers for style in number.cell.element.iter(qn("pStyle"))}
    alone = all(number.cell.right - number.cell.left == 1 for number in numbers)
    return styles == {layout.TABLE_FIGURE} and alone and sum(columns) == layout.TYPE_AREA


def _share_out(table: Element, rows: list[Row], columns: list[int], numbers: list[_Number]) -> None:
    """Widths for a table of ours: columns of numbers as they need, labels the rest."""
    figures = sorted({number.cell.left for number in numbers})
    labels = [column for column in range(len(columns)) if column not in figures]
    for size in range(LARGEST, SMALLEST - 1, -1):
        need = {
            column: max(number.need(size) for number in numbers if number.cell.left == column)
            for column in figures
        }
        least = math.ceil(2 * size * 10 + 3 * layout.CELL_MARGIN + _SPARE)  # two characters of its heading
        wide = _widths(columns, labels, {column: max(least, need[column]) for column in figures}, size)
        if wide is not None:
            break
    else:
        wide = columns
        _tighten(numbers, columns)
    if size < LARGEST:
        _set(table.iter(qn("r")), size)
    for column, width in zip(table.iterfind(f"{qn('tblGrid')}/{qn('gridCol')}"), wide, strict=True):
        column.set(qn("w"), str(width))
    _set_cells(table, wide)
    for cell in (cell for row in rows for cell in row.cells):
        if cell.left in figures and cell.right == cell.left + 1:
            _even_out(cell.element, wide[cell.left] - 2 * layout.CELL_MARGIN, size * 10)


def _even_out(cell: Element, room: int, character: int) -> None:
    """Give the lines of a column's heading as many characters each: 2 and 2, not 3 and 1."""
    words = "".join(text.text or "" for text in cell.iter(qn("t")))
    most = (room - layout.CELL_MARGIN) // character
    if NUMBER.fullmatch(words) or len(words) <= most:
        return
    line = math.ceil(len(words) / math.ceil(len(words) / most))
    side = (room - line * character - character // 2) // 2
    properties = cell.find(f"{qn('p')}/{qn('pPr')}")
    if side > 0 and properties is not None:
        _insert(properties, w("ind", left=side, right=side), ("jc", "rPr"))


def _widths(columns: list[int], labels: list[int], need: dict[int, int], size: int) -> list[int] | None:
    """All widths at a size, in twips; None where the labels are left too little."""
    whole, most = sum(columns), max(need.values())
    if not labels:
        if sum(need.values()) > whole:
            return None
        if most * len(need) <= whole:
            return columns
        spare, more = divmod(whole - sum(need.values()), len(need))
        return [need[column] + spare + (column < more) for column in range(len(columns))]
    outer = {column: round(columns[column] * size / LARGEST) for column in labels[:-1]}
    inner = math.ceil(_ACROSS * size * 10 + layout.LABEL_INDENT + 2 * layout.CELL_MARGIN + _SPARE)
    rest = whole - sum(outer.values())
    equal = dict.fromkeys(need, max(most, layout.NUMBER_COLUMN))
    for widths in (equal, need):
        if rest - sum(widths.values()) >= inner:
            known = outer | widths
            return [known.get(column, rest - sum(widths.values())) for column in range(len(columns))]
    return None


def _tighten(numbers: list[_Number], columns: list[int]) -> None:
    """The smallest letters, set closer, in cells without margins: what is left to do."""
    closer = 0
    for number in numbers:
        room = _room(columns, number) - 2 * _TIGHT - _SPARE / 2
        needed = math.floor((room - number.em * SMALLEST * 10) / number.signs)
        closer = min(closer, max(needed, _CLOSEST))
        margins = w("tcMar", *(w(side, w=_TIGHT, type="dxa") for side in ("left", "right")))
        _insert(number.cell.element.find(qn("tcPr")), margins, ("vAlign", "hideMark"))
    for number in numbers:
        _set(number.runs, SMALLEST, closer)


def _shrink(numbers: list[_Number], columns: list[int]) -> None:
    """Smaller letters for the numbers of another's table, all alike."""
    wanted = min((_room(columns, number) - number.margins - _SPARE) / (number.em * 10) for number in numbers)
    size = max(math.floor(wanted), SMALLEST)
    missing = min(
        (_room(columns, number) - number.need(min(size, number.size))) / number.signs for number in numbers
    )
    closer = max(math.floor(missing), _CLOSEST) if missing < 0 else None
    for number in numbers:
        if number.size > size:
            _set(number.runs, size, closer)


def _set(runs: Iterable[Element], size: int, closer: int | None = None) -> None:
    """Set runs in a size, and closer by so many twips."""
    for run in runs:
        properties = run.find(qn("rPr"))
        if properties is None:
            properties = w("rPr")
            run.insert(0, properties)
        wanted = {"sz": size, "szCs": size} | ({} if closer is None else {"spacing": closer})
        for name, value in wanted.items():
            for old in properties.findall(qn(name)):
                properties.remove(old)
            after = _AFTER_SPACING if name == "spacing" else _AFTER_SIZE
            _insert(properties, w(name, val=value), after)


_AFTER_SIZE = (
    "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
_AFTER_SPACING = ("w", "kern", "position", "sz", "szCs", *_AFTER_SIZE)


def _insert(parent: Element | None, element: Element, followers: tuple[str, ...]) -> None:
    """Put an element where the schema wants it: before the first of those that follow."""
    if parent is None:
        return
    tags = {qn(name) for name in followers}
    at = next((index for index, child in enumerate(parent) if child.tag in tags), len(parent))
    parent.insert(at, element)


def _set_cells(table: Element, widths: list[int]) -> None:
    """Give each cell the width of its columns."""
    for row in table.iterfind(qn("tr")):
        column = 0
        for cell in row.iterfind(qn("tc")):
            span = cell.find(f"{qn('tcPr')}/{qn('gridSpan')}")
            columns = 1 if span is None else int(span.get(qn("val"), "1"))
            own = cell.find(f"{qn('tcPr')}/{qn('tcW')}")
            if own is not None:
                own.set(qn("w"), str(sum(widths[column : column + columns])))
            column += columns
