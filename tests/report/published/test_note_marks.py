"""What points to a note and what belongs to a number or a unit: the one table that all readers use."""

from __future__ import annotations

import pytest
from nianbao.report.published.note_marks import Piece, Read, is_exponent, is_mark, is_sign, part, parted, read

MARKS = ("①", "①②", "㉑", "❶", "[1]", "［2］", "〔3〕", "【4】", "[注1]", "注1", "注12", "*", "＊＊",
         "†", "‡",
         "※", "§", "¶", "#", "¹", "²³")  # fmt: skip
RAISED = (*MARKS, "1", "12", "１", "a", "C", "注", "（注2）", "(3)", "[]", "[a]", "1)", "1,2",
          "1、3", "1-3", "[1][2]", "[1]-[3]", "①,②", "*1", "△", "1 2")  # fmt: skip


@pytest.mark.parametrize("raised", RAISED)
def test_what_points_to_a_note(raised: str) -> None:
    assert is_mark(raised)
    assert is_mark(f" {raised}\u200b")


@pytest.mark.parametrize(
    "raised", ["2025", "件", "TM", "上标", "", " ", "1.5", "st", "-", "2+", "1,", "1," * 9]
)
def test_what_does_not(raised: str) -> None:
    assert not is_mark(raised)


@pytest.mark.parametrize("small", [*MARKS, "a", "(1)", "[b]", "△"])
def test_what_is_no_digit_of_the_figure_beside_which_it_is_set_small(small: str) -> None:
    assert is_sign(small)


@pytest.mark.parametrize("small", ["1", "12", "A", "件", "", "ab件", "1)", "-"])
def test_what_may_be_one(small: str) -> None:
    assert not is_sign(small)


@pytest.mark.parametrize(
    ("before", "raised", "after"),
    [
        ("面积3m", "2", "。"), ("km", "2", ""), ("m", "-1", ""), ("㎞", "2", "。"), ("长5公里", "2", ""),
        ("5 米 ", "2", "。"), ("3×10", "4", "件"), ("10", "6", "瓦"), ("10", "2", ""), ("即x", "2", ""),
        ("5 km", "²", ""),
    ],
)  # fmt: skip
def test_what_is_part_of_a_number_or_a_unit(before: str, raised: str, after: str) -> None:
    assert is_exponent(raised, before, after)


@pytest.mark.parametrize(
    ("before", "raised", "after"),
    [
        ("58", "2", "件"), ("共10", "2", "件"), ("10", "1", "瓦"), ("110", "2", "瓦"), ("共10", "2", ""),
        ("件", "2", "。"), ("这里", "2", "。"), ("5平方米", "2", "。"), ("1,10", "2", ""), ("3×10", "a", ""),
    ],
)  # fmt: skip
def test_what_is_not(before: str, raised: str, after: str) -> None:
    assert not is_exponent(raised, before, after)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("bare", ["58", "1,234.5", "－5", "58件", "总计", "1.属于国家秘密", "其他（件）"])
def test_a_mark_of_full_size_behind_a_figure_or_a_label_is_taken_off(bare: str, mark: str) -> None:
    assert part(f"{bare}{mark}") == part(f" {bare} \n{mark}\u200b") == (bare, mark)


@pytest.mark.parametrize("mark", ["①", "[1]", "注1", "*", "※", "¹"])
def test_a_mark_before_a_figure_is_taken_off(mark: str) -> None:
    assert part(f"{mark} 58") == ("58", mark)
    assert part(f"{mark} 58*") == ("58", f"{mark}*")
    assert part(f"{mark}58") == (("注158", "") if mark == "注1" else ("58", mark))  # 注1 or 注15 or 注158


@pytest.mark.parametrize("letter", ["a", "c", "h", "ｂ"])
def test_one_of_the_first_letters_is_a_mark_behind_a_figure(letter: str) -> None:
    assert part(f"58{letter}") == part(f"58 {letter}") == ("58", letter)
    assert part(f"总计{letter}") == (f"总计{letter}", "")


@pytest.mark.parametrize(
    "text",
    ["58", "58l", "58o", "58k", "58w", "58m", "58A", "58件", "58（其中3件）", "58（1）", "△58", "▲5", "5①8",
     "[58]", "10²", "3×10⁴", "5m²", "", "①", "其他", "注", "58" * 101 + "①"],
)  # fmt: skip
def test_the_rest_is_left_as_it_is(text: str) -> None:
    assert part(text) == (text, "")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (("58", "^1", "件"), ("58", "~1", "件")),
        (("58", "^[", "^1", "^]"), ("58", "~[1]", "", "")),
        (("58", "^1", "^,", "^2", "件"), ("58", "~1,2", "", "", "件")),
        (("58", "^ 1", "^\u200b"), ("58", "~1", "")),
        (("^*", "58"), ("~*", "58")),
        (("5 km", "^2", "，3×10", "^4", "件"), ("5 km", "²", "，3×10", "⁴", "件")),
        (("3m", "^-", "^1"), ("3m", "⁻", "¹")),
        (("Ca", "^2+"), ("Ca", "2+")),
        (("会议", "^上标"), ("会议", "上标")),
        (("^1",), ("1",)),
        ((" ", "^58"), (" ", "58")),
        (("58",), ("58",)),
    ],
)
def test_raised_letters_of_a_line_are_marks_or_powers_or_text(
    line: tuple[str, ...], found: tuple[str, ...]
) -> None:
    pieces = [Piece(text.removeprefix("^"), text.startswith("^")) for text in line]  # ^ for what is raised

    assert read(pieces) == [Read("", text[1:]) if text.startswith("~") else Read(text) for text in found]


def test_raised_digits_of_unicode_stand_apart() -> None:
    assert list(parted("58¹²件³")) == [
        Piece("58", raised=False),
        Piece("¹²", raised=True),
        Piece("件", raised=False),
        Piece("³", raised=True),
    ]
