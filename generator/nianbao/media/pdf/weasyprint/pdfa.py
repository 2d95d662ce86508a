"""What makes a PDF one for the archive: its kind said in XMP, its colours' profile, what is attached.

PDF/A-1b is what an independent validator confirms (docs/printing.md). It knows neither transparency nor
attachments: a document with either is PDF/A-3b.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from importlib.resources import files
from pathlib import PurePath
from typing import Any


class Variant(StrEnum):
    """The kinds of PDF/A that can be made."""

    A1B = "pdf/a-1b"
    A3B = "pdf/a-3b"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the PDF: the one it was made from."""

    name: str
    content: bytes
    description: str = ""

    @property
    def kind(self) -> str:
        """Its MIME type."""
        return _KINDS.get(PurePath(self.name).suffix.lower(), "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Printed:
    """One PDF, the code points for which no font was found, and whether anything in it shines through."""

    content: bytes
    missing: frozenset[int] = frozenset()
    transparent: bool = False


_KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
}
_PROFILE, _COLOURS = "sRGB2014.icc", "sRGB IEC61966-2.1"
_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
{descriptions}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""
_DESCRIPTION = '<rdf:Description rdf:about="" xmlns:{prefix}="{space}">\n{inner}\n</rdf:Description>'
_SPACES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
# PDF/A knows no pdfuaid: a schema of one's own is described in the packet.
_EXTENSION = """\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def describe(pdf: Any, metadata: Any, variant: Variant, accessible: bool) -> None:
    """Say in XMP what the document is; title, author, subject, producer as in the information dictionary.

    WeasyPrint's own packet is not used: PDFBox does not find the PDF/A identification in it.
    """
    inner: dict[str, list[str]] = {
        "pdfaid": [_said("pdfaid:part", variant[6]), _said("pdfaid:conformance", variant[7].upper())],
        "dc": [],
        "pdf": [_said("pdf:Producer", pdf.info["Producer"].string)],
        "pdfuaid": [_said("pdfuaid:part", "1")] if accessible and metadata.title else [],
    }
    for name, words in (("title", metadata.title), ("description", metadata.description)):
        if words:
            item = f'<rdf:li xml:lang="x-default">{escape(words, quote=False)}</rdf:li>'
            inner["dc"].append(f"<dc:{name}><rdf:Alt>{item}</rdf:Alt></dc:{name}>")
    if metadata.authors:
        item = _said("rdf:li", ", ".join(metadata.authors))
        inner["dc"].append(f"<dc:creator><rdf:Seq>{item}</rdf:Seq></dc:creator>")
    descriptions = [
        _DESCRIPTION.format(prefix=prefix, space=_SPACES[prefix], inner="\n".join(elements))
        for prefix, elements in inner.items()
        if elements
    ]
    descriptions += [_EXTENSION] if inner["pdfuaid"] else []
    packet = _PACKET.format(descriptions="\n".join(descriptions)).encode()
    [stream] = (pdf_object for pdf_object in pdf.objects if pdf_object.reference == pdf.catalog["Metadata"])
    stream.stream, stream.compress = [packet], False


def prepare(pdf: Any) -> None:
    """Say that colours are sRGB, with the profile that comes with WeasyPrint; leave images unsmoothed."""
    import pydyf  # type: ignore[import-untyped] # ships no types

    for pdf_object in pdf.objects:
        if isinstance(extra := getattr(pdf_object, "extra", None), dict):
            extra.pop("Interpolate", None)  # which no PDF/A allows
    content = files("weasyprint.pdf").joinpath(_PROFILE).read_bytes()
    stream = pydyf.Stream([content], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(stream)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String(_COLOURS),
        "Info": pydyf.String(_COLOURS),
        "DestOutputProfile": stream.reference,
    }
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])


def attach(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Embed files as the source of the document; only PDF/A-3 allows it."""
    import pydyf

    written = []
    for attachment in sorted(attachments, key=lambda attachment: attachment.name):
        digest = hashlib.md5(attachment.content, usedforsecurity=False).hexdigest()
        entries = {
            "Type": "/EmbeddedFile",
            "Subtype": "/" + attachment.kind.replace("/", "#2f"),
            "Params": pydyf.Dictionary({"Size": len(attachment.content), "CheckSum": f"<{digest}>"}),
        }
        stream = pydyf.Stream([attachment.content], pydyf.Dictionary(entries), compress=True)
        pdf.add_object(stream)
        specification = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(attachment.name),
                "UF": pydyf.String(attachment.name),
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
                "AFRelationship": "/Source",
                "Desc": pydyf.String(attachment.description or attachment.name),
            }
        )
        pdf.add_object(specification)
        written.append((attachment.name, specification.reference))
    if written:
        names = [part for name, reference in written for part in (pydyf.String(name), reference)]
        tree = pydyf.Dictionary({"Names": pydyf.Array(names)})
        pdf.add_object(tree)
        pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
        pdf.catalog["AF"] = pydyf.Array([reference for _, reference in written])


def transparent(pdf: Any) -> bool:
    """Whether anything on the pages lets what lies below shine through."""
    return any(_see_through(pdf_object) for pdf_object in pdf.objects if pdf_object.free != "f")


def _see_through(pdf_object: Any) -> bool:
    """Whether a dictionary, a stream's, or one inside it asks for transparency."""
    entries = pdf_object if isinstance(pdf_object, dict) else getattr(pdf_object, "extra", None)
    if not isinstance(entries, dict):
        return False
    if "SMask" in entries or entries.get("S") == "/Transparency" or entries.get("BM", "/Normal") != "/Normal":
        return True
    if any(float(entries[key]) < 1 for key in ("ca", "CA") if key in entries):
        return True
    return any(_see_through(inner) for inner in entries.values() if isinstance(inner, dict))


def _said(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"
