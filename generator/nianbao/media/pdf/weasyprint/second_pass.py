"""What is known of a page only when it is laid out, for a second layout that takes it into account."""

from __future__ import annotations

from typing import Any

from nianbao.media.pdf.weasyprint.split_borders import tables
from nianbao.media.pdf.weasyprint.tabs import settle

_SIDES = {"@top-center": "top", "@bottom-center": "bottom"}
_LEAST = 0.5  # pixels that do not count


def corrections(document: Any) -> str:
    """The style sheet of a second layout; "" where the first one will do.

    Tabs are settled in their elements, which the second layout finds so.
    """
    settled = "/* tabs */\n" if settle(document) else ""
    return settled + _margins(document) + _torn_tables(document)


def _margins(document: Any) -> str:
    """The margins that headers and footers need which are taller: they push the body, as Word has it.

    CSS lets them run into the body.
    """
    margins: dict[tuple[str, str], float] = {}
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
                margins[key] = max(margins.get(key, 0.0), needed)
    return "".join(
        f"@page {name} {{ margin-{side}: {needed:.2f}px !important }}\n"
        for (name, side), needed in margins.items()
    )


def _torn_tables(document: Any) -> str:
    """Leave to break the tables that should stay on one page and do not fit on one.

    Word then lets go of them: the table begins below its heading and goes on overleaf. WeasyPrint leaves
    the heading alone on its page.
    """
    torn: dict[str, None] = {}
    for page in document.pages:
        for table in tables(page._page_box):
            identity = table.element.get("id")
            if identity and table.skipped_rows and table.style["break_inside"] == "avoid":
                torn[identity] = None
    return "".join(
        f"#{identity} {{ break-inside: auto !important }} #{identity} tr {{ break-after: auto !important }}\n"
        for identity in torn
    )
