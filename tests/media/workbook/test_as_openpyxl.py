"""Whole workbooks, cell by cell: our reader has what openpyxl has, of formulas and of what they gave."""

from __future__ import annotations

import io
import random
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.libreoffice import recalculated
from tests.media.workbook.by_hand import any_book
from tests.media.workbook.reference import (
    agrees,
    as_read,
    by_openpyxl,
    packed,
    parts_of,
    told_keyless,
    with_keys,
)
from tests.paths import REPORTS, ROOT
from tests.reports import published
from tests.trials import trials

SAMPLES = sorted((ROOT / "data").glob("*.xlsx"))
PUBLISHED = sorted(REPORTS.glob("*.json"))
OFFICE = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
PUBLISHED_HERE = pytest.mark.skipif(not PUBLISHED, reason="the reports in ../shared/reports are not here")


@cache
def saved_again(content: bytes) -> bytes:
    stream = io.BytesIO()
    load_workbook(io.BytesIO(content)).save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_are_read_as_by_openpyxl(path: Any) -> None:
    content = path.read_bytes()

    agrees(content)
    agrees(saved_again(content))


def test_the_two_long_lists_of_a_workbook_are_passed_over() -> None:
    content = (ROOT / "data" / "示例-2021.xlsx").read_bytes()

    assert told_keyless(content) == ["校核", "数据名称"]
    assert told_keyless(saved_again(content)) == ["校核", "数据名称"]


@PUBLISHED_HERE
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_published_reports_are_read_as_by_openpyxl(path: Any) -> None:
    """As openpyxl writes them again they differ as the samples do, so a few show it."""
    content, _ = published(path)

    agrees(content)
    if path in PUBLISHED[::5]:
        agrees(saved_again(content))


@OFFICE
def test_what_libreoffice_saves_is_read_as_by_openpyxl(tmp_path: Path) -> None:
    books = []
    for number, path in enumerate([*SAMPLES, *PUBLISHED[::10]]):
        books.append(tmp_path / f"{number}.xlsx")
        books[-1].write_bytes(path.read_bytes() if path.suffix == ".xlsx" else published(path)[0])

    for saved in recalculated(tmp_path / "saved", *books):
        agrees(saved.read_bytes())
        assert told_keyless(saved.read_bytes()) == ["校核", "数据名称"]


@pytest.mark.parametrize("seed", range(trials(400)))
def test_cells_of_every_kind_are_read_as_by_openpyxl(seed: Any) -> None:
    agrees(any_book(seed))


# ---------------------------------------------------------------- damage


def damaged_as_openpyxl_or_refused(content: bytes) -> bool:
    """What openpyxl can read is read the same; nothing but a refusal otherwise. True if both read it."""
    ours = as_read(content)
    try:
        expected = with_keys(by_openpyxl(content))
    except Exception:  # openpyxl raises whatever it stumbles over
        return False
    assert ours == expected
    return ours is not None


def mangled(part: bytes, chance: random.Random) -> bytes:
    changed = bytearray(part)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(changed))
        how = chance.random()
        if how < 0.5:
            changed[at] = chance.choice(b'0123456789<>/"=&;#Acrstv_ \x00\xff')
        elif how < 0.8:
            changed[at] ^= 1 << chance.randrange(8)
        else:
            del changed[at : at + chance.randint(1, 9)]
    return bytes(changed) if chance.random() < 0.9 else bytes(changed[: chance.randrange(len(changed))])


@pytest.mark.parametrize("seed", range(trials(8)))
def test_damaged_parts_are_read_as_by_openpyxl_or_refused(seed: Any) -> None:
    chance = random.Random(seed)
    both = 0
    for content, times in [(saved_again(SAMPLES[-1].read_bytes()), 8)] + [
        (any_book(number), 30) for number in range(seed * 10, seed * 10 + 6)
    ]:
        parts = parts_of(content)
        names = [
            name for name in parts if name.startswith(("xl/work", "xl/sharedS", "xl/styles", "xl/_rels", "["))
        ]
        for name in chance.choices(names, k=times):
            both += damaged_as_openpyxl_or_refused(packed(parts | {name: mangled(parts[name], chance)}))
    assert both > 10


def test_a_damaged_file_is_read_as_by_openpyxl_or_refused() -> None:
    """Refused more often than by openpyxl, which does not look into parts that it takes nothing from."""
    chance = random.Random(20250106)
    books = [any_book(seed) for seed in range(7)]
    damaged = [mangled(books[at % 7], chance) for at in range(trials(400))]
    read = [(content, ours) for content in damaged if (ours := as_read(content)) is not None]

    assert read
    for content, ours in read:
        assert ours == with_keys(by_openpyxl(content))
