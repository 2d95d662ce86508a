"""From workbook to PDF, end to end: what was reported stands in the PDF, page for page as in Word."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.app.generate import Delivery, generate_all, prepare
from nianbao.report import Report

from tests import reference_pdf, reports
from tests.media.word.html.page_office import SOFFICE, office_pdf, pages
from tests.paths import REPORTS, ROOT
from tests.trials import SHARE

Made = Callable[[Path], tuple[Path, Path]]
SAMPLES = [ROOT / "data" / name for name in ("示例-2021.xlsx", "示例-2019.xlsx")]
SEED = ROOT / "data" / "省外办-2019.xlsx"
PUBLISHED = sorted(REPORTS.glob("*.json"))[::SHARE]

pytest.importorskip("weasyprint", reason="needs the extra pdf", exc_type=ImportError)
pytestmark = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")


def made(source: Path, folder: Path, *, draft: bool = False) -> tuple[Path, Path]:
    [outcome] = generate_all([source], prepare("pdf", draft=draft), Delivery(folder))
    document, pdf = outcome.made
    return document, pdf


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The document and the PDF of a sample, made once."""
    return cache(lambda source: made(source, tmp_path_factory.mktemp(source.stem)))


def lost(report: Report, pdf: Path) -> list[object]:
    """What a PDF does not say of a report: rows of figures, paragraphs, headings, particulars."""
    lines = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    text = lines.stdout.decode()
    printed = [" ".join(line.split()) for line in text.splitlines()]
    whole = re.sub(r"—\d+—", "", re.sub(r"\s", "", text))
    missing: list[object] = []
    for table in report.mandate.tables.values():
        rows: dict[int, list[str]] = {}
        for slot in table.slots:
            rows.setdefault(slot.cell.row, []).append(report.figures[slot.key].printed)
        for row in rows.values():
            words = " ".join(word for word in row if word)
            if words and not any(re.search(rf"(^|\s){re.escape(words)}$", line) for line in printed):
                missing.append(row)
    texts = [report.title, report.issued_by, report.date_line]
    texts += [section.heading for section in report.mandate.sections]
    texts += [paragraph.text for each in report.narratives.values() for paragraph in each]
    return missing + [each for each in texts if re.sub(r"\s", "", each) not in whole]


@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.stem)
def test_the_pdf_of_a_sample_says_all_that_its_workbook_does(source: Path, sample: Made) -> None:
    _, pdf = sample(source)

    assert lost(reading.read(source), pdf) == []


def test_the_draft_of_the_seed_says_all_that_was_published(tmp_path: Path) -> None:
    _, pdf = made(SEED, tmp_path, draft=True)

    assert lost(reading.read(SEED), pdf) == []


def test_what_a_pdf_lacks_is_noticed(sample: Made) -> None:
    _, pdf = sample(SAMPLES[0])

    missing = lost(reading.read(SAMPLES[1]), pdf)

    assert reading.read(SAMPLES[1]).title in missing


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.stem)
def test_the_pdf_has_the_pages_of_the_word_document_line_by_line(
    source: Path, sample: Made, tmp_path: Path
) -> None:
    document, pdf = sample(source)
    theirs = office_pdf(document.read_bytes(), tmp_path)

    assert lines_of_pages(pdf) == lines_of_pages(theirs)


def lines_of_pages(pdf: Path) -> list[Counter[str]]:
    """The lines of each page, whatever their order: LibreOffice sets labels higher where a page ends.

    LibreOffice 7.4 loses marks that hang beyond the margin.
    """
    found = reference_pdf.words(pdf)
    return [
        Counter(
            line.rstrip("，。、；：")
            for line in reference_pdf.lines([word for word in found if word.page == page])
        )
        for page in sorted({word.page for word in found})
    ]


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_a_page_of_plain_text_holds_22_lines_of_28_characters(
    sound: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    report = sound()
    report["sections"]["一"] = "工作" * 1000
    source = tmp_path / "年报.json"
    source.write_text(json.dumps(report), encoding="utf-8")
    document, pdf = made(source, tmp_path)

    for printed in (pages(pdf), pages(office_pdf(document.read_bytes(), tmp_path))):
        *lines, number = printed[1]
        assert (len(lines), {len(line) for line in lines}, number) == (22, {28}, "—2—")


def test_the_same_workbook_gives_the_same_bytes_twice(sample: Made, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in sample(SAMPLES[0])]
    second = [path.read_bytes() for path in made(SAMPLES[0], tmp_path)]

    assert first == second


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path | None]]:
    """Workbook and PDF of published reports, made by one run; None where it made none."""
    folder = tmp_path_factory.mktemp("published")
    books = [folder / f"{source.stem}.xlsx" for source in PUBLISHED]
    for source, book in zip(PUBLISHED, books, strict=True):
        book.write_bytes(reports.published(source)[0])
    outcomes = generate_all(books, prepare("pdf", draft=True), Delivery(folder / "made", jobs=1))
    pdfs = [next((path for path in outcome.made if path.suffix == ".pdf"), None) for outcome in outcomes]
    return {book.stem: (book, pdf) for book, pdf in zip(books, pdfs, strict=True)}


@pytest.mark.skipif(not PUBLISHED, reason="the published reports are not beside the project")
@pytest.mark.parametrize("name", [path.stem for path in PUBLISHED])
def test_a_published_report_comes_through_a_workbook_into_the_pdf(
    published: dict[str, tuple[Path, Path | None]], name: str
) -> None:
    book, pdf = published[name]

    assert pdf
    assert lost(reading.read(book), pdf) == []
