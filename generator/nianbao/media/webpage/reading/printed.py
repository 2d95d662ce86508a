"""What of a page's text is printed: without what is struck, hidden, unseen or a note mark; and doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from nianbao.media.webpage.reading.css import Style
from nianbao.media.webpage.reading.elements import PICTURE, Piece
from nianbao.report.invisible import EDGE
from nianbao.report.left_out import BACKWARDS, Reason
from nianbao.report.published import note_marks
from nianbao.report.published.document import BROKEN

UNSEEN, FAINT, CLEAR = 1.1, 1.3, 2.0  # contrast up to which a text is not seen, hardly seen, pale
SMALLER = 0.84  # part of the size from which on letters differ; `smaller` of CSS is 0.833
LEAST_SIZE = 2.0  # pixels of letters that are seen
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_DIGIT = re.compile("[0-9０-９]")
_NUMBER = re.compile(r"[0-9０-９](?:[\s.,，．]*[0-9０-９])*")
_BROKEN = re.compile(r"[0-9０-９]\s*\n\s*[0-9０-９]")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")


class Printed(NamedTuple):
    """A line as it is printed, in the pieces that are left, and what was left out of it and why."""

    pieces: tuple[Piece, ...]
    left_out: tuple[tuple[Reason, str], ...]

    @property
    def text(self) -> str:
        """The text of the line; lowered digits beside others as such: they are none of the same number."""
        if all(piece.style.rise < 0 for piece in self.pieces):
            return self.digits
        return _tidy("".join(map(_lowered, self.pieces)))

    @property
    def digits(self) -> str:
        """The text of the line as it stands in the file."""
        return _tidy("".join(piece.text for piece in self.pieces))


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", text).replace(PICTURE, "").strip(" ")


def printed(pieces: Iterable[Piece]) -> Printed:
    """A line without what is no part of it."""
    left_out: list[tuple[Reason, str]] = []
    seen: list[Piece] = []
    for piece in pieces:
        reason = _reason(piece.style)
        if reason is None:
            seen.append(piece)
        else:
            left_out.append((reason, piece.text))
    parts = [(part, piece.style) for piece in seen for part in note_marks.parted(piece.text)]
    if len(parts) < 2:  # beside nothing else it is neither raised nor small
        return Printed(tuple(seen), tuple(_joined(left_out)))
    line = [note_marks.Piece(part.text, part.raised or style.rise > 0) for part, style in parts]
    kept: list[Piece] = []
    for (part, style), (text, mark) in zip(parts, note_marks.read(line), strict=True):
        if style.rise <= 0 and note_marks.is_sign(text) and _is_small(style, kept):
            text, mark = "", text
        if mark:
            left_out.append((Reason.NOTE_MARK, mark))
        if text:
            kept.append(Piece(text, style if text == part.text else style._replace(rise=0)))
    return Printed(tuple(kept), tuple(_joined(left_out)))


def _reason(style: Style) -> Reason | None:
    """Why a text of this style is no part of the report, None where it is."""
    if style.prompt:
        return Reason.PROMPT
    if style.hidden or not style.visible or style.size < LEAST_SIZE:
        return Reason.HIDDEN
    if style.phonetic:
        return Reason.PHONETIC
    if style.struck:
        return Reason.STRUCK
    return Reason.UNSEEN if style.contrast <= UNSEEN else None


def _is_small(style: Style, before: Sequence[Piece]) -> bool:
    written = [earlier for earlier in before if earlier.text.strip(EDGE)]
    return bool(written) and style.size < SMALLER * written[-1].style.size


def _lowered(piece: Piece) -> str:
    return piece.text.translate(_LOWERED) if piece.style.rise < 0 else piece.text


def _joined(left_out: Iterable[tuple[Reason, str]]) -> Iterator[tuple[Reason, str]]:
    """What was left out for one reason together, without what is blank."""
    texts: dict[Reason, str] = {}
    for reason, text in left_out:
        texts[reason] = texts.get(reason, "") + text
    for reason, text in texts.items():
        if words := _tidy(text).strip(EDGE):
            yield reason, words


def doubt(lines: Sequence[Printed], cell: Style) -> str:
    """Why the figure in a cell cannot be read for certain; "" where it can, or where there is none."""
    whole = "".join(piece.text for line in lines for piece in line.pieces)
    if PICTURE in whole:
        return "格里有图片，图片里的字读不出"
    if not _DIGIT.search(whole):
        return ""
    signs: list[tuple[str, Style]] = []
    for line in lines:
        signs += [("\n", cell)] if signs else []
        signs += [(sign, piece.style) for piece in line.pieces for sign in piece.text]
    text = "".join(sign for sign, _ in signs)
    for number in _NUMBER.finditer(text):
        digits = (style for sign, style in signs[number.start() : number.end()] if sign.isdigit())
        if why := _differences(list({id(style): style for style in digits}.values()), cell):
            return why
    if _BROKEN.search(text) and not _DECIMAL.fullmatch(re.sub(r"\s+", "", text)):
        return BROKEN
    return ""


def _differences(styles: Sequence[Style], cell: Style) -> str:
    """What makes the digits of one number uncertain."""
    if any(style.reversed for style in styles):
        return BACKWARDS
    if {style.strange for style in styles} != {cell.strange}:
        return "有的数字的样式要由浏览器算出，认不准"
    if len({style.moved for style in styles}) > 1:
        return "有的数字不在原来的位置"
    if len({style.rise for style in styles}) > 1:
        return "几个数字的高低不同"
    if len({style.linked for style in styles}) > 1:
        return "有的数字是注释的链接"
    sizes = [style.size for style in styles]
    if min(sizes) < SMALLER * max(sizes):
        return "几个数字的大小不同"
    if all(style.rise and style.size < SMALLER * cell.size for style in styles):
        return "格里只有上标或者下标的数字"
    contrasts = [style.contrast for style in styles]
    if max(contrasts) <= FAINT:
        return "数字的颜色太淡，几乎看不见"
    return "有的数字颜色很淡" if min(contrasts) <= CLEAR < max(contrasts) else ""
