"""How much of published reports is read right: `python -m benchmarks.published [--originals FOLDER]`.

REPORTS holds published reports as exchange JSON, typed by people. Each is made anew as Word, web page and
PDF and read back; with `--office` also saved again (as .doc, .rtf and .odt too) and printed by
LibreOffice. ORIGINALS holds files as published, each named by the number that its transcript begins with
(06.html, 03.pdf). A cell is right where its text is the same but for white space, a paragraph where one
like it is there; a transcript that leaves
words out ([…略]) says nothing of its paragraphs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from nianbao.app import pdf_engines, reading
from nianbao.app.build_id import TEMPLATES
from nianbao.media import webpage, word
from nianbao.report import PREFACE, ProblemsFound, Report
from nianbao.report.published.label_matching import bare

from tests import reference_pdf

LEFT_OUT = "略]"
OFFICE = {  # what LibreOffice makes of the Word file, and by which filter
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "rtf": "rtf",
    "odt": "odt",
    "pdf": "pdf",
}


@dataclass
class Read:
    """One report read beside what it should say."""

    name: str
    cells: int = 0
    right: int = 0
    paragraphs: int = 0
    same: int = 0
    seconds: float = 0.0
    wrong: tuple[str, ...] = ()


def main() -> None:
    """Print a line for each kind of file, and for each original."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=Path, nargs="?", default=Path("../shared/reports"))
    parser.add_argument("--originals", type=Path)
    parser.add_argument("--office", action="store_true", help="also through LibreOffice")
    asked = parser.parse_args()
    paths = sorted(asked.reports.glob("*.json"))
    if not paths:
        sys.exit(f"no reports in {asked.reports}")
    wanted = {path.stem: reading.read(path) for path in paths}
    templates = {path.stem: word.Template(path.read_bytes(), path.name) for path in TEMPLATES.glob("*.docx")}
    documents = {
        name: word.merge(templates[report.mandate.edition.key], report) for name, report in wanted.items()
    }

    def print_pdf(name: str) -> bytes:
        page = pdf_engines.page_of(documents[name], wanted[name])
        return pdf_engines.print_page(page, wanted[name])[0]

    makers: dict[str, Callable[[str], bytes]] = {
        "docx": lambda name: documents[name],
        "html": lambda name: webpage.write(wanted[name]).encode(),
        "pdf": print_pdf,
    }
    for kind, make in makers.items():
        tell(kind, [look(f"{name}.{kind}", make(name), wanted[name]) for name in wanted])
    if asked.office:
        for kind, to in OFFICE.items():
            found = dict(office(documents, to, kind))
            tell(
                f"{kind} by LibreOffice",
                [look(f"{name}.{kind}", found[name], wanted[name]) for name in wanted],
            )
    if asked.originals:
        read = list(originals(asked.originals, wanted))
        for one in read:
            print(f"  {one.name:12} {one.right}/{one.cells} cells {' '.join(one.wrong)}")
        tell("originals", read)


def originals(folder: Path, wanted: dict[str, Report]) -> Iterator[Read]:
    """Each file of the folder, beside the transcript whose number it has."""
    for path in sorted(folder.iterdir()):
        name = next((one for one in wanted if one.partition("-")[0] == path.stem), None)
        if name is not None and path.suffix.lower() in reading.PUBLISHED:
            yield look(path.name, path.read_bytes(), wanted[name])


def look(name: str, content: bytes, wanted: Report) -> Read:
    """Read one file and count what is right in it; a file that cannot be read has nothing right."""
    read = Read(name, cells=len(wanted.figures))
    start = time.perf_counter()
    try:
        found = reading.read_content(content, name)
    except ProblemsFound as error:
        read.wrong = (str(error),)
        return read
    read.seconds = time.perf_counter() - start
    if found.mandate.edition != wanted.mandate.edition:
        read.wrong = ("edition",)
        return read
    read.wrong = tuple(
        key for key, one in wanted.figures.items() if bare(found.figures[key].text) != bare(one.text)
    )
    read.right = read.cells - len(read.wrong)
    texts = [bare(one.text) for key, each in found.narratives.items() if key != PREFACE for one in each]
    for key, each in wanted.narratives.items():
        if key == PREFACE or any(LEFT_OUT in one.text for one in each):
            continue
        read.paragraphs += len(each)
        read.same += sum(bare(one.text) in texts for one in each)
    return read


def tell(kind: str, read: Iterable[Read]) -> None:
    """Print the sums."""
    read = list(read)
    cells, right = sum(one.cells for one in read), sum(one.right for one in read)
    paragraphs, same = sum(one.paragraphs for one in read), sum(one.same for one in read)
    milliseconds = median(one.seconds for one in read) * 1e3 if read else 0
    told = f"cells {right}/{cells}, paragraphs {same}/{paragraphs}, median {milliseconds:.0f} ms"
    print(f"{kind:20} {len(read):3} files, {told}")


def office(documents: dict[str, bytes], to: str, kind: str) -> Iterator[tuple[str, bytes]]:
    """Each document as LibreOffice saves or prints it."""
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        (room / "in").mkdir()
        for each, content in documents.items():
            (room / "in" / f"{each}.docx").write_bytes(content)
        reference_pdf.convert(sorted((room / "in").iterdir()), room / "out", room, to)
        for each in documents:
            yield each, (room / "out" / f"{each}.{kind}").read_bytes()


if __name__ == "__main__":
    main()
