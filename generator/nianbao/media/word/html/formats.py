"""Formats of characters and paragraphs: each field is None where a layer of the document says nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TypeVar

from nianbao.media.word.html.wordml import (
    Element,
    attribute,
    child,
    children,
    local,
    measure,
    number,
    points,
    switch,
    value,
)

Format = TypeVar("Format", "Character", "Paragraph")


@dataclass(frozen=True, slots=True)
class Border:
    """One edge: Word's style name, the width in points, the colour as rrggbb or auto."""

    style: str
    width: float
    color: str


@dataclass(frozen=True, slots=True)
class Character:
    """What a run looks like; sizes in points, `scale` in per cent."""

    ascii: str | None = None
    hansi: str | None = None
    east: str | None = None
    ascii_theme: str | None = None
    hansi_theme: str | None = None
    east_theme: str | None = None
    hint: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    small_caps: bool | None = None
    strike: bool | None = None
    double_strike: bool | None = None
    hidden: bool | None = None
    color: str | None = None
    underline: str | None = None
    raised: str | None = None
    position: float | None = None
    spacing: float | None = None
    scale: int | None = None
    highlight: str | None = None
    fill: str | None = None
    emphasis: str | None = None
    kern: float | None = None
    rtl: bool | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """How a paragraph is set; lengths in points, `*_chars` in characters, `*_lines` in lines."""

    style: str | None = None
    align: str | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    left_chars: float | None = None
    right_chars: float | None = None
    first_chars: float | None = None
    before: float | None = None
    after: float | None = None
    before_lines: float | None = None
    after_lines: float | None = None
    before_auto: bool | None = None
    after_auto: bool | None = None
    line: float | None = None
    line_rule: str | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    page_break: bool | None = None
    widows: bool | None = None
    contextual: bool | None = None
    outline: int | None = None
    gap_letters: bool | None = None
    gap_digits: bool | None = None
    hang: bool | None = None
    snap: bool | None = None
    fill: str | None = None
    borders: tuple[tuple[str, Border], ...] | None = None
    numbering: str | None = None
    level: str | None = None
    tabs: tuple[tuple[float, str, str], ...] | None = None
    rtl: bool | None = None


def over(upper: Format, lower: Format) -> Format:
    """`upper` where it says something, `lower` where it does not."""
    said = {key: found for key in _FIELDS[type(upper)] if (found := getattr(upper, key)) is not None}
    if not said:
        return lower
    # A font named outright takes the place of a theme's font from a layer below.
    said |= {
        f"{slot}_theme": None
        for slot in ("ascii", "hansi", "east")
        if slot in said and f"{slot}_theme" not in said
    }
    if "tabs" in said:
        said["tabs"] = _stops(getattr(lower, "tabs", None) or (), said["tabs"])
    return replace(lower, **said)


def _stops(
    lower: tuple[tuple[float, str, str], ...], upper: tuple[tuple[float, str, str], ...]
) -> tuple[tuple[float, str, str], ...]:
    """Tab stops add up over the layers; `clear` takes one away."""
    found = {round(each[0], 1): each for each in (*lower, *upper)}
    return tuple(found[at] for at in sorted(found))


def read_character(properties: Element | None) -> Character:
    """Read a `w:rPr`."""
    if properties is None or not len(properties):
        return Character()
    fonts, shade = child(properties, "w:rFonts"), child(properties, "w:shd")
    return Character(
        ascii=attribute(fonts, "w:ascii"),
        hansi=attribute(fonts, "w:hAnsi"),
        east=attribute(fonts, "w:eastAsia"),
        ascii_theme=attribute(fonts, "w:asciiTheme"),
        hansi_theme=attribute(fonts, "w:hAnsiTheme"),
        east_theme=attribute(fonts, "w:eastAsiaTheme"),
        hint=attribute(fonts, "w:hint"),
        size=points(value(properties, "w:sz"), 2),
        bold=switch(properties, "w:b"),
        italic=switch(properties, "w:i"),
        caps=switch(properties, "w:caps"),
        small_caps=switch(properties, "w:smallCaps"),
        strike=switch(properties, "w:strike"),
        double_strike=switch(properties, "w:dstrike"),
        hidden=switch(properties, "w:vanish"),
        color=value(properties, "w:color"),
        underline=value(properties, "w:u"),
        raised=value(properties, "w:vertAlign"),
        position=points(value(properties, "w:position"), 2),
        spacing=points(value(properties, "w:spacing")),
        scale=number((value(properties, "w:w") or "").rstrip("%")),
        highlight=value(properties, "w:highlight"),
        fill=attribute(shade, "w:fill"),
        emphasis=value(properties, "w:em"),
        kern=points(value(properties, "w:kern"), 2),
        rtl=switch(properties, "w:rtl"),
    )


