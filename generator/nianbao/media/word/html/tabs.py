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
    aligned = {
        at: (_KINDS.get(kind, "left"), leader)
        for at, kind, leader in format.tabs or ()
        if kind not in ("bar", "clear")
    }
    if first < 0:
        # A hanging indent ends at a stop.
        aligned.setdefault(left, ("left", "none"))
    written = (f"{at:g} {_filled(kind, leader)}" for at, (kind, leader) in sorted(aligned.items()))
    return f"{';'.join(written)}/{default:g}"


def tab(format: Paragraph) -> str:
    """A tab; what fills it stands in it once, for the printer to measure.

    The first stop of the paragraph that has a leader says what that is.
    """
    leaders = (_LEADERS.get(leader, "") for _, kind, leader in format.tabs or () if kind != "clear")
    return f'<span class="tab">{next(filter(None, leaders), "")}</span>'


def aligned(to: str, leader: str) -> str:
    """A tab that leads to an edge or the middle of the measure, whatever the stops."""
    return f'<span class="tab" data-to="{escape(_filled(to, leader))}"></span>'


def _filled(to: str, leader: str) -> str:
    return f"{to} {_LEADERS.get(leader, '')}".rstrip()
