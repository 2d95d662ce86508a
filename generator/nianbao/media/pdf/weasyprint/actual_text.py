"""Text that is copied or searched as it was written: no blanks where letters are merely set apart.

Whoever reads a PDF takes any wider gap for a blank: the automatic space between Chinese and digits, or
the stretching of a justified line. Letters around such a gap are marked with the text they stand for,
which CSS has no property for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LEAST, MOST = 0.09, 0.6  # em: below, readers see no gap; above, it is one that was meant
_FONT = re.compile(rb"/(\S+) ([\d.]+) Tf")
_MATRIX = re.compile(rb"1 0 0 -1 (-?[\d.]+) (-?[\d.]+) Tm")
_SHOW = re.compile(rb"\[(.*)\] TJ")
_TOKEN = re.compile(rb"<([0-9a-f]+)>|(-?[\d.]+(?:e-?\d+)?)")
_CHINESE = "\u2e80"


@dataclass(slots=True)
class Glyph:
    """One glyph, the adjustments shown after it, and whether a gap joins it to the next."""

    code: bytes
    text: str
    width: float
    after: list[bytes] = field(default_factory=list)
    joined: bool = False

    @property
    def room(self) -> float:
        """The gap after it in em."""
        return -sum(float(adjustment) for adjustment in self.after) / 1000


@dataclass(slots=True)
class Run:
    """One show operator: its place on the page, its glyphs, and the operators that lead to it."""

    lead: list[bytes]
    x: float
    y: float
    size: float
    glyphs: list[Glyph]

    @property
    def end(self) -> float:
        """Where its last glyph ends."""
        return self.x + self.size * sum(
            glyph.width / 1000 + (glyph.room if index + 1 < len(self.glyphs) else 0.0)
            for index, glyph in enumerate(self.glyphs)
        )


def mark(document: Any, pdf: Any) -> None:
    """Mark the gaps on every page of a PDF that is about to be written."""
    fonts: dict[str, tuple[dict[int, str], dict[int, float]]] = {}
    for font in document.fonts.values():
        texts, widths = fonts.setdefault(font.hash, ({}, {}))
        texts.update(font.to_unicode)
        widths.update(font.widths)
    for pdf_object in pdf.objects:
        content = getattr(pdf_object, "stream", None)
        if content and b"BT" in content:
            pdf_object.stream = list(_page(content, fonts))


def _page(content: list[Any], fonts: dict[str, tuple[dict[int, str], dict[int, float]]]) -> Iterator[Any]:
    """The operators of a page with marks added between BT and ET."""
    runs: list[Run] = []
    lead: list[bytes] = []
    font, size, x, y = "", 0.0, 0.0, 0.0
    inside = False
    for operator in content:
        if operator == b"BT":
            inside = True
            yield operator
        elif operator == b"ET" and inside:
            yield from _write(runs)
            yield from lead
            runs, lead, inside = [], [], False
            yield operator
        elif not inside or not isinstance(operator, bytes):
            yield operator
        elif (match := _SHOW.fullmatch(operator)) and font in fonts:
            glyphs = _glyphs(match[1], *fonts[font])
            runs.append(Run(lead, x, y, size, glyphs))
            x, lead = runs[-1].end, []
        else:
            lead.append(operator)
            if match := _FONT.fullmatch(operator):
                font, size = match[1].decode(), float(match[2])
            elif match := _MATRIX.fullmatch(operator):
                x, y = float(match[1]), float(match[2])


def _glyphs(shown: bytes, texts: dict[int, str], widths: dict[int, float]) -> list[Glyph]:
    glyphs: list[Glyph] = []
    for codes, number in _TOKEN.findall(shown):
        if number and glyphs:
            glyphs[-1].after.append(number)
        for start in range(0, len(codes), 4):
            code = codes[start : start + 4]
            glyph = int(code, 16)
            glyphs.append(Glyph(code, texts.get(glyph, ""), widths.get(glyph, 1000)))
    return glyphs


def _write(runs: list[Run]) -> Iterator[bytes]:
    """The operators of one text object; joined glyphs share one mark, also over several operators."""
    for index, run in enumerate(runs):
        following = runs[index + 1] if index + 1 < len(runs) else None
        _join(run, following)
    marked = False
    for index, run in enumerate(runs):
        yield from run.lead
        start = 0
        for place, glyph in enumerate(run.glyphs):
            if glyph.joined and not marked:
                yield from _show(run.glyphs[start:place])
                yield _opening(_joined(runs, index, place))
                start, marked = place, True
            elif marked and not glyph.joined:
                yield from _show(run.glyphs[start : place + 1])
                yield b"EMC"
                start, marked = place + 1, False
        yield from _show(run.glyphs[start:])


def _join(run: Run, following: Run | None) -> None:
    """Find the gaps in a run, and the one between it and the next on the same line."""
    for left, right in zip(run.glyphs, run.glyphs[1:], strict=False):
        left.joined = LEAST < left.room < MOST and left.text[:1] >= _CHINESE and right.text[:1] >= _CHINESE
    if following is None or not run.glyphs or not following.glyphs or following.y != run.y:
        return
    last, first = run.glyphs[-1], following.glyphs[0]
    gap = (following.x - run.end) / run.size if run.size else 0.0
    written = last.text and first.text and not (last.text + first.text).isspace()
    last.joined = bool(written) and LEAST < gap < MOST and max(last.text, first.text) >= _CHINESE


def _joined(runs: list[Run], index: int, place: int) -> str:
    """The text from a glyph to the last one that is joined to it."""
    text = []
    for run in runs[index:]:
        for glyph in run.glyphs[place:]:
            text.append(glyph.text)
            if not glyph.joined:
                return "".join(text)
        place = 0
    return "".join(text)


def _opening(text: str) -> bytes:
    return b"/Span <</ActualText <FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">>> BDC"


def _show(glyphs: list[Glyph]) -> Iterator[bytes]:
    if glyphs:
        shown = b"".join(b"<" + glyph.code + b">" + b" ".join(glyph.after) for glyph in glyphs)
        yield b"[" + shown + b"] TJ"
