"""The time of a PDF's making is taken out of it, in every form that the standards have for it."""

from __future__ import annotations

import io
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.media.office.office_samples import to_pdf, word

INFO = [  # ISO 32000-1, 7.9.4, from the year alone to the zone with its minutes
    ("D:20260123171530Z'", "D:20270405060708Z'", "D:19800101000000Z'"),  # LibreOffice 7.4
    ("D:20260123171530Z", "D:20270405060708Z", "D:19800101000000Z"),
    ("D:20260123171530Z00'00'", "D:20270405060708Z00'00'", "D:19800101000000Z00'00'"),
    ("D:20260123171530+08'00'", "D:20270405060708-05'30'", "D:19800101000000+00'00'"),
    ("D:20260123171530+08'00", "D:20270405060708+09'30", "D:19800101000000+00'00"),
    ("D:20260123171530+08'", "D:20270405060708-11'", "D:19800101000000+00'"),
    ("D:20260123171530+08", "D:20270405060708-11", "D:19800101000000+00"),
    ("D:20260123171530", "D:20270405060708", "D:19800101000000"),
    ("D:202601231715", "D:202704050607", "D:198001010000"),
    ("D:20260123", "D:20270405", "D:19800101"),
    ("D:2026", "D:2027", "D:1980"),
    ("20260123171530", "20270405060708", "19800101000000"),  # before PDF 1.1, and still about
]
XMP = [  # XMP, part 1, 8.2.1.1
    ("2026-01-23T17:15:30+08:00", "2027-04-05T06:07:08-05:30", "1980-01-01T00:00:00+00:00"),
    ("2026-01-23T17:15:30Z", "2027-04-05T06:07:08Z", "1980-01-01T00:00:00Z"),
    ("2026-01-23T17:15:30.123+08:00", "2027-04-05T06:07:08.456+08:00", "1980-01-01T00:00:00.000+00:00"),
    ("2026-01-23T17:15:30", "2027-04-05T06:07:08", "1980-01-01T00:00:00"),
    ("2026-01-23T17:15+08:00", "2027-04-05T06:07+08:00", "1980-01-01T00:00+00:00"),
    ("2026-01-23", "2027-04-05", "1980-01-01"),
    ("2026-01", "2027-04", "1980-01"),
    ("2026", "2027", "1980"),
]
ELEMENTS = (
    "<rdf:Description rdf:about=''><xmp:CreateDate>{0}</xmp:CreateDate><xmp:ModifyDate>{0}</xmp:ModifyDate>"
    "<xmp:MetadataDate>\n {0} </xmp:MetadataDate><dc:date>{1}</dc:date></rdf:Description>"
)
ATTRIBUTES = (
    "<rdf:Description rdf:about='' xmp:CreateDate=\"{0}\" xmp:ModifyDate='{0}' xmp:MetadataDate = \"{0}\">"
    "<dc:date>{1}</dc:date></rdf:Description>"
)
KEPT = "2025-12-31T01:02:03Z"  # a date of the contents, no time of making


def packet(shape: str, date: str) -> bytes:
    return (
        "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'"
        f" xmlns:xmp='http://ns.adobe.com/xap/1.0/'>{shape.format(date, KEPT)}</rdf:RDF></x:xmpmeta>"
        "<?xpacket end='w'?>"
    ).encode()


def made(folder: Path, date: str, identity: bytes, metadata: bytes = b"") -> Path:
    """A PDF with these dates, as a whole and sound file."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = pikepdf.String(date)
        pdf.docinfo["/Title"] = pikepdf.String("甲（D:20260123171530Z）")
        if metadata:
            pdf.Root.Metadata = pikepdf.Stream(pdf, metadata, Type=pikepdf.Name.Metadata)
        stream = io.BytesIO()
        pdf.save(stream, compress_streams=False, deterministic_id=True, fix_metadata_version=False)
    content = re.sub(rb"(?<=<)[0-9a-f]{32}(?=>)", identity, stream.getvalue())
    path = folder / f"{identity[:2].decode()}.pdf"
    path.write_bytes(content)
    return path


@pytest.fixture
def converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], bytes]:
    """What becomes of a PDF that the program called soffice gives."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)

    def convert(pdf: Path) -> bytes:
        program.write_text(f'#!/bin/sh\nshift 8; cp "{pdf}" "$1/0.pdf"\n', encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return to_pdf(word(), "甲.docx").pdf

    return convert


FIRST, SECOND = b"A1" * 16, b"b2" * 16


@pytest.mark.parametrize(("one", "other", "day"), INFO)
def test_dates_of_every_form_become_one_day(
    tmp_path: Path, converted: Callable[[Path], bytes], one: str, other: str, day: str
) -> None:
    first, second = (
        converted(made(tmp_path, date, identity)) for date, identity in ((one, FIRST), (other, SECOND))
    )

    assert first == second
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert {key: str(value) for key, value in pdf.docinfo.items()} == {
            "/CreationDate": day,
            "/ModDate": day,
            "/Title": "甲（D:20260123171530Z）",
        }
        assert pdf.check_pdf_syntax() == []
        assert pdf.trailer["/ID"][0] == pdf.trailer["/ID"][1]
        assert bytes(pdf.trailer["/ID"][0]) not in (b"", bytes.fromhex(FIRST.decode()), bytes(16))


@pytest.mark.parametrize("shape", [ELEMENTS, ATTRIBUTES], ids=["elements", "attributes"])
@pytest.mark.parametrize(("one", "other", "day"), XMP)
def test_dates_in_the_metadata_of_every_form_become_one_day(
    tmp_path: Path, converted: Callable[[Path], bytes], shape: str, one: str, other: str, day: str
) -> None:
    first, second = (
        converted(made(tmp_path, "D:2026", identity, packet(shape, date)))
        for date, identity in ((one, FIRST), (other, SECOND))
    )

    assert first == second
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.Root.Metadata.read_bytes() == packet(shape, day)


def test_a_text_that_only_looks_like_a_date_stays(tmp_path: Path, converted: Callable[[Path], bytes]) -> None:
    path = made(tmp_path, "D:2026", FIRST)
    content = (
        path.read_bytes()
        + b"% /CreationDate (D:12) /CreationDate (D:2026 on) CreateDate>2026-01-01<\n%%EOF\n"
    )
    path.write_bytes(content)

    assert converted(path).endswith(content[-80:])


def test_other_contents_get_another_identity(tmp_path: Path, converted: Callable[[Path], bytes]) -> None:
    first = converted(made(tmp_path, "D:2026", FIRST))
    second = converted(made(tmp_path, "D:2026", FIRST, packet(ELEMENTS, "2026")))
    found = [re.findall(rb"(?<=<)[0-9A-F]{32}(?=>)", pdf) for pdf in (first, second)]

    assert [len(identities) for identities in found] == [2, 2]
    assert found[0][0] != found[1][0]
