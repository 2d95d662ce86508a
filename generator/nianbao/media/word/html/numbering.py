"""Automatic numbers in front of paragraphs: definitions, counters, and the text they give."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nianbao.media.word.html.formats import Character, Paragraph, read_character, read_paragraph
from nianbao.media.word.html.number_formats import written
from nianbao.media.word.html.symbols import sign, symbolic
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, attribute, child, children, name, number, switch, value

LEVELS = 9
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
        self._abstract = {
            attribute(each, "w:abstractNumId"): each for each in children(tree, "w:abstractNum")
        }
        linked = {value(each, "w:styleLink"): key for key, each in self._abstract.items()}
        self._numbers: dict[str, tuple[str | None, Element]] = {}
        for each in children(tree, "w:num"):
            key = value(each, "w:abstractNumId")
            link = value(self._abstract.get(key), "w:numStyleLink")
            self._numbers[attribute(each, "w:numId") or ""] = (linked.get(link, key) if link else key, each)
        self._levels: dict[str, dict[int, Level]] = {}
        self._counters: dict[str | None, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level(self, identity: str | None, level: str | None, style: str | None = None) -> Level | None:
        """What a paragraph's `w:numPr` names; without a level, the one that belongs to its style."""
        found = self._read(identity or "")
        return found.get(self._place(identity or "", level, style)) if found else None

    def label(self, format: Paragraph, losses: Losses) -> Label | None:
        """Count one paragraph further, and say what stands in front of it."""
        identity = format.numbering or ""
        levels = self._read(identity)
        place = self._place(identity, format.level, format.style)
        if not levels or place not in levels:
            return None
        level, counters = levels[place], self._count(identity, levels, place)

        def say(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            kind = "decimal" if level.plain and at in levels else levels[at].kind if at in levels else "none"
            worth = counters.get(at, levels[at].start if at in levels else 0)
            said = written(worth, kind)
            if said is None:
                losses.add(f"编号格式 {kind} 改为阿拉伯数字")
            return str(worth) if said is None else said

        text = level.text if level.kind == "bullet" else _PLACE.sub(say, level.text)
        return Label(_signs(text, level.character, losses), level.suffix, _lettered(level.character))

    def _place(self, identity: str, level: str | None, style: str | None) -> int:
        if level is None and style:
            levels = self._read(identity)
            return next((place for place, each in levels.items() if each.style == style), 0)
        return number(level) or 0

    def _read(self, identity: str) -> dict[int, Level]:
        if identity not in self._levels:
            key, instance = self._numbers.get(identity, (None, None))
            found = {_place_of(each): each for each in children(self._abstract.get(key), "w:lvl")}
            for each in children(instance, "w:lvlOverride"):
                if (own := child(each, "w:lvl")) is not None:
                    found[_place_of(each)] = own
            self._levels[identity] = {place: _level(each) for place, each in sorted(found.items())}
        return self._levels[identity]

    def _count(self, identity: str, levels: dict[int, Level], place: int) -> dict[int, int]:
        key, instance = self._numbers[identity]
        counters = self._counters.setdefault(key, {})
        for each in children(instance, "w:lvlOverride"):
            # A list that starts anew does so once, when it is first used.
            at, start = _place_of(each), number(value(each, "w:startOverride"))
            if start is not None and (identity, at) not in self._begun and at <= place:
                self._begun.add((identity, at))
                counters[at] = start - (at == place)
        for at in range(place):
            counters.setdefault(at, levels[at].start if at in levels else 1)
        counters[place] = counters.get(place, levels[place].start - 1) + 1
        for at in [each for each in counters if each > place]:
            again = levels[at].restart if at in levels else None
            if again is None or (again > 0 and place < again):
                del counters[at]
        return counters


def _place_of(element: Element) -> int:
    return number(attribute(element, "w:ilvl")) or 0


def _level(element: Element) -> Level:
    said = value(element, "w:lvlText") or ""
    picture = element.find(name("w:lvlPicBulletId")) is not None
    properties = read_paragraph(child(element, "w:pPr"))
    start = number(value(element, "w:start"))
    return Level(
        text="•" if picture else said,
        kind=value(element, "w:numFmt") or "decimal",
        start=1 if start is None else start,
        suffix=value(element, "w:suff") or "tab",
        restart=number(value(element, "w:lvlRestart")),
        plain=bool(switch(element, "w:isLgl")),
        style=value(element, "w:pStyle"),
        paragraph=properties,
        character=read_character(child(element, "w:rPr")),
    )


def _signs(text: str, character: Character, losses: Losses) -> str:
    font = character.ascii or character.hansi
    if not symbolic(font) and not any("\uf000" <= letter <= "\uf0ff" for letter in text):
        return text
    said = ""
    for letter in text:
        found = sign(font or "Symbol", ord(letter))
        if found is None:
            losses.add(f"符号字体“{font}”中的字符 {ord(letter):04X} 改为“•”")
        said += found or "•"
    return said


def _lettered(character: Character) -> Character:
    """The look of a label; a sign of Unicode is no longer set in the symbol font."""
    if not symbolic(character.ascii or character.hansi):
        return character
    return Character(size=character.size, color=character.color, bold=character.bold)
