"""SVG pictures: nothing outside them is named, and nothing is drawn for ever."""

from __future__ import annotations

import base64
import gzip

import pytest
from nianbao.media import pdf
from nianbao.media.ooxml import drawing, is_svg
from nianbao.report import ProblemsFound

from tests.media.ooxml.svg_samples import HEAD, bombs, sound, svg

RECT = '<rect width="9" height="9"/>'
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"


FOREIGN = [
    f"<!DOCTYPE svg [{declared}]>".encode() + svg("<text>&a;</text>")
    for declared in (
        '<!ENTITY a SYSTEM "a.txt">',
        '<!ENTITY b "bb"><!ENTITY a "&b;&b;">',
        '<!ENTITY % a SYSTEM "a">',
    )
]


def nested(inner: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg(inner)).decode()


@pytest.mark.parametrize(
    ("inner", "cut", "left"),
    [
        ('<image href="file:///a.png"/>', ("file:///a.png",), "<image/>"),
        ('<image xlink:href="../a.png"/>', ("../a.png",), "<image/>"),
        ('<use href="a.svg#x"/>', ("a.svg#x",), "<use/>"),
        ('<use href="data:image/svg+xml,%3Csvg/%3E#x"/>', ("data:image/svg+xml,%3Csvg/%3E#x",), "<use/>"),
        ("<style>@import 'a.css'; a { b: c }</style>", ("@import 'a.css';",), "<style> a { b: c }</style>"),
        (
            "<style>@font-face { src: url(a.ttf) } rect { fill: red }</style>",
            ("@font-face { src: url(a.ttf) }",),
            "<style> rect { fill: red }</style>",
        ),
        ('<rect fill="url(file:///a.svg#x)"/>', ("url(file:///a.svg#x)",), '<rect fill="none"/>'),
        ('<rect style="fill: u\\72l(a.svg#x)"/>', ("fill: u\\72l(a.svg#x)",), '<rect style=""/>'),
        ('<rect style="fill: url/**/(a.svg)"/>', ("url (a.svg)",), '<rect style="fill: none"/>'),
        ('<g xml:base="file:///srv/"><image href="#a"/></g>', ("file:///srv/",), '<g><image href="#a"/></g>'),
        ('<filter><feImage href="a.png"/></filter>', ("a.png",), "<filter/>"),
        ("<foreignObject><img src='a.png'/></foreignObject>", ("<foreignObject>",), ""),
        ('<image href="#a"><set attributeName="href" to="a.png"/></image>', ("<set>",), '<image href="#a"/>'),
        ('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="a.txt"/>字', ("a.txt",), "字"),
    ],
)  # fmt: skip
def test_what_names_something_else_is_cut_and_named(inner: str, cut: tuple[str, ...], left: str) -> None:
    made = drawing(svg(inner))

    assert made is not None
    assert (made.cut, made.content) == (cut, svg(left) if left else f"{HEAD}/>".encode())


def test_a_picture_within_it_stays_where_it_is_made_of_points() -> None:
    dots = f'<image href="data:image/png;base64,{DOT}"/>'
    inner = nested('<image href="file:///a.png"/>')

    kept, called, cut = (
        drawing(svg(one))
        for one in (dots, dots.replace("image/png", "text/plain"), f'<image href="{inner}"/>')
    )

    assert kept is not None
    assert called is not None
    assert cut is not None
    assert (kept.content, kept.cut) == (svg(dots), ())
    assert (called.content, called.cut) == (svg(dots), ())
    assert (cut.content, cut.cut) == (svg("<image/>"), (inner[:200],))


def test_a_sheet_before_it_goes_and_a_packed_one_is_unpacked() -> None:
    sheet = drawing(b'<?xml-stylesheet href="a.css"?>' + svg(RECT))
    packed = drawing(gzip.compress(svg(RECT)))
    wide = drawing(svg(RECT).decode().encode("utf-16"))

    assert sheet is not None
    assert packed is not None
    assert wide is not None
    assert (sheet.content, sheet.cut) == (svg(RECT), ('<?xml-stylesheet href="a.css"?>',))
    assert (packed.content, wide.content) == (svg(RECT), svg(RECT))
    assert [
        is_svg(one) for one in (gzip.compress(svg(RECT)), svg(RECT).decode().encode("utf-16"), b"<p>")
    ] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("content", [b"", b"<svg", b"<p/>", b"\x1f\x8bx", *FOREIGN])
def test_what_is_damaged_or_declares_entities_is_not_drawn(content: bytes) -> None:
    assert drawing(content) is None


@pytest.mark.parametrize("name", list(bombs()))
def test_what_would_be_drawn_for_ever_is_not_drawn(name: str) -> None:
    assert drawing(bombs()[name]) is None


@pytest.mark.parametrize(("name", "content"), list(sound()))
def test_pictures_as_programs_draw_them_stay_as_they_are(name: str, content: bytes) -> None:
    made, tiled = drawing(content), drawing(content, tiled=True)

    assert made is not None
    assert tiled is not None
    assert (made.content, made.cut, tiled.content) == (content, (), content)


def test_a_picture_that_is_drawn_by_half_is_told() -> None:
    page = '<html lang="zh-CN"><head><title>甲</title></head><body><img alt="" src="{}"></body></html>'
    broken = base64.b64encode(svg('<path d="M0 0L9 9"/><path d="A 1 1 x"/>')).decode()

    with pytest.raises(ProblemsFound) as caught:
        pdf.write(page.format(f"data:image/svg+xml;base64,{broken}"), "甲.docx")

    assert [problem.code for problem in caught.value.problems] == ["image-unreadable"]


def test_a_declaration_that_names_nothing_goes_and_the_picture_is_drawn() -> None:
    """Illustrator writes one, with names for the addresses of its namespaces."""
    public = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd" [%s]>'
    for declared in (b"", b'<!ENTITY s "http://www.w3.org/2000/svg">'):
        plain = svg(RECT)
        written = plain.replace(b'"http://www.w3.org/2000/svg"', b'"&s;"') if declared else plain
        made = drawing(public % declared + written)

        assert made is not None
        assert (made.content, made.cut) == (plain, ())
