"""What stands in a paragraph, in reading order: texts with their formats, and ready pieces of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from nianbao.media.word.html import math
from nianbao.media.word.html.anchors import PageGeometry, anchor_of
from nianbao.media.word.html.characters import sign
from nianbao.media.word.html.css import Sheet
from nianbao.media.word.html.drawings import placed, shape
from nianbao.media.word.html.equations import equation
from nianbao.media.word.html.fields import COUNTERS, Field
from nianbao.media.word.html.formats import Character
from nianbao.media.word.html.notes import FOOT, Notes
from nianbao.media.word.html.page_numbers import counter
from nianbao.media.word.html.pictures import Pictures
from nianbao.media.word.html.small_letters import annotated
from nianbao.media.word.html.styles import Styles
from nianbao.media.word.html.tabs import aligned
from nianbao.media.word.html.unsupported import NAMED, SILENT
from nianbao.media.word.html.wordml import (
    Element,
    attribute,
    child,
    children,
    flag,
    local,
    measure,
    name,
    text_of,
    unwrapped,
)

LINE, PAGE, COLUMN = "\n", "\f", "\v"
TAB = "\t"
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_SIGNS = {"w:tab": TAB, "w:noBreakHyphen": "\u2011"}


@dataclass(frozen=True, slots=True)
class Text:
    """Letters of one format; `link` is where they lead, if anywhere; `note` where they call a note."""

    text: str
    format: Character
    link: str = ""
    note: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """HTML that is no text: an image, an anchor, a page number (which wants the run's format).

    A block stands before its paragraph. `text` is what it reads like to the letters beside it.
    """

    html: str
    format: Character | None = None
    block: bool = False
    text: str = ""


Piece = Text | Mark


class Reader:
    """Reads the content of paragraphs of one part of the document."""

    def __init__(self, part: str, styles: Styles, notes: Notes, sheet: Sheet, pictures: Pictures) -> None:
        self.package, self.losses = pictures.package, pictures.losses
        self.part, self.styles, self.notes, self.sheet, self.pictures = part, styles, notes, sheet, pictures
        self.geometry = PageGeometry()
        self.number_format: str | None = None  # of the section's pages
        self.own = ""  # the number of the note that is read, for its own mark
        self.boxed: Callable[[Element], str] = lambda element: ""  # writes what stands in a text box
        self.noted: Callable[[Element, str], str] = lambda note, label: ""  # writes a footnote
        self.drawn: Callable[[Element], Iterable[Piece]] = self._drawing  # what becomes of a drawing
        self.hidden = False  # whether hidden letters are read too
        self._fields: list[Field] = []  # those that are open, from the outermost

    def beside(self, kind: str, label: str) -> Reader:
        """A reader of the notes of this document, in which a note numbers itself `label`."""
        part = self.notes.parts[kind]
        other = Reader(part, self.styles, self.notes, self.sheet, self.pictures)
        other.geometry, other.own, other.boxed = self.geometry, label, self.boxed
        other.number_format = self.number_format
        return other

    def read(self, paragraph: Element, base: Character) -> list[Piece]:
        """Everything a paragraph says, `base` being what its style gives a run."""
        outer, self._fields = self._fields, []
        pieces: list[Piece] = []
        for piece in self._walk(paragraph, base, ""):
            last = pieces[-1] if pieces else None
            if (
                isinstance(piece, Text)
                and isinstance(last, Text)
                and (last.format, last.link, last.note) == (piece.format, piece.link, piece.note)
            ):
                pieces[-1] = Text(last.text + piece.text, last.format, last.link, last.note)
            else:
                pieces.append(piece)
        self._fields = outer
        return pieces

    def _walk(self, parent: Element, base: Character, link: str) -> Iterator[Piece]:
        for element in unwrapped(parent):
            tag = local(element)
            if tag == "w:r":
                yield from self._run(element, base, link)
            elif tag == "w:hyperlink":
                yield from self._walk(element, base, self._target(element))
            elif tag == "w:fldSimple":
                yield from self._simple_field(element, base, link)
            elif tag in ("m:oMath", "m:oMathPara"):
                yield from self._math(element, base)
            elif tag == "w:bookmarkStart":
                yield Mark(f'<span id="{anchor(attribute(element, "w:name") or "")}"></span>')
            elif tag and tag not in SILENT:
                self.losses.add(NAMED.get(tag, f"段落中的 {tag} 没有带入"))

    def _run(self, run: Element, base: Character, link: str) -> Iterator[Piece]:
        character = self._format(run, base)
        if character.hidden and not self.hidden:
            return
        marks_note = bool(self._fields) and any(field.kind == "NOTEREF" for field in self._fields)
        for element in run:
            tag = local(element)
            if tag == "w:rPr":
                continue
            if tag == "w:fldChar":
                yield from self._field_mark(element, character, link)
            elif tag == "w:instrText" and self._fields:
                self._fields[-1].instruction += element.text or ""
            elif not self._silent():
                for piece in self._content(element, tag, character, link):
                    yield replace(piece, note=True) if marks_note and isinstance(piece, Text) else piece
                marks_note = marks_note or flag(element, "w:customMarkFollows")

    def _content(self, element: Element, tag: str, character: Character, link: str) -> Iterator[Piece]:
        if tag == "w:t":
            yield Text(self._letters(element.text or "", character), character, link)
        elif tag in ("w:br", "w:cr"):
            kind = attribute(element, "w:type") or ""
            yield Text({"page": PAGE, "column": COLUMN}.get(kind, LINE), character, link)
        elif tag in _SIGNS:
            yield Text(_SIGNS[tag], character, link)
        elif tag in ("w:footnoteReference", "w:endnoteReference"):
            yield from self._note(element, tag[2:].removesuffix("Reference"), character)
        elif tag in ("w:footnoteRef", "w:endnoteRef"):
            yield Text(self.own, character, note=True)
        elif tag == "w:ptab":
            to, filling = (
                attribute(element, "w:alignment") or "left",
                attribute(element, "w:leader") or "none",
            )
            yield Mark(aligned(to, filling))
        elif tag in ("w:drawing", "w:pict", "w:object"):
            yield from self.drawn(element)
        elif tag == "w:pgNum":
            yield self._counted(Field(character, "PAGE"))
        elif tag == "w:sym":
            yield from self._symbol(element, character, link)
        elif tag == "w:ruby":
            yield from self._ruby(element, character)
        elif tag and tag not in SILENT:
            self.losses.add(NAMED.get(tag, f"文字中的 {tag} 没有带入"))

    def _ruby(self, ruby: Element, character: Character) -> Iterator[Mark]:
        """Letters with small ones above them (拼音指南)."""
        (above, small), (letters, own) = (
            self._ruby_part(child(ruby, f"w:{part}"), character) for part in ("rt", "rubyBase")
        )
        size = measure(child(child(ruby, "w:rubyPr"), "w:hps"), "w:val", 2) or small.size
        yield Mark(annotated(letters, above, size), own, text=letters)

    def _ruby_part(self, part: Element | None, character: Character) -> tuple[str, Character]:
        """The letters, and the format of the first of them."""
        runs = list(children(part, "w:r"))
        return "".join(map(text_of, runs)), self._format(runs[0], character) if runs else character

    def _letters(self, text: str, character: Character) -> str:
        """Letters as they show: fonts of signs have them in the private area, where Word puts them."""
        if not _PRIVATE.search(text):
            return text
        font = self.styles.family(character, "ascii")
        return _PRIVATE.sub(lambda letter: sign(font, ord(letter[0])) or letter[0], text)

    def _math(self, equation: Element, base: Character) -> Iterator[Text]:
        if not math.is_plain(equation):
            self.losses.add("公式没有照样排，改为一行文字")
            yield Text(math.text(equation), base)
            return
        for run in equation.iter(name("m:r")):
            character = self._format(run, base)
            if self.hidden or not character.hidden:
                yield Text(math.text(run), character)

    def _symbol(self, symbol: Element, character: Character, link: str) -> Iterator[Text]:
        font, code = attribute(symbol, "w:font") or "", attribute(symbol, "w:char") or ""
        letter = sign(font, int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else None
        if letter is None:
            self.losses.add(f"符号字体“{font}”中的字符 {code} 没有带入")
        else:
            yield Text(letter, character, link)

    def _drawing(self, drawing: Element) -> Iterator[Mark]:
        html = shape(drawing, self.geometry, self.styles.theme, self.losses, self.boxed)
        if html is not None:
            yield Mark(html, block=True)
            return
        html = self.pictures.show(drawing, self.part)
        place = anchor_of(drawing, self.geometry)
        if html and place is not None:
            yield Mark(placed(html, place, self.geometry, self.losses), block=True)
        elif html:
            yield Mark(html)

    def _note(self, reference: Element, kind: str, character: Character) -> Iterator[Piece]:
        label, note = self.notes.call(kind, attribute(reference, "w:id") or "")
        if not flag(reference, "w:customMarkFollows"):
            yield Text(label, character, note=True)
        if note is not None and kind == FOOT:
            yield Mark(f'<span class="note">{self.noted(note, label)}</span>')

    def _format(self, run: Element, base: Character) -> Character:
        properties = child(run, "w:rPr")
        return base if properties is None or not len(properties) else self.styles.run(properties, base)

    def _target(self, hyperlink: Element) -> str:
        place = attribute(hyperlink, "w:anchor")
        relation = self.package.relations(self.part).get(attribute(hyperlink, "r:id") or "")
        if relation and relation.external and relation.target.startswith(("http://", "https://", "mailto:")):
            return relation.target
        return f"#{anchor(place)}" if place else ""

    def _simple_field(self, element: Element, base: Character, link: str) -> Iterator[Piece]:
        run = child(element, "w:r")
        field = Field(base if run is None else self._format(run, base), attribute(element, "w:instr") or "")
        field.separated = run is not None
        yield from self._worked_out(field, link)
        if not field.worked_out:
            self._fields.append(field)
            yield from self._walk(element, base, link)
            self._fields.remove(field)

    def _field_mark(self, mark: Element, character: Character, link: str) -> Iterator[Piece]:
        kind = attribute(mark, "w:fldCharType")
        if kind == "begin":
            self._fields.append(Field(character, form=child(mark, "w:ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1].separated = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if not self._silent():
                yield from self._worked_out(field, link)

    def _worked_out(self, field: Field, link: str) -> Iterator[Piece]:
        """What a field prints of its own; what is lost of it is noted."""
        if field.loss is not None:
            self.losses.add(field.loss)
        if field.kind in COUNTERS:
            yield self._counted(field)
        elif field.kind == "EQ":
            html, text = equation(field.instruction, self.losses)
            yield Mark(html, field.format, text=text)
        elif printed := field.text:
            yield Text(printed, field.format, link)

    def _counted(self, field: Field) -> Mark:
        kind = COUNTERS[field.kind]
        asked = field.number_format
        shown = counter(kind, self.number_format if asked is None and kind == "page" else asked, self.sheet)
        if shown is None or asked == "":
            unknown = self.number_format if asked is None else " ".join(field.words)
            self.losses.add(f"页码格式 {unknown} 改为阿拉伯数字")
        html, text = shown or (f'<span class="{kind}"></span>', "0")
        return Mark(html, field.format, text=text)

    def _silent(self) -> bool:
        return bool(self._fields) and any(field.silent for field in self._fields)


def anchor(bookmark: str) -> str:
    """An id for a bookmark: any name, made safe for HTML and for an address."""
    return "b-" + "".join(letter if letter.isalnum() else f"-{ord(letter):x}-" for letter in bookmark)
