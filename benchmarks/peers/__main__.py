"""Ours beside other makers of Word documents, in warm processes: time and memory of one document.

    python -m benchmarks.peers [--rounds 5] [--count 60]

All have the same reports and the same template, its tags rewritten in each one's language. What each
makes is compared with ours, text by text, and shown to the Open XML SDK's validator; ours alone proves
each document before it is given out. In every round each one has a process of its own, which makes some
documents that are not counted, and then others: no report comes twice. The floor is what is left when
the finished document.xml needs only to be compressed and put into its zip. Processor time says more
than the clock where the computer has other work.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple

from nianbao.app import reading
from nianbao.media import exchange
from nianbao.media.word.context import context

from benchmarks.peers import outputs, samples, templates

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
MODULES = ROOT / ".cache" / "npm-peers" / "node_modules"
TEMPLATE = ROOT / "templates" / "2021.docx"
LOOPS = ROOT / "tests" / "media" / "word" / "ladders" / "2021.docx"  # in what docxtpl itself understands
COMPARED, WARM_UP, SHOWN = 4, 40, 4
OURS, FLOOR = "nianbao", "floor"
LANGUAGES = {  # a peer from npm → its language, and the shape of its values
    "docxtemplater": (templates.DOCXTEMPLATER, "flat"),
    "easy-template-x": (templates.EASY_TEMPLATE_X, "flat"),
    "carbone": (templates.CARBONE, "nested"),
}


class Cost(NamedTuple):
    """What one document took: milliseconds by the clock and of processors; and MB of its process."""

    clock: float
    processor: float
    memory: float


class NotMadeError(Exception):
    """A maker made no document; what it said."""


@dataclass(frozen=True)
class Maker:
    """One that is measured: its template, its values, and where its documents are put to be looked at."""

    name: str
    template: Path
    values: Path
    folder: Path

    def run(self, warm_up: int, count: int) -> Cost:
        """One process, with so many documents timed."""
        python: list[str | Path] = [sys.executable, "-m", "benchmarks.peers.warm"]
        node: list[str | Path] = ["node", HERE / "warm.cjs"]
        command = node if self.name in LANGUAGES else python
        command += [self.name, self.template, self.values, str(warm_up), str(count), self.folder]
        self.folder.mkdir(exist_ok=True)
        environment = {**os.environ, "NODE_PATH": str(MODULES)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotMadeError(done.stderr.strip())
        said = json.loads(done.stdout)
        return Cost(median(said["times"] or [0]), said["processor"], said["memory"])


def main(arguments: Sequence[str] = ()) -> None:
    """Print how each one's documents differ, then a table of medians."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=60, help="documents timed in each process")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as room:
        makers = list(_compared(_makers(Path(room), WARM_UP + asked.count)))
        rounds = [[maker.run(WARM_UP, asked.count) for maker in makers] for _ in range(asked.rounds)]
    _print(makers, rounds, asked.count)


def _makers(room: Path, count: int) -> Iterator[Maker]:
    """Ours first: the floor needs its documents."""
    content = LOOPS.read_bytes()
    (room / "reports").mkdir()
    reports = []
    for number, report in enumerate(samples.altered(reading.read(samples.SAMPLE), count)):
        path = room / "reports" / f"{number:04}.json"
        path.write_text(exchange.write(report), encoding="utf-8")
        reports.append(exchange.read(path))
    nested = [templates.nested(context(report)) for report in reports]
    shapes = {"nested": nested, "flat": [templates.flat(values) for values in nested]}
    for shape, values in shapes.items():
        (room / f"{shape}.json").write_text(json.dumps(values), encoding="utf-8")

    yield Maker(OURS, TEMPLATE, room / "reports", room / OURS)
    yield Maker("docxtpl", LOOPS, room / "nested.json", room / "docxtpl")
    for name, (language, shape) in LANGUAGES.items():
        if shutil.which("node") and (MODULES / name).is_dir():
            template = room / f"{name}.docx"
            template.write_bytes(templates.translate(content, language))
            yield Maker(name, template, room / f"{shape}.json", room / name)
        else:
            print(f"{name} is not here (setup/peers installs it) and is not measured")
    yield Maker(FLOOR, TEMPLATE, room / OURS, room / FLOOR)


def _compared(makers: Iterator[Maker]) -> Iterator[Maker]:
    """Let each make a document of each report, tell how it differs from ours; those who made any."""
    print(f"the documents of {COMPARED} reports beside those of {OURS}")
    ours: list[Path] = []
    for maker in makers:
        try:
            maker.run(COMPARED, 0)
        except NotMadeError as failure:
            print(f"{maker.name:<16} made none and is not measured: {failure}")
            continue
        made = sorted(maker.folder.iterdir())
        ours = ours or made
        pairs = zip(ours, made, strict=True)
        found = [outputs.differences(our.read_bytes(), their.read_bytes()) for our, their in pairs]
        wrong = outputs.invalid(made[0])
        judged = "not validated" if wrong is None else "INVALID" if wrong else "valid"
        told = f"{sum(map(len, found))} differences" if any(found) else "the same, word for word"
        print(f"{maker.name:<16} {made[0].stat().st_size / 1024:>5.1f} kB, {judged}; {told}")
        for line in [*(wrong or ()), *found[0]][:SHOWN]:
            print(f"{'':<17}{line[:90]}")
        yield maker


def _print(makers: list[Maker], rounds: list[list[Cost]], count: int) -> None:
    print(f"\none document of {count} in a warm process, {len(rounds)} rounds in turn, medians")
    print(f"{'':<16} {'clock':>9} {'processor':>12} {'memory':>9} {'clock':>11} {'processor':>12}")
    for column, maker in enumerate(makers):
        clock, processor, memory = (
            median(each) for each in zip(*(one[column] for one in rounds), strict=True)
        )
        times = [median(one[column][unit] / one[0][unit] for one in rounds) for unit in range(2)]
        print(
            f"{maker.name:<16} {clock:>6.2f} ms {processor:>9.2f} ms {memory:>6.0f} MB"
            f" {times[0]:>8.2f} x {times[1]:>10.2f} x"
        )
    print(f"{'':<16} x: as many times what {OURS} took in the same round")


if __name__ == "__main__":
    main(sys.argv[1:])
