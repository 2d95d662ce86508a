"""LibreOffice's PDF of a Word document, and what any PDF says: its words with their places, its lines."""

from __future__ import annotations

import os
import re
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from pathlib import Path

from nianbao.media import fonts
from nianbao.media.office.scrub import scrub
from nianbao.report.problem import ProblemsFound

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
SAME_LINE = 0.25  # of a word's height
FAR = {True: 0.4, False: 1.2}  # heights of a word between two of one line: beside Chinese, among others
CHUNK = 40  # files in one soffice call: it dies of some files, and then of those after them too
PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Word:
    """What a PDF shows between two blanks."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def office(files: list[Path], folder: Path, room: Path) -> dict[Path, Path]:
    """LibreOffice's PDF of each file; a path that does not exist where it made none.

    It would open what a file links to: it sees each as `scrub` leaves it, and not what that refuses.
    """
    found, todo = {}, {}
    for file in files:
        content = file.read_bytes()
        digest = sha256(content).hexdigest()[:16]
        found[file] = folder / f"{digest}.pdf"
        if found[file].exists():
            continue
        try:
            clean, _ = scrub(content, file.name)
        except ProblemsFound:
            continue
        todo[digest] = room / f"{digest}.docx"
        todo[digest].write_bytes(clean)
    waiting = list(todo.values())
    for start in range(0, len(waiting), CHUNK):
        convert(waiting[start : start + CHUNK], folder, room)
    return found


def convert(sources: list[Path], folder: Path, room: Path, kind: str = "pdf") -> None:
    """Have LibreOffice make another kind of file of each, in one call with a profile of its own."""
    command = ["soffice", f"-env:UserInstallation=file://{room}/profile", "--headless"]
    process = subprocess.Popen(
        [*command, "--convert-to", kind, "--outdir", str(folder), *map(str, sources)],
        env={**os.environ, fonts.ENVIRONMENT: str(fonts.configure())},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        sys.stderr.write(f"soffice: no end after {PATIENCE} s\n")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def words(file: Path) -> list[Word]:
    """The words of a PDF, line by line."""
    said = run("pdftotext", "-bbox", str(file), "-")
    found: list[Word] = []
    for number, sheet in enumerate(said.split("<page ")[1:]):
        on_page = []
        for left, top, right, bottom, text in WORD.findall(sheet):
            if folded := "".join(unescape(text).split()):
                on_page.append(Word(number, float(left), float(top), float(right), float(bottom), folded))
        found += _ordered(on_page)
    return found


def _ordered(on_page: list[Word]) -> Iterator[Word]:
    """Top to bottom, and from left to right where they stand on one height."""
    waiting = sorted(on_page, key=lambda word: word.bottom)
    while waiting:
        limit = waiting[0].bottom + SAME_LINE * (waiting[0].bottom - waiting[0].top)
        line = [word for word in waiting if word.bottom <= limit]
        waiting = waiting[len(line) :]
        yield from sorted(line, key=lambda word: word.left)


def lines(found: list[Word]) -> list[str]:
    """The text of each line: it ends where the next word stands lower, or far away as in another column."""
    written: list[str] = []
    before: Word | None = None
    for word in found:
        height = word.bottom - word.top
        if (
            before
            and before.page == word.page
            and abs(word.bottom - before.bottom) <= SAME_LINE * height
            and -height
            < word.left - before.right
            < FAR[max(before.text[-1], word.text[0]) >= "\u2e80"] * height
        ):
            written[-1] += word.text
        else:
            written.append(word.text)
        before = word
    return written


def shifts_of(partner: dict[Word, Word]) -> dict[int, float]:
    """How much lower the words of each page stand as a whole, in points."""
    downs: dict[int, list[float]] = {}
    for their, our in partner.items():
        downs.setdefault(their.page, []).append(our.bottom - their.bottom)
    return {page: statistics.median(offsets) for page, offsets in downs.items()}


def run(*command: str) -> str:
    """What a program prints."""
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")
