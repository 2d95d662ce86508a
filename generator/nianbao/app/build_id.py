"""Which program makes the reports: its version, every word of its source, and its templates."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
TEMPLATES = next(
    folder for folder in (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates") if folder.is_dir()
)  # inside an installed package, or beside it in a checkout
_SOURCES = (".py", ".toml", ".css", ".html")


@cache
def program() -> str:
    """SHA-256 over version and source: two programs that may print otherwise differ in it."""
    words = hashlib.sha256(version("nianbao").encode())
    for path in sorted(path for path in _PACKAGE.rglob("*.*") if path.suffix in _SOURCES):
        words.update(str(path.relative_to(_PACKAGE)).encode() + b"\0" + path.read_bytes())
    return words.hexdigest()
