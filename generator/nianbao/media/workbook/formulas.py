"""The formulas of the workbook: totals, and the verdict on an equation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string

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
    runs: list[list[str]] = []
    for spot in spots:
        if runs and _follows(runs[-1], spot):
            runs[-1].append(spot)
        else:
            runs.append([spot])
    return [f"{run[0]}:{run[-1]}" if len(run) > 1 else run[0] for run in runs]


def elsewhere(spots: Sequence[str]) -> list[str]:
    """The same for cells of one other sheet, such as '一'!C9."""
    sheet = spots[0].rpartition("!")[0]
    return [f"{sheet}!{area}" for area in areas(spot.rpartition("!")[2] for spot in spots)]


def _follows(run: Sequence[str], spot: str) -> bool:
    """Whether a cell goes on in the run's column or row."""
    column, row = _coordinates(spot)
    first_column, first_row = _coordinates(run[0])
    last_column, last_row = _coordinates(run[-1])
    down = column == last_column == first_column and row == last_row + 1
    return down or (row == last_row == first_row and column == last_column + 1)


def _coordinates(spot: str) -> tuple[int, int]:
    letters, row = coordinate_from_string(spot)
    return column_index_from_string(letters), row
