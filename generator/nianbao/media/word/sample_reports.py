"""Reports made up for proving a template: every figure another, every kind of paragraph."""

from __future__ import annotations

from dataclasses import replace

from nianbao.mandate import Mandate
from nianbao.report import CONTACTS, PREFACE, Figure, Paragraph, Place, Report, State
from nianbao.report.narrative import paragraph

_PLACE = Place("试印")
_LINES = (  # every level, as a line of its own and as the opening of a paragraph
    "（一）{n} 试印",
    "1. {n} 试印",
    "（1）{n} 试印",
    "（二）{n} 试印。后面还有文字 A & B <x> “引号”。",
    "2. {n} 试印。后面还有文字 {{{{ title }}}}。",
    "（2）{n} 试印。后面还有文字。",
    "{n} 试印。",
)


def full(mandate: Mandate) -> Report:
    """A report in which everything is filled, no two things alike."""
    blank = bare(mandate)
    return replace(
        blank,
        issued_by="试印署名",
        date_line="试印日期",
        contact={key: f"试印 {word}" for key, word in CONTACTS.items()},
        narratives={key: tuple(_lines(key)) for key in blank.narratives},
        figures={
            key: Figure(State.NUMBER, str(number), number, _PLACE)
            for number, key in enumerate(mandate.slots, 10001)
        },
    )


def bare(mandate: Mandate) -> Report:
    """A report in which nothing is filled that a draft may leave blank."""
    keys = (PREFACE, *(section.key for section in mandate.narratives))
    return Report(
        mandate=mandate,
        file="试印",
        organ="试印机关 A & B <x>",
        year=mandate.edition.first_year,
        kinds=mandate.reporters[:1],
        title="试印标题 A & B <x>",
        issued_by="",
        date_line="",
        contact=dict.fromkeys(CONTACTS, ""),
        narratives=dict.fromkeys(keys, ()),
        figures={key: Figure(State.BLANK, "", None, _PLACE) for key in mandate.slots},
        places={},
    )


def _lines(key: str) -> list[Paragraph]:
    written = [line.format(n=f"{key} {number}") for number, line in enumerate(_LINES)]
    return [paragraph(line, line, _PLACE) for line in written]
