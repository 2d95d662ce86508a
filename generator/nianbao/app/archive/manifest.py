"""The manifest of one revision: which files, which bytes, made by what, why, and after which revision."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

MANIFEST = "清单.json"
DATA = "报告数据.json"  # the report as exchange JSON
SCHEMA = "nianbao-archive/1"
DIGEST = re.compile("[0-9a-f]{64}")
SOURCE, REPORT = "source", "report"  # what a file is: filled in or published by somebody, or as data
_OF_PACKAGE = ("organ", "year", "title", "edition", "decree", "content", "by", "findings", "decisions")
_KINDS = {  # of what a manifest says
    **dict.fromkeys(("organ", "title", "edition", "when", "reason", "content", "before", "ledger"), str),
    **dict.fromkeys(("year", "revision", "number"), int),
    **dict.fromkeys(("by", "decisions", "files"), dict),
    "findings": list,
}
_MOST = (9999, 999_999, 10**12)  # year, revision, line of the ledger
NEWER = "是更新版本的程序写的，这个版本读不了", "请用更新版本的程序打开"  # what is wrong, how to mend it
LONGEST = 20 * 1024 * 1024  # bytes of a manifest, a file that people can read


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def local(when: str) -> str:
    """A moment of the archive by this machine's clock, to the minute; what is no moment stays as it is."""
    try:
        return datetime.fromisoformat(when).astimezone().strftime("%Y-%m-%d %H:%M")
    except (OverflowError, ValueError):
        return when


def told(document: Mapping[str, Any]) -> bytes:
    """JSON that is the same for the same content, and can be read by people."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode("utf-8", "backslashreplace")  # half a character, in the name of a file


@dataclass(frozen=True)
class Package:
    """What is to be kept as one revision.

    `files` are by name, with what each is (SOURCE, REPORT, or a suffix); `by` tells what they were made
    with, `findings` and `decisions` what was found and answered.
    """

    organ: str
    year: int
    title: str
    folder: str  # the organ as a file name
    edition: str
    decree: str
    files: Mapping[str, tuple[str, bytes]]
    by: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Mapping[str, Any], ...] = ()
    decisions: Mapping[str, Any] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """What makes two revisions the same: the report as data, the source, and files given by hand.

        What the program has made of them is not in it: another version may print otherwise.
        """
        given = set(self.by.get("given", ()))
        counted = {
            name: digest(content)
            for name, (kind, content) in self.files.items()
            if kind in (SOURCE, REPORT) or name in given
        }
        return digest(told(counted))


@dataclass(frozen=True)
class Manifest:
    """A manifest as it lies in the archive; `document` is all of it, `bytes` as they are hashed."""

    document: Mapping[str, Any]
    bytes: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the manifest."""
        return digest(self.bytes)

    @property
    def files(self) -> Mapping[str, Mapping[str, Any]]:
        """Size, SHA-256 and kind of each file, by name."""
        files: Mapping[str, Mapping[str, Any]] = self.document["files"]
        return files

    def named(self, kind: str) -> str:
        """The name of the first file of a kind, blank where there is none."""
        return next((name for name, file in self.files.items() if file["kind"] == kind), "")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.document[name]


def write(
    kept: Package, revision: int, *, when: str, reason: str, before: str, number: int, ledger: str
) -> Manifest:
    """The manifest of a revision.

    `before` is the digest of the manifest before it of the same organ and year, `ledger` that of the
    ledger's last line, `number` the number of its own.
    """
    files = {
        name: {"kind": kind, "size": len(content), "sha256": digest(content)}
        for name, (kind, content) in kept.files.items()
    }
    document = {"schema": SCHEMA, "revision": revision, "when": when, "reason": reason, "files": files}
    document |= {name: getattr(kept, name) for name in _OF_PACKAGE}
    document |= {"before": before, "number": number, "ledger": ledger}
    return Manifest(document, told(document))


def read(content: bytes) -> Manifest | None:
    """A manifest from its bytes; None for what is none, whatever it is."""
    if len(content) > LONGEST:
        return None
    try:
        document = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return None
    return Manifest(document, content) if _is_sound(document) else None


def is_newer(content: bytes, schema: str = SCHEMA) -> bool:
    """Whether a file says that it is of a later schema than ours, which only a newer program can read."""
    try:
        said = str(json.loads(content.decode("utf-8"))["schema"])
    except (UnicodeDecodeError, ValueError, RecursionError, TypeError, LookupError):
        return False
    name, _, number = schema.rpartition("/")
    later = re.fullmatch(rf"{re.escape(name)}/([0-9]{{1,9}})", said)
    return later is not None and int(later[1]) > int(number)


def read_file(path: Path) -> Manifest | None:
    """A manifest from its file; None for what is none. Raises OSError."""
    with path.open("rb") as stream:
        return read(stream.read(LONGEST + 1))


def _is_sound(document: object) -> bool:
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        return False
    if any(type(document.get(key)) is not kind for key, kind in _KINDS.items()):
        return False
    numbers = (document["year"], document["revision"], document["number"])
    return (
        all(0 < number <= most for number, most in zip(numbers, _MOST, strict=True))
        and all(is_plain(name) and _is_file(file) for name, file in document["files"].items())
        and all(isinstance(finding, dict) for finding in document["findings"])
        and all(_has_words(decision, "who", "why", "finding") for decision in document["decisions"].values())
        and _is_told_by(document["by"])
    )


def _is_file(file: object) -> bool:
    """Whether an entry of `files` says what a file is, how long, and with which digest."""
    if not isinstance(file, dict) or not _has_words(file, "kind", "sha256"):
        return False
    size = file.get("size")
    return type(size) is int and 0 <= size < 1 << 62 and bool(DIGEST.fullmatch(file["sha256"]))


def _is_told_by(by: dict[str, Any]) -> bool:
    """Whether program, template and fonts are told as people are shown them."""
    program, template, fonts = by.get("program", {}), by.get("template", {}), by.get("fonts", [])
    return (
        isinstance(program, dict)
        and isinstance(template, dict)
        and isinstance(fonts, list)
        and all(_has_words(font, "asked") for font in fonts)
    )


def _has_words(document: object, *keys: str) -> bool:
    return isinstance(document, dict) and all(isinstance(document.get(key), str) for key in keys)


def is_plain(name: str) -> bool:
    """Whether a name is one of a file in its own folder, and leads nowhere else."""
    return bool(name) and name not in (".", "..", MANIFEST) and not re.search(r"[/\\\x00]", name)
