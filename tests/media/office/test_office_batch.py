"""LibreOffice over many documents: one start, every failure with its own file, and an end in bounded time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.app.generate.build_cache import FILE
from nianbao.media import office
from nianbao.report import ProblemsFound, Unreadable

from tests.media.office.office_samples import word
from tests.reports import save, sound

SOFFICE = shutil.which("soffice")
with_soffice = pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice (soffice)")
PDF = r"printf '%%PDF-1.6\n%%%%EOF\n'"
SAID = 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read("word/document.xml").decode())'
PYTHON = sys.executable
ORGANS = ("甲局", "乙局", "丙局")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Put a shell script before the real soffice; it writes down of each start how many
    documents it got. Its ninth argument is the folder for PDFs, after it come the documents.

    It writes where the barrier lets nobody; without a Python to start that with, there is none.
    """
    monkeypatch.setattr(sys, "executable", "")

    def put(script: str) -> Path:
        (tmp_path / "bin").mkdir()
        program, log = tmp_path / "bin" / "soffice", tmp_path / "starts"
        log.touch()
        program.write_text(f'#!/bin/sh\necho "$(($# - 9))" >> {log}\n{script}\n', encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
        return log

    return put


def target(organ: str, kind: str) -> str:
    return f"output/2025/{organ}/{organ}2025年政府信息公开工作年度报告.{kind}"


def tree(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != FILE)
    return sorted(str(path.relative_to(folder)) for path in files)


def told(made: list[Any]) -> list[str]:
    """What became of each: made, or the codes of its problems with the files they name."""
    return [
        "made"
        if isinstance(one, office.Converted)
        else "".join(f"{each.code} {each.places[0].file}" for each in one.problems)
        for one in made
    ]


def text(path: Path) -> str:
    """What a PDF says, without the gaps."""
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


@with_soffice
def test_many_reports_are_printed_by_one_start_and_told_in_their_order(
    nianbao: Any, soffice: Callable[[str], Path], folder: Path
) -> None:
    starts = soffice(f'exec {SOFFICE} "$@"')
    books = [
        save(sound() | {"organ": organ, "issued_by": organ}, folder / f"{organ}.xlsx") for organ in ORGANS
    ]
    unsound = save(
        sound() | {"organ": "错局", "issued_by": "错局", "date_line": "2020年1月1日"}, folder / "错.xlsx"
    )
    (folder / "坏.xlsx").write_bytes(books[0].read_bytes()[:9000])

    code, out, err = nianbao(
        "generate", books[0], "坏.xlsx", books[1], unsound, books[2], "--pdf", "--engine", "libreoffice"
    )

    assert code == 3
    assert out.splitlines() == [target(organ, kind) for organ in ORGANS for kind in ("docx", "pdf")]
    assert [line for line in err.splitlines() if "没有生成" in line] == [
        "坏.xlsx：有 1 个错误，没有生成",
        "错.xlsx：有 1 个错误，没有生成；改好后重新生成，或加 --draft 先出草稿",
    ]
    assert starts.read_text().splitlines() == ["3"]
    assert tree(folder) == sorted(
        [*out.splitlines(), "坏.xlsx", "错.xlsx", *(f"{organ}.xlsx" for organ in ORGANS)]
    )
    for organ in ORGANS:
        assert f"{organ}2025年" in text(Path(target(organ, "pdf")))


@with_soffice
def test_files_of_one_name_in_two_folders_each_get_their_own_pdf(nianbao: Any, folder: Path) -> None:
    for organ in ORGANS[:2]:
        (folder / organ).mkdir()
        save(sound() | {"organ": organ, "issued_by": organ}, folder / organ / "2025.xlsx")

    code, out, _ = nianbao("generate", "甲局/2025.xlsx", "乙局/2025.xlsx", "--pdf", "--engine", "libreoffice")

    assert (code, len(out.splitlines())) == (0, 4)
    for organ in ORGANS[:2]:
        assert f"{organ}2025年" in text(Path(target(organ, "pdf")))


def test_where_one_report_cannot_be_printed_the_others_are_and_it_is_named(
    nianbao: Any, soffice: Callable[[str], Path], folder: Path
) -> None:
    starts = soffice(
        f"""
        shift 8; out=$1; shift
        for each; do  # it knows the second one by its text, wherever it comes
            {PYTHON} -c '{SAID}' "$each" | grep -q 乙局 || {PDF} > "$out/${{each%.docx}}.pdf"
        done
        """
    )
    books = [
        save(sound() | {"organ": organ, "issued_by": organ}, folder / f"{organ}.xlsx") for organ in ORGANS
    ]

    code, out, err = nianbao("generate", *books, "--pdf", "--engine", "libreoffice")

    assert code == 1
    assert out.splitlines() == [target(organ, kind) for organ in ("甲局", "丙局") for kind in ("docx", "pdf")]
    assert [line for line in err.splitlines() if not line.startswith(("警告", "共"))] == [
        "错误 乙局.xlsx：LibreOffice 没有转换出 PDF。"
        "请在 LibreOffice 中打开这份文件，看能否导出为 PDF；或不加 --engine libreoffice。",
        "乙局.xlsx：有 1 个错误，没有生成",
    ]
    assert starts.read_text().splitlines() == ["3", "1"]
    assert tree(folder) == sorted([*out.splitlines(), *(f"{organ}.xlsx" for organ in ORGANS)])


def test_without_libreoffice_every_report_is_made_as_word_and_each_file_named(
    nianbao: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path
) -> None:
    books = [
        save(sound() | {"organ": organ, "issued_by": organ}, folder / f"{organ}.xlsx") for organ in ORGANS
    ]
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))

    code, out, err = nianbao("generate", *books, "--pdf", "--engine", "libreoffice")

    assert (code, out.splitlines()) == (1, [target(organ, "docx") for organ in ORGANS])
    assert [line.partition("。")[0] for line in err.splitlines() if line.startswith("错误")] == [
        f"错误 {organ}.xlsx：没有安装 LibreOffice，不能用它转换 PDF" for organ in ORGANS
    ]


