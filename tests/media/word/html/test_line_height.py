"""How high lines are, where letters stand in them, and the spaces between paragraphs."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from nianbao.media import fonts
from nianbao.media.pdf import write
from nianbao.media.word.html import convert
from PIL import Image

from tests.media.word.html.page_office import SOFFICE, office_pdf
from tests.media.word.html.page_reading import Read
from tests.media.word.html.page_samples import saved
from tests.reference_pdf import words

with_office = pytest.mark.skipif(
    SOFFICE is None or not {"Noto Serif CJK SC", "Nimbus Roman"} <= set(fonts.faces()),
    reason="needs soffice, Noto Serif CJK SC and Nimbus Roman",
)
MIXED = "中文段落里有digits和1234。"


class Two:
    """A high Chinese font and a low Latin one that has a gap between its lines."""

    def metrics(self, family: str) -> tuple[float, float, float]:
        return (1.15, 0.25, 0.0) if family == "宋体" else (0.7, 0.35, 0.2)

    def width(self, text: str, family: str) -> None:
        return None

    def outline(self, text: str, family: str) -> None:
        return None


def plain(pitch: int | None = None) -> Any:
    """An empty document in 12 pt 宋体 and Times New Roman, without spaces; `pitch` is that of its grid."""
    document = Document()
    properties = document.sections[0]._sectPr
    for each in properties.findall(qn("w:docGrid")):
        properties.remove(each)
    if pitch:
        properties.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{pitch}"/>'))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1
    return document


def compatible(document: Any, *names: str) -> None:
    """Set these switches of Word's compatibility options."""
    options = document.settings.element.find(qn("w:compat"))
    for name in names:
        options.append(OxmlElement(f"w:{name}"))


def spaced(document: Any, text: str, spacing: str = "", **more: Any) -> Any:
    """A paragraph with a `w:spacing` of these attributes."""
    made = document.add_paragraph(text)
    made._p.get_or_add_pPr().append(parse_xml(f"<w:spacing {nsdecls('w')} {spacing}/>"))
    for name, said in more.items():
        setattr(made.paragraph_format, name, said)
    return made


def read(document: Any) -> Read:
    return Read(convert(saved(document), "报告.docx", Two()).html)


def lines(page: Read) -> list[tuple[str | None, str | None, bool]]:
    """Of each block: the height of its lines, how far its letters move, whether fonts count no more."""
    return [
        (page.css(block).get("line-height"), page.css(block).get("top"), "exact" in block.get("class"))
        for block in page.blocks()
    ]


def both(document: Any, folder: Path) -> tuple[Path, Path]:
    """Our PDF and LibreOffice's."""
    content = saved(document)
    ours = folder / "ours.pdf"
    ours.write_bytes(write(convert(content, "报告.docx", fonts).html, "报告.docx", fonts.configure()))
    return ours, office_pdf(content, folder)


def ink(pdf: Path) -> list[list[float]]:
    """Where each row of ink begins on every page, in points from its top."""
    found = []
    for number in range(len(pages_of(pdf))):
        drawn = subprocess.run(
            ["pdftoppm", "-r", "288", "-gray", "-f", str(number + 1), "-l", str(number + 1), str(pdf)],
            capture_output=True,
            check=True,
        ).stdout
        with Image.open(BytesIO(drawn)) as sheet:
            extrema: list[Any] = [
                sheet.crop((0, row, sheet.width, row + 1)).getextrema() for row in range(sheet.height)
            ]
            dark = [darkest < 128 for darkest, _ in extrema]
        found.append([row / 4 for row in range(1, len(dark)) if dark[row] and not dark[row - 1]])
    return found


def test_equal_cells_keep_to_the_grid_of_their_own_section() -> None:
    document = plain(500)
    compatible(document, "adjustLineHeightInTable")
    document.add_table(1, 1).rows[0].cells[0].text = "同"
    [grid] = document.add_section()._sectPr.findall(qn("w:docGrid"))
    grid.set(qn("w:linePitch"), "700")
    document.add_table(1, 1).rows[0].cells[0].text = "同"

    page = read(document)

    assert [page.css(block)["line-height"] for block in page.tree.xpath("//td/p")] == ["25pt", "35pt"]


def pages_of(pdf: Path) -> list[float]:
    """The height of the first word of every page."""
    firsts: dict[int, float] = {}
    for word in words(pdf):
        firsts.setdefault(word.page, word.bottom)
    return list(firsts.values())


def test_a_line_of_two_fonts_is_as_high_as_their_highest_and_lowest_parts() -> None:
    document = plain()
    for text in ("中文", "Latin", MIXED, ""):
        document.add_paragraph(text)

    assert lines(read(document)) == [
        ("1.4", None, True),
        ("1.25", "1.2pt", True),  # the gap between lines stands above the letters
        ("1.5", "-0.6pt", True),
        ("1.25", "1.2pt", True),  # an empty paragraph is as high as Latin letters
    ]


def test_what_a_line_is_given_beyond_its_letters_is_shared_out_by_rule() -> None:
    document = plain()
    for spacing in (
        'w:line="360" w:lineRule="auto"',
        'w:line="192" w:lineRule="auto"',
        'w:line="480" w:lineRule="atLeast"',
        'w:line="200" w:lineRule="atLeast"',
        'w:line="480" w:lineRule="exact"',
    ):
        spaced(document, "中文", spacing)

    assert lines(read(document)) == [
        ("2.1", "-4.2pt", True),  # below
        ("1.12", "-1.08pt", True),  # taken away above and below
        ("24pt", "3.6pt", True),  # above
        ("16.8pt", None, True),
        ("24pt", "1.8pt", True),  # four fifths stand above the baseline
    ]


