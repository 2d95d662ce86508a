"""How long one Word document takes where the template is open already: `python -m benchmarks.merging`.

Three in turn, in one process, from the same report and template to bytes in memory:

- ours: `word.merge`, proof included;
- docxtpl: its own loop, a new DocxTemplate for every document, as in benchmarks/bare_docxtpl.py, but
  given the same values as ours and told to escape; it proves nothing;
- the floor: the same parts compressed and written, and no more.

What is made is looked at once: paragraph for paragraph and cell for cell, ours prints what docxtpl prints.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from statistics import median

import docx
from docxtpl import DocxTemplate
from nianbao.app import reading
from nianbao.media import ooxml, word
from nianbao.media.word.context import context
from nianbao.media.word.merge import LEVEL

from benchmarks.generate import BOOK, LOOPS, TEMPLATE

ROUNDS = 7
RUNS = {"ours": 100, "docxtpl": 5, "floor": 100}  # of one round
AIM = 4.0  # milliseconds


def main() -> None:
    """Print each round's medians and the median ratios."""
    report = reading.read(BOOK)
    values = context(report)
    template = word.Template(TEMPLATE.read_bytes(), TEMPLATE.name)
    made = word.merge(template, report)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts = {name: package.read(name) for name in package.namelist()}

    def theirs() -> bytes:
        document, stream = DocxTemplate(LOOPS), io.BytesIO()
        document.render(values, autoescape=True)
        document.save(stream)
        return stream.getvalue()

    works: dict[str, Callable[[], bytes]] = {
        "ours": lambda: word.merge(template, report),
        "docxtpl": theirs,
        "floor": lambda: ooxml.pack(parts, LEVEL),
    }
    assert works["floor"]() == works["ours"]() == made
    assert text(theirs()) == text(made)
    rounds = [{name: _milliseconds(work, RUNS[name]) for name, work in works.items()} for _ in range(ROUNDS)]
    print("one Word document, warm, in memory: milliseconds, medians of each round")
    print(f"{'round':>5} {'ours':>8} {'docxtpl':>8} {'floor':>8} {'of docxtpl':>11} {'of floor':>9}")
    for number, one in enumerate(rounds, 1):
        _line(str(number), one)
    _line("med.", {name: median(one[name] for one in rounds) for name in works})
    print(f"aim: {AIM} ms")


def text(made: bytes) -> list[str]:
    """What a document's body prints, paragraphs and cells in order, without spaces and blank lines."""
    words = []
    for paragraph in docx.Document(io.BytesIO(made)).element.body.iter(docx.oxml.ns.qn("w:p")):
        printed = "".join(one.text or "" for one in paragraph.iter(docx.oxml.ns.qn("w:t")))
        words.append("".join(printed.split()))
    return [one for one in words if one]


def _line(name: str, one: dict[str, float]) -> None:
    our, their, floor = one["ours"], one["docxtpl"], one["floor"]
    print(f"{name:>5} {our:>8.3f} {their:>8.1f} {floor:>8.3f} {our / their:>11.4f} {our / floor:>9.2f}")


def _milliseconds(work: Callable[[], object], runs: int) -> float:
    """The median of so many runs, after one that is not counted."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


if __name__ == "__main__":
    main()
