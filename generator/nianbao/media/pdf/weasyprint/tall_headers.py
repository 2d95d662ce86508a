"""Headers and footers that are taller than their margin: they push the body, as Word has it.

CSS lets them run into the body. Their height is known after a first layout; a second one gets wider margins.
"""

from __future__ import annotations

from typing import Any

_SIDES = {"@top-center": "top", "@bottom-center": "bottom"}
_LEAST = 0.5  # pixels that do not count


def widened(document: Any) -> str:
    """The style sheet with the margins that tall headers and footers need; "" where none does."""
    found: dict[tuple[str, str], float] = {}
    for page in document.pages:
        paper = page._page_box
        for box in paper.children:
            side = _SIDES.get(getattr(box, "at_keyword", ""))
            if side is None or not box.children:
                continue
            top = min(child.position_y for child in box.children)
            bottom = max(child.position_y + child.margin_height() for child in box.children)
            needed = bottom - top + getattr(box, f"padding_{side}")
            key = (paper.page_type.name, side)
            if needed > getattr(paper, f"margin_{side}") + _LEAST:
                found[key] = max(found.get(key, 0.0), needed)
    return "".join(
        f"@page {name} {{ margin-{side}: {needed:.2f}px !important }}\n"
        for (name, side), needed in found.items()
    )
