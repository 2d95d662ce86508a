"""What stands in a paragraph, in reading order: texts with their formats, and ready pieces of HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from nianbao.media.word.html.anchors import PageGeometry, anchor_of
from nianbao.media.word.html.drawings import placed, readable, shape
from nianbao.media.word.html.fields import Field, counter, loss
from nianbao.media.word.html.formats import Character, over, read_character
from nianbao.media.word.html.ignored import EFFECTS, NAMED, SILENT, THROUGH
from nianbao.media.word.html.notes import FOOT, Notes
from nianbao.media.word.html.package import Package
from nianbao.media.word.html.pictures import picture
from nianbao.media.word.html.styles import Styles
from nianbao.media.word.html.symbols import sign
from nianbao.media.word.html.tabs import aligned
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, attribute, child, children, local, name, switch, value

LINE, PAGE, COLUMN = "\n", "\f", "\v"
TAB = "\t"


@dataclass(frozen=True, slots=True)
class Text:
    """Letters of one format; `link` is where they lead, if anywhere."""

    text: str
    format: Character
    link: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """HTML that is no text: an image, an anchor, a page number (which wants the run's format).

    A block stands before its paragraph.
    """

    html: str
    format: Character | None = None
    block: bool = False


Piece = Text | Mark


class Reader:
    """Reads the content of paragraphs of one part of the document."""

    def __init__(self, package: Package, part: str, styles: Styles, losses: Losses, notes: Notes) -> None:
        self.package, self.part, self.styles, self.losses, self.notes = package, part, styles, losses, notes
        self.geometry = PageGeometry()
        self.own = ""  # the number of the note that is read, for its own mark
        self.boxed: Callable[[Element], str] = lambda element: ""  # writes what stands in a text box
        self.noted: Callable[[Element, str], str] = lambda element, said: ""  # writes a footnote
        self._field: list[Field] = []

    def beside(self, kind: str, said: str) -> Reader:
        """A reader of the notes of this document, in which a note numbers itself `said`."""
        other = Reader(self.package, self.notes.parts[kind], self.styles, self.losses, self.notes)
        other.geometry, other.own, other.boxed = self.geometry, said, self.boxed
        return other

    def read(self, paragraph: Element, base: Character) -> list[Piece]:
        """Everything a paragraph says, `base` being what its style gives a run."""
        outer, self._field = self._field, []
        pieces: list[Piece] = []
        for piece in self._walk(paragraph, base, ""):
            last = pieces[-1] if pieces else None
            if (
                isinstance(piece, Text)
                and isinstance(last, Text)
                and (last.format, last.link) == (piece.format, piece.link)
            ):
                pieces[-1] = replace(last, text=last.text + piece.text)
            else:
                pieces.append(piece)
        self._field = outer
        return pieces

    def _walk(self, parent: Element, base: Character, link: str) -> Iterator[Piece]:
        for each in parent:
            tag = local(each)
            if tag == "w:r":
                yield from self._run(each, base, link)
            elif tag == "w:hyperlink":
                yield from self._walk(each, base, self._target(each))
            elif tag == "w:fldSimple":
                yield from self._simple_field(each, base, link)
            elif tag == "w:bookmarkStart":
                yield Mark(f'<span id="{anchor(attribute(each, "w:name") or "")}"></span>')
            elif tag in THROUGH:
                yield from self._walk(each, base, link)
            elif tag and tag not in SILENT:
                self.losses.add(NAMED.get(tag, f"段落中的 {tag} 没有带入"))

    def _run(self, run: Element, base: Character, link: str) -> Iterator[Piece]:
        character = self._format(run, base)
        if character.hidden:
            return
        for each in run:
            tag = local(each)
            if tag == "w:fldChar":
                yield from self._field_mark(attribute(each, "w:fldCharType"), character)
            elif tag == "w:instrText" and self._field:
                self._field[-1].instruction += each.text or ""
            elif not any(field.silent for field in self._field):
                yield from self._content(each, tag, character, link)

    def _content(self, each: Element, tag: str, character: Character, link: str) -> Iterator[Piece]:
        if tag == "w:t":
            yield Text(each.text or "", character, link)
        elif tag in ("w:tab", "w:br", "w:cr", "w:noBreakHyphen"):
            yield Text(_control(each, tag), character, link)
        elif tag in ("w:footnoteReference", "w:endnoteReference"):
            yield from self._note(each, tag[2:].removesuffix("Reference"), character)
        elif tag in ("w:footnoteRef", "w:endnoteRef"):
            yield Text(self.own, character)
        elif tag == "w:ptab":
            to, leader = attribute(each, "w:alignment") or "left", attribute(each, "w:leader") or "none"
            yield Mark(aligned(to, leader))
        elif tag in ("w:drawing", "w:pict", "w:object"):
            yield from self._drawing(each)
        elif tag == "mc:AlternateContent":
            chosen = next(children(each, "mc:Choice"), None)
            if chosen is None or not readable(chosen):
                chosen = child(each, "mc:Fallback")
            for one in () if chosen is None else chosen:
                yield from self._content(one, local(one), character, link)
        elif tag == "w:sym":
            font, code = attribute(each, "w:font") or "", attribute(each, "w:char") or ""
            found = sign(font, int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else None
            if found is None:
                self.losses.add(f"符号字体“{font}”中的字符 {code} 没有带入")
            else:
                yield Text(found, character, link)
        elif tag == "w:ruby":
            self.losses.add(NAMED[tag])
            for base_run in each.iterfind(f"{name('w:rubyBase')}/{name('w:r')}"):
                yield from self._run(base_run, character, link)
        elif tag and tag not in SILENT:
            self.losses.add(NAMED.get(tag, f"文字中的 {tag} 没有带入"))

    def _drawing(self, each: Element) -> Iterator[Mark]:
        html = shape(each, self.geometry, self.styles.theme, self.losses, self.boxed)
        if html is not None:
            yield Mark(html, block=True)
            return
        html = picture(each, self.package, self.part, self.losses)
        place = anchor_of(each, self.geometry)
        if html and place is not None:
            yield Mark(placed(html, place, self.geometry, self.losses), block=True)
        elif html:
            yield Mark(html)

    def _note(self, each: Element, kind: str, character: Character) -> Iterator[Piece]:
        said, note = self.notes.call(kind, attribute(each, "w:id") or "")
        if attribute(each, "w:customMarkFollows") not in ("1", "true", "on"):
            yield Text(said, character)
        if note is not None and kind == FOOT:
            yield Mark(f'<span class="note">{self.noted(note, said)}</span>')

    def _format(self, run: Element, base: Character) -> Character:
        properties = child(run, "w:rPr")
        if properties is None or not len(properties):
            return base
        for short, what in EFFECTS.items():
            if switch(properties, short):
                self.losses.add(f"文字效果“{what}”没有带入")
        style = value(properties, "w:rStyle")
        if style:
            base = over(self.styles.resolve(style, "character")[1], base)
        return over(read_character(properties), base)

    def _target(self, hyperlink: Element) -> str:
        place = attribute(hyperlink, "w:anchor")
        relation = self.package.relations(self.part).get(attribute(hyperlink, "r:id") or "")
        if relation and relation.external and relation.target.startswith(("http://", "https://", "mailto:")):
            return relation.target
        return f"#{anchor(place)}" if place else ""

    def _simple_field(self, field: Element, base: Character, link: str) -> Iterator[Piece]:
        instruction = attribute(field, "w:instr") or ""
        counted = counter(instruction)
        self._lose(instruction)
        if counted is None:
            yield from self._walk(field, base, link)
            return
        run = child(field, "w:r")
        yield Mark(counted, base if run is None else self._format(run, base))

    def _field_mark(self, kind: str | None, character: Character) -> Iterator[Piece]:
        if kind == "begin":
            self._field.append(Field())
        elif kind == "separate" and self._field:
            self._field[-1].separated = True
        elif kind == "end" and self._field:
            field = self._field.pop()
            counted = counter(field.instruction)
            self._lose(field.instruction)
            if counted is not None and not any(outer.silent for outer in self._field):
                yield Mark(counted, character)

    def _lose(self, instruction: str) -> None:
        if (what := loss(instruction)) is not None:
            self.losses.add(what)


def anchor(bookmark: str) -> str:
    """An id for a bookmark: any name, made safe for HTML and for an address."""
    return "b-" + "".join(letter if letter.isalnum() else f"-{ord(letter):x}-" for letter in bookmark)


def _control(each: Element, tag: str) -> str:
    if tag == "w:tab":
        return TAB
    if tag == "w:noBreakHyphen":
        return "\u2011"
    return {"page": PAGE, "column": COLUMN}.get(attribute(each, "w:type") or "", LINE)
