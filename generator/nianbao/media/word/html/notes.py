"""Footnotes and endnotes: where they are called, and their numbers."""

from __future__ import annotations

from nianbao.media.ooxml import Package
from nianbao.media.word.html.number_formats import written
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import Element, attribute, child, children, descendant, number, value

FOOT, END = "footnote", "endnote"
_USUAL = {FOOT: "decimal", END: "lowerRoman"}


class Notes:
    """The notes of a document; they are numbered in the order in which they are called."""

    def __init__(self, package: Package, settings: Element | None, losses: Losses) -> None:
        self.parts: dict[str, str] = {}
        self._notes: dict[tuple[str, str], Element] = {}
        self._counts = {FOOT: 0, END: 0}
        self._formats: dict[str, str] = {}
        self.endnotes: list[tuple[str, Element]] = []
        relations = package.relations(package.main).values()
        for kind in (FOOT, END):
            self.parts[kind] = next((part.target for part in relations if part.kind == f"{kind}s"), "")
            for note in children(package.tree(self.parts[kind]), f"w:{kind}"):
                self._notes[kind, attribute(note, "w:id") or ""] = note
            own = descendant(package.tree(package.main), f"w:{kind}Pr")
            properties = child(settings, f"w:{kind}Pr") if own is None else own
            self._formats[kind] = value(properties, "w:numFmt") or _USUAL[kind]
            self._counts[kind] = (number(value(properties, "w:numStart")) or 1) - 1
            if value(properties, "w:numRestart") not in (None, "continuous") and self._notes:
                losses.add("注释编号不按页或按节重新开始，全文连续编号")
            if value(properties, "w:pos") in ("beneathText", "sectEnd") and self._notes:
                losses.add("注释不紧接正文或节末，脚注在页下、尾注在文末")

    def call(self, kind: str, identity: str) -> tuple[str, Element | None]:
        """Number the next note: what stands in the text, and the note itself."""
        self._counts[kind] += 1
        label = written(self._counts[kind], self._formats[kind]) or str(self._counts[kind])
        note = self._notes.get((kind, identity))
        if kind == END and note is not None:
            self.endnotes.append((label, note))
        return label, note
