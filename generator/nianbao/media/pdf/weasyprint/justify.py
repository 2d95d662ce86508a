"""Chinese justification: WeasyPrint stretches only blanks, and Chinese has none.

Lines are laid out flush left and then stretched here, after the layout and before the drawing,
between their characters. A box tree is not WeasyPrint's public interface: tests hold what is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

CLASS = "both"  # of a block whose lines fill the measure; with LAST, its last line does too
LAST = "all"
MOST = 0.5  # em between two characters: a line that lacks more is better left short
_CHINESE = "\u2e80"


def justify(document: Any) -> None:
    """Stretch every line of the blocks that ask for it."""
    for page in document.pages:
        for block, lines in _blocks(page._page_box):
            classes = (block.element.get("class") or "").split()
            if CLASS not in classes:
                continue
            for line in lines:
                if LAST in classes or not _ends(line):
                    _stretch(line, block.content_box_x() + block.width)


def _blocks(box: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Every block with the lines that stand in it."""
    waiting = [box]
    while waiting:
        node = waiting.pop()
        children = getattr(node, "children", ())
        lines = [child for child in children if hasattr(child, "text_overflow")]
        if lines and node.element is not None:
            yield node, lines
        else:
            waiting.extend(children)


def _ends(line: Any) -> bool:
    """Whether a line ends its paragraph or was ended by hand."""
    tags = (getattr(box, "element_tag", "") for box in _leaves(line))
    return line.resume_at is None or any(tag.startswith("br") for tag in tags)


def _leaves(box: Any) -> Iterator[Any]:
    """What is drawn in a line, from left to right."""
    for child in box.children:
        if getattr(child, "children", ()):
            yield from _leaves(child)
        else:
            yield child


def _stretch(line: Any, right: float) -> None:
    texts = [box for box in _leaves(line) if getattr(box, "text", "") and box.width]
    if not texts:
        return
    last = texts[-1]
    end = last.position_x + last.width
    spacing = last.style["letter_spacing"]
    end -= 0 if spacing == "normal" else spacing
    if end > right + 0.5 and len(texts) > 1 and len(last.text) == 1:
        end = last.position_x  # the last mark hangs: the measure is filled before it
        texts = texts[:-1]
    places = sum(_places(box) for box in texts) - (1 if _is_chinese(texts[-1]) else 0)
    room = right - end
    if places < 1 or not 0 < room <= places * texts[0].style["font_size"] * MOST:
        return
    share, moved = room / places, 0.0
    for box in _leaves(line):
        box.position_x += moved
        stretched = _places(box) if hasattr(box, "text") else 0
        if not stretched:
            continue
        if _is_chinese(box):
            box.style = box.style.copy()
            before = box.style["letter_spacing"]
            box.style["letter_spacing"] = (0 if before == "normal" else before) + share
        else:
            box.justification_spacing = share
            box.pango_layout.justification_spacing = share
        moved += stretched * share


def _places(box: Any) -> int:
    """After how many characters of a box a line may be stretched."""
    if not box.text.strip():
        return 0
    return len(box.text) if _is_chinese(box) else box.text.count(" ")


def _is_chinese(box: Any) -> bool:
    """Whether a box is Chinese type: quotation marks are in it, though their code is not Chinese."""
    return bool(max(box.text) >= _CHINESE)
