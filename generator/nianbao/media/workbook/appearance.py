"""How one cell appears on its sheet: its look, what conditions make of it, and whether it is covered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from nianbao.media.workbook.cell_looks import Change, Look, Looks
from nianbao.media.workbook.colours import pale, unseen
from nianbao.media.workbook.number_formats import PLAIN
from nianbao.media.workbook.rich_text import RichText
from nianbao.media.workbook.rows import Seen
from nianbao.media.workbook.sheet_layout import Condition, Layout

SMALLEST = 2.0  # points; nobody reads what is smaller
PICTURES = (
    "wingdings",
    "webdings",
    "marlett",
    "symbol",
    "zapf",
)  # fonts, by how their names begin, without digits
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_COMPARE: Mapping[str, Callable[[float, Sequence[float]], bool]] = {
    "equal": lambda number, limits: number == limits[0],
    "notEqual": lambda number, limits: number != limits[0],
    "lessThan": lambda number, limits: number < limits[0],
    "lessThanOrEqual": lambda number, limits: number <= limits[0],
    "greaterThan": lambda number, limits: number > limits[0],
    "greaterThanOrEqual": lambda number, limits: number >= limits[0],
    "between": lambda number, limits: min(limits) <= number <= max(limits),
    "notBetween": lambda number, limits: not min(limits) <= number <= max(limits),
}


class Appearance(NamedTuple):
    """How a cell appears; `perhaps` where a condition that nobody can work out here may conceal it."""

    look: Look
    looks: Looks
    covered: bool = False
    perhaps: bool = False


class Appearances:
    """How the cells of one sheet appear."""

    def __init__(self, layout: Layout, looks: Looks) -> None:
        """Take the sheet's layout and the looks of the workbook."""
        self._looks = looks
        self._covered = layout.covered
        self._changes = [(condition, _change(condition, looks)) for condition in layout.conditions]
        self._styles: dict[str, tuple[bool, list[tuple[Condition, Look]]]] = {}

    def of(self, cell: Seen, column: int, row: int) -> Appearance | None:
        """How a cell appears; None where it is what it seems, as nearly all are."""
        covered = (column, row) in self._covered
        remarkable, conditions = self._styles.get(cell.style) or self._style(cell.style)
        if not (covered or remarkable or conditions or isinstance(cell.value, RichText)):
            return None
        look, perhaps = self._looks.look(cell.style), False
        for condition, changed in conditions:
            if any(area.has(column, row) for area in condition.areas):
                holds = _holds(condition, cell.value)
                look = changed if holds else look
                perhaps |= holds is None
        return Appearance(look, self._looks, covered, perhaps)

    def _style(self, style: str) -> tuple[bool, list[tuple[Condition, Look]]]:
        """Whether cells of a style may be other than they seem, and under which conditions they look how."""
        look = self._looks.look(style)
        remarkable = conceals(look)
        looks = [(condition, _changed(look, change)) for condition, change in self._changes]
        concealing = [] if remarkable else [(one, changed) for one, changed in looks if conceals(changed)]
        self._styles[style] = remarkable, concealing
        return self._styles[style]


@lru_cache(1024)
def conceals(look: Look) -> bool:
    """Whether a look may make a reader see another thing than is in the cell."""
    face = look.face
    return (
        face.struck
        or bool(face.rise)
        or face.size < SMALLEST
        or look.code not in PLAIN
        or is_of_pictures(face.font)
        or unseen(face.colour, look.ground)
        or pale(face.colour, look.ground)
    )


def is_of_pictures(font: str) -> bool:
    """Whether a font has pictures where others have digits."""
    return font.lower().startswith(PICTURES)


def _change(condition: Condition, looks: Looks) -> Change:
    format_ = condition.format_
    return looks.change(format_) if isinstance(format_, str) else looks.changed(format_)


def _changed(look: Look, change: Change) -> Look:
    face = look.face._replace(
        struck=look.face.struck or change.struck, colour=change.colour or look.face.colour
    )
    code = look.code if change.code is None else change.code
    return Look(face, change.ground or look.ground, code)


def _holds(condition: Condition, value: object) -> bool | None:
    """Whether a condition holds for a value; None where that cannot be said."""
    if condition.kind == "expression" and condition.formulas[:1] in (("TRUE",), ("1",)):
        return True
    if condition.kind in ("containsBlanks", "notContainsBlanks"):
        blank = value is None or (isinstance(value, str) and not value.strip())
        return blank == (condition.kind == "containsBlanks")
    limits = [float(formula) for formula in condition.formulas if _NUMBER.fullmatch(formula)]
    if condition.kind != "cellIs" or not limits or len(limits) < len(condition.formulas):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    compare = _COMPARE.get(condition.operator)
    return None if compare is None else compare(value, limits)
