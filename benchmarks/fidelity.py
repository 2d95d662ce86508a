"""How near our PDF of a Word document is to LibreOffice's, the reference Word: same file, same fonts.

    python -m benchmarks.fidelity A.docx B.docx …

Lines are words on one height, without blanks, up to a wide gap; they are compared as a bag, since the
order of a table's cells is a matter of tenths of a point. LibreOffice 7.4 loses a mark that hangs
at the end of a line, so a line that lacks only a final ，。、；： counts as equal (`marks` says how many).
A word's place is its lower left corner; cells are words that only tables of the document have. How many are
near is told as it is and apart from a shift of the whole page: LibreOffice centres a document grid on it.
The sums are told of all documents and apart by the program that saved them, as docProps/app.xml names it.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.media import fonts, pdf
from nianbao.media.word import html
from nianbao.media.word.html.package import open_package
from nianbao.media.word.html.wordml import children, name
from nianbao.report.problem import ProblemsFound

from tests.reference_pdf import Word, lines, office, run, shifts_of, words

MARKS = "，。、；："
TOUCHING = 2.0  # points
NEAR = 3.0  # points
NONE = "none named"
KNOWN = ("Microsoft Word", "Microsoft Office Word", "LibreOffice", "WPS")  # each with its versions as one


@dataclass(slots=True)
class Score:
    """What one document comes to; None where there is nothing to compare."""

    file: str
    application: str = NONE
    note: str = ""
    pages: tuple[int, int] = (0, 0)
    equal: int = 0
    lines: int = 0
    marks: int = 0
    tables: tuple[int, int] = (0, 0)
    cells: tuple[int, int] = (0, 0)
    apart: int = 0  # cells that are near once the shift that all words of their page share is taken away
    offsets: list[float] = field(default_factory=list)
    seconds: tuple[float, float] = (0.0, 0.0)
    warnings: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of lines that are equal."""
        return self.equal / self.lines if self.lines else 1.0


def main() -> None:
    """Print a line for each document, and the medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, help="Word documents (.docx)")
    parser.add_argument("--keep", type=Path, help="folder for both PDFs; LibreOffice's are used again")
    parser.add_argument("--losses", action="store_true", help="print every warning of every file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        folder = asked.keep or Path(room)
        folder.mkdir(parents=True, exist_ok=True)
        references = office(asked.files, folder, Path(room))
        _head()
        scores = []
        for file in asked.files:
            scores.append(score(file, references[file], folder))
            _row(scores[-1])
            for warning in scores[-1].warnings if asked.losses else ():
                print(f"      {warning}")
    _foot(scores)


def score(file: Path, reference: Path, folder: Path) -> Score:
    """Convert one document and compare it with LibreOffice's PDF of it."""
    found = Score(str(file), _application(file))
    start = time.perf_counter()
    try:
        made = html.convert(file.read_bytes(), file.name, fonts)
        between = time.perf_counter()
        printed = pdf.write(made.html, file.name, fonts.configure())
    except ProblemsFound as refused:
        found.note = "refused: " + "; ".join(problem.code for problem in refused.problems)
        return found
    except Exception as crash:  # the very thing that is looked for
        found.note = f"CRASH: {crash!r:.80}"
        return found
    found.seconds = (between - start, time.perf_counter() - between)
    found.warnings = tuple(str(problem) for problem in made.problems)
    target = folder / f"{reference.stem}.ours.pdf"
    target.write_bytes(printed)
    if not reference.exists():
        found.note = "soffice made no PDF"
        return found
    ours, theirs = words(target), words(reference)
    found.pages = (_pages(reference), _pages(target))
    _compare_lines(found, lines(theirs), lines(ours))
    _compare_places(found, file, theirs, ours)
    return found


def _application(file: Path) -> str:
    """The program that saved a document: the versions of those we know as one."""
    try:
        properties = open_package(file.read_bytes(), file.name).related("", "extended-properties")
    except ProblemsFound:
        return NONE
    said = "" if properties is None else (properties.findtext("{*}Application") or "").strip()
    return next((known for known in KNOWN if said.startswith(known)), said or NONE)


