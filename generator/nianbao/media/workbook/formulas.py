"""The formulas of the workbook: totals, and the verdict on an equation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nianbao.report import Place
from nianbao.report.problem import runs

EVEN, UNEVEN, UNFILLED, TEXT = "平", "不平", "未填", "有文字"


def total(areas: Sequence[str]) -> str:
    """The sum of some cells, blank where all of them are."""
    cells = ",".join(areas)
    return f'=IF(COUNT({cells})=0,"",SUM({cells}))'


def verdict(left: Sequence[str], right: Sequence[str]) -> str:
    """Whether two lists of cells have the same sum; text is called text, for SUM would pass it over."""
    texts = "+".join(f"SUMPRODUCT(ISTEXT({area})*(LEN({area})>0))" for area in (*left, *right))
    before, after = ",".join(left), ",".join(right)
    return (
        f'=IF({texts}>0,"{TEXT}",IF(COUNT({before},{after})=0,"{UNFILLED}",'
        f'IF(ROUND(SUM({before})-SUM({after}),6)=0,"{EVEN}","{UNEVEN}")))'
    )


def areas(spots: Iterable[str]) -> list[str]:
    """Cells such as C9 as arguments of a function, runs in one column or row as ranges."""
    cells = ([place.cell for place in run] for run in runs(Place("", cell=spot) for spot in spots))
    return [f"{run[0]}:{run[-1]}" if len(run) > 1 else run[0] for run in cells]


def elsewhere(spots: Sequence[str]) -> list[str]:
    """The same for cells of one other sheet, such as '一'!C9."""
    sheet = spots[0].rpartition("!")[0]
    return [f"{sheet}!{area}" for area in areas(spot.rpartition("!")[2] for spot in spots)]
