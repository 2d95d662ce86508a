"""How long one full check takes, reading left out: `python -m benchmarks.checks [REPORT…]`.

Aim: a median under 20 ms, so that a form could check at every keystroke. The floor beside it is
reading the same report's workbook.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from nianbao.app import reading
from nianbao.report import Report, check
from nianbao.report.checks import CHECKS, Inspection

RUNS = 50
AIM = 20  # milliseconds
SAMPLE = Path("data/示例-2021.xlsx")


def main() -> None:
    """Print the median and the worst of checking each report, with and without last year's."""
    paths = list(map(Path, sys.argv[1:])) if __name__ == "__main__" else []
    for path in paths or [SAMPLE]:
        report = reading.read(path)
        length = sum(len(one.text) for written in report.narratives.values() for one in written)
        last = replace(report, year=report.year - 1)
        alone = times(partial(check, report))
        both = times(partial(check, report, last))
        read = times(partial(reading.read, path), 5)
        print(
            f"check {path.name}: {length} characters; median {median(alone):.2f} ms, worst {max(alone):.2f}; "
            f"against another year {median(both):.2f} ms, worst {max(both):.2f}; aim {AIM} ms; "
            f"{median(alone) / median(read):.3f} of reading it ({median(read):.0f} ms)"
        )
        parts(report, last)


def parts(report: Report, last: Report) -> None:
    """What each check takes of it, the slowest first."""
    inspection = Inspection(report, last)
    inspection.sentences  # noqa: B018 - made once, whoever asks first
    each = {
        f"{one.__module__.removeprefix('nianbao.report.checks.')}.{one.__name__}": median(
            times(partial(_drain, one, inspection), 10)
        )
        for one in CHECKS
    }
    for name, taken in sorted(each.items(), key=lambda item: -item[1])[:6]:
        print(f"  {name:32} {taken:.2f} ms")


def _drain(one: Callable[[Inspection], Any], inspection: Inspection) -> None:
    for _ in one(inspection):
        pass


def times(work: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Milliseconds of each of so many runs, after one that is not counted."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


if __name__ == "__main__":
    main()
