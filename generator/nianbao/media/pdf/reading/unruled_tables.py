"""The statutory tables that are printed without rules: known by their labels and by what stands beside what.

Nothing here is guessed: what does not come out as many figures as the form has is told by `enter`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.media.pdf.reading.glyphs import Glyph
from nianbao.media.pdf.reading.known_labels import KnownLabels
from nianbao.media.pdf.reading.lattice import Table
from nianbao.media.pdf.reading.stream import cells
from nianbao.media.pdf.reading.text_blocks import TextBlock, text_blocks
from nianbao.report.published.tables import belongs

MOST = 2000  # texts on a page; one that is full of figures has a third of that
FEWEST = 2  # figures on a page that make a table of labels


@dataclass(frozen=True)
class UnruledTable:
    """A table that no rules show: whether it opens or ends its page, and has figures."""

    table: Table
    first: bool
    last: bool
    filled: bool


def find_unruled(glyphs: Sequence[Glyph], known: KnownLabels, *, goes_on: bool) -> list[UnruledTable]:
    """The tables on one page; `glyphs` are those in no ruled table, in the order of printing.

    `goes_on` where the page before ends with such a table: a piece of it opens this one, however small.
    Heads alone may end the page; whether they are any, the next page tells.
    """
    blocks = list(text_blocks(glyphs, known))
    if len(blocks) > MOST:
        return []
    tables = []
    zones = list(_zones(blocks, known))
    for number, zone in enumerate(zones):
        first, last = number == 0, number == len(zones) - 1
        figures = sum(block.is_figure for block in zone)
        if not zone or not (figures or last):
            continue
        inside = tuple(glyph for block in zone for glyph in block.glyphs)
        table = Table(min(block.top for block in zone), tuple(cells(zone)), inside)
        labelled = (figures >= FEWEST or last) and belongs((cell.text for cell in table.cells), known.forms)
        if labelled or (figures and first and goes_on):
            tables.append(UnruledTable(table, first, last, filled=figures > 0))
    return tables


def _zones(blocks: Sequence[TextBlock], known: KnownLabels) -> Iterator[list[TextBlock]]:
    """What stands together between headings and paragraphs, of labels and figures.

    The first is what opens the page and the last what ends it; a zone may be empty.
    """
    figures = [block for block in blocks if block.is_figure]
    words = [block for block in blocks if not block.is_figure]
    unlabelled = [figure for figure in figures if not any(word.beside(figure) for word in words)]
    zone: list[TextBlock] = []
    for block in sorted(blocks, key=lambda block: (block.middle, block.left)):
        near = any(block.beside(figure) for figure in figures) or any(map(block.is_part_of, unlabelled))
        if (near or known.is_label(block.text)) and not known.is_heading(block.text):
            zone.append(block)
        else:
            yield zone
            zone = []
    yield zone
