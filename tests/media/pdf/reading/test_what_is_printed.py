"""Characters that a page draws and nobody sees are not read, and told; what is seen is read."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from nianbao.report.published.note_marks import part

from tests.media.pdf.reading.papers import Edit, cell, notice, read, shown, told

HIDDEN, UNSEEN = "隐藏的文字", "与底色同色或者透明的文字"
BESIDE = 273.4  # where a digit behind 58 begins
COVER = pikepdf.Dictionary


def before(operators: str) -> list[str]:
    return [shown("9", BESIDE, before=operators)]


@pytest.mark.parametrize(
    "operators",
    [
        "1 g",
        "1 1 1 rg",
        "0 0 0 0 k",
        "0.98 g",
        "/DeviceRGB cs 0.99 1 1 sc",
    ],
)
def test_digits_in_the_colour_of_the_paper_are_not_read(operators: str) -> None:
    published = read(shown("58"), *before(operators))

    assert cell(published) == ("58", "")
    assert told(published) == [notice(UNSEEN, "9")]


@pytest.mark.parametrize("ground", ["0.8 g", "1 1 0 rg", "0.2 0.3 0.1 0.4 k", "0.3 g"])
def test_digits_in_the_colour_of_what_lies_behind_them_are_not_read(ground: str) -> None:
    published = read(
        f"q {ground} 251 741 148 18 re f Q",
        shown("58", before="0 0 0.2 rg 1 g" if ground == "0.3 g" else ""),
        *before(ground),
    )

    assert cell(published) == ("58", "")
    assert [problem.code for problem in published.problems] == ["not-read"]
    assert "“9”" in published.problems[0].what


@pytest.mark.parametrize(
    ("operators", "what"),
    [
        ("3 Tr", HIDDEN),
        ("7 Tr", HIDDEN),
        ("0 0 1 1 re W n", HIDDEN),
        ("0 0 m 9 0 l 9 9 l h W* n", HIDDEN),
        ("/Clear gs", HIDDEN),
    ],
)
@pytest.mark.parametrize("x", [253.3, BESIDE])
def test_digits_without_ink_are_not_read(operators: str, what: str, x: float) -> None:
    resources = {"/ExtGState": pikepdf.Dictionary(Clear=pikepdf.Dictionary(ca=0, CA=0))}
    published = read(shown("58"), shown("9", x, before=operators), resources=resources)

    assert cell(published) == ("58", "")
    assert told(published) == [notice(what, "9")]


def test_digits_that_something_covers_are_not_read() -> None:
    published = read(shown("589"), f"q 1 g {BESIDE} 742 8 14 re f Q")

    assert cell(published) == ("58", "")
    assert told(published) == [notice(HIDDEN, "9")]


def test_digits_over_a_picture_are_read() -> None:
    def lay(pdf: pikepdf.Pdf, page: Any) -> None:
        picture = pikepdf.Stream(pdf, bytes(range(0, 256, 16)), Width=4, Height=4, BitsPerComponent=8)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.ColorSpace = pikepdf.Name.DeviceGray
        page.obj.Resources.XObject = pikepdf.Dictionary(P=picture)
        page.contents_add(pdf.make_stream(b"q 30 0 0 16 320 742 cm /P Do Q"), prepend=True)

    published = read(shown("58"), edit=lay)

    assert cell(published) == ("58", "")
    assert told(published) == []


def layered(off: bool, policy: str = "") -> Edit:
    def edit(pdf: pikepdf.Pdf, page: Any) -> None:
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="批注"))
        config = pikepdf.Dictionary(BaseState=pikepdf.Name.OFF if off else pikepdf.Name.ON)
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=config)
        shown_by: Any = group
        if policy:
            shown_by = pikepdf.Dictionary(Type=pikepdf.Name.OCMD, OCGs=[group], P=pikepdf.Name(policy))
        page.obj.Resources.Properties = pikepdf.Dictionary(L=shown_by)

    return edit


@pytest.mark.parametrize(
    ("off", "policy", "wanted"),
    [
        (True, "", "58"),
        (False, "", "589"),
        (True, "/AllOn", "58"),
        (True, "/AnyOff", "589"),
        (False, "/AllOff", "58"),
    ],
)
def test_a_layer_is_read_where_it_is_on(off: bool, policy: str, wanted: str) -> None:
    drawn = f"/OC /L BDC {shown('9', BESIDE)} EMC"
    published = read(shown("58"), drawn, edit=layered(off, policy))

    assert cell(published) == (wanted, "")
    assert told(published) == ([notice(HIDDEN, "9")] if wanted == "58" else [])


def test_a_form_on_a_layer_that_is_off_is_not_read() -> None:
    def edit(pdf: pikepdf.Pdf, page: Any) -> None:
        layered(off=True)(pdf, page)
        form = pdf.make_stream(shown("9", BESIDE).encode())
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 595, 842]
        form.Resources = pikepdf.Dictionary(Font=page.obj.Resources.Font)
        form.OC = page.obj.Resources.Properties.L
        page.obj.Resources.XObject = pikepdf.Dictionary(X=form)

    published = read(shown("58"), "/X Do", edit=edit)

    assert cell(published) == ("58", "")
    assert told(published) == [notice(HIDDEN, "9")]


@pytest.mark.parametrize("box", [(100, 0, 695, 842), (-30, -500, 565, 342), (0, 0, 595, 842)])
def test_a_page_need_not_begin_at_nought(box: tuple[int, int, int, int]) -> None:
    def move(_: pikepdf.Pdf, page: Any) -> None:
        own = page.obj.Contents.read_bytes()
        page.obj.Contents.write(f"q 1 0 0 1 {box[0]} {box[1]} cm ".encode() + own + b" Q")
        page.obj.MediaBox = list(box)

    published = read(shown("58"), edit=move)

    assert cell(published) == ("58", "")
    assert told(published) == []


def test_what_lies_beside_the_page_is_not_read() -> None:
    def cut(_: pikepdf.Pdf, page: Any) -> None:
        page.obj.MediaBox, page.obj.CropBox = [-200, 0, 700, 842], [0, 0, 595, 842]

    published = read(shown("58"), shown("77", -100, 746), shown("66", 620, 746), edit=cut)

    assert cell(published) == ("58", "")
    assert told(published) == [notice(HIDDEN, "77”“66", "第 1 页")]


@pytest.mark.parametrize("unit", [0.5, 2, 10])
def test_a_page_may_be_measured_in_other_units(unit: float) -> None:
    def measure(_: pikepdf.Pdf, page: Any) -> None:
        own = page.obj.Contents.read_bytes()
        page.obj.Contents.write(f"q {1 / unit} 0 0 {1 / unit} 0 0 cm ".encode() + own + b" Q")
        page.obj.UserUnit, page.obj.MediaBox = unit, [0, 0, 595 / unit, 842 / unit]

    published = read(shown("58"), *before("1 g"), edit=measure)

    assert cell(published) == ("58", "")
    assert told(published) == [notice(UNSEEN, "9")]


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("drawn_turned", [True, False])
def test_a_turned_page_is_read_upright(turn: int, drawn_turned: bool) -> None:
    """The page says it is turned, and its text lies on its side; or the text is drawn for the turned page."""
    matrices = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}

    def turned(_: pikepdf.Pdf, page: Any) -> None:
        page.obj.Rotate = turn
        if drawn_turned:
            own = page.obj.Contents.read_bytes()
            page.obj.Contents.write(f"q {matrices[turn]} cm ".encode() + own + b" Q")
            page.obj.MediaBox = [0, 0, 595, 842] if turn == 180 else [0, 0, 842, 595]

    published = read(shown("58"), *before("1 g"), edit=turned)

    assert cell(published) == ("58", "")
    assert told(published) == [notice(UNSEEN, "9")]


@pytest.mark.parametrize(
    "drawn",
    [
        [shown("58"), shown("58", 260.2)],
        [shown("5"), shown("8", 276)],
        [shown("58", 261, 745.2, before="0.6 g"), shown("58")],
        ["q 0.5 w 300 740 m 400 760 l S Q", shown("58")],
        [shown("58"), shown("58", 260.2), shown("58", 260.3, 746.1)],
        [shown("58", before="2 Tr 0.3 w")],
        [shown("8", 266.7), shown("5")],
        [shown("5", before="1 0 0 rg"), shown("8", 266.7, font="F2")],
        [shown("5", before="0 0 0.5 rg"), shown("8", 266.7, size=11)],
        [f"/Span <</ActualText (59)>> BDC {shown('58')} EMC"],
    ],
)
def test_what_looks_otherwise_and_is_plainly_seen_is_text(drawn: list[str]) -> None:
    published = read(*drawn)

    assert cell(published) == ("58", "")
    assert told(published) == []


@pytest.mark.parametrize(
    ("drawn", "doubt"),
    [
        ([shown("5"), shown("8", 266.7, size=7)], "字的大小不同"),
        ([shown("5"), shown("8", 266.7, 749)], "字的高低不同"),
        ([shown("5"), shown("8", 266.7, before="0.82 g")], "字的深浅不同"),
        ([shown("58"), shown("3", 260.5, before="1 0 0 rg")], "字与字重叠"),
        ([shown("58"), "q 0.8 w 258 743 m 278 757 l S Q"], "有斜线划过"),
        ([shown("5", 260, 751, 8), shown("8", 260, 742, 8)], "数字分在两行"),
        ([shown("9"), shown("107", 277)], "数字之间的距离不同"),
        ([shown("9"), shown("107", 330)], "数字之间的距离不同"),
    ],
)
def test_digits_that_differ_so_that_no_rule_settles_it_are_in_doubt(drawn: list[str], doubt: str) -> None:
    assert cell(read(*drawn))[1] == doubt


@pytest.mark.parametrize("mark", ["1", "12", "*", "a", "[1]", "1,2", "[1]-[3]"])
def test_small_raised_signs_behind_a_figure_are_note_marks(mark: str) -> None:
    published = read(shown("58"), shown(mark, BESIDE, 750, 7))

    assert cell(published) == ("58", "")
    assert told(published) == [notice("上标的注号", mark)]


@pytest.mark.parametrize("mark", ["*", "[1]", "**", "a"])
def test_signs_of_notes_as_large_as_the_figure_are_left_to_the_table_of_all_readers(mark: str) -> None:
    published = read(shown(f"58{mark}"))

    assert cell(published) == (f"58{mark}", "")
    assert part(f"58{mark}") == ("58", mark)


def test_small_raised_digits_that_are_more_than_a_note_mark_are_in_doubt() -> None:
    assert cell(read(shown("58"), shown("2025", BESIDE, 750, 7)))[1] == "字的大小不同"


@pytest.mark.parametrize(
    ("before_it", "power", "text"), [("5 km", "2", "5 km²"), ("3 x 10", "4", "3 x 10⁴"), ("8 m", "3", "8 m³")]
)
def test_powers_stay(before_it: str, power: str, text: str) -> None:
    width = {"5 km": 25.3, "3 x 10": 39.3, "8 m": 20.0}[before_it]
    published = read(shown("58"), shown(before_it, 100, 600), shown(power, 100 + width, 604, 7))

    assert [getattr(block, "text", "") for block in published.blocks] == ["", text]
    assert told(published) == []


@pytest.mark.parametrize(
    "stroke",
    [
        "q 0.6 w 273.2 750 m 280.2 750 l S Q",
        "q 1 0 0 rg 273.2 749.6 7 0.8 re f Q",
        "q 0.4 w 273.2 749 m 280.2 749 l 273.2 751 m 280.2 751 l S Q",
    ],
)
def test_digits_that_a_line_is_drawn_through_are_deleted(stroke: str) -> None:
    published = read(shown("589"), stroke)

    assert cell(published) == ("58", "")
    assert told(published) == [notice("删除线划去的文字", "9")]


def test_no_blank_stands_where_words_were_deleted() -> None:
    published = read(shown("58"), shown("onetwothree", 100, 500), "q 0.6 w 120.2 504 m 138.5 504 l S Q")

    assert [getattr(block, "text", "") for block in published.blocks] == ["", "onethree"]


def test_underlined_digits_are_read() -> None:
    published = read(shown("58"), "q 0.6 w 260 744.5 m 273.3 744.5 l S Q")

    assert cell(published) == ("58", "")
    assert told(published) == []


@pytest.mark.parametrize("reading", ["wu", "ba"])
def test_small_letters_over_a_character_are_its_reading(reading: str) -> None:
    published = read(shown("58"), shown(reading, 260, 755, 5))

    assert cell(published) == ("58", "")
    assert told(published) == [notice("文字上方的拼音", reading)]


@pytest.mark.parametrize("digits", ["1", "58"])
def test_tiny_digits_on_top_of_a_figure_are_none_of_it(digits: str) -> None:
    published = read(shown("58"), shown(digits, 260, 755, 5))

    assert cell(published) == ("58", "")
    assert told(published) == [notice("数字上方的小字", digits)]


def test_digits_of_the_usual_size_over_a_much_larger_one_are_read() -> None:
    published = read(shown("8", size=24), shown("1233", 100, 500), shown("33", 262, 765))

    assert "数字上方的小字" not in "".join(told(published))


@pytest.mark.parametrize(("x", "y", "size"), [(260, 750, 5), (260, 755, 7), (273, 755, 5)])
def test_small_digits_that_are_lower_or_larger_or_not_over_the_figure_are_in_doubt(
    x: float, y: float, size: float
) -> None:
    assert cell(read(shown("58"), shown("2025", x, y, size)))[1] == "字的大小不同"


def type3(pdf: pikepdf.Pdf, page: Any) -> None:
    """A font whose signs are drawings: a 5 and an 8 that are blocks."""
    block = pdf.make_stream(b"600 0 0 0 600 700 d1 50 0 500 700 re f")
    entry = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type3,
        FontBBox=[0, 0, 600, 700],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=pikepdf.Dictionary(five=block, eight=block),
        Encoding=pikepdf.Dictionary(Differences=[53, pikepdf.Name.five, 56, pikepdf.Name.eight]),
        FirstChar=53,
        LastChar=56,
        Widths=[600, 0, 0, 600],
        Resources=pikepdf.Dictionary(),
    )
    page.obj.Resources.Font.F3 = pdf.make_indirect(entry)


def song(pdf: pikepdf.Pdf, page: Any) -> None:
    """A Chinese font that is not in the file, as many offices print."""
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name.SimSun,
        Flags=6,
        FontBBox=[0, -140, 1000, 860],
        ItalicAngle=0,
        Ascent=860,
        Descent=-140,
        CapHeight=700,
        StemV=80,
    )
    signs = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name.SimSun,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="GB1", Supplement=2),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=1000,
        W=[1, [500] * 95],
    )
    entry = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name.SimSun,
        Encoding=pikepdf.Name("/UniGB-UCS2-H"),
        DescendantFonts=[pdf.make_indirect(signs)],
    )
    page.obj.Resources.Font.F4 = pdf.make_indirect(entry)


def chinese(text: str, x: float, y: float, before: str = "") -> str:
    return f"q {before} BT /F4 12 Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET Q"


def test_signs_that_are_drawings_are_read_where_they_are_seen() -> None:
    seen = read(shown("58", font="F3"), edit=type3)
    white = read(shown("5", font="F3"), shown("8", 267.2, before="1 g", font="F3"), edit=type3)

    assert (cell(seen), told(seen)) == (("58", ""), [])
    assert (cell(white), told(white)) == (("5", ""), [notice(UNSEEN, "8")])


def test_a_font_that_is_not_in_the_file_is_read_by_what_its_text_says_of_itself() -> None:
    hidden = (chinese("看不见", 100, 450, "3 Tr"), chinese("白字", 100, 400, "1 g"))
    published = read(chinese("58", 260, 746), chinese("共五十八件。", 100, 500), *hidden, edit=song)

    assert cell(published) == ("58", "")
    assert [getattr(block, "text", "") for block in published.blocks[1:]] == ["共五十八件。"]
    assert told(published) == [notice(HIDDEN, "看不见", "第 1 页"), notice(UNSEEN, "白字", "第 1 页")]


def test_the_text_that_lies_unseen_over_a_scan_is_the_scan_s() -> None:
    def scan(pdf: pikepdf.Pdf, page: Any) -> None:
        picture = pikepdf.Stream(pdf, bytes([200]) * 16, Width=4, Height=4, BitsPerComponent=8)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.ColorSpace = pikepdf.Name.DeviceGray
        page.obj.Resources.XObject = pikepdf.Dictionary(P=picture)
        page.contents_add(pdf.make_stream(b"q 595 0 0 842 0 0 cm /P Do Q 3 Tr"), prepend=True)

    published = read(shown("58"), edit=scan)

    assert cell(published) == ("58", "")
    assert told(published) == []


def test_words_on_their_side_are_told() -> None:
    published = read(shown("58"), "BT /F1 12 Tf 0 1 -1 0 300 744 Tm (7) Tj ET")

    assert cell(published) == ("58", "")
    assert told(published) == [notice("侧着印的文字", "7")]


@pytest.mark.parametrize("lean", [-0.03, 0.02])
def test_a_text_that_leans_a_little_is_upright(lean: float) -> None:
    published = read(f"BT /F1 12 Tf 1 {lean} {-lean} 1 260 746 Tm (58) Tj ET")

    assert cell(published) == ("58", "")
    assert told(published) == []
