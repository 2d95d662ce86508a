"""What the written sections say, sentence by sentence: the counts, percentages and years in them."""

from nianbao.report.prose.numeral import Count, Percentage, counts, percentages
from nianbao.report.prose.sentence import Sentence, sentences

__all__ = ["Count", "Percentage", "Sentence", "counts", "percentages", "sentences"]
