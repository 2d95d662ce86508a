"""The statutory tables that are printed without rules: known by their labels and by what stands beside what.

Nothing here is guessed: what does not come out as many figures as the form has is told by `enter`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nianbao.media.pdf.reading.glyphs import Glyph
from nianbao.media.pdf.reading.known_labels import Forms
from nianbao.media.pdf.reading.lattice import Box, Ruled
from nianbao.media.pdf.reading.stream import cells
from nianbao.media.pdf.reading.text_blocks import Patch, patches
from nianbao.report import Place
from nianbao.report.published import Grid, GridCell
from nianbao.report.published.tables import belongs

MOST = 2000  # texts on a page; one that is full of figures has a third of that
FEWEST = 2  # figures on a page that make a table of labels


def key(table: Ruled) -> str:
    """The key of the statutory table, of whatever edition, that this one is a piece of; "" for any other."""
    return belongs(_grid(table), _all().forms)


@cache
def _all() -> Forms:
    return Forms(())


@dataclass(frozen=True)
class Spaced:
    """A table that no rules show: its characters, whether it opens or ends its page, and has figures."""

    table: Ruled
    glyphs: tuple[Glyph, ...]
    first: bool
    last: bool
    filled: bool


def spaced(found: Sequence[Glyph], forms: Forms, *, goes_on: bool) -> list[Spaced]:
    """The tables on one page; `found` are the characters in no ruled table, in the order of printing.

    `goes_on` where the page before ends with such a table: a piece of it opens this one, however small.
    Heads alone may end the page; whether they are any, the next page tells.
    """
    texts = list(patches(found, forms))
    if len(texts) > MOST:
        return []
    made = []
    zones = list(_zones(texts, forms))
    for number, zone in enumerate(zones):
        first, last = number == 0, number == len(zones) - 1
        figures = sum(patch.is_figure for patch in zone)
        if not zone or not (figures or last):
            continue
        table = Ruled(_box(zone), tuple(cells(zone)))
        known = (figures >= FEWEST or last) and belongs(_grid(table), forms.forms)
        if known or (figures and first and goes_on):
            glyphs = tuple(glyph for patch in zone for glyph in patch.glyphs)
            made.append(Spaced(table, glyphs, first, last, filled=figures > 0))
    return made


def _zones(found: Sequence[Patch], forms: Forms) -> Iterator[list[Patch]]:
    """What stands together between headings and paragraphs, of labels and figures.

    The first is what opens the page and the last what ends it; a zone may be empty.
    """
    figures = [patch for patch in found if patch.is_figure]
    words = [patch for patch in found if patch not in figures]
    bare_figures = [one for one in figures if not any(other.beside(one) for other in words)]
    zone: list[Patch] = []
    for patch in sorted(found, key=lambda one: (one.middle, one.left)):
        text = patch.text
        near = any(patch.beside(one) for one in figures) or any(patch.is_part_of(one) for one in bare_figures)
        known = patch in figures or forms.is_label(text) or near
        if known and not forms.is_heading(text):
            zone.append(patch)
        else:
            yield zone
            zone = []
    yield zone


def _box(zone: Sequence[Patch]) -> Box:
    return (
        min(one.left for one in zone),
        min(one.top for one in zone),
        max(one.right for one in zone),
        max(one.bottom for one in zone),
    )


def _grid(table: Ruled) -> Grid:
    nowhere = Place("")
    return Grid(tuple(GridCell(*cell, nowhere) for cell in table.cells), nowhere)
