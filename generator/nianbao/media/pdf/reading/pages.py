"""From pages as they are drawn to what is printed on them, and what of that is no part of the report."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import pairwise
from typing import Any

from nianbao.media.pdf.reading.annotations import read_annotations
from nianbao.media.pdf.reading.glyphs import Glyph, Heights, once
from nianbao.media.pdf.reading.ink import measure
from nianbao.media.pdf.reading.lattice import Table, grounds, is_underline, open_ends, ruled
from nianbao.media.pdf.reading.note_marks import note_marks
from nianbao.media.pdf.reading.phonetics import digits_above, phonetics
from nianbao.media.pdf.reading.printed_page import Page, Unread
from nianbao.media.pdf.reading.sheets import SKEW, Sheet, sheets
from nianbao.media.pdf.reading.strikes import (
    doubt_crossed,
    doubt_drawn_through,
    find_strikes,
    struck_within,
)
from nianbao.media.pdf.reading.watermarks import find_watermarks
from nianbao.report.left_out import Reason

TABLES = {
    "vertical_strategy": "lines",
    "horizontal_strategy": "lines",
    "snap_tolerance": 2,
    "join_tolerance": 3,
}
SEEN = 20  # ink, from which on a character is seen
PALE = 0.93  # lightness, from which on one is not, where nobody can print it to see
SMALLEST = 1.0  # points of size, below which nobody reads it
COPIED = 0.5  # of a page that pictures cover, and of its text that is not seen: a scan, and what it says
APART = 2.0  # of a character's size, beyond which the next is another text


def look(
    pages: Sequence[Any], resources: Any, content: bytes, bounded: Callable[[int, int], None]
) -> list[Sheet]:
    """The sheets of pdfplumber's pages; each character says how much of it is seen.

    `bounded` is told each page's number and how many characters it has, and may raise.
    """
    found = sheets(pages, resources, bounded)
    measure(content, ((sheet.index, sheet.drawing.view, sheet.drawing.glyphs) for sheet in found))
    return found


def read_pages(found: Sequence[Sheet], resources: Any) -> list[Page]:
    """Look at sheets whose ink is known."""
    unseen = [_unseen(sheet) for sheet in found]
    for sheet, hidden in zip(found, unseen, strict=True):
        sheet.drawing.glyphs = once(_without(sheet.drawing.glyphs, hidden))
    marks = find_watermarks(found)
    return [
        _read(sheet, hidden, watermark, resources)
        for sheet, hidden, watermark in zip(found, unseen, marks, strict=True)
    ]


def _read(sheet: Sheet, hidden: list[Glyph], watermark: list[Glyph], resources: Any) -> Page:
    width, height = sheet.drawing.view.size
    written = read_annotations(sheet.page.page_obj, sheet.drawing.view, resources)
    own = _without(sheet.drawing.glyphs, watermark)
    added = (glyph for glyph in written.glyphs if _is_on(glyph, width, height))
    shown = [glyph for glyph in (*own, *added) if not glyph.artifact]
    glyphs = [glyph for glyph in shown if _is_upright(glyph)]
    turned = (glyph for glyph in shown if not _is_upright(glyph) and not glyph.text.isspace())
    drawn = _drawn(sheet)
    shapes = [shape for kind in ("line", "rect", "curve") for shape in drawn.objects.get(kind, ())]
    heights = Heights(glyphs)
    strikes = find_strikes(shapes, heights)
    slanting = {id(shape) for shape in shapes if doubt_crossed(shape, heights)}
    through = {id(glyph) for _, each in strikes for glyph in each}
    through |= {id(glyph) for glyph in struck_within(written.strikes, glyphs)}
    struck = [glyph for glyph in glyphs if id(glyph) in through]
    for deleted, after in pairwise(glyphs):
        after.joined = id(deleted) in through
    redacted = [glyph for glyph in struck_within(written.redactions, glyphs) if id(glyph) not in through]
    glyphs = _without(glyphs, [*struck, *redacted])
    doubt_drawn_through(written.lines, heights)
    readings, above = phonetics(glyphs), digits_above(glyphs)
    glyphs = _without(glyphs, [*readings, *above])
    notes = note_marks(glyphs)
    glyphs = _without(glyphs, notes)
    left_out = [
        *_told(Reason.HIDDEN, (glyph for glyph in hidden if _is_hidden(glyph))),
        *_told(Reason.UNSEEN, (glyph for glyph in hidden if not _is_hidden(glyph))),
        *_told(Reason.WATERMARK, watermark),
        *_told(Reason.TURNED, turned),
        *_told(Reason.STRUCK, struck),
        *_told(Reason.REDACTED, redacted),
        *_told(Reason.PHONETIC, readings),
        *_told(Reason.ABOVE, above),
        *_told(Reason.NOTE_MARK, notes),
    ]
    no_rules = slanting | {id(shape) for shape in shapes if hidden and _covers(shape, hidden, glyphs)}
    no_rules.update(shape for stroke, _ in strikes for shape in stroke.shapes)
    no_rules.update(id(area) for area in grounds(drawn.objects.get("rect", ()), width * height))
    tables = tuple(_tables(drawn, glyphs, no_rules))
    return Page(sheet.number, width, height, tuple(glyphs), tables, tuple(left_out))


def _covers(shape: Any, hidden: Iterable[Glyph], glyphs: Iterable[Glyph]) -> bool:
    """Whether an area lies over what it hides, and nothing that is seen is on it."""
    return (
        bool(shape["fill"])
        and any(_is_in(glyph, shape) for glyph in hidden)
        and not any(_is_in(glyph, shape) for glyph in glyphs)
    )


def _is_in(glyph: Glyph, shape: Any) -> bool:
    across = shape["x0"] <= (glyph.left + glyph.right) / 2 <= shape["x1"]
    return bool(across and shape["top"] <= glyph.middle <= shape["bottom"])


def _tables(drawn: Any, glyphs: Sequence[Glyph], no_rules: Set[int]) -> list[Table]:
    """The tables that a page's shapes make, but for those that are no rules, by their identity."""
    heights = Heights(glyphs)
    rules = drawn.filter(lambda shape: id(shape) not in no_rules and not is_underline(shape, heights))
    settings = TABLES | {"explicit_horizontal_lines": open_ends(rules.edges)}
    tables, rest = [], list(glyphs)
    for found in sorted(rules.find_tables(settings), key=lambda found: found.bbox[1]):
        table, rest = ruled(found.cells, rest)
        if table is not None and any(cell.text for cell in table.cells):
            tables.append(table)
    return tables


