"""Tab stops: what a paragraph says of them, as the printer is told.

CSS has no tabs. Each becomes an empty box; the printer widens it once it knows where it came to stand.
"""

from __future__ import annotations

from html import escape

from nianbao.media.word.html.formats import Paragraph

_LEADERS = {"dot": ".", "hyphen": "-", "underscore": "_", "middleDot": "·", "heavy": "_"}
_KINDS = {"center": "center", "right": "right", "end": "right", "decimal": "decimal", "num": "left"}


def stops(format: Paragraph, left: float, first: float, default: float) -> str:
    """The stops of a paragraph: `36 right .;…/<default distance>`, from the left edge of the measure."""
    found = {
        at: (_KINDS.get(kind, "left"), leader)
        for at, kind, leader in format.tabs or ()
        if kind not in ("bar", "clear")
    }
    if first < 0:
        # A hanging indent ends at a stop.
        found.setdefault(left, ("left", "none"))
    said = ";".join(
        f"{at:g} {kind} {_LEADERS.get(leader, '')}".rstrip() for at, (kind, leader) in sorted(found.items())
    )
    return f"{said}/{default:g}"


def tab(leader: str = "") -> str:
    """A tab; what fills it stands in it once, for the printer to measure."""
    return f'<span class="tab">{leader}</span>'


def leader(format: Paragraph) -> str:
    """What fills the tabs of a paragraph, if anything does: its first stop that has a leader says it."""
    said = (_LEADERS.get(filled, "") for _, kind, filled in format.tabs or () if kind != "clear")
    return next(filter(None, said), "")


def aligned(to: str, leader: str) -> str:
    """A tab that leads to an edge or the middle of the measure, whatever the stops."""
    said = f"{to} {_LEADERS.get(leader, '')}".rstrip()
    return f'<span class="tab" data-to="{escape(said)}"></span>'
