"""Reading a merged document back by what was read before: the markup is known, the texts are compared.

`readback.prove` parses a document and lays out its tables, which takes ten times as long as
compressing it. But of the documents of one template nearly all bytes are the same. So the bytes
are cut up, a piece of known markup is taken for what lxml once made of it, and its texts are
compared with the report's. Any doubt — markup never seen, a text that is not the report's and no
plain text, a heading too many — is False, and then `prove` judges, and says what was lost.

Why True is as good as no problem from `prove`:

1. The frame, what stands before and after the content of the body, was parsed by lxml with a
   marker between: the marker was in the body that `prove` reads, and no paragraph or table
   beside it. The frame is compared byte by byte.
2. Content is cut at <w:tbl>, </w:tbl> and </w:p>. Each chunk was parsed by lxml within the
   frame, its texts replaced by signs, and was well-formed by itself; a chunk that was not is
   taken together with the next one until it is (text boxes, content controls). Chunks that are
   well-formed and balanced one by one are so in a row, and the body's paragraphs and tables are
   theirs in a row. None has a comment, CDATA or an instruction, so every sign stood in the
   content of an element, where one text is as good as another.
3. A text may be what the escaping of a report's text gives, or has only characters that XML has
   and entities that it declares itself; so the document is well-formed.
4. Where lxml found the signs is where it would find the texts: that gives every paragraph's text.
   They are compared in order with the report's, by bytes, which is narrower than `prove`, and
   the headings of the form must come once each, in their order, and from the template.
5. A form's table was parsed with its texts and with signs. With its texts, every label stood in its
   cell, by the place and span of each; with signs, every figure's cell held one sign alone. The
   whole table is compared byte by byte with that markup, those labels, and this report's figures.

The document must be the UTF-8 of a text, as rendering gives it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from markupsafe import escape

from nianbao.mandate import Mandate, Role, Section, Table
from nianbao.media.word.escaping import Unusual, escaped
from nianbao.media.word.filling import interleaved
from nianbao.media.word.outline import Grid, Line, bare, outline
from nianbao.media.word.oxml import Malformed, parse, qn
from nianbao.report import PREFACE, Report

MOST_CHUNKS, MOST_TABLES = 500, 20  # learnt for one template
MOST_IN_VAIN = 10  # documents in which something was learnt, and that were doubted all the same
MOST_JOINED = 40  # chunks taken together
_BODY, _BODY_END, _SECTION = b"<w:body>", b"</w:body>", b"<w:sectPr"
_TABLE, _TABLE_END, _LINE_END, _TEXT_END = b"<w:tbl>", b"</w:tbl>", b"</w:p>", b"</w:t>"
_HOLE, _REST = b"\0", b"\1"  # where a text stood, and what has no paragraph's end; no XML has these
_HOLE_END = _HOLE + _TEXT_END
_ONE = (0,)  # a line of one text
_SIGN = re.compile("\ue000([0-9]+)\ue001")
_MARKER = b"nianbao-marker"
_STRANGE = re.compile(rb"<[!?]|" + _MARKER)  # what no chunk may have
_ENTITIES = re.compile(rb"[^&<>]*(?:&(?:amp|lt|gt|quot|apos|#34|#39);[^&<>]*)*")
_CHARACTERS = re.compile("[\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


class _Doubt(Exception):  # noqa: N818 - says what it is, and is always caught
    """Something that was not read before, or not like this."""


class _Chunk(NamedTuple):
    """What lxml made of a chunk: its lines, of texts by number and of what is printed between them."""

    lines: tuple[tuple[int | bytes, ...], ...]
    hidden: tuple[int, ...]  # texts that no line prints


class _Form(NamedTuple):
    """A table of the form: pieces of XML with a figure between every two."""

    between: tuple[bytes, ...]
    keys: tuple[str, ...]


class Recogniser:
    """What is known of the documents of one template."""

    def __init__(self) -> None:
        self.documents = self.in_vain = 0
        self.learnt = False
        self.frame: tuple[bytes, bytes] | None = None
        self.chunks: dict[bytes, _Chunk | None] = {}  # None for what is not balanced by itself
        self.forms: dict[tuple[int, str], list[_Form]] = {}  # by the mandate's id and the section
        self.others: set[bytes] = set()  # markup of tables that are not the form's
        self.mandates: dict[int, Mandate] = {}  # kept, so that an id stays that mandate's
        self.plain: dict[bytes, str] = {}  # lines that are not the report's, as they are read

    def recognises(self, document: bytes, report: Report) -> bool:
        """Whether a merged document is well-formed and has all of its report, for all that is known.

        The first document is not looked at: who merges one has no use for learning.
        """
        self.documents += 1
        if self.documents == 1:
            return False
        self.learnt = recognised = False
        with suppress(_Doubt, Unusual, Malformed, LookupError):
            recognised = self._read(document, report)
        self.in_vain += self.learnt and not recognised
        return recognised

    def _read(self, document: bytes, report: Report) -> bool:
        if _HOLE in document or _REST in document:
            return False
        head, tail = self.frame or self._learn_frame(document)
        if not (document.startswith(head) and document.endswith(tail)):
            return False
        walk = _Walk(self, report)
        at, end = len(head), len(document) - len(tail)
        while at < end:
            table = document.find(_TABLE, at, end)
            for line in self._lines(document[at : table if table >= 0 else end]):
                walk.line(line)
            at = walk.table(document, table) if table >= 0 else end
        return walk.finished()

    def _lines(self, segment: bytes) -> Iterator[bytes]:
        """The text of every paragraph of the body, as XML; Word's line breaks are left out."""
        chunks = segment.split(_LINE_END)
        chunks[-1:] = [chunks[-1] + _REST] if chunks[-1] else []
        before: bytes | None = None  # chunks that are not balanced yet
        texts: list[bytes] = []
        for chunk in chunks:
            markup, found = _holed(chunk)
            if before is not None:
                markup, found = before + _LINE_END + markup, texts + found
            known = self.chunks[markup] if markup in self.chunks else self._learn_chunk(markup)
            if known is None:
                if markup.count(_LINE_END) > MOST_JOINED:
                    raise _Doubt
                before, texts = markup, found
                continue
            for hidden in known.hidden:
                self.read(found[hidden])
            for line in known.lines:
                yield found[0] if line == _ONE else self._joined(line, found)
            before = None
        if before is not None:
            raise _Doubt

    def _joined(self, line: tuple[int | bytes, ...], texts: list[bytes]) -> bytes:
        printed = [texts[one] if isinstance(one, int) else one for one in line]
        whole = b"".join(printed)
        if b"&" in whole and not all(map(_ENTITIES.fullmatch, printed)):  # one begins here and ends there
            raise _Doubt
        return whole

    def read(self, line: bytes) -> str:
        """A line that is not the report's, or a text that is on no line; raise _Doubt for no plain text."""
        if line not in self.plain:
            text = line.decode("utf-8")
            if not (_ENTITIES.fullmatch(line) and _CHARACTERS.fullmatch(text)):
                raise _Doubt
            if len(self.plain) >= MOST_CHUNKS:
                self.plain.clear()
            self.plain[line] = html.unescape(text)
        return self.plain[line]

    def form(self, document: bytes, at: int, section: Section, report: Report) -> int:
        """Where the section's table ends that begins here; raise _Doubt where it is not the report's."""
        mandate = self.mandates.setdefault(id(report.mandate), report.mandate)
        forms = self.forms.setdefault((id(mandate), section.key), [])
        for form in forms:
            table = b"".join(interleaved(*form, report))
            if document.startswith(table, at):
                return at + len(table)
        self._may_learn(sum(map(len, self.forms.values())) < MOST_TABLES)
        table = _table(document, at)
        form = self._learn_form(table, mandate.tables[section.key])
        if b"".join(interleaved(*form, report)) != table:
            raise _Doubt
        forms.append(form)
        return at + len(table)

    def other(self, document: bytes, at: int) -> int:
        """Where the table ends that begins here; raise _Doubt unless it is one of plain texts."""
        table = _table(document, at)
        markup, texts = _holed(table)
        if markup not in self.others:
            self._may_learn(len(self.others) < MOST_TABLES)
            self._grid(_signed(markup))
            self.others.add(markup)
        for text in texts:
            self.read(text)
        return at + len(table)

    def _may_learn(self, room: bool) -> None:
        if not room or self.in_vain >= MOST_IN_VAIN:
            raise _Doubt
        self.learnt = True

    def _learn_frame(self, document: bytes) -> tuple[bytes, bytes]:
        """What stands before the body's first child, and from its own section or its end on."""
        self._may_learn(True)
        head, body, content = document.partition(_BODY)
        last = max(content.rfind(end) for end in (_LINE_END, _TABLE_END))
        section = content.find(_SECTION, max(last, 0))
        tail = content[section if section >= 0 else content.rfind(_BODY_END) :]
        frame = head + body, tail
        self._outline(b"", frame)
        self.frame = frame
        return frame

    def _learn_chunk(self, markup: bytes) -> _Chunk | None:
        self._may_learn(True)
        if len(self.chunks) >= MOST_CHUNKS:  # every length of name and date has a signature of its own
            self.chunks.clear()
        chunk = markup.removesuffix(_REST) if markup.endswith(_REST) else markup + _LINE_END
        try:
            found = self._outline(_signed(chunk))
        except Malformed:  # it goes on
            self.chunks[markup] = None
            return None
        lines = []
        for line in found:
            if not isinstance(line, Line):
                raise _Doubt
            pieces = _SIGN.split(line.text.replace("\n", ""))
            printed = [int(one) if odd % 2 else escape(one).encode() for odd, one in enumerate(pieces)]
            lines.append(tuple(one for one in printed if one != b""))
        shown = {one for line in lines for one in line}
        hidden = tuple(one for one in range(markup.count(_HOLE)) if one not in shown)
        self.chunks[markup] = _Chunk(tuple(lines), hidden)
        return self.chunks[markup]

    def _learn_form(self, content: bytes, table: Table) -> _Form:
        markup, texts = _holed(content)
        printed, signs = (
            {cell.geometry: cell.text for cell in self._grid(one).cells} for one in (content, _signed(markup))
        )
        keys = {}
        for cell in table.cells:
            geometry = (cell.row, cell.column, cell.rowspan, cell.colspan)
            if cell.role is Role.FIGURE:
                sign = _SIGN.fullmatch(signs[geometry].replace("\n", "").strip())
                if sign is None:
                    raise _Doubt
                keys[int(sign[1])] = cell.key
            elif bare(printed[geometry]) != bare(cell.text):
                raise _Doubt
        between = [b""]
        for number, piece in enumerate(markup.split(_HOLE)):
            between[-1] += piece
            if number in keys:
                between.append(b"")
            elif number < len(texts):
                between[-1] += texts[number]
        return _Form(tuple(between), tuple(keys[number] for number in sorted(keys)))

    def _grid(self, content: bytes) -> Grid:
        try:
            [grid] = self._outline(content)
        except ValueError:  # not balanced, or not one
            raise _Doubt from None
        if not isinstance(grid, Grid):
            raise _Doubt
        return grid

    def _outline(self, content: bytes, frame: tuple[bytes, bytes] | None = None) -> list[Line | Grid]:
        """What lxml makes of content within the frame; raise Malformed for what is not balanced."""
        head, tail = frame or self.frame or (b"", b"")
        if any(map(_STRANGE.search, (head, content, tail))):
            raise _Doubt
        body = parse(b"%b<%b>%b</%b>%b" % (head, _MARKER, content, _MARKER, tail)).find(qn("body"))
        marker = None if body is None else body.find("{*}" + _MARKER.decode())
        if body is None or marker is None or outline(body):  # what stands beside the marker is the frame's
            raise _Doubt
        return outline(marker)


