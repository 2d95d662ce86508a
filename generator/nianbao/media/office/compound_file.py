"""A binary Word file (.doc, .wps) without what would make LibreOffice open another file or address.

Nothing in it changes its length or its place: what is taken out is written over. A file that cannot be
followed stays as it is: LibreOffice can open nothing of a user's all the same (barrier.py).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nianbao.media.office.fetching import FETCHING
from nianbao.media.office.pictures import WITHIN

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFF0  # of a chain of sectors, and of all numbers of sectors
_BEGIN, _SEPARATE, _CLOSE = "\x13", "\x14", "\x15"
_WORD97 = 0xA5EC
_TABLES = ("0Table", "1Table")
_PIECES = 0x01A2  # where the header of Word says where the pieces of its text are
_LINKED = re.compile(rb"\x44\0[\x5e\x62\x66]\0")  # size and kind of a picture that is only named


@dataclass(frozen=True)
class _Stream:
    """A stream by the pieces of the file in which it lies, as start and length."""

    name: str
    places: tuple[tuple[int, int], ...]

    def read(self, content: bytearray) -> bytearray:
        return bytearray(b"".join(content[start : start + size] for start, size in self.places))

    def write(self, content: bytearray, written: bytearray) -> None:
        at = 0
        for start, size in self.places:
            content[start : start + size] = written[at : at + size]
            at += size


def without_links(content: bytes) -> bytes:
    """The same file without fields that fetch, names of linked pictures, and pictures that name others."""
    changed = bytearray(content)
    try:
        streams = {stream.name: stream for stream in _streams(changed)}
        for stream in streams.values():
            _blank_pictures(stream, changed)
        if (word := streams.get("WordDocument")) is not None:
            text = word.read(changed)
            tables = {name: stream.read(changed) for name, stream in streams.items() if name in _TABLES}
            _blank_fields(text, list(_letters(text, tables)))
            word.write(changed, text)
    except (struct.error, IndexError, ValueError, RecursionError):
        return content
    return bytes(changed)


def _streams(content: bytearray) -> Iterator[_Stream]:
    """Every stream of a compound file, with the places of its sectors."""
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    if not (7 <= shift <= 16 and 3 <= small_shift <= shift):
        raise ValueError("sectors of an impossible size")
    size, small = 1 << shift, 1 << small_shift
    first_directory, _, cutoff, first_small, _, extra, _ = struct.unpack_from("<7I", content, 48)
    heads = list(struct.unpack_from("<109I", content, 76))
    seen: set[int] = set()
    while extra < _END and extra not in seen:
        seen.add(extra)
        more = struct.unpack_from(f"<{size // 4}I", content, (extra + 1) << shift)
        heads += more[:-1]
        extra = more[-1]
    table = b"".join(bytes(content[(at + 1) << shift : (at + 2) << shift]) for at in heads if at < _END)
    following = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def places(first: int) -> list[tuple[int, int]]:
        return [((sector + 1) << shift, size) for sector in _chain(first, following)]

    directory = _Stream("", tuple(places(first_directory))).read(content)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    of_small = _Stream("", tuple(places(first_small))).read(content)
    next_small = struct.unpack(f"<{len(of_small) // 4}I", of_small[: len(of_small) // 4 * 4])
    root = places(struct.unpack_from("<I", entries[0], 116)[0])
    for entry in entries:
        length, first, total = entry[64], *struct.unpack_from("<II", entry, 116)
        if entry[66] != 2:
            continue
        if total >= cutoff:
            where = places(first)
        else:
            where = [
                (root[(at << small_shift) >> shift][0] + ((at << small_shift) & (size - 1)), small)
                for at in _chain(first, next_small)
            ]
        yield _Stream(entry[: max(length - 2, 0)].decode("utf-16-le", "replace"), tuple(where))


def _chain(first: int, following: tuple[int, ...]) -> Iterator[int]:
    seen: set[int] = set()
    while first < _END and first not in seen:
        seen.add(first)
        yield first
        first = following[first]


def _letters(text: bytearray, tables: Mapping[str, bytearray]) -> Iterator[tuple[int, int]]:
    """Every letter of the document in order: where it stands in the text's stream, and in how many bytes."""
    magic, flags = struct.unpack_from("<H8xH", text, 0)
    if magic != _WORD97:  # Word 6 and 95: all in one piece
        start, end = struct.unpack_from("<II", text, 24)
        yield from ((at, 1) for at in range(start, min(end, len(text))))
        return
    table = tables["1Table" if flags & 0x0200 else "0Table"]
    at, size = struct.unpack_from("<II", text, _PIECES)
    end = at + size
    while at < end and table[at] == 1:
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if table[at] != 2:
        return
    count = (struct.unpack_from("<I", table, at + 1)[0] - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    for number in range(count):
        start = struct.unpack_from("<I", table, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
        width = 1 if start & 0x40000000 else 2
        start = (start & 0x3FFFFFFF) // (2 if width == 1 else 1)
        letters = min(bounds[number + 1] - bounds[number], (len(text) - start) // width)
        yield from ((start + width * letter, width) for letter in range(letters))


def _blank_fields(text: bytearray, letters: list[tuple[int, int]]) -> None:
    """Write blanks over the instruction of each field that fetches; its last result stays."""
    opened: list[list[int]] = []
    signs = [chr(text[at]) if width == 1 else chr(text[at] | text[at + 1] << 8) for at, width in letters]
    for number, sign in enumerate(signs):
        if sign == _BEGIN:
            opened.append([])
        elif sign in (_SEPARATE, _CLOSE) and opened:
            instruction = opened[-1]
            if FETCHING.search("".join(signs[one] for one in instruction)):
                for one in instruction:
                    at, width = letters[one]
                    text[at : at + width] = b" " if width == 1 else b" \0"
            opened[-1] = []
            if sign == _CLOSE:
                opened.pop()
        elif opened:
            opened[-1].append(number)


def _blank_pictures(stream: _Stream, content: bytearray) -> None:
    """Write over names of linked pictures, and the beginnings of what would be read as SVG or PostScript."""
    written = stream.read(content)
    before = bytes(written)
    for found in WITHIN.finditer(before):
        written[found.start()] = ord("?")
    if stream.name != "WordDocument":
        for found in _LINKED.finditer(before):
            name = found.start() + 0x40  # the kind is the fourth number of its head
            if name < len(written):
                size = written[name]
                written[name + 1 : name + 1 + size] = b"?" * len(written[name + 1 : name + 1 + size])
    if written != before:
        stream.write(content, written)
