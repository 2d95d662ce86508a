"""PDF beside LibreOffice: time and memory per report, one alone and many in a batch.

    python -m benchmarks.pdf [--many 20] [--workers 1] [--rounds 5] [REPORT.json|BOOK.xlsx …]

Both convert the same Word documents with the same fonts, ours and theirs in turn; each worker is a process
of its own that converts its share. No two documents are alike: organs, figures, and the choice and order of
sentences are drawn from the samples for each, by its number, so that no cache is flattered and every run has
the same documents. LibreOffice has profiles that were made before; ours has no such thing. Processor time is
that of all processes of a run; it says more than the clock where the computer has other work.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from random import Random
from types import FrameType
from typing import NamedTuple

from nianbao.report import Report
from nianbao.report.figure import Figure, plain
from nianbao.report.narrative import paragraph

ROOT = Path(__file__).parents[1]
BOOKS = [ROOT / "data" / "示例-2021.xlsx", ROOT / "data" / "示例-2019.xlsx"]
PLACES, OFFICES = (
    "江河湖山海东南西北平安宁兴",
    ("财政局", "档案局", "应急管理局", "农业农村和水利局", "人民政府"),
)
STAGES = {  # the function in which a sample is taken, or the nearest above it → what that is
    ("nianbao.media.word.html.document", "convert"): "Word to HTML",
    ("weasyprint.css", "get_all_computed_styles"): "style sheets and styles",
    ("weasyprint.formatting_structure.build", "build_formatting_structure"): "boxes",
    ("weasyprint.layout", "layout_document"): "layout",
    ("weasyprint.document", "paint"): "drawing",
    ("nianbao.media.pdf.weasyprint.tags", "_write"): "tags",
    ("nianbao.media.pdf.weasyprint.actual_text", "mark"): "text for copying",
    ("weasyprint.pdf.fonts", "build_fonts_dictionary"): "fonts",
    ("pydyf", "write"): "the file's bytes",
    ("gc", "collect"): "garbage",
}
TICK = 0.002  # seconds of processor time from one sample to the next


class Cost(NamedTuple):
    """What one run took: seconds by the clock, seconds of processors, MB at its highest."""

    clock: float
    processor: float
    memory: float


def main(arguments: Sequence[str] = ()) -> None:
    """Print who is compared, medians for one report and for many, and where our time goes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pdf", description=__doc__.splitlines()[0])
    parser.add_argument("--many", type=int, default=20, help="documents of the batch")
    parser.add_argument("--workers", type=int, default=1, help="processes that share the batch")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--profile", type=Path, help=argparse.SUPPRESS)
    parser.add_argument(
        "reports", nargs="*", type=Path, default=BOOKS, help="what the documents are drawn from"
    )
    asked = parser.parse_args(arguments)
    if asked.ours or asked.profile:
        _ours(asked.ours) if asked.ours else _profile(asked.profile)
        return
    if not shutil.which("soffice"):
        sys.exit("needs LibreOffice (soffice)")
    print("\n".join(_versions()))
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        for count, workers in ((1, 1), (asked.many, asked.workers)):
            shares = _shares(room / f"in{count}", asked.reports, count, workers)
            ours = [[sys.executable, "-m", "benchmarks.pdf", "--ours", str(share)] for share in shares]
            theirs = [_theirs(room, number, share) for number, share in enumerate(shares)]
            for number in range(workers):  # makes the profiles
                _run([_theirs(room, number, shares[0])]) if count == 1 or number else None
            _print(count, workers, [(_run(ours), _run(theirs)) for _ in range(asked.rounds)])
        subprocess.run(
            [sys.executable, "-m", "benchmarks.pdf", "--profile", str(shares[0])], cwd=ROOT, check=True
        )


def _versions() -> Iterator[str]:
    """Which interpreter, built how, and which programs are compared."""
    built = str(sysconfig.get_config_var("CONFIG_ARGS"))
    yield f"Python {sys.version}"
    for flag in ("--enable-optimizations", "--with-lto", "--enable-shared"):
        yield f"  {flag}: {'yes' if flag in built else 'no'}"
    yield f"  OPT: {sysconfig.get_config_var('OPT')}"
    said = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True).stdout
    yield f"WeasyPrint {version('weasyprint')}; {said.strip()}; {os.cpu_count()} processors"


