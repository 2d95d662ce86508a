"""How large a drawing is, and how it is turned and mirrored: as DrawingML says it, and as VML does."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.media.word.html.wordml import Element, attribute, descendant, flag, measure, points

EMU = 12700  # per point
_DEGREE = 60000  # of a:xfrm


class Turn(NamedTuple):
    """A drawing is mirrored, left to right and top to bottom, and then turned clockwise by degrees."""

    angle: float = 0.0
    across: bool = False
    down: bool = False

    @property
    def css(self) -> dict[str, str]:
        """The declaration that does the same."""
        steps = [f"rotate({self.angle:g}deg)"] if self.angle else []
        if self.across or self.down:
            steps.append(f"scale({-1 if self.across else 1}, {-1 if self.down else 1})")
        return {"transform": " ".join(steps)} if steps else {}


UNTURNED = Turn()


def turn_of(transform: Element | None) -> Turn:
    """What an `a:xfrm` says."""
    angle = measure(transform, "rot", _DEGREE) or 0.0
    return Turn(angle % 360, flag(transform, "flipH"), flag(transform, "flipV"))


def vml_turn(style: dict[str, str]) -> Turn:
    """What the style of a VML shape says: degrees, or with `fd` 65536ths of one."""
    text, flips = style.get("rotation", "0"), style.get("flip", "")
    angle = points(text.removesuffix("fd"), 65536 if text.endswith("fd") else 1) or 0.0
    return Turn(angle % 360, "x" in flips, "y" in flips)


def extent(drawing: Element, shape: Element | None = None) -> tuple[float, float]:
    """The width and height of a drawing in points, 0 where it does not say; of VML, those of `shape`."""
    modern = descendant(drawing, "wp:extent")
    if modern is not None:
        return measure(modern, "cx", EMU) or 0.0, measure(modern, "cy", EMU) or 0.0
    style = declarations(descendant(drawing, "v:shape") if shape is None else shape)
    return vml_length(style, "width"), vml_length(style, "height")


def vml_length(style: dict[str, str], *keys: str) -> float:
    """The first of these lengths a VML element says, in points; 0 where it says none."""
    stated = next((style[key] for key in keys if style.get(key)), None)
    return points(stated, 1) or 0.0


def declarations(shape: Element | None) -> dict[str, str]:
    """The style attribute of a VML element as a mapping."""
    pairs = (part.partition(":") for part in (attribute(shape, "style") or "").split(";") if ":" in part)
    return {key.strip().lower(): text.strip() for key, _, text in pairs}


def vml_pair(text: str) -> tuple[float, float]:
    """Two lengths of VML with a comma between them, in points."""
    first, _, second = text.partition(",")
    return points(first, 1) or 0.0, points(second, 1) or 0.0
