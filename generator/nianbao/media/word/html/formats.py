"""Formats of characters and paragraphs: each field is None where a layer of the document says nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from nianbao.media.word.html.borders import Border, read_border, read_borders
from nianbao.media.word.html.properties import PASSED, Rest, unread
from nianbao.media.word.html.shading import ground, is_clear
from nianbao.media.word.html.wordml import (
    Element,
    attribute,
    child,
    children,
    is_on,
    measure,
    name,
    number,
    points,
    value,
)

Format = TypeVar("Format", "Character", "Paragraph")
Read = Callable[[Element], Any]
Stop = tuple[float, str, str]  # where, how text is aligned there, what fills the way


def _from(element: str, read: Read) -> Any:
    """A field that the child called `element` says."""
    return field(default=None, metadata={"element": name(element), "read": read})


def _text(short: str = "w:val") -> Read:
    key = name(short)
    return lambda element: element.get(key)


def _points(*shorts: str, unit: float = 20.0) -> Read:
    """The first of these attributes that is a measure."""
    keys = [name(short) for short in shorts or ("w:val",)]

    def read(element: Element) -> float | None:
        measures = (points(element.get(key), unit) for key in keys)
        return next((length for length in measures if length is not None), None)

    return read


def _flag(short: str) -> Read:
    key = name(short)
    return lambda element: None if (word := element.get(key)) is None else word not in ("0", "false", "off")


def _first_line(indent: Element) -> float | None:
    hanging = measure(indent, "w:hanging")
    return measure(indent, "w:firstLine") if hanging is None else -hanging


def _first_chars(indent: Element) -> float | None:
    hanging = points(attribute(indent, "w:hangingChars"), 100)
    return -hanging if hanging else points(attribute(indent, "w:firstLineChars"), 100)


def _line_rule(spacing: Element) -> str | None:
    return attribute(spacing, "w:lineRule") or ("auto" if attribute(spacing, "w:line") else None)


def _stops(tabs: Element) -> tuple[Stop, ...]:
    return tuple(
        (
            measure(stop, "w:pos") or 0.0,
            attribute(stop, "w:val") or "left",
            attribute(stop, "w:leader") or "none",
        )
        for stop in children(tabs, "w:tab")
    )


def _fit(element: Element) -> tuple[str, float] | None:
    width = measure(element, "w:val")
    return (attribute(element, "w:id") or "", width) if width else None


def _two_lines(layout: Element) -> str | None:
    """The brackets around two lines in one (双行合一), if it asks for that."""
    brackets = attribute(layout, "w:combineBrackets") or "none"
    combined = _flag("w:combine")(layout)
    return None if combined is None else brackets if combined else ""


@dataclass(frozen=True, slots=True)
class Character:
    """What a `w:rPr` says of a run; sizes in points, `scale` in per cent, `rest` what nobody reads."""

    ascii: str | None = _from("w:rFonts", _text("w:ascii"))
    hansi: str | None = _from("w:rFonts", _text("w:hAnsi"))
    east: str | None = _from("w:rFonts", _text("w:eastAsia"))
    ascii_theme: str | None = _from("w:rFonts", _text("w:asciiTheme"))
    hansi_theme: str | None = _from("w:rFonts", _text("w:hAnsiTheme"))
    east_theme: str | None = _from("w:rFonts", _text("w:eastAsiaTheme"))
    hint: str | None = _from("w:rFonts", _text("w:hint"))
    size: float | None = _from("w:sz", _points(unit=2))
    bold: bool | None = _from("w:b", is_on)
    italic: bool | None = _from("w:i", is_on)
    caps: bool | None = _from("w:caps", is_on)
    small_caps: bool | None = _from("w:smallCaps", is_on)
    strike: bool | None = _from("w:strike", is_on)
    double_strike: bool | None = _from("w:dstrike", is_on)
    hidden: bool | None = _from("w:vanish", is_on)
    color: str | None = _from("w:color", _text())
    clear: bool | None = _from("w14:textFill", is_clear)  # without ink
    underline: str | None = _from("w:u", _text())
    underline_color: str | None = _from("w:u", _text("w:color"))
    raised: str | None = _from("w:vertAlign", _text())
    position: float | None = _from("w:position", _points(unit=2))
    spacing: float | None = _from("w:spacing", _points())
    scale: float | None = _from("w:w", lambda scale: points((attribute(scale, "w:val") or "").rstrip("%"), 1))
    highlight: str | None = _from("w:highlight", _text())
    fill: str | None = _from("w:shd", ground)
    border: Border | None = _from("w:bdr", read_border)  # noqa: RUF009 - gives a field
    emphasis: str | None = _from("w:em", _text())
    kern: float | None = _from("w:kern", _points(unit=2))
    fit: tuple[str, float] | None = _from("w:fitText", _fit)
    lines: str | None = _from("w:eastAsianLayout", _two_lines)
    turned: bool | None = _from("w:eastAsianLayout", _flag("w:vert"))
    cell: float | None = None  # what the document grid adds to each Chinese letter
    rest: Rest | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """How a `w:pPr` sets a paragraph; lengths in points, `*_chars` in characters, `*_lines` in lines."""

    style: str | None = _from("w:pStyle", _text())
    align: str | None = _from("w:jc", _text())
    left: float | None = _from("w:ind", _points("w:left", "w:start"))
    right: float | None = _from("w:ind", _points("w:right", "w:end"))
    first: float | None = _from("w:ind", _first_line)
    left_chars: float | None = _from("w:ind", _points("w:leftChars", "w:startChars", unit=100))
    right_chars: float | None = _from("w:ind", _points("w:rightChars", "w:endChars", unit=100))
    first_chars: float | None = _from("w:ind", _first_chars)
    before: float | None = _from("w:spacing", _points("w:before"))
    after: float | None = _from("w:spacing", _points("w:after"))
    before_lines: float | None = _from("w:spacing", _points("w:beforeLines", unit=100))
    after_lines: float | None = _from("w:spacing", _points("w:afterLines", unit=100))
    before_auto: bool | None = _from("w:spacing", _flag("w:beforeAutospacing"))
    after_auto: bool | None = _from("w:spacing", _flag("w:afterAutospacing"))
    line: float | None = _from("w:spacing", _points("w:line"))
    line_rule: str | None = _from("w:spacing", _line_rule)
    keep_next: bool | None = _from("w:keepNext", is_on)
    keep_lines: bool | None = _from("w:keepLines", is_on)
    page_break: bool | None = _from("w:pageBreakBefore", is_on)
    widows: bool | None = _from("w:widowControl", is_on)
    contextual: bool | None = _from("w:contextualSpacing", is_on)
    outline: int | None = _from("w:outlineLvl", lambda level: number(attribute(level, "w:val")))
    gap_letters: bool | None = _from("w:autoSpaceDE", is_on)
    gap_digits: bool | None = _from("w:autoSpaceDN", is_on)
    hang: bool | None = _from("w:overflowPunct", is_on)
    snap: bool | None = _from("w:snapToGrid", is_on)
    fill: str | None = _from("w:shd", ground)
    borders: tuple[tuple[str, Border], ...] | None = _from("w:pBdr", read_borders)
    numbering: str | None = _from("w:numPr", lambda numbering: value(numbering, "w:numId") or "0")
    level: str | None = _from("w:numPr", lambda numbering: value(numbering, "w:ilvl"))
    tabs: tuple[Stop, ...] | None = _from("w:tabs", _stops)
    rtl: bool | None = _from("w:bidi", is_on)
    direction: str | None = _from("w:textDirection", _text())
    aligned: str | None = _from("w:textAlignment", _text())
    rest: Rest | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """What a style, or all that lies under a paragraph's own format, says of a paragraph and its runs."""

    paragraph: Paragraph = Paragraph()
    character: Character = Character()

    def over(self, lower: Layer) -> Layer:
        """This layer where it says something, the lower one where it does not."""
        return Layer(over(self.paragraph, lower.paragraph), over(self.character, lower.character))


