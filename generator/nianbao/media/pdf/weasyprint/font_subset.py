"""Fonts cut down to the glyphs in use by HarfBuzz in one step, their files read only where they are needed.

WeasyPrint copies the whole file of every font into memory, cuts it twice and keeps an empty place for every
glyph up to the last one: of Noto CJK, 27 MB and half a megabyte of empty places. What remains here of a font
with CFF outlines is its CFF table, each glyph under the number by which the pages call it. Other fonts are
cut as WeasyPrint does. Its classes are not a public interface: tests hold what is used.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from typing import Any

from nianbao.media.pdf.weasyprint.monkeypatch import replaced

_CFF = "CFF "
_CHARSET, _REGISTRY = 15, (12, 30)
_LONG = 29  # opens a number of four bytes; HarfBuzz writes every offset so


class _Later:
    """The content of a font, copied out of HarfBuzz when it is asked for."""

    def __init__(self, face: Any) -> None:
        self.face = face

    def read(self) -> bytes:
        from weasyprint.text.fonts import get_hb_object_data

        content: bytes | None = get_hb_object_data(self.face)
        return content or b""


@contextmanager
def cut() -> Iterator[None]:
    """Make WeasyPrint take our fonts while it writes a PDF."""
    from weasyprint.pdf import fonts, stream

    with replaced(stream, Font=_font()), replaced(fonts, get_hb_object_data=_Later):
        yield


@cache
def _font() -> Any:
    from weasyprint.pdf.fonts import Font

    class Cut(Font):  # type: ignore[misc] # ships no types
        """A font whose file is read late, and whose CFF table is all that is embedded."""

        bare = False
        _content: bytes | _Later

        @property
        def file_content(self) -> bytes:
            if isinstance(self._content, _Later):
                self._content = self._content.read()
            return self._content

        @file_content.setter
        def file_content(self, content: bytes | _Later) -> None:
            self._content = content

        @property
        def type(self) -> str:
            return "otf" if self.bare or self.file_content.startswith(b"OTTO") else "ttf"

        def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
            plain = _CFF in self.tables and not (self.png or self.svg or self.colr or "fvar" in self.tables)
            table = outlines(self, to_unicode, hinting) if plain and to_unicode else None
            if table is None:
                super().subset(to_unicode, hinting)
            else:
                self.file_content, self.bare = table, True

    return Cut


def outlines(font: Any, glyphs: Iterable[int], hinting: bool = False) -> bytes | None:
    """The CFF table of a WeasyPrint font with these glyphs, each under its number in the whole font.

    None where HarfBuzz cannot cut, or where the table names its glyphs instead of numbering them.
    """
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    if not harfbuzz_subset or not harfbuzz.hb_version_atleast(4, 1, 0):
        return None
    kept = sorted({0, *glyphs})
    asked = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    glyph_set = harfbuzz_subset.hb_subset_input_glyph_set(asked)
    harfbuzz.hb_set_add_sorted_array(glyph_set, ffi.new("hb_codepoint_t[]", kept), len(kept))
    flags = harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
    flags |= 0 if hinting else harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
    flags |= harfbuzz_subset.HB_SUBSET_FLAGS_NOTDEF_OUTLINE if font.missing else 0
    harfbuzz_subset.hb_subset_input_set_flags(asked, flags)
    source = _bare(font.hb_face)
    made = harfbuzz_subset.hb_subset_or_fail(source, asked)
    if made == ffi.NULL:
        return None
    face = ffi.gc(made, harfbuzz.hb_face_destroy)
    blob = harfbuzz.hb_face_reference_table(face, harfbuzz.hb_tag_from_string(_CFF.encode(), -1))
    length = ffi.new("unsigned int *")
    content = harfbuzz.hb_blob_get_data(blob, length)
    table = ffi.unpack(content, length[0]) if length[0] else b""
    harfbuzz.hb_blob_destroy(blob)
    last = font.glyph_count  # beyond it stand the numbers of letters that no font has
    return renumbered(table, [glyph for glyph in kept if glyph < last])


def _bare(face: Any) -> Any:
    """A face with the outlines alone: nothing else of the font then draws in other forms of its letters."""
    from weasyprint.text.ffi import ffi, harfbuzz

    library = _library()
    made = ffi.gc(library.hb_face_builder_create(), harfbuzz.hb_face_destroy)
    for name in (_CFF, "head", "hhea", "hmtx", "maxp"):
        tag = harfbuzz.hb_tag_from_string(name.encode(), -1)
        blob = harfbuzz.hb_face_reference_table(face, tag)
        library.hb_face_builder_add_table(made, tag, blob)
        harfbuzz.hb_blob_destroy(blob)
    return made


@cache
def _library() -> Any:
    """HarfBuzz with the functions that WeasyPrint has no use for."""
    from weasyprint.text.ffi import ffi, harfbuzz

    ffi.cdef(
        """
        hb_face_t * hb_face_builder_create (void);
        hb_bool_t hb_face_builder_add_table (hb_face_t *face, hb_tag_t tag, hb_blob_t *blob);
        """,
        override=True,
    )
    return harfbuzz


def renumbered(table: bytes, numbers: Sequence[int]) -> bytes | None:
    """A CFF table whose glyphs get these numbers in turn, .notdef being the first; None if it has only names.

    The new list of numbers is put at the end and pointed to; the layout is that of Adobe's Technical
    Note 5176.
    """
    if len(table) < 4:
        return None
    start, _ = _items(table, table[2])  # past the names of fonts
    _, places = _items(table, start)
    if len(places) != 1:
        return None
    operators = dict(_operators(table, *places[0]))
    at = operators.get((_CHARSET,))
    if _REGISTRY not in operators or at is None or table[at] != _LONG:
        return None
    charset = b"\0" + struct.pack(f">{len(numbers) - 1}H", *numbers[1:])
    return table[: at + 1] + struct.pack(">i", len(table)) + table[at + 5 :] + charset


def _items(table: bytes, at: int) -> tuple[int, list[tuple[int, int]]]:
    """Where an INDEX ends, and from where to where each of its items stands."""
    (count,) = struct.unpack_from(">H", table, at)
    if not count:
        return at + 2, []
    size = table[at + 2]
    base = at + 3 + (count + 1) * size - 1
    offsets = [
        base + int.from_bytes(table[place : place + size], "big")
        for place in range(at + 3, at + 3 + (count + 1) * size, size)
    ]
    return offsets[-1], list(pairwise(offsets))


def _operators(table: bytes, at: int, end: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """The operators of a DICT, each with where its last number begins."""
    number = at
    while at < end:
        first = table[at]
        if first <= 21:
            size = 2 if first == 12 else 1
            yield tuple(table[at : at + size]), number
        else:
            number = at
            size = _size(table, at)
        at += size


def _size(table: bytes, at: int) -> int:
    """How many bytes a number of a DICT takes."""
    first = table[at]
    if first == 30:  # decimals, two to a byte, up to a half byte 15
        end = at + 1
        while table[end] & 15 != 15 and table[end] >> 4 != 15:
            end += 1
        return end + 1 - at
    return {28: 3, _LONG: 5}.get(first, 1 if first <= 246 else 2)