class _Walk:
    """One document read from its beginning to its end, beside its report."""

    def __init__(self, known: Recogniser, report: Report) -> None:
        self.known, self.report = known, report
        self.headings = [section.heading for section in report.mandate.sections]
        self.wanted = _wanted(report, frozenset(self.headings))
        self.at = self.section = 0
        self.tabled: Section | None = None  # whose table is still to come

    def line(self, line: bytes) -> None:
        """Take the next line."""
        if self.at < len(self.wanted) and line == self.wanted[self.at]:
            self.at += 1
        elif (heading := bare(self.known.read(line))) in self.headings:
            if self.tabled or heading not in self.headings[self.section : self.section + 1]:
                raise _Doubt
            section = self.report.mandate.sections[self.section]
            self.section += 1
            self.tabled = section if section.table else None

    def table(self, document: bytes, at: int) -> int:
        """Take the table that begins here, and say where it ends: the first after a heading is the form's."""
        if not self.tabled:
            return self.known.other(document, at)
        end = self.known.form(document, at, self.tabled, self.report)
        self.tabled = None
        return end

    def finished(self) -> bool:
        """Whether the document had everything."""
        return self.at == len(self.wanted) and self.section == len(self.headings) and not self.tabled


def _wanted(report: Report, headings: frozenset[str]) -> list[bytes]:
    """What must be printed, in order, as `readback` asks for it; raise _Doubt for what could be a heading."""
    written = [report.title, *(one.text for one in report.narratives[PREFACE])]
    for section in report.mandate.narratives:
        written += [one.text for one in report.narratives[section.key]]
    written += [word for word in (report.issued_by, report.date_line) if word]
    openings = {heading[0] for heading in headings}
    wanted = []
    for text in written:
        if text.lstrip()[:1] in openings and bare(text) in headings:
            raise _Doubt
        if not text.isprintable():
            text = text.replace("\r", "").replace("\n", "")
            wanted.append(b"\t".join(map(escaped, text.split("\t"))))
        else:
            wanted.append(escaped(text))
    return wanted


def _table(document: bytes, at: int) -> bytes:
    """The table that begins here; one with a table within ends too soon, and is then not balanced."""
    end = document.find(_TABLE_END, at)
    if end < 0:
        raise _Doubt
    return document[at : end + len(_TABLE_END)]


def _holed(content: bytes) -> tuple[bytes, list[bytes]]:
    """Content without its texts, a hole for each, and the texts."""
    *pieces, markup = content.split(_TEXT_END)
    if len(pieces) == 1:
        [piece] = pieces
        start = piece.rfind(b">") + 1
        return piece[:start] + _HOLE_END + markup, [piece[start:]]
    texts = []
    for number, piece in enumerate(pieces):
        start = piece.rfind(b">") + 1
        pieces[number] = piece[:start] + _HOLE
        texts.append(piece[start:])
    return _TEXT_END.join((*pieces, markup)), texts


def _signed(markup: bytes) -> bytes:
    """Content with a sign in each hole, by which lxml's answer tells which text stands where."""
    if "\ue000".encode() in markup:
        raise _Doubt
    first, *rest = markup.split(_HOLE)
    return first + b"".join(f"\ue000{number}\ue001".encode() + piece for number, piece in enumerate(rest))
