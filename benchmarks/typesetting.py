"""Random reports set by both engines, and what a typesetter would have to mend in them.

    python -m benchmarks.typesetting [--reports 400] [--seed 1] [--keep FOLDER]

Each report has its own lengths of texts, name of the organ (4 to 40 characters), figures (1 to 8 digits,
amounts with up to six decimals), edition and seal. It is made to Word, printed by us and by LibreOffice, and
counted by where the words of both PDFs stand: see tests/typesetting.py. Exit code 1 where anything is found.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from nianbao.media import fonts, office, pdf
from nianbao.media.word import html

from tests.random_reports import random_report, written
from tests.typesetting import KINDS, faults

ROOT = Path(__file__).parents[1]
BOOKS = [ROOT / "data" / name for name in ("示例-2021.xlsx", "示例-2019.xlsx")]

BATCH = 50  # documents in one run of LibreOffice


def main() -> None:
    """Make, print and count; print each fault with the number of its report."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.typesetting", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1, help="the first report's; the next ones count up")
    parser.add_argument("--keep", type=Path, help="folder for documents and PDFs")
    asked = parser.parse_args()
    start = time.perf_counter()
    counted: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        for first in range(asked.seed, asked.seed + asked.reports, BATCH):
            seeds = range(first, min(first + BATCH, asked.seed + asked.reports))
            for seed, engine, kind, what in printed(seeds, folder):
                counted[engine, kind] += 1
                print(f"{seed:>5} {engine:<11} {kind}: {what}", flush=True)
    print(f"\n{asked.reports} reports, {time.perf_counter() - start:.0f} s")
    print(f"{'':<18} {'nianbao':>8} {'LibreOffice':>12}")
    for kind in KINDS:
        print(f"{kind:<18} {counted['nianbao', kind]:>8} {counted['LibreOffice', kind]:>12}")
    sys.exit(1 if counted else 0)


def printed(seeds: Sequence[int], folder: Path) -> Iterator[tuple[int, str, str, str]]:
    """Seed, engine, kind and words of each fault of these reports."""
    configuration = fonts.configure()
    reports = {seed: random_report(seed) for seed in seeds}
    documents = {seed: written(report, sealed=sealed) for seed, (report, sealed) in reports.items()}
    theirs = office.convert_all([(f"{seed}.docx", one) for seed, one in documents.items()], configuration)
    for (seed, document), their in zip(documents.items(), theirs, strict=True):
        if not isinstance(their, office.Converted):
            raise their
        (folder / f"{seed}.docx").write_bytes(document)
        page = html.convert(document, f"{seed}.docx", fonts)
        ours = pdf.write(page.html, f"{seed}.docx", configuration)
        for engine, content in (("nianbao", ours), ("LibreOffice", their.pdf)):
            target = folder / f"{seed}.{engine}.pdf"
            target.write_bytes(content)
            for kind, what in faults(target, reports[seed][0]):
                yield seed, engine, kind, what


if __name__ == "__main__":
    main()
