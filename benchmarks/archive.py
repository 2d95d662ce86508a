"""Adding to the archive, listing and verifying it, and how the times grow with what is in it.

    python -m benchmarks.archive [--reports 1000] [--rounds 3]

A hundred organs and ten years. What a revision holds has the sizes of a real one; making the PDF is not in
it, which takes longer than all of this. The floor writes the same files in a plain loop and syncs each.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from nianbao.app import reading
from nianbao.app.archive import index, query
from nianbao.app.archive.index import Asked
from nianbao.app.archive.manifest import Package
from nianbao.app.archive.package import package
from nianbao.app.archive.store import Archive
from nianbao.app.archive.verify import INDEX, verify

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "示例-2021.xlsx"
SIZES = {"docx": 11_000, "html": 33_000, "pdf": 355_000}
YEARS = range(2021, 2031)
STEPS = (100, 300, 1000)


def main(arguments: Sequence[str] = ()) -> None:
    """Print seconds and milliseconds at each step."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(arguments)
    report = json.loads(_exchange())
    print(f"{asked.reports} reports, {sum(SIZES.values()) // 1000} kB each; medians of {asked.rounds} rounds")
    print("reports |  add ms | floor ms | list s (index made) | list ms | --where ms | verify s | one add ms")
    with tempfile.TemporaryDirectory(dir=ROOT / "output" if (ROOT / "output").is_dir() else None) as name:
        archive, bare = Archive(Path(name, "archive")), Path(name, "bare")
        done = 0
        for step in [one for one in STEPS if one < asked.reports] + [asked.reports]:
            kept = [_kept(report, number) for number in range(done, step)]
            adding = _clock(lambda kept=kept: [archive.add(one) for one in kept]) / len(kept)  # type: ignore[misc]
            floor = _clock(lambda kept=kept, at=done: _write(bare, kept, at)) / len(kept)  # type: ignore[misc]
            (archive.root / INDEX).unlink(missing_ok=True)
            first = _clock(lambda: index.find(archive, Asked()))
            listing = _median(lambda: index.find(archive, Asked()), asked.rounds)
            where = query.understand("本年新收.总计>100 且 上年结转.总计=4")
            asking = _median(lambda where=where: index.find(archive, Asked(where=where)), asked.rounds)  # type: ignore[misc]
            verifying = _median(lambda: verify(archive.root), asked.rounds)
            extra = [_kept(report, 100_000 + step + number) for number in range(asked.rounds)]
            one = median(_clock(lambda each=each: Archive(archive.root).add(each)) for each in extra)  # type: ignore[misc]
            done = step
            print(
                f"{step:7} | {adding * 1e3:7.1f} | {floor * 1e3:8.1f} | {first:19.2f} | {listing * 1e3:7.1f}"
                f" | {asking * 1e3:10.1f} | {verifying:8.2f} | {one * 1e3:10.1f}"
            )


def _exchange() -> str:
    from nianbao.media import exchange

    return exchange.write(reading.read(SAMPLE))


def _kept(report: dict[str, object], number: int) -> Package:
    """One organ's year; the files made of it are random bytes of the usual sizes."""
    organ, year = f"第{number // len(YEARS)}局", YEARS[number % len(YEARS)]
    content = json.dumps(report | {"organ": organ, "year": year, "title": ""}, ensure_ascii=False).encode()
    chance = random.Random(number)
    made = {kind: chance.randbytes(size) for kind, size in SIZES.items()}
    return package(reading.read_content(content, "报告.json"), "报告.json", content, made, ())


def _write(root: Path, kept: Sequence[Package], at: int) -> None:
    """The same files, each synced, and the folder too: less no archive can do that survives a power cut."""
    for number, one in enumerate(kept, at):
        folder = root / str(number)
        folder.mkdir(parents=True)
        for name, (_, content) in one.files.items():
            with (folder / name).open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _clock(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _median(work: Callable[[], object], rounds: int) -> float:
    return median(_clock(work) for _ in range(rounds))


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
