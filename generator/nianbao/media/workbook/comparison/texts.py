"""The sheet of written sections: what became of each paragraph, with the changed words marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles.colors import Color
from openpyxl.workbook import Workbook

from nianbao.media.workbook import cells, styles
from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette, Value
from nianbao.report import Place
from nianbao.report.comparison import Comparison, Fate, Passage, Run, wording
from nianbao.report.narrative import without_control

COLUMNS = (
    Column("部分", 18),
    Column("比较", 20),
    Column("情形", 14, "word"),
    Column("原段", 6, "word"),
    Column("现段", 6, "word"),
    Column("原文", 58),
    Column("现文", 58),
)
OLD, NEW = len(COLUMNS) - 1, len(COLUMNS)
MARKED = {
    Fate.KEPT: InlineFont(rFont=styles.FONT, sz=listing.SIZE),
    Fate.GONE: InlineFont(rFont=styles.FONT, sz=listing.SIZE, color=Color("FF8C1D18"), strike=True),
    Fate.NEW: InlineFont(rFont=styles.FONT, sz=listing.SIZE, color=Color("FF14532D"), u="single", b=True),
}
SUMMARY, FOLLOWS = "小计", "（续）"


class _Row(NamedTuple):
    """A row of the sheet: what stands left, the words before and after, and whether it sums up."""

    left: list[Value]
    old: Sequence[Run] = ()
    new: Sequence[Run] = ()
    sum: bool = False


def add(book: Workbook, palette: Palette, comparison: Comparison) -> None:
    """Add the sheet; a paragraph too long for one row goes on in the next."""
    rows = list(_rows(comparison))[: listing.MOST_LINES]
    advice = (
        "删去的字有删除线，增加的字加粗、有下划线。"
        "“相同”按检查雷同的办法计算：年份、数字和标点不同的仍算相同。"
    )
    lines = (([*row.left, _text(row.old), _text(row.new)], "sum" if row.sum else "") for row in rows)
    sheet = listing.add(book, palette, wording.TEXTS, advice, COLUMNS, lines)
    listing.show(sheet, freeze=f"C{listing.FIRST}")
    for at, row in enumerate(rows, listing.FIRST):
        for column, runs in ((OLD, row.old), (NEW, row.new)):
            if len({run.fate for run in runs}) > 1:
                blocks = (TextBlock(MARKED[run.fate], cells.escaped(_text([run]))) for run in runs)
                sheet.cell(at, column).value = CellRichText(*blocks)


def _rows(comparison: Comparison) -> Iterator[_Row]:
    for section in comparison.sections:
        for step, rewriting in zip(comparison.steps, section.rewritings, strict=True):
            if not step.whole:
                place = [wording.heading(section), wording.step(comparison, step)]
                told = Run(Fate.KEPT, wording.rewriting(rewriting))
                yield _Row([*place, SUMMARY, None, None], (), (told,), sum=True)
                for passage in rewriting.passages:
                    yield from _passage(place, passage)


def _passage(place: Sequence[str], passage: Passage) -> Iterator[_Row]:
    word = wording.TURNS[passage.turn]
    old, new = (
        list(_cut(run for run in passage.runs if run.fate is not other)) for other in (Fate.NEW, Fate.GONE)
    )
    for at, (before, after) in enumerate(zip_longest(old, new, fillvalue=())):
        left: list[Value] = [*place, word + (FOLLOWS if at else ""), passage.before, passage.after]
        yield _Row(left, before, after)


def _cut(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """The words in pieces that a row has room for."""
    piece: list[Run] = []
    room = listing.LONGEST
    for run in runs:
        text = run.text
        while text:
            if not room:
                yield tuple(piece)
                piece, room = [], listing.LONGEST
            piece.append(run._replace(text=text[:room]))
            text, room = text[room:], max(room - len(text), 0)
    if piece:
        yield tuple(piece)


def _text(runs: Sequence[Run]) -> str:
    return without_control("".join(run.text for run in runs), Place(""))[0]
