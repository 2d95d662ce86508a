"""Making and keeping in one go: a file is parsed once, checked once, converted once."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

import pytest
from nianbao.app.archive.store import Archive
from nianbao.app.generate import Delivery, generate_all, prepare
from nianbao.app.generate.archive import keep_all
from nianbao.mandate import load
from nianbao.media import exchange, word
from nianbao.media.pdf.reading import read_blocks as read_pdf
from nianbao.media.pdf.weasyprint.printer import write as print_pdf
from nianbao.media.word.html.document import convert
from nianbao.media.word.merge import merge
from nianbao.media.word.reading import read_blocks as read_docx
from nianbao.media.workbook.read import enter
from nianbao.report.checks import check

from tests.app import here
from tests.media.word.templates import shipped
from tests.paths import DATA, SHARED
from tests.reports import save, sound

SAMPLE = DATA / "示例-2021.xlsx"
STEPS = {
    enter.__code__: "workbook parsed",
    exchange.enter.__code__: "exchange parsed",
    check.__code__: "checked",
    convert.__code__: "converted",
    read_docx.__code__: "docx read",
    read_pdf.__code__: "pdf read",
    merge.__code__: "merged",
    print_pdf.__code__: "printed",
}


@pytest.fixture(scope="module", autouse=True)
def _proved() -> None:
    """Have the shipped template proved, once for all reports, by merging samples."""
    assert word.check(word.Template(shipped(), "2021.docx"), load("2021")) == ()


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    here.stay(monkeypatch)


ONCE = {"workbook parsed": 1, "checked": 1, "converted": 1}


def counted(work: Callable[[], Sequence[object]]) -> Counter[str]:
    """How often each step was gone through in this very process while the work was done."""
    count: Counter[str] = Counter()

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in STEPS:
            count[STEPS[frame.f_code]] += 1

    sys.setprofile(look)
    try:
        assert work()
    finally:
        sys.setprofile(None)
    return count


def test_generate_and_archive_parse_check_and_convert_once(tmp_path: Path) -> None:
    job, delivery = prepare("html", "pdf"), Delivery(tmp_path / "成果", jobs=1, archive=True)

    count = counted(lambda: [outcome.made[3] for outcome in generate_all([SAMPLE], job, delivery)])

    assert count == {**ONCE, "merged": 1, "printed": 1}


def test_archive_add_parses_checks_and_converts_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")

    count = counted(
        lambda: [kept.added for kept in keep_all([SAMPLE], archive, prepare("html", "pdf"), jobs=1)]
    )

    assert count == {**ONCE, "merged": 1, "printed": 1}
    assert len(archive.ledger.entries) == 1


@pytest.mark.parametrize("kinds", [("docx",), ("docx", "pdf"), ("pdf",)])
def test_files_that_were_published_are_read_once_and_nothing_is_made_in_vain(
    tmp_path: Path, kinds: tuple[str, ...]
) -> None:
    [made] = generate_all([SAMPLE], prepare("pdf"), Delivery(tmp_path / "成果", jobs=1))
    files = {path.suffix[1:]: (path.name, path.read_bytes()) for path in made.made}
    given = {kind: files[kind] for kind in kinds}
    archive, job = Archive(tmp_path / "archive"), prepare("html", "pdf")

    count = counted(lambda: [one.added for one in keep_all([SAMPLE], archive, job, given=given, jobs=1)])

    once = {"workbook parsed", "checked", "converted", *(f"{kind} read" for kind in kinds)}
    once |= {"merged"} if "docx" not in kinds else set()
    once |= {"printed"} if "pdf" not in kinds else set()
    assert count == dict.fromkeys(once, 1)


def test_what_lies_there_unchanged_is_parsed_once_to_be_kept(tmp_path: Path) -> None:
    job = prepare("html", "pdf")
    assert [one.code for one in generate_all([SAMPLE], job, Delivery(tmp_path, jobs=1))] == [0]

    archiving = Delivery(tmp_path, jobs=1, archive=True)
    count = counted(lambda: [outcome.made[3] for outcome in generate_all([SAMPLE], job, archiving)])

    assert count == {"workbook parsed": 1, "converted": 1}  # what was found is in the record


@pytest.mark.skipif(not SHARED.is_dir(), reason="shared/ is not there")
def test_a_published_pdf_is_only_read(tmp_path: Path) -> None:
    published = SHARED / "published" / "huaian-city-2024.pdf"

    count = counted(
        lambda: [kept.added for kept in keep_all([published], Archive(tmp_path), prepare(), jobs=1)]
    )

    assert count == {"pdf read": 1}


def test_a_folder_is_kept_by_workers_in_the_order_of_its_files(tmp_path: Path) -> None:
    names = ["甲局", "乙局", "丙局", "丁局"]
    sources = [
        save(sound() | {"organ": name, "issued_by": name}, tmp_path / f"{name}.xlsx") for name in names
    ]
    (tmp_path / "坏.json").write_text("{", encoding="utf-8")
    archive = Archive(tmp_path / "archive")

    kept = list(keep_all([*sources, tmp_path / "坏.json"], archive, prepare("html", "pdf"), jobs=2))

    assert [one.code for one in kept] == [0, 0, 0, 0, 3]
    assert [entry.folder for entry in archive.ledger.entries] == [f"{name}/2025/r1" for name in names]
    manifest = json.loads((tmp_path / "archive/甲局/2025/r1/清单.json").read_text(encoding="utf-8"))
    kinds = sorted(Path(name).suffix for name in manifest["files"])
    assert kinds == [".docx", ".html", ".json", ".pdf", ".xlsx"]
