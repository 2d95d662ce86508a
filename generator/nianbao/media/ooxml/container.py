"""The zip that a docx or xlsx is: opened with limits, and written the same way twice."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from nianbao.media.ooxml.names import settle
from nianbao.media.ooxml.wrappings import refusal
from nianbao.media.ooxml.xml import XML, Malformed, declares
from nianbao.report import Unreadable, rule, shortage

MOST_ENTRIES = 2_000
MOST_BYTES = 200 * 1024 * 1024  # unpacked, all parts together
HIGHEST_RATIO = 200  # unpacked to packed, of a part over SMALL bytes
SMALL = 1024 * 1024
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)


def unpack(content: bytes, file: str, word: str, needed: str) -> dict[str, bytes]:
    """Every part of an Office file by name, in the file's order; names are spelt as relations spell them.

    `word` says what the file should be (Excel 工作簿), `needed` names a part it must have, if any.
    Raises Unreadable for what is damaged, protected, no Office file, or a zip bomb.
    """
    if (other := refusal(content, file, word)) is not None:
        raise other
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _measure(archive, file)
            files = [entry for entry in archive.infolist() if not entry.filename.endswith(("/", "\\"))]
            parts = settle(((entry.filename, archive.read(entry)) for entry in files), needed)
    except Unreadable:
        raise
    except Exception as error:  # zipfile and its decompressors raise whatever damage makes them stumble over
        shortage.insist(error)
        what = f"文件已损坏，或者不是 {word}"
        mend = "请用 Word、Excel 或 WPS 打开并另存一份，或换用完好的备份"
        raise rule("damaged").refusal(file, what, mend) from None
    if any(name.endswith(XML) and declares(part) for name, part in parts.items()):
        what = "文件里有 XML 实体声明，正常的 Office 文件没有，没有打开"
        raise rule("damaged").refusal(file, what, "请核对文件来源，或把内容复制到新文件中")
    if needed and needed not in parts:
        raise rule("wrong-file").refusal(file, f"这不是 {word}", f"请给出 {word}")
    return parts


def salvage(content: bytes, file: str) -> dict[str, bytes]:
    """Every part of an Office file that can be read; a damaged one is left out.

    Raises Malformed for what is no zip, and Unreadable for a zip bomb.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE as error:
        raise Malformed("不是完好的 zip 包") from error
    parts = {}
    with archive:
        _measure(archive, file)
        for entry in archive.infolist():
            try:
                parts[entry.filename.lstrip("/")] = archive.read(entry)
            except _DAMAGE as error:
                shortage.insist(error)
    return parts


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every part of a file that we have just written: no limits, for a long text packs as a bomb does."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def is_package(content: bytes) -> bool:
    """Whether the bytes are a whole zip."""
    return zipfile.is_zipfile(io.BytesIO(content))


def pack(parts: Mapping[str, bytes], level: int = 6) -> bytes:
    """Write a package: no dates of today, parts in the order given, so the same bytes again."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 0  # wherever it is written
            archive.writestr(entry, part, zipfile.ZIP_DEFLATED, level)
    return stream.getvalue()


def _measure(archive: zipfile.ZipFile, file: str) -> None:
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
        raise rule("too-large").refusal(file, what, "请核对文件来源，或把内容复制到新文件中")
