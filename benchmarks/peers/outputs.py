"""What a peer's document says, compared with ours; and whether it is a Word document at all."""

from __future__ import annotations

import difflib
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALIDATOR = Path(__file__).parents[2] / ".cache" / "ooxml-validator"


def differences(ours: bytes, theirs: bytes) -> list[str]:
    """Every paragraph, cell and property that is in one document and not in the other, in its place."""
    wanted, found = list(said(ours)), list(said(theirs))
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    different = []
    for how, start, end, begin, stop in matcher.get_opcodes():
        if how != "equal":
            lost, new = wanted[start:end], found[begin:stop]
            different += [f"without {line}" for line in lost] + [f"with {line}" for line in new]
    return different


def said(content: bytes) -> Iterator[str]:
    """Paragraph by paragraph and cell by cell what a document says, each with its place or its style."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
        properties = etree.fromstring(archive.read("docProps/core.xml"))
        footers = [archive.read(name) for name in archive.namelist() if name.startswith("word/footer")]
    assert body is not None
    tables = 0
    for each in body:
        if each.tag == f"{W}tbl":
            tables += 1
            yield from _cells(each, tables)
        elif each.tag == f"{W}p":
            yield f"{_style(each)} “{_text(each)}”"
    for footer in footers:
        yield f"footer “{_text(etree.fromstring(footer))}”"
    for one in properties:
        yield f"property {etree.QName(one).localname} “{one.text or ''}”"


def _cells(table: etree._Element, number: int) -> Iterator[str]:
    for row_number, row in enumerate(table.iter(f"{W}tr"), 1):
        for cell_number, cell in enumerate(row.iter(f"{W}tc"), 1):
            yield f"table {number} row {row_number} cell {cell_number} “{_text(cell)}”"


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def _text(element: etree._Element) -> str:
    """The text without line breaks: ours alone breaks the title where the organ's name ends."""
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def invalid(document: Path) -> list[str] | None:
    """What the Open XML SDK has against a document; None where it is not there to be asked."""
    if not VALIDATOR.exists():
        return None
    answer = subprocess.run([VALIDATOR, document, "Office2019"], capture_output=True, check=False).stdout
    return [error["description"] for error in json.loads(answer)["errors"]]
