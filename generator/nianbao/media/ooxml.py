"""The zip package that docx and xlsx share, opened with limits and written the same way twice.

The one module of media/ that others there import: what holds for every Office file.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from nianbao.report import Place, Problem, Severity, Unreadable

MOST_ENTRIES = 2_000
MOST_BYTES = 200 * 1024 * 1024  # unpacked, all parts together
HIGHEST_RATIO = 200  # unpacked to packed, of a part over SMALL bytes
SMALL = 1024 * 1024
XML = (".xml", ".rels", ".vml")  # an SVG picture may well have a DTD
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOS_DATE = (1980 - 1980) << 9 | 1 << 5 | 1


class Packed(NamedTuple):
    """One part, compressed."""

    crc: int
    size: int
    content: bytes


def unpack(content: bytes, file: str, word: str, needed: str) -> dict[str, bytes]:
    """Every part of an Office file by name, in the file's order.

    `word` says what the file should be (Excel 工作簿), `needed` names a part it must have.
    Raises Unreadable for what is damaged, protected, no Office file, or a zip bomb.
    """
    if content.startswith(_OLE):
        what = f"文件设有打开密码，或者是旧格式，不是 {word}"
        raise _refused("protected", file, what, f"请去掉打开密码，另存为新的 {word} 格式")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            measure(archive, file)
            parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except Unreadable:
        raise
    except Exception:  # zipfile and its decompressors raise whatever damage makes them stumble over
        what = f"文件已损坏，或者不是 {word}"
        mend = "请用 Word、Excel 或 WPS 打开并另存一份，或换用完好的备份"
        raise _refused("damaged", file, what, mend) from None
    if any(name.endswith(XML) and _declares(part) for name, part in parts.items()):
        what = "文件里有 XML 实体声明，正常的 Office 文件没有，没有打开"
        raise _refused("damaged", file, what, "请核对文件来源，或把内容复制到新文件中")
    if needed not in parts:
        raise _refused("wrong-file", file, f"这不是 {word}", f"请给出 {word}")
    return parts


def transitional(part: bytes) -> bytes:
    """A part with the usual addresses of its namespaces: "Strict" files name the same things by others."""
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006", part)


def _declares(part: bytes) -> bool:
    """Whether a part has a DTD: OOXML has none, and entities make a little file unfold without end."""
    return any("<!DOCTYPE".encode(code) in part for code in ("ascii", "utf-16-le", "utf-16-be"))


def measure(archive: zipfile.ZipFile, file: str) -> None:
    """Raise Unreadable where a file would unfold beyond all that a report can be."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    steep = [
        entry
        for entry in entries
        if entry.file_size > SMALL and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
    ]
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or steep:
        what = f"文件展开后有 {unpacked // 1024 // 1024} MB、{len(entries)} 个部件，不像正常的文件，没有打开"
        raise _refused("too-large", file, what, "请核对文件来源，或把内容复制到新文件中")


def _refused(code: str, file: str, what: str, mend: str) -> Unreadable:
    return Unreadable([Problem(code, Severity.ERROR, what, mend, (Place(file),))])


def compress(content: bytes, level: int = 6) -> Packed:
    """One part, ready to be written into any number of packages."""
    machine = zlib.compressobj(level, zlib.DEFLATED, -15)
    return Packed(zlib.crc32(content), len(content), machine.compress(content) + machine.flush())


def pack(parts: Mapping[str, Packed]) -> bytes:
    """Write a package: no dates of today, parts in the order given, so the same bytes again.

    zipfile cannot copy a part that is compressed already; this can, and templates have many.
    """
    body, directory = io.BytesIO(), io.BytesIO()
    for name, part in parts.items():
        label = name.encode("utf-8")
        common = struct.pack(
            "<HHHHHIIIHH",
            20,
            0x800,
            zipfile.ZIP_DEFLATED,
            0,
            _DOS_DATE,
            part.crc,
            len(part.content),
            part.size,
            len(label),
            0,
        )
        offset = body.tell()
        body.write(b"PK\x03\x04" + common + label + part.content)
        directory.write(
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + label
        )
    start, length = body.tell(), directory.tell()
    count = len(parts)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, length, start, 0)
    return body.getvalue() + directory.getvalue() + end
