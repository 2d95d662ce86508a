"""Reminders and returns of an office to its organs, in Word and as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path, PurePath
from typing import NamedTuple

from nianbao.app import files
from nianbao.app.copies import Copies
from nianbao.app.outcome import Usage
from nianbao.app.passed_over import is_known
from nianbao.app.standing import Standing
from nianbao.app.zipped import zipped
from nianbao.media.word import note as word
from nianbao.report import Place, Problem, complete, rule
from nianbao.report.dates import read_date
from nianbao.report.notes import HandedIn, Note, overview, reminder, returned
from nianbao.report.rollup import normal

REMINDERS, RETURNS, VERIFY, OVERVIEW = "催报", "退回", "核对", "报送情况"  # folders, and the list of all
DOCX, TXT = ".docx", ".txt"
_NOT_THEIRS = {  # codes of what no organ can mend
    "file-access", "internal-error", "memory", "no-pdf-reader", "office-missing", "worker-died",
}  # fmt: skip


class Sent(NamedTuple):
    """A note as it is sent."""

    docx: bytes
    text: str


@dataclass(frozen=True)
class Sender:
    """Who writes, on which day, and until when what is returned or missing is to come.

    Where no `office` is given, it is the one that the roster names above the organ.
    """

    office: str = ""
    day: date | None = None
    until: date | None = None


def sent(note: Note) -> Sent:
    """A note as it is sent; the same note gives the same bytes."""
    return Sent(word.write(note), note.text())


def several(notes: Sequence[Note]) -> str:
    """Several notes in one text, one below the other."""
    return f"\n{'—' * 20}\n\n".join(note.text() for note in notes)


def packed(notes: Sequence[Note]) -> bytes:
    """A zip with a Word file for each note, called after whom it is to and what it is about."""
    names = (
        files.safe_name(f"{number:03} {note.addressee}{note.title}") for number, note in enumerate(notes, 1)
    )
    return zipped({f"{name}{DOCX}": word.write(note) for name, note in zip(names, notes, strict=True)})


def day_of(text: str, option: str) -> date | None:
    """The day that an option gives, None where it is not given; raise Usage for what is no day."""
    day = read_date(text) if text else None
    if text and day is None:
        raise Usage(f"{option} 的“{text}”读不出是哪一天，请写作 2026年1月31日 或 2026-01-31")
    return day


def notes(standing: Standing, sender: Sender, marked: Sequence[str] = ()) -> Iterator[tuple[str, Note]]:
    """Every note with its name below the folder of notes: the list of all, reminders, returns.

    `marked` are the names of the marked workbooks, "" where there is none, in the order of the files.
    """
    year, day, until = standing.year, sender.day, sender.until
    all_files = (*standing.handed_in, *standing.more)
    yield (
        OVERVIEW,
        overview(
            year, all_files, standing.awaited, expected=standing.expected, office=sender.office, day=day
        ),
    )
    taken: set[str] = set()

    def named(folder: str, organ: str) -> str:
        stem = f"{folder}/{files.safe_name(organ)}"
        name = next(name for at in count(1) if (name := stem if at == 1 else f"{stem}（{at}）") not in taken)
        taken.add(name)
        return name

    def office(organ: str) -> str:
        return sender.office or standing.superiors.get(normal(organ), "")

    for line in standing.awaited:
        letter = reminder(line.organ, year, line.due, office=office(line.organ), day=day, until=until)
        yield named(REMINDERS, line.organ), letter
    copies = (*marked, *[""] * len(all_files))
    for file, copy in zip(all_files, copies, strict=False):
        mine = _theirs(file)
        if mine.wrong or mine.doubtful or (mine.findings and not mine.readable):
            path = PurePath(file.file)
            letter = returned(
                file.organ,
                file.year or year,
                mine.findings,
                file=path.name,
                office=office(file.organ),
                day=day,
                until=until,
                readable=file.readable,
                marked=copy,
            )
            yield named(VERIFY if mine.doubtful else RETURNS, file.organ or path.stem), letter


def _theirs(file: HandedIn) -> HandedIn:
    """What of a file its organ can mend: no mistake of ours, and nothing that is missing here."""
    theirs = (problem for problem in file.findings if complete([problem]) and problem.code not in _NOT_THEIRS)
    return replace(file, findings=tuple(theirs))


def put(made: Iterator[tuple[str, Note]], into: Copies) -> tuple[int, tuple[Problem, ...]]:
    """Put notes in place, each in Word and as text; how many, and what is told of what lies there besides.

    One that lies there as it was written is replaced, one that somebody has worked on is not, unless forced.
    """
    written: set[Path] = set()
    placed = 0
    for name, note in made:
        docx, text = into.folder / f"{name}{DOCX}", into.folder / f"{name}{TXT}"
        letter = sent(note)
        beside = _read(text) if text.exists() else None
        ours = [docx, text] if word.is_untouched(_read(docx), beside) else []
        placed += into.put({docx: letter.docx, text: letter.text.encode("utf-8")}, ours)
        written |= {docx, text}
    folders = (into.folder / folder for folder in (REMINDERS, RETURNS, VERIFY))
    there = (path for folder in folders for path in sorted(folder.glob("*")))
    earlier = [
        path
        for path in there
        if path.suffix in (DOCX, TXT) and path not in written and not is_known(path.name)
    ]
    return placed, tuple(_earlier(earlier))


def _read(path: Path) -> bytes:
    with suppress(OSError):
        return files.read(path)
    return b""


def _earlier(paths: Sequence[Path]) -> Iterator[Problem]:
    if paths:
        what = f"这 {len(paths)} 个文件是以前的通知，这次没有再写"
        places = [Place(str(path)) for path in paths]
        yield rule("earlier-output").broken(what, "已经报送或改好的，请不要再发出；请移走", places)
