"""What a typesetter would mend in a printed report, found by where its words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from nianbao.media.word import layout
from nianbao.media.word.line_breaks import lines as broken
from nianbao.media.word.line_breaks import width
from nianbao.media.word.title_and_signature import MEASURE
from nianbao.report import Report

from tests.reference_pdf import Word, words

TWIPS = 20.0  # in a point
TOP, LEFT = layout.TOP / TWIPS, layout.LEFT / TWIPS
BOTTOM = (layout.PAGE[1] - layout.BOTTOM) / TWIPS
RIGHT = (layout.PAGE[0] - layout.RIGHT) / TWIPS
HANGING = 20.0  # points: one mark may stand out, with what is added between letters
TOUCHING = 0.6  # points that two words may overlap, and text may stand out
SAME = 2.5  # points between the baselines of one line
HALF = 0.5
_NUMBER = re.compile(r"\d[\d.,]*\d%?")
KINDS = (
    "lonely signature", "broken number", "broken date", "broken name", "broken title", "lonely heading",
    "outside its box", "half-empty page",
)  # fmt: skip


class Line(NamedTuple):
    """Words on one height, from left to right, however far apart."""

    page: int
    bottom: float
    text: str
    words: tuple[Word, ...]


def faults(pdf: Path, report: Report) -> list[tuple[str, str]]:
    """Every fault of a PDF with our layout: its kind, and what shows it."""
    found = list(_lines(words(pdf)))
    body = [line for line in found if line.bottom < BOTTOM + HANGING]
    last = max((line.page for line in found), default=0)
    return [
        *_signature(body, report),
        *(("broken number", row) for row in _numbers(body, report)),
        *_headings(body, report),
        *_outside(body),
        *(
            ("half-empty page", f"page {page + 1} of {last + 1}")
            for page in range(last)
            if _filled([line for line in body if line.page == page]) < HALF
        ),
    ]


def _lines(found: Sequence[Word]) -> Iterator[Line]:
    waiting: list[Word] = []
    for word in [*sorted(found, key=lambda word: (word.page, word.bottom)), None]:
        if waiting and (
            word is None or word.page != waiting[0].page or word.bottom > waiting[0].bottom + SAME
        ):
            row = tuple(sorted(waiting, key=lambda word: word.left))
            yield Line(row[0].page, row[0].bottom, "".join(one.text for one in row), row)
            waiting = []
        if word is not None:
            waiting.append(word)


def _filled(body: Sequence[Line]) -> float:
    """How far down a page is filled, as a share."""
    return (max((line.bottom for line in body), default=TOP) - TOP) / (BOTTOM - TOP)


def _signature(body: Sequence[Line], report: Report) -> Iterator[tuple[str, str]]:
    texts = [line.text for line in body]
    title = list(broken(report.title, layout.TITLE_CHARACTERS, 0.6))
    if texts[: len(title)] != title:
        yield "broken title", " / ".join(texts[: len(title)])
    date, name = report.date_line, report.issued_by
    dated = next((index for index in reversed(range(len(body))) if texts[index] == date), None)
    if dated is None:
        yield "broken date", date
        return
    count = next((count for count in range(1, 5) if "".join(texts[dated - count : dated]) == name), 0)
    parts = tuple(texts[dated - count : dated])
    if not count or parts not in [(name,), *(broken(name, most) for most in (MEASURE, room(date)))]:
        yield "broken name", " / ".join(texts[dated - 2 : dated])
    elif len({line.page for line in body[dated - count : dated + 1]}) > 1:
        yield "lonely signature", "name and date on two pages"
    elif dated == count or body[dated - count - 1].page != body[dated].page:
        yield "lonely signature", f"page {body[dated].page + 1}"


def room(date: str) -> float:
    """How many characters may stand centred on a date that ends four characters from the edge."""
    return 8 + width(date)


def _numbers(body: Sequence[Line], report: Report) -> Iterator[str]:
    """The rows of figures, and numbers in running text, that no line of the PDF has in one piece."""
    texts = [line.text for line in body]
    for table in report.mandate.tables.values():
        rows: dict[int, str] = {}
        for slot in table.slots:
            rows[slot.cell.row] = rows.get(slot.cell.row, "") + report.figures[slot.key].text
        for row in rows.values():
            if not any(text.endswith(row) for text in texts):
                yield row
    for paragraph in (one for each in report.narratives.values() for one in each):
        for number in sorted(set(_NUMBER.findall(paragraph.text))):
            if not any(number in text for text in texts):
                yield number


def _headings(body: Sequence[Line], report: Report) -> Iterator[tuple[str, str]]:
    """Headings with nothing below them on their page."""
    headings = {"".join(section.heading.split()) for section in report.mandate.sections}
    headings |= {
        "".join(one.text.split()) for texts in report.narratives.values() for one in texts if one.heading
    }
    for line, after in pairwise(body):
        if line.text in headings and after.page != line.page:
            yield "lonely heading", line.text


def _outside(body: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Text that stands out of the type area, or over other text."""
    for line in body:
        for word in line.words:
            hangs = HANGING if re.search("[，。、；：！？]$", word.text) else TOUCHING
            if word.left < LEFT - TOUCHING or word.right > RIGHT + hangs:
                yield "outside its box", f"page {line.page + 1}: {word.text}"
        for word, other in pairwise(line.words):
            if word.right > other.left + TOUCHING:
                yield "outside its box", f"page {line.page + 1}: {word.text} over {other.text}"
    for line, after in pairwise(body):
        if line.page == after.page:
            for word in line.words:
                for other in after.words:
                    high = min(word.bottom - word.top, other.bottom - other.top)
                    close = other.bottom - word.bottom < high * 0.45
                    if close and min(word.right, other.right) - max(word.left, other.left) > TOUCHING:
                        yield "outside its box", f"page {line.page + 1}: {word.text} on {other.text}"
