"""The part that a Word file is about, under the name it usually has: other programs call it otherwise."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from nianbao.media.ooxml import CONTENT_TYPES, REL, TYPES, Malformed, Package, relations_of
from nianbao.media.word.language import DOCUMENT
from nianbao.report import rule

_KIND = "Word 文档（.docx）"


def renamed(parts: Mapping[str, bytes], file: str) -> dict[str, bytes]:
    """The parts with the document as DOCUMENT, whatever its name was; raise Unreadable for no Word file."""
    package = Package(parts, file)
    if (main := package.main) == DOCUMENT:
        return dict(parts)
    if main.rpartition(".")[2].lower() != "xml" or "word" not in _kind(package):
        raise rule("wrong-file").refusal(file, f"这不是 {_KIND}", f"请给出 {_KIND}")
    try:
        _relate(package)
        for override in package.edit(CONTENT_TYPES).iter(f"{{{TYPES}}}Override"):
            if override.get("PartName", "").lstrip("/") == main:
                override.set("PartName", f"/{DOCUMENT}")
        written = package.written()
    except (Malformed, KeyError):
        mend = "请用 Word 或 WPS 打开并另存一份，或换用完好的备份"
        raise rule("damaged").refusal(file, "Word 文件的内容已损坏", mend) from None
    moved = {main: DOCUMENT, relations_of(main): relations_of(DOCUMENT)}
    return {moved.get(name, name): part for name, part in written.items() if name not in moved.values()}


def _relate(package: Package) -> None:
    """Name the document by its new name, and what it names from the folder of that."""
    main = package.main
    for owner in ("", main):
        if relations_of(owner) not in package.parts:
            continue
        targets = package.relations(owner)
        for relation in package.edit(relations_of(owner)).iter(f"{{{REL}}}Relationship"):
            known = targets[relation.get("Id", "")]
            if not known.external:
                target = DOCUMENT if known.target == main else known.target
                relation.set("Target", posixpath.join("/", target))


def _kind(package: Package) -> str:
    """The content type of the document."""
    types = package.tree(CONTENT_TYPES)
    overrides = () if types is None else types.iter(f"{{{TYPES}}}Override")
    named = (override for override in overrides if override.get("PartName", "").lstrip("/") == package.main)
    return next((override.get("ContentType", "") for override in named), "")
