"""The files that were handed in or made, by the digest of their bytes."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from nianbao.app import files
from nianbao.web.office.models import File

HOUR = 3600.0  # seconds: nothing is written for so long


def keep(content: bytes) -> File:
    """Keep bytes: on the disk, whole, before this returns; the same bytes once. Raises OSError."""
    put(content)
    return enter(content)


def put(content: bytes) -> None:
    """Have bytes on the disk, whole, before this returns: outside of the transaction that enters them.

    Raises OSError.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{digest}-{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        files.sync(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def enter(content: bytes) -> File:
    """Put down in the database that bytes are there."""
    file = File(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    File.objects.bulk_create([file], ignore_conflicts=True)
    return file


def sweep() -> None:
    """Take away what was being written when a server was killed, an hour ago or longer."""
    before = time.time() - HOUR
    for path in Path(settings.NIANBAO_FILES).glob("*/.*-*"):
        with suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()


def read(file: File) -> bytes:
    """The bytes of a file; raises OSError where they are gone, or are others."""
    content = _path(file.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise OSError(f"{file.sha256}: 内容与摘要不符")
    return content


def _path(digest: str) -> Path:
    folder: Path = settings.NIANBAO_FILES
    return folder / digest[:2] / digest[2:]
