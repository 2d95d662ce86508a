"""Word documents with what LibreOffice must not follow, and what it makes of them as they stand."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from nianbao.media import office, ooxml
from nianbao.report import ProblemsFound
from PIL import Image

from tests import libreoffice

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
with_soffice = pytest.mark.skipif(
    not any(map(shutil.which, ("soffice", "libreoffice"))), reason="needs LibreOffice (soffice)"
)
Fill = Callable[[Any], None]


def word(*fills: Fill) -> bytes:
    """A Word document with one line of text and what the functions put into it."""
    document = docx.Document()
    document.add_paragraph("正文一行。")
    for fill in fills:
        fill(document)
    return saved(document)


def saved(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def dot(folder: Path, colour: str = "red") -> Path:
    Image.new("RGB", (40, 40), colour).save(folder / f"{colour}.png")
    return folder / f"{colour}.png"


def drawing(document: Any, attribute: str, identity: str) -> None:
    """A picture that takes its content from a relation of the document."""
    scratch, content = docx.Document(), io.BytesIO()
    Image.new("RGB", (40, 40)).save(content, "png")
    scratch.add_picture(content)
    inline = scratch.inline_shapes[0]._inline
    [blip] = inline.xpath(".//a:blip")
    del blip.attrib[f"{{{RELATION}}}embed"]
    blip.set(f"{{{RELATION}}}{attribute}", identity)
    element = parse_xml(f"<w:drawing {nsdecls('w')}/>")
    element.append(inline)
    document.add_paragraph().add_run()._r.append(element)


def linked(address: str, kind: str = "image") -> Fill:
    """A picture that lies outside the document."""
    return lambda document: drawing(
        document, "link", document.part.relate_to(address, f"{RELATION}/{kind}", is_external=True)
    )


def field(*instructions: str) -> Fill:
    """A field whose instruction is written in several runs."""

    def fill(document: Any) -> None:
        paragraph = document.add_paragraph()
        for kind in ("begin", *instructions, "separate", "", "end"):
            if kind in ("begin", "separate", "end"):
                inner = f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
            else:
                name = "instrText" if kind else "t"
                inner = f'<w:{name} {nsdecls("w")} xml:space="preserve">{kind or "旧"}</w:{name}>'
            paragraph.add_run()._r.append(parse_xml(inner))

    return fill


def nested(document: bytes, *, preview: Path) -> bytes:
    """A document with another embedded as an object, with a picture of it."""

    def fill(outer: Any) -> None:
        outer.add_picture(str(preview))
        vml = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
        outer.add_paragraph().add_run()._r.append(
            parse_xml(
                f'<w:object {nsdecls("w", "r")} {vml} w:dxaOrig="1440" w:dyaOrig="1440">'
                '<v:shape id="one" style="width:72pt;height:72pt"><v:imagedata r:id="rIdP"/></v:shape>'
                '<o:OLEObject Type="Embed" ProgID="Word.Document.12" ShapeID="one" DrawAspect="Content"'
                ' ObjectID="_1" r:id="rIdO"/></w:object>'
            )
        )

    return edited(
        word(fill),
        **{
            "word/_rels/document.xml.rels": lambda part: part.replace(
                b"</Relationships>",
                f'<Relationship Id="rIdO" Type="{RELATION}/package" Target="embeddings/a.docx"/>'
                f'<Relationship Id="rIdP" Type="{RELATION}/image" Target="media/image1.png"/>'
                "</Relationships>".encode(),
            ),
            "[Content_Types].xml": lambda part: part.replace(
                b"<Default",
                b'<Default Extension="docx" ContentType="application/vnd.openxmlformats-officedocument'
                b'.wordprocessingml.document"/><Default',
                1,
            ),
            "word/embeddings/a.docx": lambda _: document,
        },
    )


def chunk(content: bytes, kind: str, content_type: str) -> bytes:
    """A document that takes in another file where it begins."""
    return edited(
        word(),
        **{
            "word/document.xml": lambda part: part.replace(
                b"<w:body>", f'<w:body><w:altChunk xmlns:r="{RELATION}" r:id="rIdC"/>'.encode()
            ),
            "word/_rels/document.xml.rels": lambda part: part.replace(
                b"</Relationships>",
                f'<Relationship Id="rIdC" Type="{RELATION}/aFChunk" Target="chunk.{kind}"/>'
                "</Relationships>".encode(),
            ),
            "[Content_Types].xml": lambda part: part.replace(
                b"<Default", f'<Default Extension="{kind}" ContentType="{content_type}"/><Default'.encode(), 1
            ),
            f"word/chunk.{kind}": lambda _: content,
        },
    )


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def edited(document: bytes, **changes: Callable[[bytes], bytes]) -> bytes:
    """The package with some of its parts changed, or added."""
    parts = ooxml.unpack(document, "a.docx", "Word", "[Content_Types].xml")
    for name, change in changes.items():
        parts[name] = change(parts.get(name, b""))
    return ooxml.pack(parts)


def parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def pictures(pdf: bytes) -> int:
    """How often a picture is printed."""
    done = subprocess.run(["pdfimages", "-list", "-"], input=pdf, capture_output=True, check=True)
    return len(done.stdout.splitlines()) - 2


def text(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def raw(document: bytes, folder: Path, ending: str = "pdf") -> bytes:
    """What LibreOffice makes of a document as it stands."""
    (folder / "raw.docx").write_bytes(document)
    [made] = libreoffice.convert(folder, folder / "raw.docx", kind=ending)
    return made.read_bytes()


def to_pdf(
    document: bytes, file: str, fontconfig: Path | None = None, timeout: float = 120.0
) -> office.Converted:
    """What becomes of one document alone; raise ProblemsFound where nothing does."""
    [outcome] = office.convert_all([(file, document)], fontconfig, timeout)
    if isinstance(outcome, ProblemsFound):
        raise outcome
    return outcome
