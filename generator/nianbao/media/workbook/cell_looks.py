"""How a cell looks, as far as that decides what is read: font, ground, number format.

openpyxl would build every font and border of a workbook, which took more time than all cells. Here a
style is looked into when a cell of the report has it, once.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.xml.constants import SHEET_MAIN_NS

from nianbao.media.workbook.colours import BLACK, WHITE, Colour, Palette, entry

EAST_ASIAN_DATES = frozenset({*range(27, 37), *range(50, 59)})  # ECMA-376 18.8.30, zh-cn: built in, no codes
GENERAL = "General"
USUAL_SIZE = 11.0  # points, where a font states none
_FALSE = ("0", "false")
Element = ElementTree.Element


def main(name: str) -> str:
    """The qualified name of an element of SpreadsheetML."""
    return f"{{{SHEET_MAIN_NS}}}{name}"


class Face(NamedTuple):
    """A font: `rise` is 1 for superscript, -1 for subscript; `size` in points."""

    struck: bool = False
    rise: int = 0
    size: float = USUAL_SIZE
    colour: Colour = BLACK
    font: str = ""


class Look(NamedTuple):
    """How a cell looks; `code` is its number format."""

    face: Face = Face()
    ground: Colour = WHITE
    code: str = GENERAL


class Change(NamedTuple):
    """What a conditional format changes of a look; None is what it leaves."""

    struck: bool = False
    colour: Colour | None = None
    ground: Colour | None = None
    code: str | None = None


class Looks:
    """The looks of a workbook's styles by their numbers.

    `dates` and `durations` are the styles that make a number a date or a length of time.
    """

    def __init__(self, styles: bytes | None = None, theme: bytes = b"") -> None:
        """Take in styles.xml, which may be missing, and the theme."""
        self._root = Element("styleSheet") if styles is None else ElementTree.fromstring(styles)
        self.palette = Palette(self._root, theme)
        self._looks: dict[str, Look] = {}
        self._changes: dict[str, Change] = {}
        self._listed: dict[str, list[Element]] = {}
        self._codes = {
            int(code.attrib["numFmtId"]): code.attrib["formatCode"]
            for code in self._root.iterfind("{*}numFmts/{*}numFmt")
        }
        self._styles = self._root.findall("{*}cellXfs/{*}xf")
        formats = [int(style.get("numFmtId", "0")) for style in self._styles]
        dates = {number for number in set(formats) if self._is_date(number)}
        durations = {number for number in dates if is_timedelta_format(self._code(number))}
        self.dates = frozenset(str(style) for style, number in enumerate(formats) if number in dates)
        self.durations = frozenset(str(style) for style, number in enumerate(formats) if number in durations)

    def look(self, style: str) -> Look:
        """How cells of a style look."""
        if style not in self._looks:
            self._looks[style] = self._look(style)
        return self._looks[style]

    def face(self, font: Element) -> Face:
        """What a font states; all else is as usual."""
        size, name = _word(font, "sz"), _word(font, "rFont") or _word(font, "name")
        rise = {"superscript": 1, "subscript": -1}.get(_word(font, "vertAlign"), 0)
        colour = self.palette.colour(font.find(main("color")))
        return Face(_on(font, "strike"), rise, float(size or USUAL_SIZE), colour or BLACK, name)

    def change(self, number: str) -> Change:
        """What the differential format of this number changes."""
        if number not in self._changes:
            format_ = self._numbered("dxfs", number)
            self._changes[number] = Change() if format_ is None else self.changed(format_)
        return self._changes[number]

    def changed(self, format_: Element) -> Change:
        """What a differential format changes."""
        font, fill, code = (format_.find(main(name)) for name in ("font", "fill", "numFmt"))
        pattern = None if fill is None else fill.find(main("patternFill"))
        ground = None
        if pattern is not None and pattern.get("patternType") != "none":
            ground = self.palette.colour(pattern.find(main("bgColor"))) or self.palette.colour(
                pattern.find(main("fgColor"))
            )
        return Change(
            font is not None and _on(font, "strike"),
            None if font is None else self.palette.colour(font.find(main("color"))),
            ground,
            None if code is None else code.get("formatCode"),
        )

    def _code(self, number: int) -> str | None:
        return self._codes.get(number) or builtin_format_code(number)

    def _is_date(self, number: int) -> bool:
        code = self._code(number)
        return number in EAST_ASIAN_DATES if code is None else bool(is_date_format(code))

    def _look(self, style: str) -> Look:
        at = entry(style, len(self._styles))
        if at >= len(self._styles):
            return Look()
        stated = self._styles[at]
        font = self._numbered("fonts", stated.get("fontId", "0"))
        fill = self._numbered("fills", stated.get("fillId", "0"))
        code = self._code(int(stated.get("numFmtId", "0")))
        return Look(Face() if font is None else self.face(font), self._ground(fill), code or GENERAL)

    def _numbered(self, kind: str, number: str) -> Element | None:
        if kind not in self._listed:
            self._listed[kind] = self._root.findall(f"{main(kind)}/*")
        found = self._listed[kind]
        at = entry(number, len(found))
        return found[at] if at < len(found) else None

    def _ground(self, fill: Element | None) -> Colour:
        """The colour behind a text: of a pattern that of most of it."""
        if fill is None:
            return WHITE
        pattern, gradient = fill.find(main("patternFill")), fill.find(main("gradientFill"))
        if pattern is not None:
            kind = pattern.get("patternType", "none")
            if kind == "none":
                return WHITE
            return (
                self.palette.colour(pattern.find(main("fgColor") if kind == "solid" else main("bgColor")))
                or WHITE
            )
        stops = [] if gradient is None else gradient.findall(f"{main('stop')}/{main('color')}")
        return (self.palette.colour(stops[0]) if stops else None) or WHITE


def _on(font: Element, name: str) -> bool:
    switch = font.find(main(name))
    return switch is not None and switch.get("val", "1") not in _FALSE


def _word(font: Element, name: str) -> str:
    found = font.find(main(name))
    return "" if found is None else found.get("val", "")