@with_soffice
def test_a_document_that_is_none_fails_alone() -> None:
    documents = [("甲.docx", word()), ("坏.docx", b"PK"), ("乙.docx", word())]

    made = office.convert_all(documents)

    assert [type(one) for one in made] == [office.Converted, Unreadable, office.Converted]
    assert told(made) == ["made", "damaged 坏.docx", "made"]


def test_after_a_crash_the_one_it_came_at_is_tried_alone_and_the_others_go_on_together(
    soffice: Callable[[str], Path],
) -> None:
    # Of several it makes the first and crashes; alone it makes each.
    starts = soffice(f'shift 8; {PDF} > "$1/0.pdf"; [ $# -lt 3 ]')

    made = office.convert_all([(f"{name}.docx", word()) for name in "甲乙丙丁"])

    assert told(made) == ["made"] * 4
    assert starts.read_text().split() == ["4", "1", "2", "1"]


def test_a_document_that_always_crashes_is_named_and_no_other(soffice: Callable[[str], Path]) -> None:
    # 0.docx of the first run is the one that crashes, alone or not; later runs make all they get.
    starts = soffice(
        f'[ "$(wc -l < "$(dirname "$0")/../starts")" -lt 3 ] && exit 9; shift 8; out=$1; shift\n'
        f'for each; do {PDF} > "$out/${{each%.docx}}.pdf"; done'
    )

    made = office.convert_all([(f"{name}.docx", word()) for name in "甲乙丙"])

    assert told(made) == ["office-failed 甲.docx", "made", "made"]
    assert starts.read_text().split() == ["3", "1", "2"]


def test_a_hang_costs_its_own_time_only_and_names_the_document_it_is_at(
    soffice: Callable[[str], Path],
) -> None:
    starts = soffice(f'shift 8; {PDF} > "$1/0.pdf"; [ $# -gt 2 ] && sleep 300')

    start = time.monotonic()
    made = office.convert_all([(f"{name}.docx", word()) for name in "甲乙丙"], timeout=1)

    assert told(made) == ["made", "office-timeout 乙.docx", "made"]
    assert starts.read_text().split() == ["3", "1"]
    assert time.monotonic() - start < 5


def test_a_program_that_does_nothing_at_all_ends_after_the_time_of_every_document(
    soffice: Callable[[str], Path],
) -> None:
    soffice("sleep 300")

    start = time.monotonic()
    made = office.convert_all([(f"{name}.docx", word()) for name in "甲乙丙"], timeout=0.5)

    assert told(made) == [f"office-timeout {name}.docx" for name in "甲乙丙"]
    assert 1.5 <= time.monotonic() - start < 4
    assert isinstance(made[0], ProblemsFound)


def test_as_long_as_documents_come_out_it_is_waited_for_the_rest(soffice: Callable[[str], Path]) -> None:
    starts = soffice(
        f'shift 8; out=$1; shift; for each; do sleep 0.8; {PDF} > "$out/${{each%.docx}}.pdf"; done'
    )

    made = office.convert_all([(f"{name}.docx", word()) for name in "甲乙丙丁"], timeout=2)

    assert told(made) == ["made"] * 4
    assert starts.read_text().split() == ["4"]


@with_soffice
def test_libreoffice_takes_documents_in_their_order(soffice: Callable[[str], Path], tmp_path: Path) -> None:
    """What a hang names rests on this."""
    soffice(f'{SOFFICE} "$@"; cp -a made {tmp_path}')

    made = office.convert_all([(f"{number}.docx", word()) for number in range(12)])

    written = sorted((tmp_path / "made").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    assert told(made) == ["made"] * 12
    assert [path.name for path in written] == [f"{number}.pdf" for number in range(12)]
