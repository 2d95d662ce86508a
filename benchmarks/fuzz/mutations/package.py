"""Zips of XML: their members, what they say of them, and what stands in them."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from random import Random

from benchmarks.fuzz.mutations.plain import Mutation, in_bytes
from benchmarks.fuzz.mutations.tree import in_xml

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
# where in a local header, and in one of the directory, each field lies
_FIELDS = {"flags": (6, 8), "method": (8, 10), "packed": (18, 20), "size": (22, 24), "name": (26, 28)}


def in_package(random: Random, content: bytes, within: Mutation = in_xml) -> bytes:
    """A zip with members spoilt, dropped, doubled, renamed, emptied, taken for one another, told untruly."""
    if random.random() < 0.1:
        return in_bytes(random, content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(parts))
        name, part = parts[at]
        match random.randrange(14):
            case 0 if len(parts) > 1:
                del parts[at]
            case 1:
                parts.append((name, random.choice((part, random.choice(parts)[1]))))
            case 2:
                parts[at] = (random.choice(_names(name)), part)
            case 3:
                parts[at] = (name, b"")
            case 4:
                parts[at] = (name, random.choice(parts)[1])
            case 5:
                parts[at] = (name, in_bytes(random, part))
            case 6:  # what says how parts belong together
                at = random.choice(
                    [n for n, (name, _) in enumerate(parts) if "rels" in name or "[" in name] or [at]
                )
                parts[at] = (parts[at][0], in_xml(random, parts[at][1]))
            case _:
                parts[at] = (name, within(random, part))
    packed = _packed(random, parts)
    return _belied(random, packed) if random.random() < 0.15 else packed


def _names(name: str) -> tuple[str, ...]:
    return (
        name.upper(), name.replace("/", "\\"), f"/{name}", f"../{name}", "../../../tmp/x", "C:\\x",
        f"{name}/", "", f"./{name}", "a/" * 3000 + "x", "word/\x00.xml", name.replace("/", "//"),
        f"xl/../{name}", "名" * 300,
    )  # fmt: skip


def _packed(random: Random, parts: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    method = random.choice(_METHODS) if random.random() < 0.05 else zipfile.ZIP_DEFLATED
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as archive:
        warnings.simplefilter("ignore")  # a name may stand there twice
        for name, part in parts:
            with archive.open(_entry(name, method), "w", force_zip64=random.random() < 0.02) as member:
                member.write(part)
    return stream.getvalue()


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = method
    return entry


def _belied(random: Random, content: bytes) -> bytes:
    """Headers that say what is not so: sizes, methods, a password, lengths, places."""
    spoilt = bytearray(content)
    for _ in range(random.randint(1, 3)):
        local = random.random() < 0.4
        starts = _places(content, _LOCAL if local else _CENTRAL)
        end = content.rfind(_END)
        if not starts or random.random() < 0.1:
            struct.pack_into(
                "<I", spoilt, end + random.choice((8, 12, 16)), random.choice((0, 1, 2**32 - 1, 70_000))
            )
            continue
        field = random.choice(list(_FIELDS))
        at = random.choice(starts) + _FIELDS[field][0 if local else 1]
        if field in ("packed", "size"):
            struct.pack_into(
                "<I", spoilt, at, random.choice((0, 1, 2**31, 2**32 - 1, 10**9, random.randrange(9999)))
            )
        else:
            struct.pack_into("<H", spoilt, at, random.choice((0, 1, 8, 9, 12, 14, 99, 2048, 65535)))
    return bytes(spoilt)


def _places(content: bytes, sign: bytes) -> list[int]:
    places, at = [], content.find(sign)
    while at >= 0:
        places.append(at)
        at = content.find(sign, at + 1)
    return places
