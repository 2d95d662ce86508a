"""Tabs, which CSS does not have: after a first layout each gets the width that leads to its stop.

`data-tabs` of a block says its stops, `36 right .;…/<default distance>` in points; a tab is an empty
box of the class `tab`, with `data-to` where it leads to an edge of the measure. The elements
themselves are changed, so that the second layout finds them so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

CLASS = "tab"
STOPS, EDGE = "data-tabs", "data-to"
PIXELS = 96 / 72  # WeasyPrint counts in pixels, Word in points
_LEAST = 0.01


@dataclass(frozen=True, slots=True)
class Stop:
    """Where text goes on, how it stands to that place, and what fills the way there."""

    at: float
    kind: str
    leader: str


def settle(document: Any) -> bool:
    """Give every tab its width; whether any was changed."""
    changed = False
    for page in document.pages:
        for block, line in _lines(page._page_box):
            changed |= _settle(block, line)
    return changed


def _lines(box: Any) -> Iterator[tuple[Any, Any]]:
    """Every line of a block that has tabs."""
    for block in box.descendants(placeholders=True):
        if block.element is not None and block.element_tag and block.element.get(STOPS):
            yield from ((block, child) for child in block.children if hasattr(child, "text_overflow"))


def _settle(block: Any, line: Any) -> bool:
    leaves = list(_leaves(line))
    tabs = [index for index, leaf in enumerate(leaves) if _is_tab(leaf)]
    moved = 0.0
    stops, distance = _read(block.element.get(STOPS))
    for place, index in enumerate(tabs):
        leaf = leaves[index]
        until = tabs[place + 1] if place + 1 < len(tabs) else len(leaves)
        text = [box for box in leaves[index + 1 : until] if getattr(box, "width", 0)]
        end = leaf.position_x + leaf.width
        following = text[-1].position_x + text[-1].width - end if text else 0.0
        start = (leaf.position_x + moved - block.position_x) / PIXELS
        stop = _edge(leaf, block) or next((stop for stop in stops if stop.at > start + _LEAST), None)
        stop = stop or Stop((int((start + _LEAST) / distance) + 1) * distance, "left", "")
        width = max(stop.at - start - _share(stop, text) * following / PIXELS, 0.0)
        leaf.element.set("style", f"width: {width:.2f}pt")
        leaf.element.text = stop.leader * int(width / _breadth(leaf)) if stop.leader else None
        moved += width * PIXELS - leaf.width
    return bool(tabs)


def _leaves(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if _is_tab(child) or not getattr(child, "children", ()):
            yield child
        else:
            yield from _leaves(child)


def _is_tab(box: Any) -> bool:
    return box.element is not None and CLASS in (box.element.get("class") or "").split()


def _edge(leaf: Any, block: Any) -> Stop | None:
    """The stop of a tab that leads to an edge of the measure or to its middle."""
    to, _, leader = (leaf.element.get(EDGE) or "").partition(" ")
    share = {"left": 0.0, "center": 0.5, "right": 1.0}.get(to)
    return None if share is None else Stop(share * block.margin_width() / PIXELS, to, leader)


def _share(stop: Stop, text: list[Any]) -> float:
    """How much of the text after a tab stands before its stop."""
    if stop.kind == "decimal":
        words = "".join(getattr(box, "text", "") for box in text)
        return len(words.partition(".")[0]) / len(words) if words else 0.0
    return {"right": 1.0, "center": 0.5}.get(stop.kind, 0.0)


def _breadth(leaf: Any) -> float:
    """How broad the sign is that fills a tab, in points; the first layout has set it once."""
    inside = [box.width for box in leaf.descendants() if getattr(box, "text", "")]
    return float(max(inside[0] if inside else leaf.style["font_size"] / 4, 1.0)) / PIXELS


def _read(value: str) -> tuple[list[Stop], float]:
    named, _, distance = value.rpartition("/")
    stops = []
    for stop in filter(None, named.split(";")):
        at, kind, *leader = stop.split(" ")
        stops.append(Stop(float(at), kind, leader[0] if leader else ""))
    return stops, max(float(distance), 1.0)