def read_paragraph(properties: Element | None) -> Paragraph:
    """Read a `w:pPr`."""
    if properties is None or not len(properties):
        return Paragraph()
    indent, spacing = child(properties, "w:ind"), child(properties, "w:spacing")
    hanging = measure(indent, "w:hanging")
    hanging_chars = _hundredths(indent, "w:hangingChars")
    borders = child(properties, "w:pBdr")
    numbering = child(properties, "w:numPr")
    return Paragraph(
        style=value(properties, "w:pStyle"),
        align=value(properties, "w:jc"),
        left=_either(measure(indent, "w:left"), measure(indent, "w:start")),
        right=_either(measure(indent, "w:right"), measure(indent, "w:end")),
        first=-hanging if hanging is not None else measure(indent, "w:firstLine"),
        left_chars=_either(_hundredths(indent, "w:leftChars"), _hundredths(indent, "w:startChars")),
        right_chars=_either(_hundredths(indent, "w:rightChars"), _hundredths(indent, "w:endChars")),
        first_chars=-hanging_chars if hanging_chars else _hundredths(indent, "w:firstLineChars"),
        before=measure(spacing, "w:before"),
        after=measure(spacing, "w:after"),
        before_lines=_hundredths(spacing, "w:beforeLines"),
        after_lines=_hundredths(spacing, "w:afterLines"),
        before_auto=_flag(spacing, "w:beforeAutospacing"),
        after_auto=_flag(spacing, "w:afterAutospacing"),
        line=measure(spacing, "w:line"),
        line_rule=attribute(spacing, "w:lineRule") or ("auto" if attribute(spacing, "w:line") else None),
        keep_next=switch(properties, "w:keepNext"),
        keep_lines=switch(properties, "w:keepLines"),
        page_break=switch(properties, "w:pageBreakBefore"),
        widows=switch(properties, "w:widowControl"),
        contextual=switch(properties, "w:contextualSpacing"),
        outline=number(value(properties, "w:outlineLvl")),
        gap_letters=switch(properties, "w:autoSpaceDE"),
        gap_digits=switch(properties, "w:autoSpaceDN"),
        hang=switch(properties, "w:overflowPunct"),
        snap=switch(properties, "w:snapToGrid"),
        fill=attribute(child(properties, "w:shd"), "w:fill"),
        borders=None if borders is None else read_borders(borders),
        numbering=None if numbering is None else value(numbering, "w:numId") or "0",
        level=None if numbering is None else value(numbering, "w:ilvl"),
        tabs=_tabs(child(properties, "w:tabs")),
        rtl=switch(properties, "w:bidi"),
    )


def read_borders(parent: Element | None) -> tuple[tuple[str, Border], ...]:
    """The edges a `w:pBdr`, `w:tblBorders` or `w:tcBorders` names, in its order."""
    if parent is None:
        return ()
    return tuple(
        (
            local(edge)[2:],
            Border(
                style=attribute(edge, "w:val") or "nil",
                width=points(attribute(edge, "w:sz"), 8) or 0.0,
                color=attribute(edge, "w:color") or "auto",
            ),
        )
        for edge in parent
    )


def _tabs(parent: Element | None) -> tuple[tuple[float, str, str], ...] | None:
    if parent is None:
        return None
    return tuple(
        (
            measure(each, "w:pos") or 0.0,
            attribute(each, "w:val") or "left",
            attribute(each, "w:leader") or "none",
        )
        for each in children(parent, "w:tab")
    )


def _either(first: float | None, second: float | None) -> float | None:
    return second if first is None else first


def _hundredths(element: Element | None, short: str) -> float | None:
    return points(attribute(element, short), 100)


def _flag(element: Element | None, short: str) -> bool | None:
    said = attribute(element, short)
    return None if said is None else said not in ("0", "false", "off")


_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in (Character, Paragraph)}
