"""How long reading a filled-in workbook takes, beside readers that only list its cells.

    python -m benchmarks.reading [WORKBOOK…]

Ours says which cell is which figure, computes the totals again and judges labels; the others hand over
cells. All read the same file in turn, in one process, after a run of each that is not counted.
Aim: 10 ms, and a quarter of the time of openpyxl's quickest way.
"""

from __future__ import annotations

import importlib
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

from nianbao.app import reading
from openpyxl import load_workbook

RUNS = 30
SAMPLE = Path("data/示例-2021.xlsx")
OURS = "nianbao"


def main() -> None:
    """Print a table of medians for each workbook; ratios are to ours."""
    paths = list(map(Path, sys.argv[1:])) if __name__ == "__main__" else []
    for path in paths or [SAMPLE]:
        taken = times(readers(path))
        ours = taken[OURS]
        print(f"reading {path.name}, median of {RUNS} runs in turn")
        for name, one in taken.items():
            print(f"  {name:32} {one:7.2f} ms {one / ours:7.2f}")


def readers(path: Path) -> dict[str, Callable[[], object]]:
    """Each way to read the workbook, by its name."""
    found: dict[str, Callable[[], object]] = {
        OURS: lambda: reading.read(path),
        "openpyxl read_only, data_only": lambda: _cells(path, read_only=True, data_only=True),
        "openpyxl": lambda: _cells(path),
    }
    try:
        calamine: Any = importlib.import_module("python_calamine")
    except ImportError:
        print("python-calamine is not installed: left out")
        return found
    return found | {"python-calamine": lambda: _calamine(calamine, path)}


def _cells(path: Path, **how: bool) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for sheet in load_workbook(path, **how).worksheets:
            for row in sheet.iter_rows():
                _drain(cell.value for cell in row)


def _calamine(calamine: Any, path: Path) -> None:
    book = calamine.CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False):
            _drain(row)


def _drain(values: Iterable[object]) -> None:
    for _ in values:
        pass


def times(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median of each way in milliseconds."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(RUNS + 1):
        for name, read in ways.items():
            start = time.perf_counter()
            read()
            taken[name].append((time.perf_counter() - start) * 1000)
    return {name: median(runs[1:]) for name, runs in taken.items()}


if __name__ == "__main__":
    main()
