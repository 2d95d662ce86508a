"""A note of an office as a Word document, in the layout of GB/T 9704 as the reports have it.

The document keeps digests of its text and of the note as plain text: what nobody has worked on may be
replaced by a later one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from nianbao.media.ooxml import Element, pack, serialize, unpack
from nianbao.media.word import layout, parts
from nianbao.media.word.oxml import run, w
from nianbao.media.word.styles import styles
from nianbao.media.word.template import section_properties
from nianbao.media.word.title_and_signature import place
from nianbao.report import ProblemsFound
from nianbao.report.dates import write_date
from nianbao.report.notes import Heading, Note, Table, printable

MAIN, CORE = "word/document.xml", "docProps/core.xml"
_BEHIND = b"<dc:language>"
_RECORD = re.compile(rb"<dc:identifier>([0-9a-f]{64}) ([0-9a-f]{64})</dc:identifier>")


def write(note: Note) -> bytes:
    """The document; the same note gives the same bytes."""
    body = w("body", *_body(note), section_properties())
    title = printable(note.title)
    document = place(
        serialize(w("document", body)).decode("utf-8"), title, layout.TITLE_CHARACTERS, sealed=False
    )
    content = {
        MAIN: document.encode("utf-8"),
        "word/styles.xml": serialize(styles()),
        **parts.around("", title=escape(title), organ=escape(printable(note.office))),
    }
    record = f"{_digest(content[MAIN])} {_digest(note.text().encode('utf-8'))}"
    content[CORE] = content[CORE].replace(
        _BEHIND, f"<dc:identifier>{record}</dc:identifier>".encode() + _BEHIND
    )
    order = sorted(content, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name))
    return pack({name: content[name] for name in order})


def is_untouched(content: bytes, text: bytes | None = None) -> bool:
    """Whether a file is a note as it was written; and the plain text that lies beside it, where one does."""
    try:
        parts_there = unpack(content, "", "", "")
    except ProblemsFound:
        return False
    record = _RECORD.search(parts_there.get(CORE, b""))
    if record is None or record[1].decode() != _digest(parts_there.get(MAIN, b"")):
        return False
    return text is None or record[2].decode() == _digest(text)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _body(note: Note) -> Iterator[Element]:
    yield _paragraph(layout.TITLE, note.title)
    if note.addressee:
        yield _paragraph(layout.ADDRESSEES, note.addressee)
    for at, block in enumerate(note.blocks):
        if isinstance(block, Table):
            yield _table(block)
            continue
        heading = isinstance(block, Heading)
        below = isinstance(note.blocks[at - 1], Table) if at else False
        above = at + 1 < len(note.blocks) and isinstance(note.blocks[at + 1], Table)
        air: dict[str, Any] = {"before": layout.TABLE_AIR} if below else {}
        air |= {"after": layout.TABLE_AIR} if above else {}
        text = block.text if isinstance(block, Heading) else block
        yield _paragraph(layout.HEADINGS[1] if heading else layout.BODY, text, **air)
    if note.office:
        yield _paragraph(layout.SIGNATURE, note.office)
    if note.day:
        yield _paragraph(layout.DATE, write_date(note.day))
    if isinstance(note.blocks[-1], Table) and not (note.office or note.day):
        yield _paragraph(layout.AFTER_TABLE, "")  # Word wants a paragraph behind a table


def _paragraph(style: str, text: str, *, kept: bool = False, **air: int) -> Element:
    """A paragraph, with so much air above and below; `kept` on the page of the next one."""
    more = [*([w("keepNext")] if kept else []), *([w("spacing", **air)] if air else [])]
    return w("p", w("pPr", w("pStyle", val=style), *more), *([run(printable(text))] if text else []))


def _table(table: Table) -> Element:
    widths = [round(layout.TYPE_AREA * width / sum(table.widths)) for width in table.widths]
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=layout.TABLE_GRID),
            w("tblW", w=sum(widths), type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
            w(
                "tblLook",
                val="0020",
                firstRow=1,
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        _row(table.heads, widths, head=True),
        *(_row(row, widths) for row in table.rows),
    )


def _row(texts: Sequence[str], widths: Sequence[int], *, head: bool = False) -> Element:
    """A row that no page's end parts; the heads stand on every page, with a row below them."""
    properties = w("trPr", w("cantSplit"), w("trHeight", val=layout.ROW_HEIGHT, hRule="atLeast"))
    if head:
        properties.append(w("tblHeader"))
    cells = (
        w(
            "tc",
            w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")),
            _paragraph(layout.TABLE_TEXT if head or not at else layout.TABLE_LABEL, text, kept=head),
        )
        for at, (text, width) in enumerate(zip(texts, widths, strict=True))
    )
    return w("tr", properties, *cells)