def test_larger_letters_or_a_picture_make_their_line_higher() -> None:
    document = plain()
    document.add_paragraph("中文").add_run("大字").font.size = Pt(24)

    assert [kept for _, _, kept in lines(read(document))] == [False]


def test_a_shaded_paragraph_keeps_its_ground_under_its_letters() -> None:
    document = plain()
    shaded = spaced(document, "中文", 'w:line="360" w:lineRule="auto"')
    shaded._p.pPr.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="EEEEEE"/>'))

    assert lines(read(document)) == [("2.1", None, True)]


@pytest.mark.parametrize(("switches", "inside"), [((), "1.4"), (("adjustLineHeightInTable",), "31.2pt")])
def test_lines_in_cells_keep_to_the_grid_where_the_settings_ask_for_it(
    switches: tuple[str, ...], inside: str
) -> None:
    document = plain(pitch=312)
    document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("格内")
    document.add_paragraph("格外")
    compatible(document, *switches)

    assert [height for height, *_ in lines(read(document))] == [inside, "31.2pt"]


def test_multiples_on_a_grid_add_a_share_of_the_letters_height() -> None:
    document = plain(pitch=312)
    spaced(document, "中文", 'w:line="360" w:lineRule="auto"')

    assert lines(read(document)) == [("39.6pt", "-4.2pt", True)]


def test_the_space_above_falls_away_where_a_page_begins_of_itself() -> None:
    document = plain()
    for more in ({}, {}, {"page_break_before": True}):
        spaced(document, "段", 'w:before="280"', **more)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    spaced(document, "段", 'w:before="280"')
    page = read(document)

    assert [page.css(block).get("margin-break") for block in page.blocks() if block.text_content()] == [
        None,
        "discard",
        None,
        None,
    ]


def test_automatic_space_falls_away_where_the_document_begins() -> None:
    document = plain()
    for _ in range(2):
        spaced(document, "段", 'w:beforeAutospacing="1"')
    page = read(document)

    assert [page.css(block)["margin"] for block in page.blocks()] == ["0 0 0 0", "14pt 0 0 0"]


def test_a_footnote_keeps_its_lines_apart_below_a_paragraph_of_exact_pitch() -> None:
    page = read(plain())

    assert ".exact > span, .exact > i, .exact > a { line-height: 0; }" in page.text
    assert ".exact span" not in page.text


def test_a_row_is_as_high_as_it_says_with_the_border_of_the_row_above() -> None:
    document = plain()
    made = document.add_table(2, 1)
    for cell, top in zip((row.cells[0] for row in made.rows), ("single", "nil"), strict=True):
        cell._tc.get_or_add_tcPr().append(
            parse_xml(
                f'<w:tcBorders {nsdecls("w")}><w:top w:val="{top}" w:sz="8"/>'
                '<w:bottom w:val="single" w:sz="8"/></w:tcBorders>'
            )
        )
    for row in made.rows:
        row.height = Pt(17)
    page = read(document)

    assert [page.css(cell)["height"] for cell in page.tree.xpath("//tr/*")] == ["16pt", "16pt"]


@with_office
def test_letters_stand_where_libreoffice_sets_them(tmp_path: Path) -> None:
    document = plain()
    for page, spacing in enumerate(
        (
            'w:line="240" w:lineRule="auto"',
            'w:line="360" w:lineRule="auto"',
            'w:line="480" w:lineRule="atLeast"',
            'w:line="480" w:lineRule="exact"',
        )
    ):
        texts = ("中文", MIXED, "", "Latin", "", MIXED * 4, "中文")
        for place, text in enumerate(texts):
            spaced(document, text, spacing, page_break_before=bool(page and not place))

    ours, theirs = (ink(pdf) for pdf in both(document, tmp_path))

    assert [len(page) for page in ours] == [6, 6, 6, 6]
    assert ours == [pytest.approx(page, abs=0.75) for page in theirs]


@with_office
def test_rows_on_a_grid_are_as_high_as_libreoffices(tmp_path: Path) -> None:
    document = plain(pitch=312)
    document.add_paragraph("前")
    made = document.add_table(4, 1)
    for row, size in zip(made.rows, (9, 10.5, 12, 18), strict=True):
        row.cells[0].paragraphs[0].add_run("格内").font.size = Pt(size)
    document.add_paragraph("后")
    compatible(document, "adjustLineHeightInTable")

    ours, theirs = ([word.bottom for word in words(pdf)] for pdf in both(document, tmp_path))

    # LibreOffice sets a grid in the middle of the page, Word at its top: the distances count.
    assert [each - ours[0] for each in ours] == pytest.approx([each - theirs[0] for each in theirs], abs=1)


@with_office
@pytest.mark.parametrize(
    "spacing",
    ['w:before="280"', 'w:before="200" w:after="280"', 'w:beforeAutospacing="1" w:afterAutospacing="1"'],
)
def test_spaces_between_paragraphs_and_pages_are_libreoffices(spacing: str, tmp_path: Path) -> None:
    document = plain()
    for number in range(60):
        spaced(document, f"No{number}", spacing)

    ours, theirs = (words(pdf) for pdf in both(document, tmp_path))

    def places(found: list[Any]) -> dict[str, tuple[int, float]]:
        return {word.text: (word.page, word.bottom) for word in found if word.text.startswith("No")}

    assert {text: page for text, (page, _) in places(ours).items()} == {
        text: page for text, (page, _) in places(theirs).items()
    }
    assert [down for _, down in places(ours).values()] == pytest.approx(
        [down for _, down in places(theirs).values()], abs=2
    )
