"""PDF beside LibreOffice: time and memory per report, one alone and many in one process.

    python -m benchmarks.pdf [REPORT.json|BOOK.xlsx …]

Both convert the same Word documents with the same fonts, each run in a process of its own, ours and
theirs in turn. LibreOffice has a profile that was made before; ours has no such thing. Processor time
is that of all processes of a run; it says more than the clock where the computer has other work.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
BOOKS = [ROOT / "data" / "示例-2021.xlsx", ROOT / "data" / "示例-2019.xlsx"]
RUNS, MANY = 5, 20


class Cost(NamedTuple):
    """What one run took: seconds by the clock, seconds of processors, MB at its highest."""

    clock: float
    processor: float
    memory: float


def main() -> None:
    """Print a table of medians for one report and for many."""
    if len(sys.argv) > 2 and sys.argv[1] == "--ours":
        return _ours(Path(sys.argv[2]))
    if not shutil.which("soffice"):
        sys.exit("needs LibreOffice (soffice)")
    with tempfile.TemporaryDirectory() as room:
        documents = list(_documents(Path(room), [Path(each) for each in sys.argv[1:]] or BOOKS))
        _run(_theirs(Path(room), documents[:1]))  # makes the profile
        for count in (1, MANY):
            folder = Path(room) / f"in{count}"
            folder.mkdir()
            chosen = [documents[number % len(documents)] for number in range(count)]
            copies = [shutil.copy(path, folder / f"{number}.docx") for number, path in enumerate(chosen)]
            ours = [sys.executable, "-m", "benchmarks.pdf", "--ours", str(folder)]
            theirs = _theirs(Path(room), copies)
            pairs = [(_run(ours), _run(theirs)) for _ in range(RUNS)]
            _print(count, pairs)
    return None


def _documents(room: Path, sources: list[Path]) -> Iterator[Path]:
    """The reports as Word documents."""
    from nianbao.app import reading
    from nianbao.app.generate import RenderContext, prepare
    from nianbao.media import word

    bench = RenderContext(prepare())
    for source in sources:
        report = reading.read(source)
        path = room / f"{source.stem}.docx"
        path.write_bytes(word.merge(bench.template(report.mandate), report))
        yield path


def _ours(folder: Path) -> None:
    """Convert every document of a folder, as `generate --pdf` does."""
    import gc

    gc.set_threshold(500_000)  # as the command line has it
    from nianbao.app.generate.pipeline import UNCOLLECTED
    from nianbao.media import fonts, pdf
    from nianbao.media.word import html

    for number, path in enumerate(sorted(folder.glob("*.docx")), 1):
        paged = html.convert(path.read_bytes(), path.name, fonts)
        path.with_suffix(".pdf").write_bytes(pdf.write(paged.html, path.name, fonts.configure()))
        gc.collect(2 if number % UNCOLLECTED == 0 else 0)


def _theirs(room: Path, documents: Sequence[Path | str]) -> list[str]:
    profile = f"-env:UserInstallation={(room / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(room / "theirs")]
    return command + [str(path) for path in documents]


def _run(command: list[str]) -> Cost:
    from nianbao.media import fonts

    environment = {**os.environ, fonts.ENVIRONMENT: str(fonts.configure())}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)  # with what its own children took
    process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"{command[0]} failed")
    return Cost(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _print(count: int, pairs: list[tuple[Cost, Cost]]) -> None:
    print(f"\n{count} report{'s in one process' if count > 1 else ''}, {len(pairs)} runs, medians per report")
    print(f"{'':<22} {'nianbao':>10} {'soffice':>10} {'ratio':>7}")
    for number, (name, unit, share) in enumerate(
        (("by the clock", "s", count), ("processor time", "s", count), ("peak memory, whole run", "MB", 1))
    ):
        ours, theirs = (statistics.median(pair[side][number] / share for pair in pairs) for side in range(2))
        ratio = statistics.median(pair[0][number] / pair[1][number] for pair in pairs)
        digits = 0 if unit == "MB" else 2
        print(f"{name:<22} {ours:>7.{digits}f} {unit:<2} {theirs:>7.{digits}f} {unit:<2} {ratio:>7.2f}")


if __name__ == "__main__":
    main()
