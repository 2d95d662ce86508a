"""Spoil real files in thousands of ways, and see that every one is read or refused with a message.

    python -m benchmarks.fuzz [READER ...] --count 5000 --seed 1 [--minutes 10] [--keep FOLDER]

Prints for each reader how many were read, refused, and given up for time or memory, and each that was given
up, raised an error of ours, took over 10 s of the processor's time, or more than 1 GB; exit code 1 where
there is any of the last three. A number after the seed makes the same file again; `--keep` writes it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from nianbao.app import workers
from nianbao.app.outcome import Failure
from nianbao.app.workers import READING, Task
from nianbao.app.workers.isolation import nothing
from nianbao.app.workers.pool import Pool
from nianbao.app.workers.worker import STATUS
from nianbao.report import ProblemsFound

from benchmarks.fuzz.readers import READERS

SLOW, LARGE = 10.0, 1024  # seconds, megabytes
_PEAK = Path("/proc/self/clear_refs")  # of memory: Linux begins to count again where 5 is written
SOUND = ("read", "refused")
OURS = {"internal-error", "check-failed", "worker-died", "worker-timeout"}


class Run(NamedTuple):
    """What came of one file: codes of what was found, seconds, megabytes taken at most."""

    codes: tuple[str, ...]
    read: bool
    seconds: float
    megabytes: int


def read(_: None, name: str, content: bytes, kind: str) -> Run:
    """Read one file; raises what is no message."""
    began, found = time.process_time(), True
    _PEAK.write_text("5")  # forget what earlier files took
    already = _peak()
    try:
        result = READERS[kind].read(content, name)
    except ProblemsFound as caught:
        codes, found = [problem.code for problem in caught.problems], False
    else:
        codes = [problem.code for problem in getattr(getattr(result, "found", None), "open", ())]
    return Run(tuple(codes), found, time.process_time() - began, _peak() - already)


def _peak() -> int:
    """The most megabytes that this process has had at a time."""
    [line] = [line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) // 1024


def fuzz(kind: str, count: int, seed: int, minutes: float, keep: Path | None) -> int:
    """Fuzz one reader, for so many minutes at most; return how many files went wrong."""
    reader = READERS[kind]
    bases = reader.bases()
    count = min(count, reader.most)
    if not bases:
        print(f"{kind}: no LibreOffice, left out")
        return 0

    def spoilt(number: int) -> tuple[str, bytes]:
        random = Random(f"{seed} {kind} {number}")
        name, content = random.choice(bases)
        return name, reader.mutation(random, content)

    def tasks() -> Iterator[Task]:
        for number in range(count):
            name, content = spoilt(number)
            yield Task(name, read, (content, kind))

    counted: Counter[str] = Counter()
    wrong, began = 0, time.monotonic()
    # LibreOffice is a process of ours here: what ends this one has to end it too
    results = map(_here, tasks()) if kind == "older" else _there(tasks())
    for number, result in enumerate(results):
        wrong += bool(_wrong(result))
        what = _wrong(result) or _kind(result)
        counted[what] += 1
        if what not in SOUND:
            print(f"  {kind} --seed {seed}, number {number}: {what}: {result}", flush=True)
            if keep is not None:
                name, content = spoilt(number)
                (keep / f"{kind}-{seed}-{number}{Path(name).suffix}").write_bytes(content)
        if time.monotonic() - began > 60 * minutes:
            break
    told = ", ".join(f"{word} {times}" for word, times in counted.most_common())
    print(
        f"{kind}: seed {seed}, {counted.total()} files in {time.monotonic() - began:.0f} s: {told}",
        flush=True,
    )
    return wrong


def _there(tasks: Iterator[Task]) -> Iterator[Run | Failure]:
    with Pool(nothing, 1, limits=READING, doing="读取", foreign=True) as crew:
        yield from crew.results(tasks)


def _here(task: Task) -> Run | Failure:
    result: Run | Failure = workers.perform(None, task)
    return result


def _wrong(result: Run | Failure) -> str:
    if isinstance(result, Failure):
        codes = {problem.code for problem in result.problems}
        return "error of ours" if codes & OURS else ""
    if OURS & set(result.codes):
        return "error of ours"
    return "slow" if result.seconds > SLOW else "large" if result.megabytes > LARGE else ""


def _kind(result: Run | Failure) -> str:
    if isinstance(result, Failure):
        return "out of memory" if result.problems[0].code == "memory" else "given up"
    return "read" if result.read else "refused"


def main() -> int:
    """Fuzz the readers named, or all."""
    parser = argparse.ArgumentParser(description="Spoil files, and read them.")
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0, help="for each reader")
    parser.add_argument("--keep", type=Path, help="a folder for the files that went wrong")
    asked = parser.parse_args()
    if asked.keep is not None:
        asked.keep.mkdir(parents=True, exist_ok=True)
    wrong = [
        fuzz(kind, asked.count, asked.seed, asked.minutes, asked.keep) for kind in asked.readers or READERS
    ]
    return 1 if any(wrong) else 0


if __name__ == "__main__":
    sys.exit(main())
