"""The files that were handed in or made, by the digest of their bytes."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

from nianbao.web.office.models import File


def keep(content: bytes) -> File:
    """Keep bytes: on the disk, whole, before this returns; the same bytes once. Raises OSError."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{digest}-{secrets.token_hex(4)}")
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    return File.objects.get_or_create(sha256=digest, defaults={"size": len(content)})[0]


def read(file: File) -> bytes:
    """The bytes of a file; raises OSError where they are gone, or are others."""
    content = _path(file.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise OSError(f"{file.sha256}: 内容与摘要不符")
    return content


def _path(digest: str) -> Path:
    folder: Path = settings.NIANBAO_FILES
    return folder / digest[:2] / digest[2:]