def _compare_lines(found: Score, theirs: list[str], ours: list[str]) -> None:
    whole = (Counter(theirs) & Counter(ours)).total()
    bare = [Counter(line.rstrip(MARKS) or line for line in each) for each in (theirs, ours)]
    found.equal = (bare[0] & bare[1]).total()
    found.marks = found.equal - whole
    found.lines = max(len(theirs), len(ours))


def _compare_places(found: Score, file: Path, theirs: list[Word], ours: list[Word]) -> None:
    theirs, ours = _joined(theirs), _joined(ours)
    tables, outside = _texts(file)
    cells = {text for texts in tables for text in texts}
    partner = _partners(theirs, ours)
    shifts = shifts_of(partner)
    near = apart = counted = kept = begun = 0
    waiting = [texts for texts in tables if texts]
    running = _running(theirs, "".join(sorted(outside)))
    for word in theirs:
        mine = partner.get(word)
        if waiting and waiting[0][0].startswith(word.text):
            waiting.pop(0)
            begun += 1
            kept += mine is not None
        if word.text not in cells or word.text in outside or word in running:
            continue
        counted += 1
        if mine is not None:
            across, down = mine.left - word.left, mine.bottom - word.bottom
            offset = max(abs(across), abs(down))
            found.offsets.append(offset)
            near += offset <= NEAR
            apart += max(abs(across), abs(down - shifts[word.page])) <= NEAR
    found.tables, found.cells, found.apart = (kept, begun), (near, counted), apart


def _running(found: list[Word], outside: str) -> set[Word]:
    """The words of lines of running text: a number there is no cell's, though a cell may say the same."""
    rows: dict[tuple[int, int], list[Word]] = {}
    for word in found:
        rows.setdefault((word.page, round(word.bottom)), []).append(word)
    return {
        word
        for row in rows.values()
        if len(row) > 1 and "".join(word.text for word in row) in outside
        for word in row
    }


def _joined(found: list[Word]) -> list[Word]:
    """Words that touch as one: where a PDF cuts a label in two depends on how it was written."""
    joined: list[Word] = []
    for word in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.page == word.page
            and abs(last.bottom - word.bottom) < TOUCHING
            and abs(word.left - last.right) < TOUCHING
        ):
            text = last.text + word.text
            joined[-1] = Word(last.page, last.left, last.top, word.right, last.bottom, text)
        else:
            joined.append(word)
    return joined


def _partners(theirs: list[Word], ours: list[Word]) -> dict[Word, Word]:
    """Each of their words with ours: the same text on the same page.

    In order where both have as many of it; else the nearest ones first, for a digit in running text
    may be a word of its own in one PDF and a part of a word in the other.
    """
    groups: list[dict[tuple[int, str], list[Word]]] = [{}, {}]
    for group, found in zip(groups, (theirs, ours), strict=True):
        for word in found:
            group.setdefault((word.page, word.text), []).append(word)
    partners: dict[Word, Word] = {}
    for key, known in groups[0].items():
        mine = groups[1].get(key, [])
        if len(known) == len(mine):
            partners |= zip(known, mine, strict=True)
        else:
            partners |= _nearest(known, mine)
    return partners


def _nearest(theirs: list[Word], ours: list[Word]) -> dict[Word, Word]:
    pairs = sorted(
        (max(abs(one.left - other.left), abs(one.bottom - other.bottom)), at, to)
        for at, one in enumerate(theirs)
        for to, other in enumerate(ours)
    )
    found: dict[int, int] = {}
    for _, at, to in pairs:
        if at not in found and to not in found.values():
            found[at] = to
    return {theirs[at]: ours[to] for at, to in found.items()}


