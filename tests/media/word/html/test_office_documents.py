"""LibreOffice sets the same file: the same pages, the same lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.media import fonts
from nianbao.media.pdf import write
from nianbao.media.word.html import convert

from tests.media.word.html.page_office import SOFFICE, office_pdf, pages
from tests.media.word.html.page_samples import annual, letter, official

pytestmark = pytest.mark.skipif(
    SOFFICE is None or "FandolFang" not in fonts.faces(), reason="needs soffice and FandolFang"
)


def compare(fill: Callable[[Any], None], folder: Path) -> tuple[list[list[str]], list[list[str]]]:
    """The lines of each page, ours and LibreOffice's; it loses marks that hang, so they do not count."""
    document = official(fill)
    page = convert(document, "报告.docx", fonts)
    (folder / "ours.pdf").write_bytes(write(page.html, "报告.docx", fonts.configure()))
    found = [pages(path) for path in (folder / "ours.pdf", office_pdf(document, folder))]
    return tuple([[line.rstrip("，。、；：") for line in page] for page in each] for each in found)  # type: ignore[return-value]


def test_text_breaks_into_the_same_lines_and_pages(tmp_path: Path) -> None:
    ours, theirs = compare(letter, tmp_path)

    assert ours == theirs


def test_a_whole_report_fills_the_same_pages(tmp_path: Path) -> None:
    ours, theirs = compare(annual, tmp_path)

    assert ["".join(sorted("".join(page))) for page in ours] == [
        "".join(sorted("".join(page))) for page in theirs
    ]