def _shares(folder: Path, sources: Sequence[Path], count: int, workers: int) -> list[Path]:
    """Folders with so many different Word documents, one for each worker."""
    from nianbao.app import reading
    from nianbao.app.generate import RenderContext, prepare
    from nianbao.media import word

    samples = [reading.read(source) for source in sources]
    bench = RenderContext(prepare())
    shares = [folder / str(number) for number in range(workers)]
    for share in shares:
        share.mkdir(parents=True)
    for number in range(count):
        report = _other(samples[number % len(samples)], Random(number))
        document = word.merge(bench.template(report.mandate), report)
        (shares[number % workers] / f"{number:03}.docx").write_bytes(document)
    return shares


def _other(sample: Report, random: Random) -> Report:
    """A report with another organ, other figures and other texts, to be printed; it need not balance."""
    organ = "".join(random.choices(PLACES, k=random.randint(1, 6))) + "市" + random.choice(OFFICES)
    narratives = {}
    for section, paragraphs in sample.narratives.items():
        texts = [_shuffled(one.written, random) for one in paragraphs]
        texts = (
            random.choices(texts, k=random.randint(max(len(texts) - 1, 1), len(texts) + 1)) if texts else []
        )
        narratives[section] = tuple(paragraph(text, text, sample.place(section)) for text in texts)
    figures = {key: _drawn(figure, random) for key, figure in sample.figures.items()}
    return replace(sample, organ=organ, issued_by=organ, title="", figures=figures, narratives=narratives)


def _shuffled(text: str, random: Random) -> str:
    sentences = [sentence for sentence in text.split("。") if sentence]
    return "".join(f"{each}。" for each in random.sample(sentences, random.randint(1, len(sentences))))


def _drawn(figure: Figure, random: Random) -> Figure:
    """Another number with up to one digit more; a nought mostly stays one, as in real reports."""
    if figure.number is None or (not figure.number and random.random() < 0.8):
        return figure
    number = random.randrange(10 ** (len(str(int(figure.number))) + random.randint(0, 1)))
    other = (
        number if isinstance(figure.number, int) else Decimal(number) + Decimal(random.randrange(100)) / 100
    )
    return replace(figure, number=other, text=plain(other))


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


def _profile(folder: Path) -> None:
    """Print how our time goes by stages: what runs is looked at each time another tick has passed."""
    import signal

    found: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        while frame is not None:
            stage = STAGES.get((frame.f_globals.get("__name__", ""), frame.f_code.co_name))
            if stage or frame.f_code is _ours.__code__:
                found[stage or "the rest"] += 1
                return
            frame = frame.f_back

    _ours(folder)  # what is imported and kept once is no matter of a batch
    signal.signal(signal.SIGPROF, look)
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
    _ours(folder)
    signal.setitimer(signal.ITIMER_PROF, 0)
    each = (time.process_time() - start) / len(list(folder.glob("*.docx"))) * 1000
    print(f"\nwhere our time goes in a batch that is warm: {each:.0f} ms of processor time per report")
    for stage, count in found.most_common():
        print(f"{stage:<26} {count / found.total() * each:>6.0f} ms {count / found.total():>6.0%}")


def _theirs(room: Path, worker: int, share: Path) -> list[str]:
    profile = f"-env:UserInstallation={(room / f'profile{worker}').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(room / "theirs")]
    return command + [str(path) for path in sorted(share.glob("*.docx"))]


def _run(commands: Sequence[Sequence[str]]) -> Cost:
    """Run commands side by side: the clock until the last has ended, and the sums of what they took."""
    from nianbao.media import fonts

    environment = {**os.environ, fonts.ENVIRONMENT: str(fonts.configure())}
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
        for command in commands
    ]
    processor = memory = 0.0
    for process in running:
        _, status, used = os.wait4(process.pid, 0)  # with what its own children took
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{commands[0][0]} failed")
        processor += used.ru_utime + used.ru_stime
        memory += used.ru_maxrss / 1024
    return Cost(time.perf_counter() - start, processor, memory)


def _print(count: int, workers: int, pairs: list[tuple[Cost, Cost]]) -> None:
    by = f"reports by {workers} process{'es' if workers > 1 else ''}" if count > 1 else "report"
    print(f"\n{count} {by}, {len(pairs)} runs, medians per report")
    print(f"{'':<22} {'nianbao':>10} {'soffice':>10} {'ratio':>7}")
    for number, (name, unit, share) in enumerate(
        (("by the clock", "s", count), ("processor time", "s", count), ("peak memory, whole run", "MB", 1))
    ):
        ours, theirs = (statistics.median(pair[side][number] / share for pair in pairs) for side in range(2))
        ratio = statistics.median(pair[0][number] / pair[1][number] for pair in pairs)
        digits = 0 if unit == "MB" else 3
        print(f"{name:<22} {ours:>7.{digits}f} {unit:<2} {theirs:>7.{digits}f} {unit:<2} {ratio:>7.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
