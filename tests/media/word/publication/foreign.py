"""Our template as an office might have it back from others: with parts, relations and markup added."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from lxml import etree
from nianbao.mandate import load
from nianbao.media import word
from nianbao.media.ooxml import Package
from nianbao.media.word import sample_reports

from tests.media.word.templates import DOCUMENT, shipped

MANDATE = load("2021")
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office/2011/relationships"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
BY = 'w:id="9" w:author="张三" w:date="2026-01-01T00:00:00Z"'
OURS = ("Letterhead", "Title")  # the style of what our own template begins with, before and after merging
TITLE = "<w:body>"  # where what is added stands: before everything else
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)


@dataclass
class Foreign:
    """What is added: `body` before the title, whole parts with their content types, relations by their owner.

    A relation is (id, type, target), external where the target has a scheme or ends with "!".
    `changes` are texts of the built parts and what stands in their place, by part.
    """

    body: str = ""
    parts: Mapping[str, str | bytes] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, Sequence[tuple[str, str, str]]] = field(default_factory=dict)
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def template(self) -> bytes:
        """The template with all that added."""
        with zipfile.ZipFile(io.BytesIO(shipped())) as built:
            parts = {name: built.read(name) for name in built.namelist()}
        start, end = parts[DOCUMENT].decode().split(TITLE)
        start = start.replace(f'xmlns:w="{W}" xmlns:r="{R}"', NAMES)
        assert NAMES in start
        parts[DOCUMENT] = f"{start}{TITLE}{self.body}{end}".encode()
        for name, (old, new) in self.changes.items():
            assert old in parts[name].decode()
            parts[name] = parts[name].decode().replace(old, new).encode()
        parts |= {
            name: part if isinstance(part, bytes) else part.encode() for name, part in self.parts.items()
        }
        entries = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            if "/" in name or "." in name
            else f'<Default Extension="{name}" ContentType="{kind}"/>'
            for name, kind in self.types.items()
        )
        types = parts["[Content_Types].xml"].decode()
        parts["[Content_Types].xml"] = types.replace("</Types>", f"{entries}</Types>").encode()
        for owner, relations in self.relations.items():
            written = "".join(_relation(*one) for one in relations)
            empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
            whole = parts.get(owner, empty.encode()).decode().replace("/>", "></Relationships>", 1)
            whole = whole if owner not in parts else parts[owner].decode()
            parts[owner] = whole.replace("</Relationships>", f"{written}</Relationships>").encode()
        return pack(parts)


def _relation(identity: str, kind: str, target: str) -> str:
    mode = ' TargetMode="External"' if ":" in target or target.endswith("!") else ""
    kind = kind if ":" in kind else f"{R}/{kind}"
    return f'<Relationship Id="{identity}" Type="{kind}" Target="{escape(target.rstrip("!"))}"{mode}/>'


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def check(content: bytes) -> list[str]:
    """What a person reads about a template."""
    found = word.check(word.Template(content, "模板.docx"), MANDATE)
    return [f"{problem.severity.word} {problem}" for problem in found]


def told(foreign: Foreign) -> list[str]:
    """What a person reads about a template with things added."""
    return check(foreign.template())


def opened(foreign: Foreign) -> dict[str, bytes]:
    """The parts of such a template that go out, tags and all."""
    return word.Template(foreign.template(), "模板.docx").parts


def left_out(foreign: Foreign) -> list[str]:
    """What a person reads of what does not go out as it is."""
    return [f"{one.severity.word} {one}" for one in word.Template(foreign.template(), "模板.docx").told]


def made(foreign: Foreign, *, draft: bool = False) -> dict[str, bytes]:
    """The parts of the report made by such a template."""
    report = sample_reports.full(MANDATE)
    content = word.merge(word.Template(foreign.template(), "模板.docx"), report, draft=draft)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def lines(parts: Mapping[str, bytes], name: str = DOCUMENT) -> list[str]:
    """The text of each paragraph of a part, before what our own template begins with."""
    texts = []
    for one in etree.fromstring(parts[name]).iter(f"{{{W}}}p"):
        style = one.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        if style is not None and style.get(f"{{{W}}}val") in OURS:
            break
        texts.append("".join(piece.text or "" for piece in one.iter(f"{{{W}}}t")))
    return texts


def begin(parts: Mapping[str, bytes]) -> str:
    """The document's markup from the start of its body to what our own template begins with."""
    body = parts[DOCUMENT].decode().partition(TITLE)[2]
    return re.split(rf'<w:p><w:pPr><w:pStyle w:val="(?:{"|".join(OURS)})"/>', body)[0]


def dead(parts: Mapping[str, bytes]) -> list[str]:
    """Relations to nothing, types of nothing, and what names a relation that is not there."""
    package = Package(parts)
    found = [
        f"{name}: {identity}"
        for name in ("", *parts)
        for identity, relation in package.relations(name).items()
        if not relation.external and relation.target not in parts
    ]
    types = parts["[Content_Types].xml"].decode()
    endings = {name.rpartition(".")[2] for name in parts}
    found += [name for name in re.findall('PartName="/([^"]*)"', types) if name not in parts]
    found += [name for name in re.findall('Extension="([^"]*)"', types) if name not in endings]
    document = parts["word/document.xml"].decode()
    found += [
        name
        for name in re.findall(r' r:\w+="([^"]*)"', document)
        if name not in package.relations("word/document.xml")
    ]
    return found
