"""The styles of a workbook: the same with another fill, and what the sheet of findings needs.

A mark's colour says which style the cell had: each style gets a shade of its own, which nobody can
tell apart by eye, and which stays with the cell when it is moved and when another program
renumbers the styles. So marks can be undone wherever they have gone.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from nianbao.media.workbook.marks.package import MAIN, Element, main, parse

PART = "xl/styles.xml"
COLLECTIONS = ("fonts", "fills", "borders", "cellXfs")
SHADES = 512  # three bits of each of red, green and blue
EMPTY = f"""<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


@dataclass(frozen=True)
class Shade:
    """One mark's colour, and what stood there before: a style's number, its fill, how it applied it.

    `inserted` says that the cell itself had not been there.
    """

    colour: str
    style: int
    fill: str
    applied: str | None
    inserted: bool


class Styles:
    """The styles of one workbook, to be added to."""

    def __init__(self, root: Element, spare: frozenset[str] = frozenset()) -> None:
        """Take the root of xl/styles.xml; `spare` are colours of marks that are undone."""
        self.root = root
        self.before = {name: len(collection(root, name)) for name in COLLECTIONS}
        self.shades: dict[tuple[str, int, bool], Shade] = {}
        self._marked: dict[tuple[str, int, bool], int] = {}
        self._taken = {
            colour.get("rgb", "")[-6:].upper() for colour in collection(root, "fills").iter(main("fgColor"))
        } - spare

    def marked(self, colour: str, style: int, *, inserted: bool) -> int:
        """The number of the style that is like this one but filled with a shade of the colour.

        Where all shades are used up it is the same style again.
        """
        key = (colour, style, inserted)
        if key not in self._marked:
            shade = self._shade(colour)
            if shade is None:
                return style
            looks = collection(self.root, "cellXfs")
            old = looks[style] if style < len(looks) else looks[0]
            fills = collection(self.root, "fills")
            fill = etree.tostring(fills[int(old.get("fillId", "0"))], encoding="unicode", with_tail=False)
            self.shades[key] = Shade(shade, style, fill, old.get("applyFill"), inserted)
            new = copy.deepcopy(old)
            new.set("fillId", str(self.add("fills", solid(shade))))
            new.set("applyFill", "1")
            self._marked[key] = _append(looks, new)
        return self._marked[key]

    def add(self, name: str, xml: str) -> int:
        """Add a font, a fill, a border or a style, unless there is the same; return its number."""
        new = parse(f'<x xmlns="{MAIN}">{xml}</x>'.encode())[0]
        items = collection(self.root, name)
        alike = [at for at, one in enumerate(items) if same(one, new)]
        return alike[0] if alike else _append(items, copy.deepcopy(new))

    def _shade(self, colour: str) -> str | None:
        base = [int(colour[at : at + 2], 16) & ~7 for at in (0, 2, 4)]
        for number in range(SHADES):
            bits = (number & 7, number >> 3 & 7, number >> 6)
            shade = "".join(f"{channel | bit:02X}" for channel, bit in zip(base, bits, strict=True))
            if shade not in self._taken:
                self._taken.add(shade)
                return shade
        return None


def solid(colour: str) -> str:
    """A fill of one colour."""
    return f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'


def undo(root: Element, shades: Sequence[Shade]) -> dict[int, tuple[int, bool]]:
    """By number of a marked style: the number of what it was, and whether the cell was not there.

    Where another program has renumbered the styles, one that is the same is found or added.
    """
    known = {shade.colour: shade for shade in shades}
    fills, looks = collection(root, "fills"), collection(root, "cellXfs")
    by_fill = {
        at: known[colour.get("rgb", "")[-6:].upper()]
        for at, fill in enumerate(fills)
        if (colour := fill.find(f"{main('patternFill')}/{main('fgColor')}")) is not None
        and colour.get("rgb", "")[-6:].upper() in known
    }
    found: dict[int, tuple[int, bool]] = {}
    for at, look in enumerate(list(looks)):
        shade = by_fill.get(int(look.get("fillId", "0")))
        if shade is None:
            continue
        before = copy.deepcopy(look)
        fill = parse(shade.fill.encode())
        alike = [at for at, one in enumerate(fills) if same(one, fill) or _fills_alike(one, fill)]
        before.set("fillId", str(alike[0] if alike else _append(fills, fill)))
        if shade.applied is None:
            before.attrib.pop("applyFill", "")
        else:
            before.set("applyFill", shade.applied)
        numbers = [shade.style] if shade.style < len(looks) else []
        equal = [one for one in [*numbers, *range(len(looks))] if same(looks[one], before)]
        found[at] = (equal[0] if equal else _append(looks, before), shade.inserted)
    return found


def shrink(root: Element, counts: Mapping[str, int]) -> None:
    """Take out what was added: what stands beyond these counts."""
    for name, count in counts.items():
        items = collection(root, name)
        del items[count:]
        _count(items)


def collection(root: Element, name: str) -> Element:
    """The fonts, fills, borders or styles."""
    found = root.find(main(name))
    assert found is not None  # openpyxl has read them
    return found


def same(one: Element, other: Element) -> bool:
    """Whether two elements say the same, whatever the order of their attributes."""
    return (
        one.tag == other.tag
        and sorted(one.items()) == sorted(other.items())
        and len(one) == len(other)
        and all(same(a, b) for a, b in zip(one, other, strict=True))
    )


def _fills_alike(one: Element, other: Element) -> bool:
    """Whether two fills are the same plain colour; programs differ in what they write beside it."""
    colours = []
    for fill in (one, other):
        pattern = fill.find(main("patternFill"))
        colour = None if pattern is None else pattern.find(main("fgColor"))
        if pattern is None or colour is None or pattern.get("patternType") != "solid":
            return False
        colours.append(colour.get("rgb", "")[-6:].upper())
    return bool(colours[0]) and colours[0] == colours[1]


def digest(content: bytes) -> str:
    """What tells whether a part is as it was left."""
    return hashlib.sha256(content).hexdigest()


def _append(items: Element, new: Element) -> int:
    items.append(new)
    _count(items)
    return len(items) - 1


def _count(items: Element) -> None:
    if "count" in items.attrib:
        items.set("count", str(len(items)))
