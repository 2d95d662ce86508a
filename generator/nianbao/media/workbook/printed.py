"""What of a cell is printed: without what is struck out or not seen, and what cannot be read for certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from nianbao.mandate import Slot
from nianbao.media.workbook import number_formats
from nianbao.media.workbook.appearance import SMALLEST, Appearance, is_of_pictures
from nianbao.media.workbook.cell_looks import Face, Looks
from nianbao.media.workbook.colours import pale, unseen
from nianbao.media.workbook.rich_text import RichText
from nianbao.media.workbook.rows import Seen
from nianbao.report import figure as figures
from nianbao.report.figure import State, plain
from nianbao.report.invisible import EDGE, SIGN
from nianbao.report.left_out import Reason
from nianbao.report.problem import Place
from nianbao.report.published import note_marks

ALIKE = 0.75  # sizes of characters of one figure, the smaller to the larger
_BREAK = re.compile(rf"[\d.,，][{EDGE}]*[\n\r\v\f\x85\u2028\u2029][{EDGE}\v\f\x85\u2028\u2029]*[\d.,，]")
_NOWHERE = Place("")
_ANY = Looks()
Omission = tuple[Reason, str]


class Printed(NamedTuple):
    """A cell's value as it is printed, what was left out of it, and why it cannot be read, or ""."""

    value: object
    left_out: Sequence[Omission] = ()
    doubt: str = ""


class Piece(NamedTuple):
    """Characters of a cell that look the same."""

    text: str
    face: Face


def figure(cell: Seen, appearance: Appearance | None, slot: Slot) -> Printed:
    """The figure that is printed of a cell."""
    value = cell.value
    if appearance is None:
        return _words(value, []) if isinstance(value, str) else Printed(value)
    if (outcome := _unseen(value, appearance)) is not None:
        return outcome
    if isinstance(value, str):
        return _joined(_pieces(value, appearance), appearance)
    doubt = _doubt([Piece("", appearance.look.face)], appearance)
    if doubt or isinstance(value, bool) or not isinstance(value, int | float):
        return Printed(value, doubt=doubt)
    return _number(value, appearance, slot)


def text(cell: Seen, appearance: Appearance | None) -> Printed:
    """The text that is printed of a cell: a number as its format shows it."""
    value = cell.value
    if appearance is None:
        return Printed(value)
    if (outcome := _unseen(value, appearance)) is not None:
        return outcome
    if isinstance(value, str):
        kept, left_out = _seen(_pieces(value, appearance), appearance)
        line = note_marks.read([note_marks.Piece(piece.text, piece.face.rise > 0) for piece in kept])
        words = "".join(piece.text for piece in line)
        left_out += [(Reason.NOTE_MARK, piece.mark) for piece in line if piece.mark]
        printed = number_formats.of_text(words, appearance.look.code).text or ""
        if words.strip(EDGE) and not printed.strip(EDGE):
            return Printed(None, [(Reason.HIDDEN, words)])
        return Printed(printed or None, left_out)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Printed(value)
    exact = _exact(value)
    shown = number_formats.of_number(exact, appearance.look.code).text
    if shown is not None and not shown.strip():
        return Printed(None, [(Reason.HIDDEN, plain(exact))])
    return Printed(value if shown is None or shown == plain(exact) else shown.strip())


def unmarked(label: RichText) -> str:
    """A label without what is raised or struck out in it."""
    faces = (Face() if run.font is None else _ANY.face(run.font) for run in label.runs)
    seen = zip(label.runs, faces, strict=True)
    return "".join(run.text for run, face in seen if not (face.struck or face.rise))


def _exact(number: float) -> Decimal:
    return Decimal(f"{number:.15g}") if isinstance(number, float) else Decimal(number)


def _unseen(value: object, appearance: Appearance) -> Printed | None:
    """What becomes of a cell that nobody sees, as a whole; None where it is seen."""
    if value is None:
        return Printed(None)
    words = (
        value
        if isinstance(value, str)
        else plain(_exact(value))
        if isinstance(value, int | float)
        else str(value)
    )
    if appearance.covered:
        return Printed(None, [(Reason.HIDDEN, words)]) if words.strip(EDGE) else Printed(None)
    if isinstance(value, RichText) or not words.strip(EDGE):
        return None
    reason = _reason(appearance.look.face, appearance)
    return None if reason is None else Printed(None, [(reason, words)])


def _reason(face: Face, appearance: Appearance) -> Reason | None:
    """Why characters are no part of the report; None where they are."""
    if face.struck:
        return Reason.STRUCK
    if face.size < SMALLEST:
        return Reason.HIDDEN
    return Reason.UNSEEN if unseen(face.colour, appearance.look.ground) else None


