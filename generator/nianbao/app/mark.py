"""`check --mark`: workbooks with their findings, beside the clerk's own or in their place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from nianbao.app import files, reading
from nianbao.app.check import Asked, Inspected, inspect_report, results, unread
from nianbao.app.copies import Copies, outside
from nianbao.app.outcome import Failure, Usage
from nianbao.app.reading import BOOKS, KINDS, OLDER_BOOKS
from nianbao.app.sources import names
from nianbao.app.workers import Task
from nianbao.report import Decision, Problem, ProblemsFound, Report
from nianbao.report.decision import joined
from nianbao.report.groups import grouped

MARKED, LISTED = "-标注.xlsx", "-检查结果.docx"  # of what cannot bear the marks under its own name


class Marked(NamedTuple):
    """What came of one file of many, and its copy with the marks; None where it could not be put in place."""

    inspected: Inspected
    copy: Path | None

    @property
    def bears_marks(self) -> bool:
        """Whether the copy is a workbook, and no list of the findings."""
        return self.copy is not None and not self.copy.name.endswith(LISTED)


class _Copy(NamedTuple):
    """The content of a copy; `ours` where an earlier one lies in its place that nobody has worked on."""

    inspected: Inspected
    content: bytes
    ours: bool


def is_folder(target: Path) -> bool:
    """Whether a target is a folder for the copies of all files, and not the copy of one."""
    return target.is_dir() or target.suffix.lower() not in KINDS


def copies(given: Sequence[Path], sources: Mapping[Path, str], folder: Path) -> dict[Path, Path]:
    """Where the copy of each file goes, by its path below what was `given`; raise Usage where none may go.

    Workbooks keep their names. One of an older kind becomes an .xlsx, and of what is no workbook there is a
    list of its findings in Word: their names begin with the whole of the old one.
    """
    outside(folder, given, "--mark")
    made = {source: folder / _copied(name) for source, name in sources.items()}
    read = {source.resolve(): source for source in sources}
    if over := [read[path] for copy in made.values() if (path := copy.resolve()) in read]:
        raise Usage(f"--mark 的文件夹里有要检查的报告 {over[0]}，会被标注的盖住；请另给一个文件夹")
    for copy, (first, *others) in grouped(made, lambda source: made[source]).items():
        if others:
            raise Usage(f"{first} 和 {others[0]} 标注后都是 {copy}；请分几次标注，或给出放有它们的文件夹")
    return made


def mark_files(sources: Mapping[Path, Path], asked: Asked, into: Copies) -> Iterator[Marked]:
    """Inspect files and put their copies in place, in the files' order, whatever happens to one.

    `sources` gives the copy of each file. Decisions in the copy of the same report that lies there are taken
    over.
    """
    called = names(list(sources))
    tasks = (_task(source, name, sources[source]) for source, name in zip(sources, called, strict=True))
    outcomes = zip(sources, called, results(tasks, sources, asked), strict=True)
    for source, name, outcome in outcomes:
        copy = sources[source]
        if isinstance(outcome, Failure):
            inspected = unread(source, outcome)
            copy = source_listed(copy)
            outcome = _listed(inspected, None, name, _read(copy))
        made = into.put({copy: outcome.content}, [copy] if outcome.ours else ())
        yield Marked(outcome.inspected, copy if made else None)


def source_listed(copy: Path) -> Path:
    """Where the findings of a file are listed that cannot be marked after all."""
    return copy if copy.name.endswith(LISTED) else copy.with_name(copy.name + LISTED)


def _copied(name: str) -> str:
    kind = Path(name).suffix.lower()
    if kind in OLDER_BOOKS:
        return name + MARKED
    return name if kind in BOOKS else name + LISTED


def _task(source: Path, name: str, copy: Path) -> Task | Failure:
    try:
        content = reading.content_of(source, name)
        work = _list if copy.name.endswith(LISTED) else _mark
        return Task(name, work, (str(source), *reading.converted(content, name), copy.name, _read(copy)))
    except (ProblemsFound, OSError) as error:
        return Failure.of(error, name)


def _read(copy: Path) -> bytes:
    """What lies where a copy is to go; nothing where that cannot be read."""
    with suppress(OSError):
        return files.read(copy)
    return b""


def _mark(
    asked: Asked, name: str, source: str, content: bytes, told: tuple[Problem, ...], copy: str, there: bytes
) -> _Copy:
    """Inspect a workbook and mark it; `there` is what lies where the copy is to go."""
    from nianbao.media import workbook
    from nianbao.media.workbook.marks import origin_of

    report = reading.read_document(content, told, name, asked.given, nameless=True)
    decisions, ours = dict(asked.decisions), False
    with suppress(ProblemsFound):  # what cannot be read is nobody's copy of ours
        older = reading.read_document(there, (), copy, asked.given, nameless=True)
        ours = origin_of(there, copy) == _digest(older)
        if (older.organ, older.year) == (report.organ, report.year):
            decisions = joined(decisions, older.decisions)
    inspected = inspect_report(asked, report, source, decisions)
    found, answers = inspected.found, inspected.decisions
    marked = workbook.mark(content, found.open, found.settled, answers, file=name, origin=_digest(report))
    return _Copy(inspected, marked, ours)


def _digest(report: Report) -> str:
    """What of a report a copy must not lose: all but the decisions, which are taken over."""
    from nianbao.media import exchange

    return hashlib.sha256(exchange.write(replace(report, decisions={})).encode()).hexdigest()


def _list(
    asked: Asked, name: str, source: str, content: bytes, told: tuple[Problem, ...], copy: str, there: bytes
) -> _Copy:
    """Inspect what is no workbook, and list its findings."""
    report = reading.read_document(content, told, name, asked.given, nameless=True)
    return _listed(inspect_report(asked, report, source, asked.decisions), report, name, there)


def _listed(inspected: Inspected, report: Report | None, name: str, there: bytes) -> _Copy:
    from nianbao.media.word import note
    from nianbao.report.notes import result as note_of

    organ, year = (report.organ, report.year) if report else ("", None)
    listed = note_of(organ, year, inspected.found.open, file=name)
    return _Copy(inspected, note.write(listed), note.is_untouched(there))


def asked(sources: Sequence[Path], target: Path) -> Path:
    """The one workbook that is to be marked; raise Usage for anything else."""
    kinds = {path.suffix.lower() for path in (*sources, target)}
    if len(sources) != 1 or kinds != {".xlsx"}:
        raise Usage("--mark 一次标注一份工作簿（.xlsx），写成另一份 .xlsx")
    return sources[0]


def earlier(source: Path, target: Path) -> Mapping[str, Decision]:
    """The decisions in an older copy that is to be replaced, where it is of the same report."""
    if not target.is_file() or _same(source, target):
        return {}
    with suppress(ProblemsFound, OSError):  # what cannot be read has none
        older, own = reading.read(target), reading.read(source)
        if (older.organ, older.year) == (own.organ, own.year):
            return older.decisions
    return {}


def put(source: Path, target: Path, inspected: Inspected, *, force: bool) -> bool:
    """Write the marked copy; into the workbook itself where that is named, without being forced.

    False where there is nothing to mark, for the workbook cannot be opened. Raises as files.put does.
    """
    if not inspected.readable:
        return False
    from nianbao.media import workbook

    findings = inspected.found
    content = workbook.mark(
        files.read(source), findings.open, findings.settled, inspected.decisions, file=source.name
    )
    files.put({target: content}, force=force or _same(source, target))
    return True


def _same(source: Path, target: Path) -> bool:
    return target.exists() and source.samefile(target)
