"""Letters of watermarks are no figures, at any angle, size and colour, whole or letter by letter."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any

import pikepdf
import pytest
from nianbao.report.published import Line

from tests.media.pdf.reading.papers import FILE, cell, read, shown, told


def across(
    text: str, angle: float, size: float, color: str, *, turned: bool = True, each: bool = False
) -> str:
    """A text over the cell of 58, at an angle, in one piece or letter by letter."""
    c, s = cos(radians(angle)), sin(radians(angle))
    drawn = []
    for number, letter in enumerate(text if each else [text]):
        along = (number - 2) * 0.7 * size
        turn = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f}" if turned else "1 0 0 1"
        place = f"{265 + along * c:.2f} {746 + along * s:.2f}"
        drawn.append(f"q {color} BT /F1 {size} Tf {turn} {place} Tm ({letter}) Tj ET Q")
    return "\n".join(drawn)


def notice(text: str) -> list[str]:
    mend = "请核对；要作为报告内容的，请改为普通文字。"
    return [f"{FILE}：水印的文字没有读入：“{text}”。{mend}"]


@pytest.mark.parametrize("color", ["0.9 g", "0.7 g", "1 0 0 rg", "0 g"])
@pytest.mark.parametrize("angle", [-30, 12, 45, 80])
@pytest.mark.parametrize("each", [True, False])
def test_slanting_letters_are_a_watermark(angle: float, color: str, each: bool) -> None:
    published = read(shown("58"), across("OA2026", angle, 20, color, each=each))

    assert cell(published) == ("58", "")
    assert told(published) == notice("OA2026")


@pytest.mark.parametrize("size", [9, 14, 40])
@pytest.mark.parametrize("angle", [-35, 10, 40])
def test_upright_letters_on_a_slope_are_a_watermark(angle: float, size: float) -> None:
    published = read(shown("58"), across("20261", angle, size, "0 g", turned=False, each=True))

    assert cell(published) == ("58", "")
    assert told(published) == notice("20261")


@pytest.mark.parametrize("color", ["0.85 g", "0.6 g", "0.7 0.7 1 rg"])
def test_pale_level_letters_over_a_table_are_a_watermark(color: str) -> None:
    published = read(shown("58"), across("OA20261", 0, 30, color))

    assert cell(published) == ("58", "")
    assert told(published) == notice("OA20261")


def test_dark_level_letters_that_every_page_has_over_its_text_are_a_watermark() -> None:
    published = read(shown("58"), across("OA20261", 0, 30, "0.2 g"), pages=3)

    assert cell(published) == ("58", "")
    assert told(published) == notice("OA20261")


def test_what_a_tagged_file_calls_a_watermark_is_none_of_its_text() -> None:
    mark = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
    published = read(shown("58"), f"{mark} {shown('77', 300)} EMC")

    assert cell(published) == ("58", "")
    assert told(published) == notice("77")


def test_the_heads_of_a_tagged_file_are_none_of_its_text() -> None:
    head = "/Artifact <</Type /Pagination /Subtype /Header>> BDC"
    published = read(shown("58"), shown("Text", 100, 500), f"{head} {shown('Head', 100, 600)} EMC")

    assert [block.text for block in published.blocks if isinstance(block, Line)] == ["Text"]
    assert told(published) == []


@pytest.mark.parametrize("color", ["0.6 g", "0.75 g"])
def test_pale_text_that_lies_over_nothing_is_read(color: str) -> None:
    published = read(shown("58", before=color), shown("A note in grey", 100, 500, before=color))

    assert cell(published) == ("58", "")
    assert [block.text for block in published.blocks if isinstance(block, Line)] == ["A note in grey"]
    assert told(published) == []


def test_lines_that_all_pages_have_at_one_place_are_read() -> None:
    """Heads of a table are printed again on each page it goes on."""
    published = read(shown("58"), shown("The same words here", 100, 500), pages=3)

    assert [block.text for block in published.blocks if isinstance(block, Line)] == [
        "The same words here"
    ] * 3
    assert told(published) == []


def test_an_annotation_that_is_a_watermark_is_not_read() -> None:
    def mark(pdf: pikepdf.Pdf, page: Any) -> None:
        form = pdf.make_stream(shown("99", 0, 0).encode())
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 100, 20]
        form.Resources = pikepdf.Dictionary(Font=page.obj.Resources.Font)
        entry = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Watermark,
            Rect=[280, 742, 380, 762],
            AP=pikepdf.Dictionary(N=form),
        )
        page.obj.Annots = pikepdf.Array([pdf.make_indirect(entry)])

    published = read(shown("58"), edit=mark)

    assert cell(published) == ("58", "")
    assert told(published) == []
