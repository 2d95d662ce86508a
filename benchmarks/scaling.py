"""How a batch grows: two workers beside one, memory over a thousand reports, reruns, and the PDFs' rate.

python -m benchmarks.scaling [--books 200] [--rounds 5]
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.batch import Command, run

ROOT = Path(__file__).parents[1]
PROGRAM = Path(sys.executable).with_name("nianbao")
PRINTED = 24  # books for PDFs: they take twenty times as long
LONG = 1000  # reports over which memory is watched
EARLY = 100


def main(arguments: Sequence[str] = ()) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__.splitlines()[0])
    parser.add_argument("--books", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--printed", type=int, default=300, help="PDFs over which memory is watched")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        make: Command = [sys.executable, "-m", "benchmarks.peers.samples", room / "books", str(asked.books)]
        subprocess.run(make, cwd=ROOT, check=True)
        (room / "few").mkdir()
        for path in sorted((room / "books").iterdir())[:PRINTED]:
            shutil.copy(path, room / "few")
        _two_beside_one(room, room / "books", asked.books, asked.rounds, "Word")
        _two_beside_one(room, room / "few", PRINTED, asked.rounds, "Word and PDF", "--pdf")
        _again(room, asked.books, asked.rounds)
        _memory([path.read_bytes() for path in sorted((room / "books").iterdir())], asked.printed)


def _two_beside_one(room: Path, books: Path, count: int, rounds: int, kind: str, *words: str) -> None:
    def made(jobs: int, target: Path) -> Command:
        return [PROGRAM, "generate", books, "-o", target, "--jobs", str(jobs), *words]

    run(lambda target: made(2, target), count, room)
    pairs = [
        [run(lambda target, jobs=jobs: made(jobs, target), count, room) for jobs in (1, 2)]
        for _ in range(rounds)
    ]
    print(f"\n{count} workbooks to {kind}, whole runs, {rounds} rounds in turn, medians")
    print(f"{'':<26} {'one':>11} {'two':>11} {'gain':>7}")
    _row("all, by the clock", "s", [[cost.clock for cost in pair] for pair in pairs], 2)
    _row("reports in a second", "", [[count / cost.clock for cost in pair] for pair in pairs], 1, turned=True)
    _row("processor time", "s", [[cost.processor for cost in pair] for pair in pairs], 2)


def _again(room: Path, count: int, rounds: int) -> None:
    target = room / "kept"
    command: Command = [PROGRAM, "generate", room / "books", "-o", target]
    subprocess.run(command, check=True, capture_output=True)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    print(f"\nrun again, nothing changed: {count} workbooks in {median(times):.2f} s")


def _memory(books: list[bytes], printed: int) -> None:
    """What two workers hold as they go on: for Word never replaced, with PDFs replaced as in a batch."""
    from nianbao.app.generate import RenderContext, prepare
    from nianbao.app.generate.pipeline import TASKS, make
    from nianbao.app.workers import Limits, Task
    from nianbao.app.workers.pool import Pool

    def tasks(count: int) -> Iterator[Task]:
        for number in range(count):
            yield Task(f"{number}.xlsx", make, (books[number % len(books)],))

    kinds = (
        ("Word, never replaced", LONG, prepare(), 10**9),
        (f"Word and PDF, replaced after {TASKS[True]}", printed, prepare("pdf"), TASKS[True]),
    )
    for kind, count, job, most in kinds:
        seen: dict[int, list[float]] = {}
        with Pool(partial(RenderContext, job), 2, limits=Limits(tasks=most)) as crew:
            for number, _ in enumerate(crew.results(tasks(count)), 1):
                if number % EARLY == 0:
                    seen[number] = [_resident(one.pid or 0) for one in multiprocessing.active_children()]
        print(f"\nmemory of each of two workers, {kind}, MB")
        for number, each in seen.items():
            if number in (EARLY, 2 * EARLY, 5 * EARLY, count) or number + EARLY > count:
                print(f"{f'after {number}':>12}{'  '.join(f'{one:.1f}' for one in each):>18}")
        print(f"{'at the end':>12}{sum(seen[max(seen)]) / sum(seen[EARLY]) - 1:>+18.1%}")


def _resident(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _row(name: str, unit: str, pairs: list[list[float]], digits: int, *, turned: bool = False) -> None:
    one, two = (median(column) for column in zip(*pairs, strict=True))
    gain = median(two / one if turned else one / two for one, two in pairs)
    print(f"{name:<26} {one:>8.{digits}f} {unit:<2} {two:>8.{digits}f} {unit:<2} {gain:>7.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