def read_character(parent: Element | None) -> Character:
    """Read the `w:rPr` of an element."""
    return _read(Character, child(parent, "w:rPr"))


def read_properties(properties: Element) -> Character:
    """Read a `w:rPr`."""
    return _read(Character, properties)


def read_paragraph(parent: Element | None) -> Paragraph:
    """Read the `w:pPr` of an element."""
    return _read(Paragraph, child(parent, "w:pPr"))


def read_layer(style: Element | None) -> Layer:
    """Read both."""
    return Layer(read_paragraph(style), read_character(style))


def _read(kind: type[Format], properties: Element | None) -> Format:
    stated: dict[str, Any] = {}
    rest: list[tuple[str, bool]] = []
    readers, passed = _READERS[kind], _PASSED[kind]
    for element in () if properties is None else properties:
        if element.tag in readers:
            for key, read in readers[element.tag]:
                if key not in stated:
                    stated[key] = read(element)
        if element.tag not in passed and (element.tag not in readers or element.tag == _EFFECT):
            rest.append(unread(element))
    return kind(**stated, rest=tuple(rest) or None)


def over(upper: Format, lower: Format) -> Format:
    """`upper` where it says something, `lower` where it does not."""
    stated: dict[str, Any] = {
        key: own for key in _FIELDS[type(upper)] if (own := getattr(upper, key)) is not None
    }
    if not stated:
        return lower
    # A font named outright takes the place of a theme's font from a layer below.
    for slot in ("ascii", "hansi", "east"):
        if slot in stated:
            stated.setdefault(f"{slot}_theme", None)
    if "tabs" in stated:
        # Tab stops add up over the layers; `clear` takes one away.
        below: tuple[Stop, ...] = getattr(lower, "tabs", None) or ()
        stops = {round(stop[0], 1): stop for stop in (*below, *stated["tabs"])}
        stated["tabs"] = tuple(stops[at] for at in sorted(stops))
    if "rest" in stated:
        stated["rest"] = tuple((dict(lower.rest or ()) | dict(stated["rest"])).items())
    return replace(lower, **stated)


def toggled(upper: Character, lower: Character, defaults: Character) -> Character:
    """A character style over a paragraph's: a switch that both turn on is off, unless all text has it."""
    twice: dict[str, Any] = {
        key: False
        for key in _SWITCHES
        if getattr(upper, key) and getattr(lower, key) and not getattr(defaults, key)
    }
    return replace(upper, **twice) if twice else upper


_SWITCHES = ("bold", "italic", "caps", "small_caps", "strike", "hidden")  # toggles, in Word's words
_EFFECT = name("w14:textFill")  # of which a gradient is told as well
_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in (Character, Paragraph)}
_PASSED = {Character: PASSED["w:rPr"], Paragraph: PASSED["w:pPr"]}
_READERS: dict[type, dict[str, list[tuple[str, Read]]]] = {}
for _kind in (Character, Paragraph):
    _READERS[_kind] = defaultdict(list)
    for _field in fields(_kind):
        if _field.metadata:
            _READERS[_kind][_field.metadata["element"]].append((_field.name, _field.metadata["read"]))
