"""A folder as a .zip: the same bytes of the same files, whatever made them and when."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

_PACKED = {".whl", ".zip", ".png", ".xlsx", ".docx", ".gz"}  # what does not become smaller


def pack(folder: Path, archive: Path, epoch: int) -> Path:
    """Pack a folder with its name into an archive; every date is `epoch`."""
    date = time.gmtime(max(epoch, 315532800))[:6]  # a .zip knows no year before 1980
    with zipfile.ZipFile(archive, "w") as target:
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
            if path.is_dir():
                continue
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", date)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
            target.writestr(entry, path.read_bytes())
    return archive
