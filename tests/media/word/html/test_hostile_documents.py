"""What would harm or never end: bounded in time and memory, refused in words, nothing fetched."""

from __future__ import annotations

import io
import random
import time
from hashlib import sha256

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from nianbao.media.word.html import convert
from nianbao.report.problem import ProblemsFound
from PIL import Image

from tests.media.ooxml.svg_samples import bombs
from tests.media.word.html.page_reading import read
from tests.media.word.html.page_samples import saved

NUMBERS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"


def test_a_document_too_large_to_print_is_refused_at_once() -> None:
    made = Document()
    row = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    rows = "".join(row.format(sha256(str(number).encode()).hexdigest()) for number in range(20_000))
    made.element.body.insert(0, parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"))
    start = time.perf_counter()

    with pytest.raises(ProblemsFound) as raised:
        convert(saved(made), "大.docx")

    assert time.perf_counter() - start < 5
    assert [str(problem) for problem in raised.value.problems] == [
        "大.docx：文档有 20000 段（每个单元格至少一段）、1280000 字，过大，没有转成 PDF。"
        "请拆成几份，每份不超过 10000 段、2000000 字；或者用 Word 另存为 PDF。"
    ]


def test_an_image_of_fifty_megabytes_leaves_its_room_and_a_warning() -> None:
    made = Document()
    head = io.BytesIO()
    Image.new("RGB", (4, 2)).save(head, "PNG")
    made.add_picture(io.BytesIO(head.getvalue()), width=Pt(50), height=Pt(25))
    image = next(part for part in made.part.package.iter_parts() if part.partname.endswith(".png"))
    image._blob = head.getvalue() + random.Random(1).randbytes(50 * 2**20)

    page = convert(saved(made), "图.docx")

    assert len(page.html) < 100_000
    assert [problem.what for problem in page.problems] == ["图片有 50 MB，过大，没有带入，只留出了位置"]
    assert "width: 50pt; height: 25pt" in page.html


def test_styles_that_inherit_from_one_another_without_end_are_cut() -> None:
    made = Document()
    styles = [made.styles.add_style(f"环{number}", 1) for number in range(3)]
    for style, below in zip(styles, [*styles[1:], styles[0]], strict=True):
        style.base_style = below
    made.add_paragraph("正文", style="环0")

    assert read(made).texts() == ["正文"]


def test_a_table_look_that_is_no_number_is_passed_over() -> None:
    made = Document()
    table = made.add_table(1, 1)
    table.cell(0, 0).text = "文"
    table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:val"), "04A00000zz")

    assert read(made).texts() == ["文"]


def test_a_cell_over_millions_of_columns_does_not_make_as_many() -> None:
    made = Document()
    cell = made.add_table(1, 1).cell(0, 0)
    cell.text = "文"
    cell._tc.tcPr.append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="2000000"/>'))

    page = read(made)

    assert page.texts() == ["文"]
    assert len(page.tree.xpath("//col")) == 1000


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:1/a.dotx"])
def test_an_attached_template_is_never_opened(address: str) -> None:
    made = Document()
    made.add_paragraph("正文")
    kind = NUMBERS.replace("numbering", "attachedTemplate")
    made.part.part_related_by(NUMBERS.replace("numbering", "settings")).relate_to(
        address, kind, is_external=True
    )

    page = read(made)

    assert page.texts() == ["正文"]
    assert address not in page.text


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2">%s<rect width="4" height="2"/></svg>'


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (SVG % b"", True),
        (b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG % b"&x;", False),
        (SVG % (b'<use href="#a"/>' * 60), True),
        *((content, False) for content in bombs().values() if len(content) < 5_000),
    ],
)
def test_a_drawing_in_svg_is_shown_if_it_is_sound(content: bytes, shown: bool) -> None:
    made = Document()
    head = io.BytesIO()
    Image.new("RGB", (4, 2)).save(head, "PNG")
    made.add_picture(io.BytesIO(head.getvalue()), width=Pt(50), height=Pt(25))
    image = next(part for part in made.part.package.iter_parts() if part.partname.endswith(".png"))
    image._blob = content

    page = convert(saved(made), "图.docx")

    assert ("data:image/svg+xml;base64," in page.html) is shown
    assert (page.problems == ()) is shown
