"""A picture that somebody puts into a line is shown whole, and stands on nothing else."""

from __future__ import annotations

import io
import struct
import zlib

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from nianbao.mandate import load
from nianbao.media import word
from nianbao.report import Report

from tests.media.word.templates import shipped
from tests.reports import sound, take


def picture() -> io.BytesIO:
    """A grey PNG of 30 × 20 pixels."""
    rows = zlib.compress((b"\0" + b"\x80" * 30) * 20)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 30, 20, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    parts = (struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part)) for kind, part in chunks)  # fmt: skip # noqa: E501
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


@pytest.fixture(scope="module")
def report() -> Report:
    return take(sound())


def saved(made: Document) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def lines(paragraph: Paragraph) -> tuple[object, object]:
    return paragraph.paragraph_format.line_spacing_rule, paragraph.paragraph_format.line_spacing


def test_the_lines_of_a_picture_grow_whatever_its_style_says(report: Report) -> None:
    template = docx.Document(io.BytesIO(shipped()))
    first = template.paragraphs[0]
    for name, text, rule in (
        ("Title", "", None),
        ("Body Text", "标志", None),
        ("Body Text", "照旧", WD_LINE_SPACING.DOUBLE),
        ("Normal", "", WD_LINE_SPACING.EXACTLY),
    ):
        line = first.insert_paragraph_before(text, style=name)
        line.add_run().add_picture(picture(), width=Mm(40))
        if rule is not None:
            line.paragraph_format.line_spacing = Pt(20) if rule is WD_LINE_SPACING.EXACTLY else 2.0
    template.sections[0].header.paragraphs[0].add_run().add_picture(picture(), width=Mm(10))
    header = template.sections[0].header.paragraphs[0]
    header.style = template.styles["Body Text"]
    content = word.Template(saved(template), "模板.docx")

    made = docx.Document(io.BytesIO(word.merge(content, report)))

    assert word.check(content, load("2021")) == ()
    assert [lines(one) for one in made.paragraphs[:4]] == [
        (WD_LINE_SPACING.SINGLE, 1.0),
        (WD_LINE_SPACING.AT_LEAST, Pt(28.95)),
        (WD_LINE_SPACING.DOUBLE, 2.0),
        (WD_LINE_SPACING.SINGLE, 1.0),
    ]
    assert lines(made.sections[0].header.paragraphs[0]) == (WD_LINE_SPACING.SINGLE, 1.0)
    assert lines(made.paragraphs[4]) == (None, None)


def test_a_picture_that_floats_leaves_the_lines_as_they_are(report: Report) -> None:
    template = docx.Document(io.BytesIO(shipped()))
    template.paragraphs[0].insert_paragraph_before("标志").add_run().add_picture(picture(), width=Mm(40))
    [drawing] = template.element.body.iter("{*}inline")
    drawing.tag = drawing.tag.replace("inline", "anchor")

    made = word.merge(word.Template(saved(template), "模板.docx"), report)

    assert lines(docx.Document(io.BytesIO(made)).paragraphs[0]) == (None, None)
