"""Reports of several years, of several organs, or two files of one year, held against one another."""

from nianbao.report.comparison.columns import Column, Step
from nianbao.report.comparison.compare import Comparison, Particular, compare
from nianbao.report.comparison.figures import Difference, Given, Line
from nianbao.report.comparison.items import Item
from nianbao.report.comparison.passages import Passage, Rewriting, Section
from nianbao.report.comparison.rates import Rate, Share
from nianbao.report.comparison.runs import Fate, Run

__all__ = [
    "Column", "Comparison", "Difference", "Fate", "Given", "Item", "Line", "Particular", "Passage",
    "Rate", "Rewriting", "Run", "Section", "Share", "Step", "compare",
]  # fmt: skip
