"""Paragraphs as they are printed: with those that run into them, their number, and the text boxes on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nianbao.media.ooxml import Element, Package
from nianbao.media.word.html.css import Sheet, color
from nianbao.media.word.html.formats import Character, Layer, Paragraph
from nianbao.media.word.html.geometry import declarations
from nianbao.media.word.html.inline import Piece, Reader, Text
from nianbao.media.word.html.notes import Notes
from nianbao.media.word.html.pictures import Pictures
from nianbao.media.word.html.run_in import ends_hidden
from nianbao.media.word.html.styles import Styles, Theme
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import attribute, child, descendant, flag, name, text_of
from nianbao.media.word.reading.letters import TINY, Letters, letters_of, read
from nianbao.report.left_out import Reason

_BOX, _PATH, _RUBY = name("w:txbxContent"), name("v:textpath"), name("w:rt")
_OFF = -600.0  # points: so far to the left nothing is on the page


@dataclass(frozen=True, slots=True)
class Printed:
    """What a paragraph prints: its automatic `number`, its letters, and the text boxes anchored to it."""

    number: str
    letters: tuple[Letters, ...]
    left_out: tuple[tuple[Reason, str], ...]
    boxes: tuple[Element, ...]
    art: str  # letters that are drawn (WordArt)
    right: bool  # set to the right

    @property
    def text(self) -> str:
        """Without its number."""
        return "".join(letters.text for letters in self.letters)


class PassageReader:
    """Reads the paragraphs of one document; `prompts` are the unanswered prompts taken out of each."""

    def __init__(self, package: Package, styles: Styles, prompts: Mapping[Element, Sequence[str]]) -> None:
        self.styles, self.losses, self.prompts = styles, Losses(package.file), prompts
        notes = Notes(package, package.related(package.main, "settings"), self.losses)
        pictures = Pictures(package, Theme({}), self.losses)
        self._reader = Reader(package.main, styles, notes, Sheet(), pictures)
        self._reader.hidden, self._reader.drawn, self._reader.noted = True, self._draw, self._note
        main = package.tree(package.main)
        self._annotated = main is not None and next(main.iter(_RUBY), None) is not None
        self._drawings: list[Element] = []
        self._notes: list[str] = []
        self._leads: list[tuple[Element, Character]] = []  # which the next paragraph goes on with

    def add(
        self, paragraph: Element, ground: str | None, table: Layer, *, flat: bool = False
    ) -> Iterator[Printed]:
        """What is printed with this paragraph: nothing yet where the next one goes on in its line.

        `flat` where its row is too low to show anything.
        """
        format, base = self.styles.paragraph(paragraph, table)
        self._leads.append((paragraph, base))
        properties = child(paragraph, "w:pPr")
        if not (ends_hidden(properties, base) or _drops(properties)):
            yield self._printed(format, ground, flat=flat)

    def rest(self, ground: str | None) -> Iterator[Printed]:
        """What no paragraph has gone on with."""
        if self._leads:
            yield self._printed(Paragraph(), ground)

    def _printed(self, format: Paragraph, ground: str | None, *, flat: bool = False) -> Printed:
        leads, self._leads = self._leads, []
        self._drawings, self._notes = [], []
        pieces = [piece for element, base in leads for piece in self._reader.read(element, base)]
        calls = self._notes and sum(isinstance(piece, Text) and piece.note for piece in pieces)
        notes = self._notes if len(self._notes) == calls else ()
        passage = read(letters_of(pieces, notes), color(format.fill) or ground, lost=flat or _is_lost(format))
        shown = [drawing for drawing in self._drawings if not _is_off(drawing)]
        left_out = [*passage.left_out]
        if self._annotated:
            left_out += [(Reason.PHONETIC, text) for element, _ in leads for text in _phonetic(element)]
        left_out += [(Reason.PROMPT, text) for element, _ in leads for text in self.prompts.get(element, ())]
        off = "".join(text_of(drawing) for drawing in self._drawings if drawing not in shown)
        left_out += [(Reason.HIDDEN, off)] if off.strip() else []
        number = self._number(format)
        if left_out and not passage.text.strip():
            number = ""  # of what is not read
        art = "".join(path.get("string", "") for drawing in shown for path in drawing.iter(_PATH))
        boxes = tuple(box for drawing in shown for box in _boxes(drawing))
        right = format.align in ("right", "end")
        return Printed(number, passage.letters, tuple(left_out), boxes, art, right)

    def _number(self, format: Paragraph) -> str:
        """What Word counts in front of it; the signs of bullets are no numbers."""
        if format.numbering in (None, "0"):
            return ""
        label = self.styles.numbering.label(format, self.losses)
        text = label.text.strip() if label is not None else ""
        return text if any(sign.isalnum() for sign in text) else ""

    def _draw(self, drawing: Element) -> Iterable[Piece]:
        self._drawings.append(drawing)
        return ()

    def _note(self, note: Element, label: str) -> str:
        self._notes.append(text_of(note).strip())
        return ""


def _is_lost(format: Paragraph) -> bool:
    """Whether a paragraph's lines are too low to show anything, or begin off the page."""
    low = format.line_rule == "exact" and format.line is not None and format.line <= TINY
    return low or (format.left or 0.0) + (format.first or 0.0) < _OFF


def _drops(properties: Element | None) -> bool:
    """Whether a paragraph with such a `w:pPr` is the large first letter of the next one (首字下沉)."""
    return attribute(child(properties, "w:framePr"), "w:dropCap") in ("drop", "margin")


def _phonetic(paragraph: Element) -> Iterator[str]:
    """The small letters above others (拼音指南)."""
    for small in paragraph.iter(_RUBY):
        if next(small.iterancestors(name("w:p"))) is paragraph:
            yield text_of(small)


def _boxes(element: Element) -> Iterator[Element]:
    """The text boxes of a drawing that do not lie in others of it."""
    for inner in element:
        if inner.tag == _BOX:
            yield inner
        else:
            yield from _boxes(inner)


def _is_off(drawing: Element) -> bool:
    """Whether a drawing is switched off in Word's list of objects, in its newer or its older form."""
    shown = descendant(drawing, "wp:docPr")
    styles = (declarations(shape) for shape in drawing)
    return flag(shown, "hidden") or any(style.get("visibility") == "hidden" for style in styles)
