"""A chart as values: what it shows, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HEADING = "图解"  # over the charts behind a report
UNIT = "件"
UNKNOWN = "无数据"


class Kind(StrEnum):
    """How a chart is drawn."""

    COLUMNS = "columns"  # series side by side
    STACKED = "stacked"  # series upon one another: parts of a whole


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers, one for each category; None where nothing is known, which is not zero."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What one chart shows; `note` has what there is to know about its numbers."""

    kind: Kind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = UNIT
    note: str = ""

    @property
    def numbers(self) -> list[int]:
        """All numbers that are known."""
        return [value for series in self.series for value in series.values if value is not None]

    @property
    def alt(self) -> str:
        """The chart in words, with every number; of many series, with every number that is not zero."""
        kind = {Kind.COLUMNS: "柱形图", Kind.STACKED: "堆积柱形图"}[self.kind]
        parts = "；".join(map(self._description, range(len(self.categories))))
        return f"{kind}：{self.title}（单位：{self.unit}）。{parts}。{self.note}"

    def _description(self, index: int) -> str:
        """One category and its numbers."""
        values = [(series.name, series.values[index]) for series in self.series]
        label, numbers = self.categories[index], {value for _, value in values}
        if len(numbers) == 1 and (len(values) == 1 or not any(numbers)):
            [value] = numbers
            return f"{label}{_shown(value)}"
        parts = (f"{name}{_shown(value)}" for name, value in values if value != 0)
        return f"{label}：{'，'.join(parts)}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A chart that would show nothing, and why."""

    title: str
    why: str


def caption(number: int, title: str) -> str:
    """What stands below a chart in a report."""
    return f"图{number}　{title}"


def _shown(value: int | None) -> str:
    return UNKNOWN if value is None else str(value)
