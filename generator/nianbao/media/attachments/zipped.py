"""The files in a zip."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from nianbao.media.attachments.names import decoded, shown

_UTF8, _ENCRYPTED = 0x800, 0x1  # flags of an entry
DAMAGE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


def entries(content: bytes) -> Iterator[tuple[str, int, zipfile.ZipInfo, zipfile.ZipFile]]:
    """Every file's name, its size as the zip states it, and what reads it; raises as in DAMAGE."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if not entry.is_dir() and not entry.filename.endswith("\\"):
                yield _name(entry), entry.file_size, entry, archive


def is_locked(entry: zipfile.ZipInfo) -> bool:
    """Whether a password is asked for."""
    return bool(entry.flag_bits & _ENCRYPTED)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: what Windows wrote in GBK, zipfile reads as CP437."""
    if entry.flag_bits & _UTF8:
        return shown(entry.filename)
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return shown(entry.filename)
    return shown(decoded(raw, entry.filename))
