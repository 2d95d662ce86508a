"""How long one report takes as a whole process, beside a bare script that checks nothing.

    python -m benchmarks.generate

Both read the same workbook and fill the same template; each run is a process of its own, ours and
theirs in turn, after one of each that is not counted (the template is then compiled and proved, as
it is from a user's second report on).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "data" / "示例-2021.xlsx"
TEMPLATE = ROOT / "templates" / "2021.docx"
LOOPS = ROOT / "tests" / "media" / "word" / "ladders" / "2021.docx"  # in what docxtpl itself understands
RUNS = 10


def main() -> None:
    """Print a table of the paired runs and their median ratio."""
    with tempfile.TemporaryDirectory() as room:
        ours = [Path(sys.executable).with_name("nianbao"), "generate", BOOK, "-o", Path(room) / "ours"]
        bare = Path(__file__).with_name("bare_docxtpl.py")
        theirs = [sys.executable, bare, BOOK, LOOPS, Path(room) / "theirs.docx"]
        pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(RUNS + 1)][1:]
    print("nianbao generate beside a bare docxtpl script, one report, whole processes")
    print(f"{'run':>4} {'nianbao':>10} {'bare':>10} {'ratio':>7}")
    for number, (our, their) in enumerate(pairs, 1):
        print(f"{number:>4} {our * 1000:>7.0f} ms {their * 1000:>7.0f} ms {our / their:>7.2f}")
    our, their, ratio = (
        statistics.median(column)
        for column in zip(*((our, their, our / their) for our, their in pairs), strict=True)
    )
    print(f"{'med.':>4} {our * 1000:>7.0f} ms {their * 1000:>7.0f} ms {ratio:>7.2f}")


def _seconds(command: list[str | Path]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
