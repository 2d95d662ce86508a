"""Small raised signs behind a word or a figure: they point to a note; behind a unit they are its power."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nianbao.media.pdf.reading.glyphs import Glyph
from nianbao.report.published import note_marks as shared

SMALL = 0.86  # of the size of what it stands behind, up to which a sign is small; browsers make it 0.83
RAISED, HIGHEST = 0.15, 0.75  # of that size, by which it stands above the base line
BESIDE = 0.6  # of a size: a mark follows no further away
STEP = 24.0  # points: neighbours are looked for by squares of this size
Squares = dict[tuple[int, int], list[Glyph]]
BEFORE = 4  # characters, by which a unit or a power of ten is known


def note_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The marks among the characters of a page, in their order; real powers become raised digits instead."""
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if len({round(glyph.size, 1) for glyph in printed}) < 2 and not any(map(_is_superscript, printed)):
        return []
    squares: Squares = {}
    for glyph in printed:
        squares.setdefault(_square(glyph), []).append(glyph)
    runs: dict[int, list[Glyph]] = {}  # by each raised sign: what they stand behind, and those side by side
    for glyph in sorted((glyph for glyph in printed if shared.LETTER.fullmatch(glyph.text)), key=_left):
        before = _before(glyph, squares)
        run = runs.get(id(before), [before] if before else [])
        if run and (_is_superscript(glyph) or _is_raised(glyph, run[0])):
            run.append(glyph)
            runs[id(glyph)] = run
    marks = {
        id(glyph)
        for run in {id(run): run for run in runs.values()}.values()
        for glyph in _marks(run, squares)
    }
    return [glyph for glyph in glyphs if id(glyph) in marks]


def _marks(run: Sequence[Glyph], squares: Squares) -> Sequence[Glyph]:
    """The raised signs behind a character if they are a note mark; digits of a power are made small ones."""
    body, raised = run[0], run[1:]
    before = [body]
    while len(before) < BEFORE and (further := _before(before[0], squares)) is not None:
        before.insert(0, further)
    line = [shared.Piece("".join(glyph.text for glyph in before), raised=False)]
    line += [shared.Piece(glyph.text, raised=True) for glyph in raised]
    line += [shared.Piece(glyph.text, raised=False) for glyph in _after(raised[-1], squares)]
    read = shared.read(line)[1 : len(raised) + 1]
    if any(piece.mark for piece in read):
        return raised
    for glyph, piece in zip(raised, read, strict=True):
        glyph.text = piece.text
    return ()


def _is_superscript(glyph: Glyph) -> bool:
    return any(part.raised for part in shared.parted(glyph.text))


def _left(glyph: Glyph) -> float:
    return glyph.left


def _is_raised(glyph: Glyph, body: Glyph) -> bool:
    rise = body.base - glyph.base
    return glyph.size <= SMALL * body.size and RAISED * body.size <= rise <= HIGHEST * body.size


def _square(glyph: Glyph) -> tuple[int, int]:
    return int(glyph.left // STEP), int(glyph.middle // STEP)


def _before(glyph: Glyph, squares: Squares) -> Glyph | None:
    """The character that it follows on its line."""
    return max(
        (other for other in _near(glyph, -1, squares) if _follow(other, glyph)), key=_left, default=None
    )


def _after(glyph: Glyph, squares: Squares) -> list[Glyph]:
    """The character that follows it on its line, if any."""
    return sorted((other for other in _near(glyph, 1, squares) if _follow(glyph, other)), key=_left)[:1]


def _near(glyph: Glyph, side: int, squares: Squares) -> Iterable[Glyph]:
    across, down = _square(glyph)
    for x in (across, across + side):
        for y in (down - 1, down, down + 1):
            yield from squares.get((x, y), ())


def _follow(left: Glyph, right: Glyph) -> bool:
    """Whether two characters stand side by side on one line, in this order."""
    size = max(left.size, right.size)
    level = abs(left.base - right.base) <= HIGHEST * size
    return left.left < right.left and right.left - left.right < BESIDE * size and level
