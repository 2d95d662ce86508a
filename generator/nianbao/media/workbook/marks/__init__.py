"""The clerk's workbook with the findings in it: coloured cells, comments, a sheet that lists them.

The parts of the package are edited one by one, for openpyxl would lose half of what other
programs have put there; what is not touched is copied byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nianbao.media.workbook import opened
from nianbao.media.workbook.decisions import decisions as read_decisions
from nianbao.media.workbook.keys import FINDINGS
from nianbao.media.workbook.marks import cell_styles, comments, findings_sheet, highlights, worksheets
from nianbao.media.workbook.marks.package import Package
from nianbao.media.workbook.marks.stylesheet import RECORD, Stylesheet, restore
from nianbao.report import Decision, Problem, Settled, Severity, settle
from nianbao.report.decision import HALF
from nianbao.report.problem import SETTLED, tally

ORIGIN = "origin:"  # begins the word that a copy keeps


def mark(
    content: bytes,
    problems: Sequence[Problem],
    settled: Sequence[Settled] = (),
    decisions: Mapping[str, Decision] | None = None,
    *,
    file: str,
    origin: str = "",
) -> bytes:
    """A copy of a workbook with the findings: coloured cells, comments, and a sheet that lists them.

    `decisions` are all that there are, by fingerprint, and `settled` is what they settle; without
    them those that stand in the workbook settle `problems`. `file` is the workbook's name in the
    findings' places, `origin` a word that the copy keeps (`origin_of`). What was marked before is
    undone first; all else stays as it is, and the same content gives the same bytes. Raises
    Unreadable for what is no workbook.
    """
    package = Package(content, file)
    undo(package)
    if decisions is None:
        decisions, _ = read_decisions(file, opened.sheets(content, file))
        problems, settled = settle(problems, decisions)
    order = list(Severity)
    still_open = [problem for problem in problems if problem.code != HALF]  # its row says it
    still_open.sort(key=lambda problem: order.index(problem.severity))
    colours, texts = _marks(still_open, settled, file)
    stylesheet = Stylesheet(package)
    for sheet in worksheets.worksheets(package):
        if sheet.name in texts:
            highlights.add(package, sheet.part, stylesheet, colours[sheet.name])
            comments.add(package, sheet.part, texts[sheet.name])
    styles = cell_styles.add(stylesheet)
    lines = findings_sheet.lines(still_open, settled, decisions, file)
    title = f"{findings_sheet.NAME}：{tally(still_open, len(settled))}"
    record = " ".join(filter(None, (stylesheet.record(), origin and ORIGIN + origin)))
    listing = findings_sheet.write(title, lines, styles, record)
    placed = worksheets.add(package, findings_sheet.NAME, listing)
    worksheets.repeat_row(package, placed, findings_sheet.FIRST - 1)
    return package.save()


def origin_of(content: bytes, file: str) -> str:
    """The word that a marked copy keeps; "" where it keeps none, or is no marked copy.

    Raises Unreadable for what is no workbook.
    """
    for _, cells in worksheets.first_cells(Package(content, file)):
        if FINDINGS in cells:
            words = (word for cell in cells if cell.startswith(RECORD) for word in cell.split())
            return next((word.removeprefix(ORIGIN) for word in words if word.startswith(ORIGIN)), "")
    return ""


def undo(package: Package) -> None:
    """Take out the marks, the sheet of findings, and the decisions on it."""
    for sheet, cells in list(worksheets.first_cells(package)):
        if FINDINGS in cells:  # whatever the sheet is called now
            worksheets.remove(package, sheet.part)
            for record in (cell for cell in cells if cell.startswith(RECORD)):
                restore(package, record)
        else:
            highlights.remove(package, sheet.part)
            comments.remove(package, sheet.part)


def _marks(
    still_open: Sequence[Problem], settled: Sequence[Settled], file: str
) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, list[str]]]]:
    """By sheet and cell, the colour of the finding that matters most, and a line on each."""
    findings = [
        (problem, problem.severity.value, f"【{problem.severity.word}】{problem.what}。{problem.mend}。")
        for problem in still_open
    ]
    findings += [(finding.problem, "settled", _answer(*finding)) for finding in settled]
    colours: dict[str, dict[str, str]] = {}
    texts: dict[str, dict[str, list[str]]] = {}
    for problem, colour, line in findings:
        for place in dict.fromkeys(problem.places):
            if place.file == file and place.sheet and worksheets.CELL.fullmatch(place.cell):
                colours.setdefault(place.sheet, {}).setdefault(place.cell, colour)
                texts.setdefault(place.sheet, {}).setdefault(place.cell, []).append(line)
    return colours, texts


def _answer(problem: Problem, decision: Decision) -> str:
    when = f"，{decision.when}" if decision.when else ""
    return f"【{SETTLED}】{problem.what}。{decision.who}{when}：{decision.why}"
