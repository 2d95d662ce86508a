"""Names of parts, which are the same in any case and with either slash: many programs rely on that."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

_TARGET = re.compile(rb"""(\bTarget\s*=\s*)(["'])(.*?)\2""")
_FIXED = ("[Content_Types].xml", "_rels/.rels")


def settle(entries: Iterable[tuple[str, bytes]], needed: str) -> dict[str, bytes]:
    """The parts by the names under which relations seek them; `needed` and the fixed ones as is usual.

    Relations that spell a name in yet another way are written anew. Raises ValueError where two parts have
    one name.
    """
    entries = list(entries)
    parts = {name.replace("\\", "/").lstrip("/"): part for name, part in entries}
    known = {_folded(name): name for name in parts}
    if len(known) < len(entries):
        raise ValueError("two parts have one name")
    sought = [name for name in (*_FIXED, needed) if name and name not in parts and _folded(name) in known]
    respelt = False
    for relations, part in parts.items():
        if relations.endswith(".rels"):
            for target, plain in _targets(relations, part):
                missed = target not in parts and _folded(target) in known
                respelt |= missed or not plain
                sought += [target] if missed else []
        else:
            respelt |= relations.lower().endswith(".rels")
    return _renamed(parts, sought) if respelt or sought else parts


def _renamed(parts: dict[str, bytes], sought: Iterable[str]) -> dict[str, bytes]:
    spelt = {_folded(name): name for name in parts}
    spelt |= {_folded(name): name for name in reversed([*_FIXED, *sought])}
    for name in list(spelt.values()):
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if _folded(relations) in spelt:
            spelt[_folded(relations)] = relations
    named = {spelt[_folded(name)]: part for name, part in parts.items()}
    return {
        name: _respelt(name, part, spelt) if name.endswith(".rels") else part for name, part in named.items()
    }


def _folded(name: str) -> str:
    return unquote(name).lower()


def _targets(relations: str, part: bytes) -> Iterator[tuple[str, bool]]:
    """The names that relations lead to, and whether they are written with slashes only."""
    for match in _TARGET.finditer(part):
        yield _resolved(relations, match[3]), b"\\" not in match[3]


def _resolved(relations: str, target: bytes) -> str:
    words = target.decode("utf-8", "replace").replace("\\", "/")
    if words.startswith("/"):
        return posixpath.normpath(words).lstrip("/")
    return posixpath.normpath(relations.rpartition("_rels/")[0] + words)


def _respelt(relations: str, part: bytes, spelt: dict[str, str]) -> bytes:
    def respell(match: re.Match[bytes]) -> bytes:
        resolved = _resolved(relations, match[3])
        name = spelt.get(_folded(resolved))
        if name is None or (name == resolved and b"\\" not in match[3]):
            return match[0]
        return match[1] + match[2] + f"/{name}".encode() + match[2]

    return _TARGET.sub(respell, part)