def _pieces(value: str, appearance: Appearance) -> list[Piece]:
    own = appearance.look.face
    if not isinstance(value, RichText):
        return [Piece(value, own)]
    faces = [own if run.font is None else appearance.looks.face(run.font) for run in value.runs]
    return [Piece(run.text, face) for run, face in zip(value.runs, faces, strict=True)]


def _seen(pieces: Sequence[Piece], appearance: Appearance) -> tuple[list[Piece], list[Omission]]:
    """The pieces that are printed, and what was left out."""
    kept: list[Piece] = []
    left_out: list[Omission] = []
    for piece in pieces:
        if piece.text.strip(EDGE) and (reason := _reason(piece.face, appearance)) is not None:
            left_out.append((reason, piece.text))
        else:
            kept.append(piece)
    return kept, left_out


def _joined(pieces: Sequence[Piece], appearance: Appearance) -> Printed:
    """The figure that the pieces are together, where a rule says so."""
    kept, left_out = _seen(pieces, appearance)
    filled = [piece for piece in kept if piece.text.strip(EDGE)]
    while len(filled) > 1 and _marks(filled, -1):
        left_out.append((Reason.NOTE_MARK, filled.pop().text.strip(EDGE)))
    while len(filled) > 1 and _marks(filled, 0):
        left_out.append((Reason.NOTE_MARK, filled.pop(0).text.strip(EDGE)))
    if not filled:
        return Printed(None, left_out)
    if doubt := _doubt(filled, appearance):
        return Printed("".join(piece.text for piece in kept), left_out, doubt)
    first, last = kept.index(filled[0]), len(kept) - kept[::-1].index(filled[-1])
    words = "".join(piece.text for piece in kept[first:last])
    shown = number_formats.of_text(words, appearance.look.code).text or ""
    if not shown.strip(EDGE):
        return Printed(None, [*left_out, (Reason.HIDDEN, words)])
    if shown != words and SIGN.sub("", shown).strip() != SIGN.sub("", words).strip():
        before, after = (re.sub(r"\D", "", text) for text in (words, shown))
        if before != after:
            return Printed(words, left_out, f"单元格的格式把它显示为“{shown}”")
    return _words(words, left_out)


def _marks(filled: Sequence[Piece], at: int) -> bool:
    """Whether the first or the last piece is a note mark beside the figure."""
    mark, beside = filled[at], filled[1 if at == 0 else -2]
    if beside.face.rise:
        return False
    if mark.face.rise > 0:
        return note_marks.is_mark(mark.text) and not (
            at and note_marks.is_exponent(mark.text, beside.text, "")
        )
    return mark.face.size < ALIKE * beside.face.size and note_marks.is_sign(mark.text)


def _doubt(filled: Sequence[Piece], appearance: Appearance) -> str:
    """Why the characters of a figure cannot be read as they stand, "" where they can."""
    if appearance.perhaps:
        return "条件格式可能使它看不见或者变样"
    rises = {piece.face.rise for piece in filled}
    if len(rises) > 1:
        return "其中的字高低不同"
    if rises != {0}:
        return "整格是上标或者下标"
    sizes = [piece.face.size for piece in filled]
    if min(sizes) < ALIKE * max(sizes):
        return "其中的字大小不同"
    if any(is_of_pictures(piece.face.font) for piece in filled):
        return "用的是图形符号的字体，印出的不是数字"
    if any(pale(piece.face.colour, appearance.look.ground) for piece in filled):
        return "字的颜色太淡，几乎看不见"
    return ""


def _number(value: float, appearance: Appearance, slot: Slot) -> Printed:
    """A number whose format shows the same number; any other is asked about."""
    exact, look = _exact(value), appearance.look
    shown, colour = number_formats.of_number(exact, look.code)
    ink = appearance.looks.palette.in_format(colour) if colour else None
    if ink is not None and unseen(ink, look.ground):
        return Printed(None, [(Reason.UNSEEN, plain(exact))])
    if shown is not None and not shown.strip():
        return Printed(None, [(Reason.HIDDEN, plain(exact))])
    if shown is None:
        return Printed(value, doubt=f"单元格的格式“{look.code}”使它印出别的样子")
    read = figures.read(shown.strip(), slot.kind, slot.unit, _NOWHERE)
    same = read.number is not None and read.number == exact
    if same or (read.state is State.NOT_APPLICABLE and not exact):  # 会计专用 shows nought as a dash
        return Printed(value)
    return Printed(plain(exact), doubt=f"单元格的格式把它显示为“{shown.strip()}”")


def _words(words: str, left_out: Sequence[Omission]) -> Printed:
    """A figure written as text: without note marks; one that is broken into lines is asked about."""
    bare, marks = note_marks.part(words)
    if _BREAK.search(bare.strip(EDGE)):
        return Printed(words, left_out, "格里的数分在两行，可能是一个数，也可能是两个")
    return Printed(str(bare), [*left_out, (Reason.NOTE_MARK, marks)] if marks else left_out)
