"""What is installed: families by name, and which of them serves for one that is asked for."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from nianbao.media.fonts.chains import table
from nianbao.media.fonts.fontconfig import configure
from nianbao.media.fonts.listing import BOLD, REGULAR, Face, having, listing

UNKNOWN = (0.88, 0.12, 0.1)  # the metrics of a font that cannot be read
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})  # controls and blanks have no glyph
_IGNORED = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x034F)  # selectors of variants, a joiner


@dataclass(frozen=True, slots=True)
class Substitution:
    """What a document asks for and what it gets: itself, a stand-in, or None.

    `bold` says whether what is found has a bold face: WeasyPrint makes none up.
    """

    asked: str
    found: str | None
    bold: bool = False

    @property
    def real(self) -> bool:
        """Whether the font itself, or the same design under another name, is installed."""
        chain = next((chain for chain in table().chains if self.asked in chain.asked), None)
        names = {self.asked} if chain is None else {*chain.asked, *chain.real}
        return self.found in names

    @property
    def shown(self) -> str | None:
        """What is found, by the name that people know."""
        own = {face.name: f"{face.family} {face.style}" for face in table().faces}
        return own.get(self.found or "", self.found)


def substitutions(families: Iterable[str] = ()) -> tuple[Substitution, ...]:
    """Which installed family serves for each of these, or for each in the table."""
    asked = tuple(families) or tuple(family for chain in table().chains for family in chain.asked)
    known = faces()
    substitutes = {
        family: next((candidate for candidate in table().order(family) if candidate in known), None)
        for family in asked
    }
    return tuple(
        Substitution(family, substitute, substitute is not None and known[substitute].bold)
        for family, substitute in substitutes.items()
    )


@dataclass(frozen=True, slots=True)
class Installed:
    """A family that is installed: where its regular face lies, and whether it has a bold one."""

    file: str
    index: int
    bold: bool


def faces() -> Mapping[str, Installed]:
    """The installed families by name.

    Empty where neither fontconfig's fc-list nor fontTools is there to tell.
    """
    return _faces(configure())


@cache
def _faces(configuration: Path) -> Mapping[str, Installed]:
    by_family: dict[str, list[Face]] = {}
    for face in listing(configuration):
        for family in face.families:
            by_family.setdefault(family, []).append(face)
    installed = {}
    for family, known in sorted(by_family.items()):
        # The upright face nearest to regular is what a text is set in.
        nearest = min(known, key=lambda face: (face.slanted, abs(face.weight - REGULAR), *face[1:3]))
        heaviest = max(face.weight for face in known)
        installed[family] = Installed(nearest.file, nearest.number, heaviest >= BOLD)
    return MappingProxyType(installed)


@cache
def fingerprint() -> str:
    """A word for the fonts installed: families, and the names and sizes of their files, wherever they lie."""
    words = hashlib.sha256()
    for family, font in faces().items():
        file = Path(font.file)
        words.update(f"{family}\0{file.name}\0{font.index}\0{file.stat().st_size}\n".encode())
    return words.hexdigest()


def metrics(family: str) -> tuple[float, float, float]:
    """Ascent, descent and line gap, in em, of the font that serves for `family`."""
    return _metrics(family, configure())


@cache
def _metrics(family: str, configuration: Path) -> tuple[float, float, float]:
    from fontTools.ttLib import TTFont, TTLibError

    known = _faces(configuration)
    face = next((known[candidate] for candidate in table().order(family) if candidate in known), None)
    if face is None:
        return UNKNOWN
    try:
        with TTFont(face.file, fontNumber=face.index & 0xFFFF, lazy=True) as font:
            head, unit = font["hhea"], font["head"].unitsPerEm
            return (head.ascent / unit, -head.descent / unit, head.lineGap / unit)
    except (OSError, TTLibError, KeyError):
        return UNKNOWN


def letters(family: str) -> frozenset[int]:
    """The characters an installed family has."""
    face = faces()[family]
    return _letters(face.file, face.index & 0xFFFF)


@cache
def _letters(file: str, index: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file, fontNumber=index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError, KeyError):
        return frozenset()


def serving(text: str, family: str) -> Installed | None:
    """The first font of a family's chain that has every letter of a text; None where none has."""
    codes = {ord(letter) for letter in text}
    order = (candidate for candidate in table().order(family) if candidate in faces())
    return next((faces()[candidate] for candidate in order if codes <= letters(candidate)), None)


def width(text: str, family: str) -> float | None:
    """How wide the letters of a text are, in em, in the first font of the chain that has them all."""
    font = serving(text, family)
    return _width(text, font.file, font.index & 0xFFFF) if font is not None else None


@cache
def _width(text: str, file: str, index: int) -> float | None:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file, fontNumber=index, lazy=True) as font:
            names, widths, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
            return float(sum(widths[names[ord(letter)]][0] for letter in text) / unit)
    except (OSError, TTLibError, KeyError):
        return None


def outline(text: str, family: str) -> tuple[str, tuple[float, float, float, float]] | None:
    """The letters of a text as one SVG path in em, y upwards, with the box they fill.

    Taken from the first font of the chain that has them all; None where no font has.
    """
    font = serving(text, family)
    return _outline(text, font.file, font.index & 0xFFFF) if font is not None and text else None


@cache
def _outline(text: str, file: str, index: int) -> tuple[str, tuple[float, float, float, float]] | None:
    """The outline out of one font; a big font takes half a second to open, and drafts come in batches."""
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file, fontNumber=index, lazy=True) as font:
            glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
            drawn, bounds, along = SVGPathPen(glyphs, lambda number: f"{number:.4g}"), BoundsPen(glyphs), 0.0
            for letter in text:
                glyph = glyphs[names[ord(letter)]]
                placed = (1 / em, 0, 0, 1 / em, along, 0)
                glyph.draw(TransformPen(drawn, placed))
                glyph.draw(TransformPen(bounds, placed))
                along += glyph.width / em
    except (OSError, TTLibError, KeyError):
        return None
    return (drawn.getCommands(), bounds.bounds) if bounds.bounds else None


def lacking(text: str, *families: str) -> tuple[str, ...]:
    """The characters of a text that no installed font has, each once.

    Both engines look in every font before they print a box; `families` only say where to look first.
    """
    wanted = {
        letter: None
        for letter in text
        if unicodedata.category(letter) not in _UNSEEN and ord(letter) not in _IGNORED
    }
    first = dict.fromkeys(candidate for family in families for candidate in table().order(family))
    for candidate in (*first, *table().otherwise):
        if wanted and candidate in faces():
            wanted = {letter: None for letter in wanted if ord(letter) not in letters(candidate)}
    return tuple(letter for letter in wanted if not _anywhere(letter, configure()))


@cache
def _anywhere(letter: str, configuration: Path) -> bool:
    """Whether any font at all has the letter, were it a font of stars and arrows."""
    told = having(letter, configuration)
    if told is not None:
        return told
    files = {(face.file, face.index & 0xFFFF) for face in _faces(configuration).values()}
    return any(ord(letter) in _letters(*font) for font in sorted(files))
