"""Reports of several years, of several organs, or two files of one year, held against one another."""

from generator.report.comparison.columns import Column, Step
from generator.report.comparison.compare import Comparison, Particular, compare
from generator.report.comparison.figures import Difference, Given, Line
from generator.report.comparison.items import Item
from generator.report.comparison.passages import Passage, Rewriting, Section
from generator.report.comparison.rates import Rate, Share
from generator.report.comparison.runs import Fate, Run

__all__ = [
    "Column",
    "Comparison",
    "Difference",
    "Fate",
    "Given",
    "Item",
    "Line",
    "Particular",
    "Passage",
    "Rate",
    "Rewriting",
    "Run",
    "Section",
    "Share",
    "Step",
    "compare",
]
