"""The form as HTML with its boxes, and the form's rules as data for the page's script."""

from __future__ import annotations

import re

from nianbao.mandate import Mandate
from nianbao.media import pages
from nianbao.report import CHOICES, NO, PREFACE, PREFACE_NAME, YES
from nianbao.report.figure import HALF_WIDTH, MAGNITUDE, MONEY, NOT_APPLICABLE, NUMBER, PIECES
from nianbao.report.invisible import SIGNS
from nianbao.report.particulars import SHEET, YEAR, lines

FIRST = 6  # particulars that every report has; the others are folded away
MORE = "联系方式、公文要素（可不填）"
_GROUP = re.compile(r"\(\?P<")


def render(mandate: Mandate) -> str:
    """The boxes of one edition as HTML, to be put into a page; all are blank."""
    choices = {"reporter": [kind.name for kind in mandate.reporters]} | {key: [YES, NO] for key in CHOICES}
    return pages.render(
        "form/form.html",
        mandate=mandate,
        particulars=lines(mandate),
        first=FIRST,
        more=MORE,
        particulars_heading=SHEET,
        choices=choices,
        year_key=YEAR,
        preface=PREFACE,
        preface_name=PREFACE_NAME,
    )


def rules(mandate: Mandate) -> dict[str, object]:
    """What the script must know: every box by key, the equations between them, how a number is written.

    `number` is the pattern by which a figure's text is understood, with the words that it needs.
    """
    return {
        "slots": {
            key: {
                "table": slot.table,
                "row": slot.row,
                "label": slot.label,
                "name": slot.name,
                "kind": slot.kind.value,
                "unit": slot.unit,
                "parts": mandate.totals.get(key, ()),
            }
            for key, slot in mandate.slots.items()
        },
        "equations": [
            {"rule": equation.rule, "where": equation.where, "left": equation.left, "right": equation.right}
            for equation in mandate.equations
        ],
        "codes": sorted({equation.code for equation in mandate.equations}),
        "number": {
            "pattern": _GROUP.sub("(?<", NUMBER.pattern),
            "narrow": {chr(wide): _narrow(narrow) for wide, narrow in HALF_WIDTH.items()},
            "unseen": SIGNS,
            "not_applicable": sorted(NOT_APPLICABLE),
            "money": MONEY,
            "pieces": PIECES,
            "magnitude": MAGNITUDE,
        },
    }


def _narrow(narrow: int | str) -> str:
    return narrow if isinstance(narrow, str) else chr(narrow)
