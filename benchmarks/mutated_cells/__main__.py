"""Run it: `python -m benchmarks.mutated_cells docx html xlsx pdf --count 500 --seed 1`."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections import Counter, defaultdict
from random import Random
from typing import cast

from benchmarks.mutated_cells import Medium, Verdict, judge, tally

MEDIA = ("docx", "html", "xlsx", "pdf")


def main() -> None:
    """Print what became of each medium's cells; exit with 1 where one was read wrong and nobody told."""
    parser = argparse.ArgumentParser(description="change one cell, and see what is read")
    parser.add_argument("media", nargs="*", default=MEDIA)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong = 0
    for name in options.media:
        medium = cast(Medium, importlib.import_module(f"benchmarks.mutated_cells.{name}"))
        verdicts: defaultdict[str, Counter[Verdict]] = defaultdict(Counter)
        for number, mutation in enumerate(medium.mutations(Random(options.seed), options.count)):
            verdict, problems = judge(mutation)
            verdicts[mutation.kind][verdict] += 1
            if verdict in (Verdict.WRONG, Verdict.REFUSED):
                told = " | ".join(str(problem) for problem in problems[:2])
                print(
                    f"{name} {number} {mutation.kind} {mutation.key}={mutation.right} {verdict.value}: {told}"
                )
        whole = sum(verdicts.values(), Counter[Verdict]())
        wrong += whole[Verdict.WRONG]
        print(f"{name}, seed {options.seed}: " + ", ".join(f"{whole[word]} {word.value}" for word in Verdict))
        print(tally(verdicts))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
