"""Words on a sheet where nothing is filled in: beside the paragraphs, right of a table, or below it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from nianbao.media.workbook.keys import BALANCE, CAPTION, COLUMNS, VALUE
from nianbao.media.workbook.rows import Row

Stray = tuple[str, int, Row]  # the words, their column and their row


def strays(rows: Sequence[Row], key_column: int, texts: Collection[int]) -> Iterator[Stray]:
    """The words that a clerk has typed where nobody reads them; `texts` are the columns of paragraphs.

    What a formula gives, numbers, and what the workbook itself says beside its cells are none.
    """
    yield from _beside(rows, key_column, texts) if texts else _outside(rows, key_column)


def _beside(rows: Sequence[Row], key_column: int, texts: Collection[int]) -> Iterator[Stray]:
    """Words in the rows of paragraphs, but in another column; right of them also in the rows above."""
    for row in rows:
        key = row.cell(key_column).value
        first = max(texts) + 1 if key == CAPTION else len(row.cells) if key == COLUMNS else 0
        for column in range(first, len(row.cells)):
            if column != key_column and column not in texts and (words := _words(row, column)):
                yield words, column, row


def _outside(rows: Sequence[Row], key_column: int) -> Iterator[Stray]:
    """Words right of the last column that has a key, and of the advice on it; and in rows without a key
    below the first that has one: below a table, or put into it.
    """
    edge = 0
    for row in rows:
        if row.cell(key_column).value == COLUMNS:
            keyed = [index for index, cell in enumerate(row.cells) if isinstance(cell.value, str)]
            advised = any(row.cell(index).value == VALUE for index in keyed)
            edge = max(edge, keyed[-1] + 1 + advised)
    begun = False
    for row in rows:
        key = row.cell(key_column).value
        if isinstance(key, str):
            begun = key != COLUMNS
        first = 0 if begun and not isinstance(key, str) else edge
        for column in range(first, len(row.cells)):
            if (words := _words(row, column)) and words != BALANCE:
                yield words, column, row


def _words(row: Row, column: int) -> str:
    cell = row.cells[column]
    if cell.formula or not isinstance(cell.value, str):
        return ""
    words = cell.value.strip()
    return "" if words.isdecimal() else words
