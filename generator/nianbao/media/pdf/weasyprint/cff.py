"""Fonts embedded so that an archive takes them: bare CFF with only the glyphs that are used.

WeasyPrint embeds an OpenType font whole but for its outlines, as PDF 1.6 allows and PDF/A-1 does not, also
where PDF/A-1 is asked for; and it names glyphs by their place in a font that has lost most of them. What
remains here is the CFF table, without the empty glyphs, each glyph under the number by which the pages call
it: mostly `font_subset` has made it already.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

BARE = "/CIDFontType0C"


def slim(document: Any, pdf: Any) -> None:
    """Say of every font with CFF outlines that it is a bare CFF table; make it one where it is none yet."""
    used: dict[str, set[int]] = {}
    for font in document.fonts.values():
        used.setdefault(font.hash, set()).update(font.to_unicode)
    streams = {stream.reference: stream for stream in pdf.objects if hasattr(stream, "extra")}
    for pdf_object in pdf.objects:
        if not isinstance(pdf_object, dict):
            continue
        if pdf_object.get("Subtype") == "/CIDFontType0":
            pdf_object.pop("CIDToGIDMap", None)  # of TrueType only
        if pdf_object.get("Type") == "/FontDescriptor" and (file := pdf_object.get("FontFile3")):
            stream = streams[file]
            if stream.extra.get("Subtype") == "/OpenType":
                name = pdf_object["FontName"].decode().removeprefix("/").partition("+")[0]
                content = b"".join(stream.stream)
                stream.stream = [_bare(content, used[name]) if content.startswith(b"OTTO") else content]
                stream.extra["Subtype"] = BARE


def _bare(content: bytes, used: Iterable[int]) -> bytes:
    """The CFF table of an OpenType font with the glyphs of these numbers."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(content), lazy=True, recalcBBoxes=False) as font:
        fonts = font["CFF "].cff
        top = fonts.topDictIndex[0]
        if not hasattr(top, "ROS"):  # glyphs have names: a glyph's number is its place
            return bytes(font.getTableData("CFF "))
        last = len(top.charset)
        kept = sorted({0, *(glyph for glyph in used if glyph < last)})
        outlines = top.CharStrings
        index = outlines.charStringsIndex
        index.items = [index[glyph] for glyph in kept]
        index.offsets = None
        top.FDSelect.gidArray = [top.FDSelect[glyph] for glyph in kept]
        top.FDSelect.format = None
        top.charset = [".notdef", *(f"cid{glyph:05d}" for glyph in kept[1:])]
        outlines.charStrings = {name: place for place, name in enumerate(top.charset)}
        outlines.charset = top.charset
        top.numGlyphs = len(kept)
        top.CIDCount = kept[-1] + 1
        written = io.BytesIO()
        fonts.compile(written, font)
        return written.getvalue()
