"""What stands in the boxes of the form: values by key, both ways."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from nianbao.mandate import Mandate, for_year
from nianbao.report import (
    PREFACE,
    PREFACE_NAME,
    Decision,
    Place,
    RawReport,
    Report,
    Value,
)
from nianbao.report.figure import plain, typed
from nianbao.report.particulars import ORGAN, YEAR, lines
from nianbao.report.particulars import SHEET as PARTICULARS

Number = int | Decimal


@dataclass(frozen=True)
class Values:
    """The boxes of one report: `year` gives the form.

    `particulars` are by the keys of the form's particulars, blank ones left out; `figures` by the keys of
    its slots: a number where one was entered, str where a text was, blank ones left out;
    `texts` by section, with a line for each paragraph; `decisions` by a finding's fingerprint.
    """

    year: int
    particulars: Mapping[str, str]
    figures: Mapping[str, Number | str]
    texts: Mapping[str, str]
    decisions: Mapping[str, Decision] = field(default_factory=dict)

    def to_json(self) -> str:
        """The values as JSON; `from_json` gives the same back."""
        figures = self.figures.items()
        document = {
            "year": self.year,
            "particulars": dict(self.particulars),
            "figures": {key: plain(value) if isinstance(value, Number) else value for key, value in figures},
            "as_text": [key for key, value in figures if isinstance(value, str) and typed(value) != value],
            "texts": dict(self.texts),
            "decisions": {
                fingerprint: decision.to_json() | {"finding": decision.finding}
                for fingerprint, decision in self.decisions.items()
            },
        }
        return json.dumps(document, ensure_ascii=False)

    @property
    def length(self) -> int:
        """How many characters stand in the boxes."""
        figures = (str(value) for value in self.figures.values() if isinstance(value, str))
        words = (*self.particulars.values(), *figures, *self.texts.values())
        return sum(map(len, words)) + sum(len(one.who) + len(one.why) for one in self.decisions.values())

    @classmethod
    def from_json(cls, text: str | bytes) -> Values:
        """The values of a JSON text.

        Raises ValueError for what is none: a page of ours sends no such thing. What is not the form's is
        left out.
        """
        try:
            document = json.loads(text)
            json.dumps(document, ensure_ascii=False).encode()  # halves of a character are none
            year = document["year"]
            mandate = for_year(year if type(year) is int else 0)
            return cls(
                year=year,
                particulars=_texts(document["particulars"], {line.key for line in lines(mandate)}),
                figures=_figures(document["figures"], set(document.get("as_text", ())), mandate),
                texts=_texts(document["texts"], {PREFACE, *(part.key for part in mandate.narratives)}),
                decisions={
                    fingerprint: Decision(
                        *(str(words.get(key, "")) for key in ("who", "why", "when", "finding"))
                    )
                    for fingerprint, words in document.get("decisions", {}).items()
                },
            )
        except (AttributeError, KeyError, RecursionError, TypeError) as error:
            raise ValueError("these are no values of the form") from error


def of(report: Report) -> Values:
    """What stands in the boxes for a report."""
    particulars = {
        ORGAN: report.organ,
        YEAR: str(report.year),
        "reporter": report.reporter_name,
        "title": report.title,
        "issued_by": report.issued_by,
        "date_line": report.date_line,
        **report.contact,
        **report.elements,
    }
    return Values(
        year=report.year,
        particulars={key: word for key, word in particulars.items() if word},
        figures={key: figure.value for key, figure in report.figures.items() if figure.value != ""},
        texts={
            key: "\n".join(paragraph.written for paragraph in paragraphs)
            for key, paragraphs in report.narratives.items()
            if paragraphs
        },
        decisions=report.decisions,
    )


def enter(values: Values, file: str) -> RawReport:
    """The raw report that the boxes make; `file` is its name in messages."""
    mandate = for_year(values.year)
    particulars = {
        line.key: Value(
            values.particulars.get(line.key) or None, Place(file, part=PARTICULARS, cell=line.name)
        )
        for line in lines(mandate)
    }
    particulars[YEAR] = Value(values.year, particulars[YEAR].place)
    return RawReport(
        file=file,
        particulars=particulars,
        figures={key: Value(value, _spot(file, mandate, key)) for key, value in values.figures.items()},
        paragraphs={key: _paragraphs(file, mandate, key, text) for key, text in values.texts.items()},
        places={section.key: Place(file, part=section.heading) for section in mandate.sections}
        | {PREFACE: Place(file, part=PREFACE_NAME)},
        decisions=values.decisions,
    )


def _spot(file: str, mandate: Mandate, key: str) -> Place:
    slot = mandate.slots[key]
    return Place(file, part=slot.section, row=slot.row, column=slot.column)


def _paragraphs(file: str, mandate: Mandate, key: str, text: str) -> list[Value]:
    part = PREFACE_NAME if key == PREFACE else mandate.section(key).heading
    written = [line for line in text.splitlines() if line.strip()]
    return [
        Value(line, Place(file, part=part, cell=f"第 {number} 段")) for number, line in enumerate(written, 1)
    ]


def _texts(given: Mapping[str, object], known: set[str]) -> dict[str, str]:
    return {key: str(text) for key, text in given.items() if key in known and text}


def _figures(given: Mapping[str, object], as_text: set[str], mandate: Mandate) -> dict[str, Number | str]:
    """What was entered, each as a spreadsheet would keep it; what was a text in its file stays one."""
    entered = {
        key: str(text) if key in as_text else typed(str(text))
        for key, text in given.items()
        if key in mandate.slots
    }
    return {key: value for key, value in entered.items() if value is not None and value != ""}
