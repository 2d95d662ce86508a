"""Automatic numbers in front of paragraphs: definitions, counters, and the text they give."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nianbao.media.word.html.characters import sign, symbolic
from nianbao.media.word.html.formats import Character, Paragraph, read_character, read_paragraph
from nianbao.media.word.html.number_formats import written
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, attribute, child, children, number, switch, value

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """What one level of a numbering says; `text` has %1 for the number of the first level."""

    text: str
    kind: str
    start: int
    suffix: str
    restart: int | None
    plain: bool
    style: str | None
    lost: str | None  # what of its look is not carried over
    paragraph: Paragraph
    character: Character


@dataclass(frozen=True, slots=True)
class Label:
    """A number as it is printed, what parts it from the text (tab, space, nothing), and how it looks."""

    text: str
    suffix: str
    character: Character


class Numbering:
    """The numbering definitions of a document, and how far each has counted."""

    def __init__(self, tree: Element | None) -> None:
        definitions = children(tree, "w:abstractNum")
        self._abstract = {attribute(definition, "w:abstractNumId"): definition for definition in definitions}
        linked = {value(definition, "w:styleLink"): key for key, definition in self._abstract.items()}
        self.counted = 0  # how often any of them has
        self._numbers: dict[str, tuple[str | None, Element]] = {}
        for instance in children(tree, "w:num"):
            key = value(instance, "w:abstractNumId")
            link = value(self._abstract.get(key), "w:numStyleLink")
            identity = attribute(instance, "w:numId") or ""
            self._numbers[identity] = (linked.get(link, key) if link else key, instance)
        self._levels: dict[str, dict[int, Level]] = {}
        self._counters: dict[str | None, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level(self, identity: str | None, level: str | None, style: str | None = None) -> Level | None:
        """What a paragraph's `w:numPr` names; without a level, the one that belongs to its style."""
        levels = self._read(identity or "")
        return levels.get(_place(levels, level, style))

    def label(self, format: Paragraph, losses: Losses) -> Label | None:
        """Count one paragraph further, and say what stands in front of it."""
        self.counted += 1
        identity = format.numbering or ""
        levels = self._read(identity)
        place = _place(levels, format.level, format.style)
        if place not in levels:
            return None
        level, counters = levels[place], self._count(identity, levels, place)
        if level.lost:
            losses.add(level.lost)

        def count(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in levels:
                return ""
            kind = "decimal" if level.plain else levels[at].kind
            counter = counters.get(at, levels[at].start)
            text = written(counter, kind)
            if text is None:
                losses.add(f"编号格式 {kind} 改为阿拉伯数字")
            return str(counter) if text is None else text

        text = level.text if level.kind == "bullet" else _PLACE.sub(count, level.text)
        return Label(_signs(text, level.character, losses), level.suffix, _lettered(level.character))

    def _read(self, identity: str) -> dict[int, Level]:
        """The levels of a numbering, from the outermost; none where there is no such numbering."""
        if identity not in self._levels:
            key, instance = self._numbers.get(identity, (None, None))
            levels = {_place_of(level): level for level in children(self._abstract.get(key), "w:lvl")}
            for override in children(instance, "w:lvlOverride"):
                if (own := child(override, "w:lvl")) is not None:
                    levels[_place_of(override)] = own
            self._levels[identity] = {place: _level(level) for place, level in sorted(levels.items())}
        return self._levels[identity]

    def _count(self, identity: str, levels: dict[int, Level], place: int) -> dict[int, int]:
        key, instance = self._numbers[identity]
        counters = self._counters.setdefault(key, {})
        for override in children(instance, "w:lvlOverride"):
            # A list that starts anew does so once, when it is first used.
            at, start = _place_of(override), number(value(override, "w:startOverride"))
            if start is not None and (identity, at) not in self._begun and at <= place:
                self._begun.add((identity, at))
                counters[at] = start - (at == place)
        for at in range(place):
            counters.setdefault(at, levels[at].start if at in levels else 1)
        counters[place] = counters.get(place, levels[place].start - 1) + 1
        for at in [inner for inner in counters if inner > place]:
            again = levels[at].restart if at in levels else None
            if again is None or (again > 0 and place < again):
                del counters[at]
        return counters


def _place(levels: dict[int, Level], level: str | None, style: str | None) -> int:
    if level is None and style:
        return next((place for place, stated in levels.items() if stated.style == style), 0)
    return number(level) or 0


def _place_of(element: Element) -> int:
    return number(attribute(element, "w:ilvl")) or 0


def _level(element: Element) -> Level:
    pictured = child(element, "w:lvlPicBulletId") is not None
    at_left = value(element, "w:lvlJc") in (None, "left", "start")
    start = number(value(element, "w:start"))
    return Level(
        text="•" if pictured else value(element, "w:lvlText") or "",
        kind=value(element, "w:numFmt") or "decimal",
        start=1 if start is None else start,
        suffix=value(element, "w:suff") or "tab",
        restart=number(value(element, "w:lvlRestart")),
        plain=bool(switch(element, "w:isLgl")),
        style=value(element, "w:pStyle"),
        lost="图片项目符号改为“•”" if pictured else None if at_left else "编号靠右或居中改为靠左",
        paragraph=read_paragraph(element),
        character=read_character(element),
    )


def _signs(text: str, character: Character, losses: Losses) -> str:
    font = character.ascii or character.hansi
    if not symbolic(font) and not any("\uf000" <= letter <= "\uf0ff" for letter in text):
        return text
    signs = ""
    for letter in text:
        shown = sign(font or "Symbol", ord(letter))
        if shown is None:
            losses.add(f"符号字体“{font}”中的字符 {ord(letter):04X} 改为“•”")
        signs += shown or "•"
    return signs


def _lettered(character: Character) -> Character:
    """The look of a label; a sign of Unicode is no longer set in the symbol font."""
    if not symbolic(character.ascii or character.hansi):
        return character
    return Character(size=character.size, color=character.color, bold=character.bold)
