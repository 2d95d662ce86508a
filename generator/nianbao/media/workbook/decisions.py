"""Read back what people have decided on the sheet that lists the findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from openpyxl.utils import get_column_letter

from nianbao.media.workbook.keys import FINDINGS, WHAT, WHEN, WHO, WHY
from nianbao.media.workbook.opened import Opened
from nianbao.media.workbook.rows import Row
from nianbao.report import Decision, Place, Problem, rule
from nianbao.report.dates import write_date
from nianbao.report.decision import FINGERPRINT
from nianbao.report.narrative import without_control
from nianbao.report.problem import quote

NAMES = {WHO: "已核实人", WHY: "理由", WHEN: "日期"}
NEAR = 20  # rows among which the key row is; it is the third, unless rows were put above it


def is_findings(rows: Sequence[Row]) -> bool:
    """Whether a sheet lists findings: nothing else on it is the report's."""
    return any(FINDINGS in [cell.value for cell in row.cells] for row in rows[:NEAR])


def decisions(file: str, sheets: Iterable[Opened]) -> tuple[dict[str, Decision], list[Problem]]:
    """Every decision by its finding's fingerprint, and a problem for each that is half filled in.

    Half of one is among them too, so that it can be written back; it does not count.
    """
    by_finding: dict[str, Decision] = {}
    problems: list[Problem] = []
    for sheet in sheets:
        if is_findings(sheet.rows):
            for fingerprint, decision, places in _lines(Place(file, sheet.name), sheet.rows):
                before = by_finding.get(fingerprint)
                if before is None or (decision.complete and not before.complete):
                    by_finding[fingerprint] = decision
                if not decision.complete:
                    problems.append(_half(fingerprint, decision, places))
    return by_finding, problems


def _lines(sheet: Place, rows: Sequence[Row]) -> Iterable[tuple[str, Decision, dict[str, Place]]]:
    """Fingerprint, decision and cells of every row in which somebody has written anything."""
    cells = (
        (at, column, cell) for at, row in enumerate(rows[:NEAR]) for column, cell in enumerate(row.cells)
    )
    start, key_column = next((at, column) for at, column, cell in cells if cell.value == FINDINGS)
    columns = {
        cell.value: column for column, cell in enumerate(rows[start].cells) if isinstance(cell.value, str)
    }
    for row in rows[start + 1 :]:
        fingerprint = row.cell(key_column).value
        if not isinstance(fingerprint, str) or not FINGERPRINT.fullmatch(fingerprint):
            continue
        words = {word: _words(row.cell(column).value) for word, column in columns.items()}
        decision = Decision(*(words.get(key, "") for key in (WHO, WHY, WHEN, WHAT)))
        if decision.who or decision.why or decision.when:
            letters = {word: get_column_letter(columns[word] + 1) for word in NAMES if word in columns}
            places = {word: replace(sheet, cell=f"{letter}{row.number}") for word, letter in letters.items()}
            yield fingerprint, decision, places


def _words(value: object) -> str:
    """A cell's words; a date as a report writes it, however the spreadsheet has taken it."""
    if isinstance(value, date):
        return write_date(value)
    return without_control("" if value is None else str(value), Place(""))[0].strip()


def _half(fingerprint: str, decision: Decision, places: dict[str, Place]) -> Problem:
    given = {WHO: decision.who, WHY: decision.why, WHEN: decision.when}
    there = "、".join(NAMES[word] for word, text in given.items() if text)
    missing = [word for word in (WHO, WHY) if not given[word]]
    lacking = "、".join(NAMES[word] for word in missing)
    what = f"核实只填了{there}，没有填{lacking}：“{quote(decision.finding)}”"
    mend = f"请补填{lacking}；不核实的，清空这一行的{'、'.join(NAMES.values())}"
    where = tuple(places[word] for word in missing if word in places)
    return rule("decision-unfinished").broken(what, mend, where, (fingerprint, *given.values()))
