"""The workbook of a comparison: figures, rates, texts, particulars; written only."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from nianbao.media.workbook import writer
from nianbao.media.workbook.comparison import figures, lists, texts
from nianbao.media.workbook.rollup.listing import Palette
from nianbao.report.comparison import Comparison, wording


def write(comparison: Comparison) -> bytes:
    """The workbook's bytes; everything is in it, what is the same too, to be filtered."""
    made = Workbook()
    palette = Palette(made)
    figures.add(made, palette, comparison)
    lists.rates(made, palette, comparison)
    texts.add(made, palette, comparison)
    lists.particulars(made, palette, comparison)
    made.remove(made.worksheets[0])
    made.properties.title = wording.title(comparison)
    made.properties.creator = comparison.columns[-1].report.organ
    return writer.save(made)
