"""Fields of forms and notes on a page are read where they are shown; what they strike is deleted."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from nianbao.report.published import Line

from tests.media.pdf.reading.papers import Edit, cell, notice, read, shown, told

RECT = [255, 742, 395, 758]
FIELD: dict[str, Any] = {"Subtype": pikepdf.Name.Widget, "T": "a", "DA": "/F1 10 Tf 0 g"}


def annotated(*, redrawn: bool = False, appearance: str = "", parent: bool = False, **entries: Any) -> Edit:
    """Lay one annotation over the table's last cell."""

    def edit(pdf: pikepdf.Pdf, page: Any) -> None:
        own = dict(entries)
        shared = {name: own.pop(name) for name in ("FT", "V", "Opt") if parent and name in own}
        entry = pdf.make_indirect(pikepdf.Dictionary({"/Type": pikepdf.Name.Annot, "/Rect": RECT}))
        for name, value in own.items():
            entry[f"/{name}"] = value
        if shared:
            entry.Parent = pdf.make_indirect(
                pikepdf.Dictionary({f"/{name}": value for name, value in shared.items()} | {"/Kids": [entry]})
            )
        if appearance:
            form = pdf.make_stream(appearance.encode())
            form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 140, 16]
            form.Resources = pikepdf.Dictionary(Font=page.obj.Resources.Font)
            entry.AP = pikepdf.Dictionary(N=pdf.make_indirect(form))
        page.obj.Annots = pikepdf.Array([entry])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[entry], NeedAppearances=redrawn)

    return edit


@pytest.mark.parametrize("parent", [True, False])
@pytest.mark.parametrize(
    "given",
    [
        {"V": "58"},
        {"V": "58", "appearance": shown("58", 2, 4)},
        {"V": "58", "appearance": shown("58", 2, 4), "redrawn": True},
        {"V": "58", "appearance": shown("57", 2, 4), "redrawn": True},
        {"V": "58", "appearance": shown("5", 2, 4) + shown("8", 60, 4)},
        {"V": pikepdf.String("58"), "FT": pikepdf.Name.Ch, "Opt": ["57", "58"]},
        {"V": "b", "FT": pikepdf.Name.Ch, "Opt": pikepdf.Array([pikepdf.Array(["b", "58"])])},
    ],
)
def test_a_field_says_what_it_shows(given: dict[str, Any], parent: bool) -> None:
    published = read(edit=annotated(parent=parent, **({"FT": pikepdf.Name.Tx} | FIELD | given)))

    assert cell(published) == ("58", "")
    assert told(published) == []


def test_a_field_whose_value_is_not_what_it_shows_is_in_doubt() -> None:
    published = read(edit=annotated(FT=pikepdf.Name.Tx, V="58", appearance=shown("59", 2, 4), **FIELD))

    assert cell(published) == ("59", "表单域里填的值与页面上显示的不同")


@pytest.mark.parametrize("flag", [2, 32])
def test_a_field_that_is_hidden_says_nothing(flag: int) -> None:
    published = read(edit=annotated(FT=pikepdf.Name.Tx, V="58", F=flag, **FIELD))

    assert cell(published) == ("", "")


@pytest.mark.parametrize("appearance", ["", shown("58", 2, 4)])
def test_a_note_written_on_the_page_is_read(appearance: str) -> None:
    published = read(edit=annotated(Subtype=pikepdf.Name.FreeText, Contents="58", appearance=appearance))

    assert cell(published) == ("58", "")


@pytest.mark.parametrize("kind", ["Text", "Popup", "Highlight", "Link"])
def test_remarks_that_are_not_on_the_page_say_nothing(kind: str) -> None:
    quads = [255, 758, 395, 758, 255, 742, 395, 742]
    edit = annotated(Subtype=pikepdf.Name(f"/{kind}"), Contents="77", QuadPoints=quads)
    published = read(shown("58"), edit=edit)

    assert cell(published) == ("58", "")
    assert told(published) == []


def test_what_a_reader_has_struck_out_is_deleted() -> None:
    quads = [273.4, 757, 281, 757, 273.4, 743, 281, 743]
    published = read(shown("589"), edit=annotated(Subtype=pikepdf.Name.StrikeOut, QuadPoints=quads))

    assert cell(published) == ("58", "")
    assert told(published) == [notice("删除线划去的文字", "9")]


@pytest.mark.parametrize("appearance", ["", "0 g 0 0 18.4 16 re S"])
def test_what_is_to_be_blacked_out_is_not_read(appearance: str) -> None:
    quads = [273.4, 757, 281, 757, 273.4, 743, 281, 743]
    redact: dict[str, Any] = {"Subtype": pikepdf.Name.Redact, "IC": [0, 0, 0]}
    part = read(shown("589"), edit=annotated(appearance=appearance, QuadPoints=quads, **redact))
    whole = read(shown("58"), edit=annotated(**redact))

    assert (cell(part), told(part)) == (("58", ""), [notice("加了涂黑标记的文字", "9")])
    assert (cell(whole), told(whole)) == (("", ""), [notice("加了涂黑标记的文字", "58")])


@pytest.mark.parametrize("kind", ["Redact", "Stamp", "Square"])
def test_what_an_annotation_covers_is_not_read(kind: str) -> None:
    published = read(
        shown("58"), edit=annotated(appearance="0 0 140 16 re f", Subtype=pikepdf.Name(f"/{kind}"), F=4)
    )

    assert (cell(published), told(published)) == (("", ""), [notice("隐藏的文字", "58")])


@pytest.mark.parametrize("kind", ["Stamp", "Square", "Highlight"])
def test_what_is_seen_through_an_annotation_is_read(kind: str) -> None:
    entries: dict[str, Any] = {"Subtype": pikepdf.Name(f"/{kind}"), "appearance": "1 0 0 RG 1 1 138 14 re S"}
    published = read(shown("58"), edit=annotated(**entries))

    assert (cell(published), told(published)) == (("58", ""), [])


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ({"Subtype": pikepdf.Name.Line, "L": [258, 750, 278, 750]}, "有斜线划过"),
        ({"Subtype": pikepdf.Name.Line, "L": [258, 743, 278, 757]}, "有斜线划过"),
        ({"Subtype": pikepdf.Name.PolyLine, "Vertices": [258, 743, 265, 755, 272, 743]}, "有斜线划过"),
        (
            {"Subtype": pikepdf.Name.Ink, "InkList": [[250, 740, 255, 741], [258, 748, 278, 752]]},
            "有斜线划过",
        ),
        ({"Subtype": pikepdf.Name.Line, "L": [258, 744, 278, 744]}, ""),
        ({"Subtype": pikepdf.Name.Ink, "InkList": [[255, 750, 266, 762, 285, 750, 266, 741, 255, 750]]}, ""),
        ({"Subtype": pikepdf.Name.Ink, "InkList": pikepdf.Array([])}, ""),
    ],
)
def test_a_pen_through_digits_puts_them_in_doubt_and_one_around_them_does_not(
    line: dict[str, Any], doubt: str
) -> None:
    assert cell(read(shown("58"), edit=annotated(**line))) == ("58", doubt)


def test_a_field_of_several_lines_is_read_line_by_line() -> None:
    entries = FIELD | {"FT": pikepdf.Name.Tx, "V": "First line\rSecond line", "Rect": [100, 400, 400, 440]}
    published = read(shown("58"), edit=annotated(**entries))

    lines = [block.text for block in published.blocks if isinstance(block, Line)]
    assert " ".join(lines) == "First line Second line" or lines == ["First line", "Second line"]
