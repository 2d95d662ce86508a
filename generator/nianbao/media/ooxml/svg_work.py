"""How much there is to draw in an SVG picture, before anybody draws it.

What is drawn is not what is written: a marker is drawn at every point of a path, a symbol at every use, a
pattern in every tile, and each of them may hold others. All is counted in units of what a plain shape takes,
some 60 µs in WeasyPrint, and rather too much than too little.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from lxml import etree

from nianbao.media.ooxml.xml import Element

ENDLESS = math.inf
_EVALUATIONS = 50_000  # of elements as something inherits them: of what needs more, more is drawn as well
_REFERENCE = re.compile(r"""url\(\s*["']?#([^"')\s]+)""")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_COMMAND = re.compile(r"([a-zA-Z])([^a-zA-Z]*(?:[eE][+-]?\d[^a-zA-Z]*)*)")
_KEPT_BACK = frozenset(
    ("defs", "marker", "pattern", "mask", "clipPath", "symbol", "filter")
)  # drawn where named
_POINTED = frozenset(("path", "polyline", "polygon", "line"))
_SHAPES = _POINTED | {"rect", "circle", "ellipse", "text", "tspan", "textPath"}
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_LETTER = 4.0  # units for a letter, which is set twice
_COPIED = 3_200_000  # squared characters of a path for a unit: what is left of it is copied at each point
_FOUND = 0.03  # units for each element that is looked through for an id
_RULE = 0.1  # units for each rule of style that may fit an element
_DASHES = 20_000  # drawn of one shape; viewers draw them one by one
_LARGEST_LETTER = 10_000.0
_WIDEST_BLUR = 100.0
_DEEPEST = 100


def work_of(root: Element, *, tiled: bool) -> float:
    """The units that a picture takes to draw; ENDLESS for what leads to itself, or cannot be foretold."""
    return _Work(root, tiled).total()


class _Work:
    """One picture while it is counted."""

    def __init__(self, root: Element, tiled: bool) -> None:
        self.root, self.tiled = root, tiled
        self.elements = [element for element in root.iter(etree.Element)]
        self.named: dict[str, Element] = {}
        for element in self.elements:
            self.named.setdefault(element.get("id", ""), element)
        self.sheet = " ".join(element.text or "" for element in root.iter("{*}style"))
        self.by_sheet = self._named_in(self.sheet)
        written = etree.tostring(root, encoding="unicode")
        self.boxed = any(word in written for word in ("opacity", "url(", "<use", "symbol"))
        self.found: dict[tuple[Element, frozenset[str]], float] = {}
        self.sizes: dict[Element, float] = {}
        self.open: set[Element] = set()
        self.left = _EVALUATIONS

    def total(self) -> float:
        """The units of the whole picture."""
        if len(self.elements) > _EVALUATIONS or _depth(self.root) > _DEEPEST or self._is_out_of_bounds():
            return ENDLESS
        ids = {
            name for element in self.elements for name in (*self._references(element), *self._target(element))
        }
        looked = (len(ids) + len(self.by_sheet)) * len(self.elements) * _FOUND
        return looked + self._within(self.root, frozenset(self.by_sheet))

    def _is_out_of_bounds(self) -> bool:
        """Whether letters, blurs or dashes are such as no picture has."""
        for element in self.elements:
            style = {
                **_declared(element.get("style", "")),
                **{str(key): str(value) for key, value in element.items()},
            }
            if _largest(style.get("font-size", "")) > _LARGEST_LETTER:
                return True
            if _largest(style.get("stdDeviation", "")) > _WIDEST_BLUR:
                return True
        declared = _declared(self.sheet.replace("{", ";").replace("}", ";"))
        return _largest(declared.get("font-size", "")) > _LARGEST_LETTER

    def _cost(self, element: Element, inherited: frozenset[str]) -> float:
        key = element, inherited
        if key in self.found:
            return self.found[key]
        self.left -= 1
        if element in self.open or self.left < 0:
            return ENDLESS
        self.open.add(element)
        cost = self._own(element, inherited) + self._within(
            element, inherited | set(self._references(element))
        )
        self.open.discard(element)
        self.found[key] = cost
        return cost

    def _within(self, element: Element, inherited: frozenset[str]) -> float:
        total = 0.0
        for child in element.iterchildren(etree.Element):
            if _name(child) not in _KEPT_BACK:
                total += self._cost(child, inherited)
                if total == ENDLESS:
                    break
        return total

    def _own(self, element: Element, inherited: frozenset[str]) -> float:
        """The units of an element without what is in it, but with what is drawn for it from elsewhere."""
        name = _name(element)
        cost = 1 + _RULE * self.sheet.count("{") + sum(len(value) for value in element.attrib.values()) / 500
        cost += self._size(element) / 2 if self.boxed else 0
        if name in _SHAPES or name == "a":
            cost += _LETTER * len("".join((element.text or "", *(child.tail or "" for child in element))))
        path = element.get("d", "") or element.get("points", "")
        cost += len(path) ** 2 / _COPIED
        points = len(_NUMBER.findall(path)) / 2 + 2 if name in _POINTED else 0
        if name in _SHAPES:
            cost += self._dashes(element)
            for called in inherited.union(self._references(element), self.by_sheet):
                cost += self._called(called, inherited, points)
        else:
            for called in self._references(element):
                if (drawn := self.named.get(called)) is not None and _name(drawn) in (
                    "mask",
                    "clipPath",
                    "filter",
                ):
                    cost += self._body(drawn, inherited)
        for target in self._target(element):
            drawn = self.named.get(target)
            if name == "use" and drawn is not None:
                keep = inherited | set(self._references(element))
                cost += self._body(drawn, keep) if _name(drawn) in _KEPT_BACK else self._cost(drawn, keep)
        return cost

    def _called(self, name: str, inherited: frozenset[str], points: float) -> float:
        """The units of what a shape is drawn with: its markers at each of its points, what fills it."""
        drawn = self.named.get(name)
        if drawn is None:
            return 0
        kind = _name(drawn)
        if kind == "marker":
            return points * self._body(drawn, frozenset()) if points else 0
        if kind in ("linearGradient", "radialGradient"):
            return 2 * self._gradient(drawn)
        if kind == "pattern":
            look_up = len(self.elements) * _FOUND
            return 2 * (self._body(drawn, frozenset()) * (self._tiles(drawn) if self.tiled else 1) + look_up)
        return self._body(drawn, frozenset()) if kind in ("mask", "clipPath", "filter") else 0

    def _body(self, element: Element, inherited: frozenset[str]) -> float:
        """The units of what is drawn where something is named, with what that takes over from another."""
        if element in self.open:
            return ENDLESS
        self.open.add(element)
        keep = inherited | set(self._references(element))
        above = [drawn for name in self._target(element) if (drawn := self.named.get(name)) is not None]
        cost = 1 + self._within(element, keep) + sum(self._body(drawn, keep) for drawn in above)
        self.open.discard(element)
        return cost

    def _size(self, element: Element) -> float:
        """How many elements are gone through to find how far something reaches."""
        if element not in self.sizes:
            self.sizes[element] = ENDLESS  # until it is known
            below = list(element.iterchildren(etree.Element))
            if _name(element) == "use":
                below += [
                    drawn for name in self._target(element) if (drawn := self.named.get(name)) is not None
                ]
            self.sizes[element] = 1 + sum(self._size(child) for child in below)
        return self.sizes[element]

    def _gradient(self, element: Element) -> float:
        """The units of a gradient: of all its colours, as often as it repeats them."""
        chain = [element]
        while above := [self.named[name] for name in self._target(chain[-1]) if name in self.named]:
            if above[0] in chain or len(chain) > _DEEPEST:
                return ENDLESS
            chain += above[:1]
        stops = float(sum(len(link) for link in chain))
        said = {str(key): str(value) for link in reversed(chain) for key, value in link.items()}
        if said.get("spreadMethod", "pad") == "pad":
            return 3 * stops
        across, reach = 1.0, 2.0
        if said.get("gradientUnits") == "userSpaceOnUse":
            across = reach = 4 * self._extent()
        if _name(element) == "linearGradient":
            ends = [_part(said.get(key, start), across) for key, start in _LINE]
            length = math.hypot(ends[1] - ends[0], ends[3] - ends[2])
        else:
            length = _part(said.get("r", "50%"), across) - _part(said.get("fr", "0"), across)
        smallest = min(
            (abs(float(n)) or 1 for n in _NUMBER.findall(said.get("gradientTransform", ""))), default=1
        )
        length = abs(length) * min(smallest, 1)
        repeated = stops * (reach / length + 1) if length else ENDLESS
        return 3 * repeated + repeated**2 / 100_000

    def _tiles(self, pattern: Element) -> float:
        """How many tiles of a pattern the picture has room for."""
        sides = [_part(pattern.get(side, "0"), 1) for side in ("width", "height")]
        extent = self._extent() if pattern.get("patternUnits") == "userSpaceOnUse" else 1.0
        return math.prod(extent / side + 1 if side > 0 else 1 for side in sides)

    def _extent(self) -> float:
        """How far the picture reaches, in its own units."""
        box = [float(number) for number in _NUMBER.findall(self.root.get("viewBox", ""))][2:]
        sides = box or [_part(self.root.get(side, "0"), 0) for side in ("width", "height")]
        return max(*sides, 1.0) if len(sides) == 2 else 1000.0

    def _dashes(self, element: Element) -> float:
        """ENDLESS where a shape has more dashes than anybody could see; a list of them has its units."""
        around = [element, *element.iterancestors()]
        lists = [
            _declared(each.get("style", "")).get("stroke-dasharray") or str(each.get("stroke-dasharray", ""))
            for each in around
        ]
        lists += [match[1] for match in re.finditer(r"stroke-dasharray\s*:\s*([^;}]*)", self.sheet)]
        cost = 0.0
        for written in lists:
            dashes = [abs(float(number)) for number in _NUMBER.findall(written)]
            if sum(dashes) and _length(element) / sum(dashes) * len(dashes) > _DASHES:
                return ENDLESS
            cost += len(dashes) / 10
        return cost

    def _references(self, element: Element) -> Iterator[str]:
        for value in element.attrib.values():
            if "url(" in value:
                yield from _REFERENCE.findall(str(value))

    def _named_in(self, css: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_REFERENCE.findall(css)))

    def _target(self, element: Element) -> list[str]:
        return [value[1:] for key in _HREF if (value := str(element.get(key, ""))).startswith("#")][:1]


_LINE = (("x1", "0"), ("x2", "100%"), ("y1", "0"), ("y2", "0"))


def _depth(root: Element) -> int:
    deepest, level = 0, [root]
    while level and deepest <= _DEEPEST:
        level = [child for element in level for child in element.iterchildren(etree.Element)]
        deepest += 1
    return deepest


def _name(element: Element) -> str:
    return etree.QName(element).localname


def _declared(css: str) -> dict[str, str]:
    """The declarations of a style; of several for one name the largest would be wanted, the last is taken."""
    pairs = (declaration.partition(":") for declaration in css.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _largest(written: str) -> float:
    return max((abs(float(number)) for number in _NUMBER.findall(written)), default=0.0)


def _part(written: str, whole: float) -> float:
    """A length, or a share of another."""
    number = _NUMBER.match(written.strip())
    if number is None:
        return 0.0
    return float(number[0]) * (whole / 100 if written.strip().endswith("%") else 1)


def _length(element: Element) -> float:
    """How long the line of a shape is, rather too long."""
    name, numbers = _name(element), [float(n) for n in _NUMBER.findall(element.get("points", ""))]
    if name == "path":
        return _path_length(element.get("d", ""))
    if name in ("polyline", "polygon"):
        return 2 * sum(abs(after - before) for before, after in zip(numbers, numbers[2:], strict=False))
    sides = {
        key: _part(element.get(key, "0"), 1000)
        for key in ("width", "height", "r", "rx", "ry", "x1", "x2", "y1", "y2")
    }
    if name == "line":
        return abs(sides["x2"] - sides["x1"]) + abs(sides["y2"] - sides["y1"])
    return 2 * (sides["width"] + sides["height"]) + 7 * (sides["r"] + sides["rx"] + sides["ry"])


def _path_length(path: str) -> float:
    total, before = 0.0, [0.0, 0.0]
    for letter, rest in _COMMAND.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        if letter.islower():
            total += sum(map(abs, numbers))
        elif letter in "HV":
            total += sum(abs(number - before["HV".index(letter)]) for number in numbers)
        else:
            total += sum(abs(a - b) for b, a in zip(before + numbers, numbers, strict=False))
        if letter.isupper() and len(numbers) >= 2:
            before = numbers[-2:]
    return total
