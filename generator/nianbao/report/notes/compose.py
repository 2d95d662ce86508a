"""Findings and deadlines become notes: what goes back to an organ, and how all of them stand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from nianbao.mandate import editions, for_year, load
from nianbao.report.dates import write_date
from nianbao.report.decision import decidable
from nianbao.report.groups import grouped
from nianbao.report.notes.note import Block, Heading, Note, Table
from nianbao.report.problem import Problem, Severity, tally

FILE = Path(__file__).with_name("words.toml")


@cache
def words() -> Mapping[str, Any]:
    """The words, by the kind of note they are for."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def report_name(year: int | None) -> str:
    """What the report of a year is called, without its organ; of no year where none is known."""
    try:
        title = for_year(year or 0).title
    except KeyError:
        title = load(editions()[-1]).title
    name = title.format(organ="", year=year or "")
    return name if year else name.removeprefix(words()["year"].format(year=""))


def returned(
    organ: str,
    year: int | None,
    findings: Sequence[Problem],
    *,
    file: str,
    office: str = "",
    day: date | None = None,
    until: date | None = None,
    readable: bool = True,
    marked: str = "",
) -> Note:
    """What is wrong with an organ's report, to be sent to it: returned, or, without errors, to be verified.

    Errors first, each with its place, what is wrong and how to mend it. `until` is the day before whose end
    it is to be handed in again; what is not `readable` has not been handed in at all. `marked` is the name of
    the workbook with the marks that goes with the note, "" where there is none.
    """
    errors = any(problem.severity is Severity.ERROR for problem in findings)
    said = words()["unread" if not readable else "returned" if errors else "verify"]
    opening = said["opening"].format(report=report_name(year), file=file, tally=_tally(findings))
    listed = (*_attached(findings, marked), *_findings(findings))
    blocks = (opening + _until(said, until), *listed, words()["closing"])
    return Note(said["title"].format(report=report_name(year)), _to(organ), blocks, office, day)


def result(organ: str, year: int | None, findings: Sequence[Problem], *, file: str) -> Note:
    """What was found in a report that cannot bear the marks itself: a list, sent to nobody."""
    said = words()["result"]
    title = organ + said["title"].format(report=report_name(year))
    opening = said["opening"].format(file=file, tally=_tally(findings))
    return Note(title, "", (opening, *_findings(findings)))


def remarked(
    organ: str,
    year: int,
    number: int,
    remarks: Iterable[tuple[str, str]],
    *,
    office: str = "",
    day: date | None = None,
) -> Note:
    """What has to be changed in what an organ handed in: remarks with their spots, "" for the whole."""
    said, report = words()["remarked"], report_name(year)
    listed = [
        said["item"].format(count=count, spot=spot or words()["nowhere"], text=text)
        for count, (spot, text) in enumerate(remarks, 1)
    ]
    blocks = (said["opening"].format(report=report, number=number), *listed, said["closing"])
    return Note(said["title"].format(report=report), _to(organ), blocks, office, day)


def reminder(
    organ: str,
    year: int | None,
    due: date | None,
    *,
    office: str = "",
    day: date | None = None,
    until: date | None = None,
) -> Note:
    """That an organ has not handed in its report, which is or was `due`; late as of `day`."""
    said, late = words()["reminder"], overdue(due, day)
    report, last = report_name(year), write_date(due) if due else ""
    if late:
        opening = said["late"].format(report=report, due=last, days=late) + _until(said, until)
    else:
        opening = said["opening" if due else "undated"].format(report=report, due=last)
    title = said["late_title" if late else "title"].format(report=report)
    return Note(title, _to(organ), (opening, said["already"]), office, day)


def overdue(due: date | None, day: date | None) -> int:
    """By how many days something is late; 0 where it is not, or nobody knows."""
    return max(0, (day - due).days) if due and day else 0


def numbered(parts: Iterable[tuple[str, Sequence[Block]]]) -> Iterator[Block]:
    """The parts that have anything in them, one after another, each below its numbered heading."""
    for number, (heading, blocks) in enumerate(((text, blocks) for text, blocks in parts if blocks), 1):
        yield Heading(f"{words()['numerals'][number - 1]}、{heading}")
        yield from blocks


def table(said: Mapping[str, Any], rows: Iterable[Sequence[str]]) -> list[Block]:
    """A table of so many rows, each with its number before it; nothing of none."""
    lines = tuple((str(number), *row) for number, row in enumerate(rows, 1))
    return [Table(tuple(said["heads"]), tuple(said["widths"]), said["line"], lines)] if lines else []


def _findings(findings: Sequence[Problem]) -> Iterator[Block]:
    by_severity = grouped(findings, lambda problem: problem.severity)
    kinds = [(kind, by_severity.get(kind, [])) for kind in Severity]
    sections, said = words()["sections"], words()["findings"]
    yield from numbered(
        (sections[kind.value]["heading"].format(count=len(problems)), table(said, map(_row, problems)))
        for kind, problems in kinds
    )


def _attached(findings: Sequence[Problem], marked: str) -> Iterator[Block]:
    if marked:
        said = words()["marked"]
        text = str(said["text"].format(marked=marked))
        yield text + said["decide"] if any(map(decidable, findings)) else text


def _row(problem: Problem) -> tuple[str, str, str]:
    return problem.inside or words()["nowhere"], problem.what, problem.mend


def _tally(findings: Sequence[Problem]) -> str:
    return tally(findings).replace(" ", "")  # as official letters are set


def _until(said: Mapping[str, str], until: date | None) -> str:
    return said["until"].format(until=write_date(until)) if until else said["soon"]


def _to(organ: str) -> str:
    said = words()
    return str(said["addressee"].format(organ=organ or said["nobody"]))
