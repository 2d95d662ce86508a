"""The place where columns stand: a scale of whole numbers from zero, and a slot for each category."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.media.charts.sketch import GREY, PALE, Rule, Sketch, Word, width

LABELS = 8.5  # points
TICK, ABOVE = 1.0, 5.0  # millimetres


class Axis:
    """A scale up to the largest number; heights and middles in millimetres."""

    def __init__(
        self, sketch: Sketch, most: int, count: int, left: float, bottom: float, height: float
    ) -> None:
        from matplotlib.ticker import MaxNLocator

        self.sketch, self.count, self.left, self.bottom, self.height = sketch, count, left, bottom, height
        locator = MaxNLocator(nbins=5, integer=True, steps=[1, 2, 2.5, 5, 10])
        self.ticks = [round(tick) for tick in locator.tick_values(0, max(most, 1)) if tick >= 0]
        self.slot = (sketch.width - left) / count

    def middle(self, category: int) -> float:
        """Where a category's slot has its middle."""
        return self.left + (category + 0.5) * self.slot

    def rise(self, number: int) -> float:
        """How high a number is above the base."""
        return number / self.ticks[-1] * self.height

    def draw(self, unit: str) -> None:
        """The scale with its lines, and the base."""
        top = self.bottom + self.height
        for tick in self.ticks:
            y = self.bottom + self.rise(tick)
            if tick:
                self.sketch.add(Rule(self.left, y, self.sketch.width, y, PALE, 0.4))
            self.sketch.add(Rule(self.left - TICK, y, self.left, y, GREY))
            self.sketch.add(Word(self.left - 1.5 * TICK, y, str(tick), LABELS, "right"))
        self.sketch.add(Rule(self.left, self.bottom, self.left, top, GREY))
        self.sketch.add(Word(self.left, top + ABOVE, _shown(unit), LABELS, "right"))

    def base(self) -> None:
        """The line that columns stand on, over their feet."""
        y = self.bottom
        self.sketch.add(Rule(self.left, y, self.sketch.width, y, GREY, 0.8))


def room_for(numbers: Sequence[int], unit: str) -> float:
    """How much room the scale's own numbers and its unit take on the left."""
    longest = str(max(numbers, default=0) * 2)  # the scale ends above the largest number
    return max(width(longest, LABELS) + 2.5 * TICK, width(_shown(unit), LABELS))


def _shown(unit: str) -> str:
    return f"（{unit}）"