def _texts(file: Path) -> tuple[list[list[str]], set[str]]:
    """What the cells of each outermost table say, paragraph by paragraph, and all that stands outside."""
    package = open_package(file.read_bytes(), file.name)
    body = package.tree(package.main)
    tables, outside = [], set()
    for each in () if body is None else next(children(body, "w:body"), ()):
        said = ["".join("".join(map(str, p.itertext(name("w:t")))).split()) for p in each.iter(name("w:p"))]
        if each.tag == name("w:tbl"):
            tables.append([text for text in said if text])
        else:
            outside.update(said)
    return tables, outside


def _pages(file: Path) -> int:
    match = re.search(r"^Pages:\s+(\d+)", run("pdfinfo", str(file)), re.M)
    return int(match[1]) if match else 0


def _head() -> None:
    print(
        f"{'pages LO/us':>11} {'equal lines':>13} {'share':>6} {'marks':>5} {'tables':>7}"
        f" {'cells ±3 pt':>11} {'median':>6} {'worst':>6} {'convert':>7} {'print':>7} {'warn':>4}  file"
    )


def _row(one: Score) -> None:
    if one.note:
        print(f"{one.note:>97}  {one.file}")
        return
    middle, worst = (statistics.median(one.offsets), max(one.offsets)) if one.offsets else (0.0, 0.0)
    print(
        f"{one.pages[0]:>5}/{one.pages[1]:<5} {one.equal:>6}/{one.lines:<6} {one.share:>6.1%} {one.marks:>5}"
        f" {one.tables[0]:>3}/{one.tables[1]:<3} {one.cells[0]:>5}/{one.cells[1]:<5}"
        f" {middle:>6.2f} {worst:>6.1f}"
        f" {one.seconds[0]:>6.2f}s {one.seconds[1]:>6.2f}s {len(one.warnings):>4}  {one.file}",
        flush=True,
    )


def _foot(scores: list[Score]) -> None:
    _sums("all", scores)
    applications = Counter(one.application for one in scores)
    for application, _ in applications.most_common() if len(applications) > 1 else ():
        _sums(application, [one for one in scores if one.application == application])


def _sums(title: str, scores: list[Score]) -> None:
    compared = [one for one in scores if not one.note]
    print(f"\n{title}: {len(scores)} files, {len(compared)} compared")
    for note in sorted({one.note for one in scores if one.note}):
        print(f"  {sum(one.note == note for one in scores)} × {note}")
    if not compared:
        return
    offsets = [offset for one in compared for offset in one.offsets]
    lines_of, cells = sum(one.lines for one in compared), sum(one.cells[1] for one in compared)
    same = sum(one.pages[0] == one.pages[1] for one in compared)
    print(f"page counts equal      {same}/{len(compared)}")
    print(f"median share of lines  {statistics.median(one.share for one in compared):.1%}")
    print(f"equal lines over all   {sum(one.equal for one in compared)}/{lines_of}"
          f" ({sum(one.marks for one in compared)} but for a final mark)")  # fmt: skip
    print(f"tables on their page   {sum(one.tables[0] for one in compared)}"
          f"/{sum(one.tables[1] for one in compared)}")  # fmt: skip
    print(f"cells within ±3 pt     {sum(one.cells[0] for one in compared)}/{cells}"
          f" ({sum(one.apart for one in compared)} but for a shift of the whole page)")  # fmt: skip
    if offsets:
        print(
            f"offset of cells        median {statistics.median(offsets):.2f} pt, worst {max(offsets):.1f} pt"
        )
    for index, what in enumerate(("convert", "print")):
        print(f"median {what:<15} {statistics.median(one.seconds[index] for one in compared):.3f} s")
    print(f"median warnings        {statistics.median(len(one.warnings) for one in compared):g}")


if __name__ == "__main__":
    if not all(map(shutil.which, ("soffice", "pdftotext", "pdfinfo"))):
        sys.exit("needs soffice, pdftotext and pdfinfo (Debian: libreoffice-writer, poppler-utils)")
    main()
