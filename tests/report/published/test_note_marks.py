"""Which small raised signs point to a note, and which belong to a number or a unit."""

from __future__ import annotations

import pytest
from nianbao.report.published.note_marks import behind_figure, is_exponent, is_mark


@pytest.mark.parametrize(
    "raised", ["1", "12", "*", "**", "①", "[1]", "（注2）", "注3", "a", "†", "1,2", "1、3"]
)
def test_what_points_to_a_note(raised: str) -> None:
    assert is_mark(raised)


@pytest.mark.parametrize("raised", ["2025", "件", "TM", "上标", "", "1.5"])
def test_what_does_not(raised: str) -> None:
    assert not is_mark(raised)


@pytest.mark.parametrize(
    ("before", "raised", "after"),
    [
        ("面积3m", "2", "。"),
        ("km", "2", ""),
        ("m", "-1", ""),
        ("3×10", "4", "件"),
        ("10", "6", "瓦"),
        ("即x", "2", ""),
    ],
)
def test_what_is_part_of_a_number_or_a_unit(before: str, raised: str, after: str) -> None:
    assert is_exponent(raised, before, after)


@pytest.mark.parametrize(
    ("before", "raised", "after"),
    [
        ("58", "2", "件"),
        ("共10", "2", "件"),
        ("10", "1", "瓦"),
        ("110", "2", "瓦"),
        ("10", "2", ""),
        ("件", "2", "。"),
    ],
)
def test_what_is_not(before: str, raised: str, after: str) -> None:
    assert not is_exponent(raised, before, after)


@pytest.mark.parametrize(
    ("text", "figure", "mark"),
    [
        ("58*", "58", "*"), ("58[1]", "58", "[1]"), ("58①", "58", "①"), ("1,234.5注1", "1,234.5", "注1"),
        (" 58 a", "58", "a"), ("58①②", "58", "①②"), ("58l", "58l", ""), ("58o", "58o", ""),
        ("58件", "58件", ""),
        ("58（其中3件）", "58（其中3件）", ""), ("①58", "①58", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_a_mark_close_behind_a_figure_is_taken_off(text: str, figure: str, mark: str) -> None:
    assert behind_figure(text) == (figure, mark)
