"""From the pieces of a paragraph to inline HTML: fonts by script, automatic gaps, hanging punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from html import escape

from nianbao.media.word.html.borders import Border, edge
from nianbao.media.word.html.characters import CLOSING, EAST, HANGING, LATIN, gap, may_break, pieces
from nianbao.media.word.html.css import Sheet, color, families, length
from nianbao.media.word.html.decoration import DOTTED, decorate, latin, span
from nianbao.media.word.html.font_metrics import Faces
from nianbao.media.word.html.formats import Character, Paragraph
from nianbao.media.word.html.inline import COLUMN, LINE, PAGE, TAB, Mark, Piece
from nianbao.media.word.html.scaling import clusters, fitted, scaled
from nianbao.media.word.html.small_letters import in_two_lines
from nianbao.media.word.html.styles import Styles
from nianbao.media.word.html.tabs import tab
from nianbao.media.word.html.unsupported import Losses

DEFAULT_SIZE = 10.0
DEFAULT_EAST, DEFAULT_LATIN = "宋体", "Times New Roman"
MOST_DRAWN = 500  # letters one by one: each costs the printer some milliseconds
GAP = 0.2  # em between Chinese and digits or Latin letters, as LibreOffice sets it
_BLANKS = re.compile(r"(\s+)")
_CONTROL = re.compile(f"([{LINE}{PAGE}{COLUMN}{TAB}])")


@dataclass(frozen=True, slots=True)
class Atom:
    """A stretch of one format and one script, or a mark: its `text` is then a digit or "", for the gaps."""

    text: str
    east: bool
    format: Character
    link: str = ""
    html: str = ""


class RunWriter:
    """Writes inline HTML; formats become classes of the sheet, each worked out once.

    `faces` knows the fonts: `metrics` gives a family's ascent, descent and line gap in em.
    """

    def __init__(self, sheet: Sheet, styles: Styles, losses: Losses, faces: Faces) -> None:
        self.sheet, self.styles, self.losses, self.faces = sheet, styles, losses, faces
        self.metrics = cache(faces.metrics)
        self.asked: dict[tuple[str, bool], None] = {}
        self._drawn = 0  # letters that are drawn one by one
        self._declared: dict[tuple[Character, bool], dict[str, str]] = {}

    def size(self, character: Character) -> float:
        """The font size in points."""
        return character.size or DEFAULT_SIZE

    def family(self, character: Character, east: bool) -> str:
        """The font asked for by a run's Chinese or by its Latin letters."""
        if east:
            return self.styles.family(character, "east") or DEFAULT_EAST
        return self.styles.family(character, "ascii") or DEFAULT_LATIN

    def script(self, content: Iterable[Piece]) -> bool:
        """Which font makes a paragraph's lines as high as they are: the Chinese one where it has one.

        An empty paragraph is as high as Latin letters, in LibreOffice.
        """
        texts = [piece for piece in content if not isinstance(piece, Mark) and piece.text]
        east = (east for piece in texts for east, _ in pieces(piece.text, piece.format.hint == "eastAsia"))
        return EAST if any(east) else LATIN

    def declare(self, character: Character, east: bool) -> dict[str, str]:
        """The inherited CSS of a run; every key is always there, so a run can undo its paragraph."""
        key = (character, east)
        if key not in self._declared:
            # Latin letters whose font is missing come from its own stand-in, not from the Chinese font.
            asked = [self.family(character, east), *([self.family(character, LATIN)] if east else ())]
            self._declared[key] = {
                "font-family": families(*asked),
                "font-size": length(self.size(character)),
                "font-weight": "bold" if character.bold else "normal",
                "font-style": "italic" if character.italic else "normal",
                "letter-spacing": length(added) if (added := _added(character, east)) else "normal",
                "font-kerning": "normal" if character.kern and not east else "none",
                "color": "transparent" if character.clear else color(character.color) or "#000",
            }
        return self._declared[key]

    def width(self, letters: str, character: Character, east: bool) -> float:
        """How wide letters are, in points; those that are not Chinese half an em where no font is known."""
        size, family = self.size(character), self.family(character, east)
        known = None if east else self.faces.width(letters, family)
        return size * (len(letters) * (1.0 if east else 0.5) if known is None else known)

    def write(
        self, content: Iterable[Piece], paragraph: Paragraph, base: Character, hang: bool, script: bool = EAST
    ) -> list[tuple[str, str]]:
        """The HTML between breaks, each with the break before it: page, column, or "" for the first."""
        pages: list[list[Atom]] = [[]]
        breaks = [""]
        for piece in fitted(list(content), self.width):
            for atom in self._atoms(piece, base):
                if atom.text in (PAGE, COLUMN):
                    breaks.append("page" if atom.text == PAGE else "column")
                    pages.append([])
                else:
                    pages[-1].append(atom)
        lines = (self._line(atoms, paragraph, self.declare(base, script), hang) for atoms in pages)
        return list(zip(breaks, lines, strict=True))

    def _atoms(self, piece: Piece, base: Character) -> Iterable[Atom]:
        if isinstance(piece, Mark):
            yield Atom(piece.text, piece.text > "\u2e80", piece.format or base, html=piece.html)
            return
        character = piece.format
        text = piece.text.upper() if character.caps else piece.text
        for index, stretch in enumerate(_CONTROL.split(text)):
            if index % 2:
                yield Atom(stretch, LATIN, character)
            elif character.lines and stretch:
                yield Atom(stretch, EAST, character, piece.link, in_two_lines(stretch, character.lines))
            else:
                for east, letters in self._pieces(stretch, character):
                    yield from self._letters(Atom(letters, east, character, piece.link))

    def _letters(self, atom: Atom) -> Iterable[Atom]:
        """One by one, where each letter is drawn for itself: scaled, or with a dot below."""
        character = atom.format
        scaling, dotting = character.scale not in (None, 0, 100), character.emphasis in DOTTED
        if scaling or dotting:
            self._drawn += len(atom.text)
        if self._drawn > MOST_DRAWN and (scaling or dotting):
            self.losses.add(f"缩放的字符和着重号过多，{MOST_DRAWN} 字以后只调整字距，不带着重号")
            wide = self.size(character) * (1.0 if atom.east else 0.5) * ((character.scale or 100) / 100 - 1)
            spacing = (character.spacing or 0.0) + wide
            yield replace(atom, format=replace(character, scale=None, emphasis=None, spacing=spacing))
        elif scaling:
            cut = clusters(atom.text) if atom.east else _BLANKS.split(atom.text)
            for letters in filter(None, cut):
                wide = self.width(letters, character, atom.east) + len(letters) * _added(character, atom.east)
                html = scaled(letters, wide, (character.scale or 100) / 100)
                yield replace(atom, text=letters, html=html)
        elif dotting or character.underline == "words":
            plain = replace(character, emphasis=None, underline=character.underline if dotting else "none")
            for letters in atom.text if dotting else filter(None, _BLANKS.split(atom.text)):
                bare = not letters.isalnum() if dotting else letters.isspace()
                yield replace(atom, text=letters, format=plain if bare else character)
        else:
            yield atom

    def _pieces(self, text: str, character: Character) -> list[tuple[bool, str]]:
        """Cut a text where its font changes; blanks stay with their neighbours where the font is the same.

        A blank that stands alone is not drawn by WeasyPrint, and so cannot be copied.
        """
        stretches = pieces(text, character.hint == "eastAsia")
        if self.family(character, EAST) != self.family(character, LATIN):
            return stretches
        merged: list[tuple[bool, str]] = []
        for east, stretch in stretches:
            if merged and (stretch.isspace() or merged[-1][1].isspace()):
                last = merged.pop()
                merged.append((last[0] if stretch.isspace() else east, last[1] + stretch))
            else:
                merged.append((east, stretch))
        return merged

    def _line(self, atoms: list[Atom], paragraph: Paragraph, inherited: dict[str, str], hang: bool) -> str:
        letters = paragraph.gap_letters is not False
        digits = paragraph.gap_digits is not False
        written: list[str] = []
        link = ""
        border: Border | None = None
        for before, atom, after in zip([None, *atoms], atoms, [*atoms[1:], None], strict=False):
            if atom.link != link or atom.format.border != border:
                written.append(f"{'</span>' if border else ''}{'</a>' if link else ''}")
                link, border = atom.link, atom.format.border
                written.append(f'<a href="{escape(link, quote=True)}">' if link else "")
                framed = border and self.sheet.name({"border": edge(border)})
                written.append(f'<span class="{framed}">' if framed else "")
            if before and before.text and atom.text and before.east != atom.east:
                if gap(before.text[-1], atom.text[0], letters, digits):
                    written.append(self._gap(before))
                else:
                    # Nothing may come between a mark that hangs and the break behind it.
                    if not (hang and before.text[-1] in HANGING):
                        written.append(self._unspaced(before))
                    if may_break(before.text[-1], atom.text[0]):
                        written.append("<wbr>")
            is_tab = atom.text == TAB
            written.append(tab(paragraph) if is_tab else self._atom(atom, inherited, before, after, hang))
        written.append(f"{'</span>' if border else ''}{'</a>' if link else ''}")
        return "".join(written)

    def _atom(
        self, atom: Atom, inherited: dict[str, str], before: Atom | None, after: Atom | None, hang: bool
    ) -> str:
        if atom.text == LINE:
            return "<br>"
        declared = self.declare(atom.format, atom.east)
        own = {key: text for key, text in declared.items() if inherited[key] != text}
        own |= decorate(atom.format, self.size(atom.format), self.losses)
        name = self.sheet.name(own)
        self.asked[self.family(atom.format, atom.east), bool(atom.format.bold)] = None
        if atom.html:
            return span(atom.html, name)
        if atom.east:
            joins = before is None or before.east or not before.text
            return self._chinese(atom, name, after.text[:1] if after else "", hang, joins)
        return span(latin(atom.text), name)

    def _chinese(self, atom: Atom, name: str, following: str, hang: bool, joins: bool) -> str:
        """Chinese type with its break opportunities and its hanging marks.

        They stand beside the letters, not among them: within one element WeasyPrint takes what comes
        after a break opportunity for the start of a line. A mark right after Latin letters or digits
        (not `joins`) does not hang but goes down with them, as in LibreOffice.
        """
        text = atom.text + following
        wide = self.size(atom.format) + _added(atom.format, EAST)
        written: list[str] = []
        start = 0
        for index, letter in enumerate(atom.text):
            after = text[index + 1 : index + 2]
            mark = ""
            if hang and letter in HANGING and after not in CLOSING and (index or joins):
                classes = f"hang {self._hanging(wide)} {name}".rstrip()
                mark = f'<i class="{classes}"><i class="hang">{letter}</i></i>'
            elif index + 1 < len(atom.text) and may_break(letter, after):
                mark = "<wbr>"
            if mark:
                end = index if letter in HANGING and mark != "<wbr>" else index + 1
                written += [span(escape(atom.text[start:end], quote=False), name), mark]
                start = index + 1
        written.append(span(escape(atom.text[start:], quote=False), name))
        return "".join(written)

    def _gap(self, before: Atom) -> str:
        """The automatic space: a generated blank, so that it falls away where the line ends."""
        # What is added between letters is not added at the gap, in LibreOffice.
        wide = self.size(before.format) * GAP - _added(before.format, before.east)
        return f'<i class="gap {self._blank(wide, "before", "g")}"></i>'

    def _unspaced(self, before: Atom) -> str:
        """Nothing is added between letters where the script changes, in LibreOffice: it is taken back."""
        added = _added(before.format, before.east)
        if not added or before.html or _CONTROL.fullmatch(before.text):
            return ""
        return f'<i class="{self.sheet.name({"margin-left": length(-added)})}"></i>'

    def _hanging(self, wide: float) -> str:
        """A mark that takes no geometry where the line ends: pulled back, then a blank as wide as itself."""
        name = self._blank(wide, "after", "h")
        self.sheet.add(f".{name} > .hang {{ margin-right: {length(-wide)} }}")
        return name

    def _blank(self, wide: float, side: str, prefix: str) -> str:
        name = f"{prefix}{round(wide * 100)}"
        # The size is nearly nothing, so the letter spacing alone is the width.
        self.sheet.add(
            f'.{name}::{side} {{ content: " "; font-size: 0.01px; line-height: 0;'
            f" letter-spacing: {length(wide)}; font-style: normal; text-decoration: none }}"
        )
        return name


def _added(character: Character, east: bool) -> float:
    """What is added behind each letter, in points."""
    return (character.spacing or 0.0) + ((character.cell or 0.0) if east else 0.0)
