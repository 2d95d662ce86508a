"""Many workbooks to Word reports in one process, beside a bare openpyxl and docxtpl loop that checks nothing.

    python -m benchmarks.batch [--books 60] [--rounds 5]

Every workbook is another organ's, with figures of its own. Both sides do all the work from the files to
the files, with one worker. A report's share is what more reports take, so that starting the program
is not in it: (time of all - time of a few) / (all - few).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LOOPS = ROOT / "tests" / "media" / "word" / "ladders" / "2021.docx"  # in what docxtpl itself understands
FEW = 5
Command = list[str | Path]


class Cost(NamedTuple):
    """What one run took: seconds by the clock, seconds of processors, MB at its highest."""

    clock: float
    processor: float
    memory: float


def main(arguments: Sequence[str] = ()) -> None:
    """Print medians of the whole and of one report, and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__.splitlines()[0])
    parser.add_argument("--books", type=int, default=60, help=f"workbooks, more than {FEW}")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        # By another process: what this one holds would count as memory of those that it starts.
        make: Command = [sys.executable, "-m", "benchmarks.peers.samples", room / "books", str(asked.books)]
        subprocess.run(make, cwd=ROOT, check=True)
        books = sorted((room / "books").iterdir())
        for command in (_ours, _bare):  # templates are then compiled, and files are in the disk's cache
            _run(command, books[:1], room)
        rounds = [
            [[_run(command, some, room) for command in (_ours, _bare)] for some in (books[:FEW], books)]
            for _ in range(asked.rounds)
        ]
    _print(rounds, asked.books)


def _ours(books: list[Path], target: Path) -> Command:
    return [Path(sys.executable).with_name("nianbao"), "generate", *books, "-o", target, "--jobs", "1"]


def _bare(books: list[Path], target: Path) -> Command:
    return [sys.executable, Path(__file__).with_name("bare_docxtpl.py"), *books, LOOPS, target]


def _run(command: Callable[[list[Path], Path], Command], books: list[Path], room: Path) -> Cost:
    return run(lambda target: command(books, target), len(books), room)


def run(command: Callable[[Path], Command], count: int, room: Path) -> Cost:
    """Run a command that makes so many Word documents in the folder it is given; exit where it fails."""
    with tempfile.TemporaryDirectory(dir=room) as target:
        words = command(Path(target))
        start = time.perf_counter()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        made = len(list(Path(target).rglob("*.docx")))
    if process.returncode or made != count:
        sys.exit(f"{words[0]}: exit code {process.returncode}, {made} reports of {count} workbooks")
    return Cost(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _print(rounds: list[list[list[Cost]]], count: int) -> None:
    print(f"\n{count} workbooks to Word reports in one process, {len(rounds)} rounds in turn, medians")
    print(f"{'':<26} {'nianbao':>11} {'bare loop':>11} {'ratio':>7}")
    for unit, name in enumerate(("by the clock", "processor time")):
        share = [
            [(every[side][unit] - few[side][unit]) / (count - FEW) * 1000 for side in range(2)]
            for few, every in rounds
        ]
        _row(f"one report, {name}", "ms", share, 1)
        _row(f"all, {name}", "s", [[cost[unit] for cost in every] for _, every in rounds], 2)
    _row("all, peak memory", "MB", [[cost.memory for cost in every] for _, every in rounds], 0)


def _row(name: str, unit: str, pairs: list[list[float]], digits: int) -> None:
    ours, theirs = (median(column) for column in zip(*pairs, strict=True))
    ratio = median(our / their for our, their in pairs)
    print(f"{name:<26} {ours:>8.{digits}f} {unit:<2} {theirs:>8.{digits}f} {unit:<2} {ratio:>7.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
