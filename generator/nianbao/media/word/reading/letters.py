"""What of a paragraph's letters a person reads on paper, and why the rest is no part of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nianbao.media.word.html.css import color
from nianbao.media.word.html.decoration import background
from nianbao.media.word.html.formats import Character
from nianbao.media.word.html.inline import Mark, Piece
from nianbao.media.word.html.runs import DEFAULT_SIZE
from nianbao.report.left_out import Reason
from nianbao.report.published import note_marks
from nianbao.report.published.note_marks import Piece as MarkPiece

PAPER = "#ffffff"
TINY = 2.0  # points, up to which nobody reads a letter
NARROW = 10  # per cent of its width
ALIKE = 20  # of 255: two colours that differ no more in any channel are one to the eye
SMALLER = 0.8  # of the other letters' size: what is so small and raised is a mark, not a wave in the line
_SIGNS = str.maketrans({"\u2011": "-", "\f": "\n", "\v": "\n"})  # as typed: a hyphen, and breaks of any kind


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of one format; `raised` where they stand above the line as small ones do.

    `note` where Word itself says that they call a note, with the note's own words in `words`.
    """

    text: str
    format: Character
    raised: bool = False
    note: bool = False
    words: str = ""

    @property
    def size(self) -> float:
        """In points."""
        return self.format.size or DEFAULT_SIZE


@dataclass(frozen=True, slots=True)
class Passage:
    """The letters of one paragraph that are read, and what is left out of it, in order."""

    letters: tuple[Letters, ...]
    left_out: tuple[tuple[Reason, str], ...]

    @property
    def text(self) -> str:
        """The letters as they are read."""
        return "".join(letters.text for letters in self.letters)


def letters_of(pieces: Iterable[Piece], notes: Sequence[str] = ()) -> list[Letters]:
    """The letters of a paragraph's pieces; `notes` are the words of the notes it calls, in order."""
    waiting = list(notes)[::-1]
    found: list[Letters] = []
    for piece in pieces:
        format = piece.format or Character()
        text = ("\t" if _is_tab(piece) else piece.text).translate(_SIGNS)
        if isinstance(piece, Mark):
            if text and not _is_counted(piece):
                found += _parted(text, format)
        elif piece.note:
            found.append(Letters(text, format, note=True, words=waiting.pop() if waiting else ""))
        else:
            found += _parted(text, format)
    return _with_small_ones(found)


def _is_tab(piece: Piece) -> bool:
    return isinstance(piece, Mark) and not piece.text and piece.html.startswith('<span class="tab"')


def _is_counted(mark: Mark) -> bool:
    """Whether it is the number of a page, which is known only when pages are made."""
    return mark.html.startswith('<span class="page')


def _parted(text: str, format: Character) -> Iterator[Letters]:
    """Letters apart from those that Unicode has as small raised ones."""
    for part in note_marks.parted(text):
        yield Letters(part.text, format, raised=part.raised or format.raised == "superscript")


def _with_small_ones(found: list[Letters]) -> list[Letters]:
    """The same, with those marked that are lifted and smaller than most."""
    if not any((letters.format.position or 0.0) > 0 for letters in found):
        return found
    sizes: Counter[float] = Counter()
    for letters in found:
        if not (letters.raised or letters.note or letters.format.position):
            sizes[letters.size] += len(letters.text.strip())
    usual = max(sizes, key=sizes.__getitem__) if sizes else 0.0
    return [
        replace(letters, raised=True)
        if (letters.format.position or 0.0) > 0 and letters.size <= SMALLER * usual
        else letters
        for letters in found
    ]


def read(found: Sequence[Letters], ground: str | None, *, lost: bool = False) -> Passage:
    """What is read of a paragraph on a ground, as CSS writes it; None where nobody knows what lies behind.

    `lost` says that all of it is cut off or lies off the page.
    """
    kept: list[Letters] = []
    left_out: list[tuple[Reason, str]] = []
    shown = [(letters, _unread(letters, ground) or (Reason.HIDDEN if lost else None)) for letters in found]
    line = [MarkPiece(one.text, one.raised) for one, why in shown if why is None and not one.note]
    printed = iter(note_marks.read(line))
    for index, (letters, reason) in enumerate(shown):
        if reason is None and not letters.note:
            text, mark = next(printed)
            if text:
                kept.append(replace(letters, text=text))
            if mark:
                left_out.append((Reason.NOTE_MARK, mark))
            continue
        reason = reason or Reason.NOTE_MARK
        if (text := f"{letters.text} {letters.words}".strip()) or left_out[-1:]:
            if left_out and left_out[-1][0] is reason and index and shown[index - 1][1] is reason:
                left_out[-1] = reason, left_out[-1][1] + text
            elif text:
                left_out.append((reason, text))
    return Passage(tuple(kept), tuple(left_out))


def _unread(letters: Letters, ground: str | None) -> Reason | None:
    format = letters.format
    if format.hidden:
        return Reason.HIDDEN
    if format.strike or format.double_strike:
        return Reason.STRUCK
    if format.clear or letters.size <= TINY or (format.scale is not None and 0 < format.scale < NARROW):
        return Reason.UNSEEN
    ink, behind = color(format.color), background(format) or ground
    return Reason.UNSEEN if ink and behind and alike(ink, behind) else None


def alike(one: str, other: str) -> bool:
    """Whether two colours of CSS are one to the eye."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return all(abs(first - second) <= ALIKE for first, second in pairs)
