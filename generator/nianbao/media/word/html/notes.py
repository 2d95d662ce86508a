"""Footnotes and endnotes: where they are called, and their numbers."""

from __future__ import annotations

from nianbao.media.ooxml import Package, Relation
from nianbao.media.word.html.number_formats import written
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, attribute, child, children, name, number, value

FOOT, END = "footnote", "endnote"
_USUAL = {FOOT: "decimal", END: "lowerRoman"}


class Notes:
    """The notes of a document; they are numbered in the order in which they are called."""

    def __init__(self, package: Package, settings: Element | None, losses: Losses) -> None:
        self.parts: dict[str, str] = {}
        self._found: dict[tuple[str, str], Element] = {}
        self._counts = {FOOT: 0, END: 0}
        self._formats: dict[str, str] = {}
        self.endnotes: list[tuple[str, Element]] = []
        relations: list[Relation] = list(package.relations(package.main).values())
        body = package.tree(package.main)
        for kind in (FOOT, END):
            part = next((each.target for each in relations if each.kind == f"{kind}s"), "")
            self.parts[kind] = part
            for each in children(package.tree(part), f"w:{kind}"):
                self._found[kind, attribute(each, "w:id") or ""] = each
            own = None if body is None else body.find(f".//{name(f'w:{kind}Pr')}")
            properties = own if own is not None else child(settings, f"w:{kind}Pr")
            self._formats[kind] = value(properties, "w:numFmt") or _USUAL[kind]
            self._counts[kind] = (number(value(properties, "w:numStart")) or 1) - 1
            if value(properties, "w:numRestart") not in (None, "continuous") and self._found:
                losses.add("注释编号不按页或按节重新开始，全文连续编号")

    def call(self, kind: str, identity: str) -> tuple[str, Element | None]:
        """Number the next note: what stands in the text, and the note itself."""
        self._counts[kind] += 1
        said = written(self._counts[kind], self._formats[kind]) or str(self._counts[kind])
        found = self._found.get((kind, identity))
        if kind == END and found is not None:
            self.endnotes.append((said, found))
        return said, found
