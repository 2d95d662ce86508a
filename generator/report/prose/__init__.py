"""What the written sections say, sentence by sentence: the counts, percentages and years in them."""

from generator.report.prose.numeral import Count, Percentage, counts, percentages
from generator.report.prose.sentence import Sentence, sentences

__all__ = ["Count", "Percentage", "Sentence", "counts", "percentages", "sentences"]
