"""Which file names Windows refuses, or takes for one another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

PLACE = "C:\\Program Files\\nianbao\\"  # where the folder may lie
LONGEST = 200  # characters of a path there; Windows takes 259
_FORBIDDEN = set('<>:"\\|?*') | {chr(code) for code in range(32)}
_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
_DEVICES |= {f"{kind}{number}" for kind in ("COM", "LPT") for number in "0123456789¹²³"}


def refused(paths: Iterable[str]) -> Iterator[str]:
    """What is wrong with paths that have slashes, a line each."""
    same: dict[str, str] = {}
    for path in sorted(paths):
        yield from (f"{path}: {what}" for part in path.split("/") for what in _wrong(part))
        if (length := len(PLACE) + _units(path)) >= LONGEST:
            yield f"{path}: {length} characters in {PLACE}"
        other = same.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if other != path:
            yield f"{path}: the same as {other}"


def _wrong(part: str) -> Iterator[str]:
    if signs := sorted(_FORBIDDEN & set(part)):
        yield f"has {' '.join(map(repr, signs))}"
    if part.partition(".")[0].rstrip(" ").upper() in _DEVICES:
        yield f"{part} is a device"
    if not part or part[-1] in ". ":
        yield "ends with a dot or a blank"


def _units(path: str) -> int:
    """Characters as Windows counts them."""
    return len(path.encode("utf-16-le")) // 2