def _drawn(sheet: Sheet) -> Any:
    """pdfplumber's page of the shapes alone, in the view's own places."""
    page = copy.copy(sheet.page)
    page._layout = sheet.drawing.shapes  # noqa: SLF001 - it would have pdfminer draw it all again
    page.bbox = page.mediabox = page.cropbox = (0, 0, *sheet.drawing.view.size)
    return page


def _is_upright(glyph: Glyph) -> bool:
    return abs(glyph.angle) <= SKEW and glyph.size > 0


def _unseen(sheet: Sheet) -> list[Glyph]:
    """The characters that are on the page and not printed; none where they say what a scan shows."""
    width, height = sheet.drawing.view.size
    printed = [glyph for glyph in sheet.drawing.glyphs if not glyph.text.isspace()]
    unseen = [glyph for glyph in printed if not _is_seen(glyph, width, height)]
    covered = sum((right - left) * (bottom - top) for left, top, right, bottom in sheet.drawing.pictures)
    if covered > COPIED * width * height and len(unseen) > COPIED * len(printed):
        return [glyph for glyph in unseen if not _is_on(glyph, width, height)]
    return unseen


def _is_seen(glyph: Glyph, width: float, height: float) -> bool:
    if glyph.size < SMALLEST or not _is_on(glyph, width, height):
        return False
    if glyph.ink >= SEEN or glyph.embedded or glyph.text.isascii():
        return glyph.ink >= SEEN
    return not glyph.hidden and glyph.lightness < PALE  # a font that is not here leaves no ink either


def _is_on(glyph: Glyph, width: float, height: float) -> bool:
    return 0 <= (glyph.left + glyph.right) / 2 <= width and 0 <= glyph.middle <= height


def _is_hidden(glyph: Glyph) -> bool:
    return glyph.hidden or glyph.lightness < PALE


def _without(glyphs: Iterable[Glyph], others: Iterable[Glyph]) -> list[Glyph]:
    gone = {id(glyph) for glyph in others}
    return [glyph for glyph in glyphs if id(glyph) not in gone]


def _told(reason: Reason, glyphs: Iterable[Glyph]) -> list[Unread]:
    """The texts that characters form which follow one another."""
    texts: list[Unread] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and _follows(last, glyph):
            texts[-1] = texts[-1]._replace(text=texts[-1].text + glyph.text)
        else:
            texts.append(Unread(reason, glyph.text, (glyph.left + glyph.right) / 2, glyph.middle))
        last = glyph
    return texts


def _follows(glyph: Glyph, after: Glyph) -> bool:
    across, down = abs(after.left - glyph.right), abs(after.middle - glyph.middle)
    return max(across, down) < APART * after.size
