"""The page of `nianbao serve` beside tables that others make for the browser, and its goals of speed.

    python -m benchmarks.workbench [--rounds 5]

The others show 27 × 10 numbers in a page of a few lines. Ours opens its first page, takes the workbook
with faults, reads and checks it, and shows its tables, texts and findings. Each is seen in the same
Chromium in a window of its own, in turns, after a visit at which its bytes are counted; and so are two pages
of nothing, for what the browser and its driver take of every time, and ours with the file handed in by the
driver, which takes longer over it than the browser does. Then what one person waits for is measured, each
beside its goal.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from statistics import median
from urllib.parse import quote

from playwright.sync_api import Browser

from benchmarks.workbench import goals, grids, visits
from benchmarks.workbench.visits import Cost

OURS, DRIVEN, BESIDE = "nianbao", "nianbao, by the driver", "tabulator"


def main(arguments: Sequence[str] = ()) -> None:
    """Print both tables, with how busy the computer was."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.workbench", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(arguments)
    with visits.chromium() as browser, visits.serving() as (address, process):
        _load()
        _beside(_costs(browser, address, asked.rounds), asked.rounds)
        window = visits.window(browser, address)
        host = address.partition("/enter")[0]
        print(f"\n{'':<28} {'measured':>12} {'goal':>10}")
        for goal in goals.goals(window, host, process):
            missed = "" if goal.measured <= goal.limit else "  missed"
            print(f"{goal.name:<28} {goal.measured:>9.1f} {goal.unit} {goal.limit:>7.0f} {goal.unit}{missed}")
        window.close()
        _load()


def _costs(browser: Browser, address: str, rounds: int) -> dict[str, Cost]:
    """The medians of each by its name, ours last; bytes are those of the visit that is not counted."""
    with grids.served() as addresses:
        file = f"{addresses.pop(grids.FILE)}?{quote(visits.SAVED)}"
        ways: dict[str, tuple[str, visits.See]] = {
            **{name: (grid, visits.grid) for name, grid in addresses.items()},
            grids.FILE: (file, visits.ours),
            DRIVEN: (address, visits.ours_driven),
            OURS: (address, visits.ours),
        }
        sizes = {name: visits.size(browser, *way) for name, way in ways.items()}
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                taken[name].append(visits.visit(browser, *way))
    medians = {name: map(median, zip(*costs, strict=True)) for name, costs in taken.items()}
    return {name: Cost(time, sizes[name], heap) for name, (time, heap) in medians.items()}


def _beside(costs: dict[str, Cost], rounds: int) -> None:
    beside = costs.get(BESIDE)
    print(f"seen in a new window, medians of {rounds}; x: as many times {BESIDE}'s")
    print(f"{'':<22} {'to be there':>19} {'bytes':>19} {'heap':>17}")
    for name, cost in costs.items():
        times = (
            [f"{own / other:.2f} x" for own, other in zip(cost, beside, strict=True)] if beside else [""] * 3
        )
        print(
            f"{name:<22} {cost.time:>8.3f} s {times[0]:>8} {cost.size:>7.0f} kB {times[1]:>8}"
            f" {cost.heap:>5.2f} MB {times[2]:>8}"
        )


def _load() -> None:
    print(
        "load of the computer in the last 1, 5 and 15 minutes: {:.1f} {:.1f} {:.1f}".format(*os.getloadavg())
    )


if __name__ == "__main__":
    main(sys.argv[1:])
