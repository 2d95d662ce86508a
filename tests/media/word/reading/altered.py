"""A report as Word, with one cell or one paragraph written otherwise, and what is read of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from nianbao.app import reading
from nianbao.app.build_id import TEMPLATES
from nianbao.media import word
from nianbao.report import Report

FILE = "年报.docx"
KEY = "disclosure.normative_documents.issued"
CELL, SPOT = "58", "表 1 第 4 行第 2 列"
SENTENCE = "行政规范性文件印发后"  # how the paragraph begins that is written otherwise
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:odd="http://example.org/odd"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
BY = 'w:id="9" w:author="张三" w:date="2026-01-01T00:00:00Z"'
RELATIONS = "word/_rels/document.xml.rels"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Read(NamedTuple):
    """The cell's number, the new paragraphs of the first section, and what is told."""

    number: object
    texts: list[str]
    told: list[str]


@cache
def report() -> Report:
    """The report that is altered."""
    return reading.read(Path("data/示例-2021.xlsx"))


@cache
def parts() -> Mapping[str, bytes]:
    """The same as Word, by parts."""
    path = TEMPLATES / "2021.docx"
    merged = word.merge(word.Template(path.read_bytes(), path.name), report())
    with zipfile.ZipFile(io.BytesIO(merged)) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(changed: Mapping[str, bytes]) -> bytes:
    """A package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in changed.items():
            package.writestr(name, part)
    return out.getvalue()


def with_cell(content: str, cell: str = "", styles: str = "", row: str = "") -> bytes:
    """The document with these runs or paragraphs in the cell; `cell` and `row` are further properties."""
    root = etree.fromstring(parts()[DOCUMENT])
    found = next(tc for tc in root.iter(f"{{{W}}}tc") if "".join(map(str, tc.itertext())) == CELL)
    paragraph = next(found.iterchildren(f"{{{W}}}p"))
    whole = content.startswith(("<w:p>", "<w:p/>", "<w:customXml"))
    blocks = content if whole else f"<w:p>{content}</w:p>"
    found.remove(paragraph)
    found.extend(_elements(blocks))
    next(found.iterchildren(f"{{{W}}}tcPr")).extend(_elements(cell))
    above = next(found.iterancestors(f"{{{W}}}tr"))
    properties = above.find(f"{{{W}}}trPr")
    if properties is None:
        properties = etree.Element(f"{{{W}}}trPr")
        above.insert(0, properties)
    properties.extend(_elements(row))
    return pack(_styled(root, styles))


def with_blocks(blocks: str, styles: str = "", others: Mapping[str, bytes] | None = None) -> bytes:
    """The document with these blocks in the place of a paragraph; `others` are parts added or changed."""
    root = etree.fromstring(parts()[DOCUMENT])
    found = next(p for p in root.iter(f"{{{W}}}p") if "".join(map(str, p.itertext())).startswith(SENTENCE))
    parent = found.getparent()
    assert parent is not None
    at = parent.index(found)
    parent[at : at + 1] = _elements(blocks)
    return pack({**_styled(root, styles), **(others or {})})


def _elements(markup: str) -> list[etree._Element]:
    return list(etree.fromstring(f"<x {NAMES}>{markup}</x>"))


def _styled(root: etree._Element, styles: str) -> dict[str, bytes]:
    end = b"</w:styles>"
    return {
        **parts(),
        DOCUMENT: etree.tostring(root),
        STYLES: parts()[STYLES].replace(end, styles.encode() + end),
    }


def related(identity: str, kind: str, target: str) -> bytes:
    """The document's relations with one more."""
    line = f'<Relationship Id="{identity}" Type="{RELATION}/{kind}" Target="{target}"/>'
    return parts()[RELATIONS].replace(b"</Relationships>", f"{line}</Relationships>".encode())


def read(content: bytes, file: str = FILE) -> Read:
    """What is read of a file; every other figure must be as it was."""
    found = reading.read_content(content, file)
    others = {key: figure.number for key, figure in found.figures.items() if key != KEY}
    assert others == {key: figure.number for key, figure in report().figures.items() if key != KEY}
    known = [paragraph.text for paragraph in report().narratives["overview"]]
    texts = [paragraph.text for paragraph in found.narratives["overview"] if paragraph.text not in known]
    return Read(found.figures[KEY].number, texts, [str(problem) for problem in found.reading])


def left_out(reason: str, text: str, spot: str = SPOT) -> str:
    """The notice of what was not read."""
    return f"{FILE} › 正文 › {spot}：{reason}没有读入：“{text}”。请核对；要作为报告内容的，请改为普通文字。"


def unclear(text: str, why: str) -> str:
    """The error for the cell."""
    what = f"这一格的“{text}”读不准：{why}，没有读入"
    return f"{FILE} › 正文 › {SPOT}：{what}。请对照原件，填写这一格的数。"


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def style(kind: str, name: str, says: str, based: str = "") -> str:
    """A style."""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    named = f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
    return f"{named}{base}<w:rPr>{says}</w:rPr></w:style>"


def styled(name: str, kind: str = "r") -> str:
    """The reference to a style, of a run or of a paragraph."""
    return f'<w:{kind}Style w:val="{name}"/>'


def field(code: str, result: str | None = None, form: str = "") -> str:
    """A complex field; `result` are the runs it has saved."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
    asked = f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    saved = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return f'{begin}{asked}{saved}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def box(content: str, look: str = "") -> str:
    """A text box of VML."""
    return (
        f'<w:r><w:pict><v:shape style="position:absolute;width:40pt;height:20pt;{look}"><v:textbox>'
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
