"""How much of each character is seen: a page printed with its text and without, one laid on the other.

Whatever hides a character (its colour, opacity, a clip, a layer, what lies over it), it leaves no ink.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from operator import sub
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from nianbao.media.pdf.reading.drawing import View
from nianbao.media.pdf.reading.glyphs import DIGITS, Glyph

SCALE = 1.25  # pixels in a point
MOST_PIXELS = 9_000_000  # of one page, beyond which it is printed smaller
SMALLEST = 3.0  # pixels, below which a character cannot be judged
SIDE = 0.12  # of a character's width, on either side, where a neighbour's ink may be
ABOVE = 0.25  # of its size, above and below its box, where fonts that lie about themselves may reach
ENOUGH = 140  # ink that is plainly seen; of digits, which are set against one another, all is wanted
NESTED = 20  # forms within forms


def measure(content: bytes, pages: Iterable[tuple[int, View, Sequence[Glyph]]]) -> None:
    """Set the ink of the characters of pages, each given by its number from 0, its view and its characters.

    Where PDFium cannot open what pdfminer could, it is taken from what the characters say of themselves.
    """
    try:
        document: Any = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        document = None
    for number, view, glyphs in pages:
        try:
            page = document[number] if document is not None else None
        except (pypdfium2.PdfiumError, IndexError):
            page = None
        if page is not None:
            _measure_page(page, view, glyphs)
            continue
        for glyph in glyphs:
            glyph.ink = 0 if glyph.hidden else round(255 * (1 - glyph.lightness))
    if document is not None:
        document.close()


def _measure_page(page: Any, view: View, glyphs: Iterable[Glyph]) -> None:
    try:
        page.set_rotation(view.turn)
        page.set_cropbox(*view.box)
        most = (MOST_PIXELS / max(page.get_width() * page.get_height(), 1)) ** 0.5
        scale = min(SCALE * view.unit, most)
        with_text = _Picture(page, scale)
        for item in _texts(page.raw, None):
            pdfium.FPDFTextObj_SetTextRenderMode(item, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        without = _Picture(page, scale)
    finally:
        page.close()
    with_text.compare(without, scale / view.unit, glyphs)


class _Picture:
    """A page as pixels in shades of grey."""

    def __init__(self, page: Any, scale: float) -> None:
        bitmap = page.render(
            scale=scale, grayscale=True, may_draw_forms=False, extra_flags=pdfium.FPDF_PRINTING
        )
        self.pixels, self.stride = bytes(bitmap.buffer), bitmap.stride
        self.width, self.height = bitmap.width, bitmap.height
        bitmap.close()

    def compare(self, other: _Picture, scale: float, glyphs: Iterable[Glyph]) -> None:
        """Set how much each character differs from the same place on the other picture."""
        ones = int.from_bytes(self.pixels, "big") ^ int.from_bytes(other.pixels, "big")
        differing = ones.to_bytes(len(self.pixels), "big")  # on white, how dark; elsewhere only whether
        white, under, stride = b"\xff" * self.width, other.pixels, self.stride
        for glyph in glyphs:
            if glyph.size * scale < SMALLEST or glyph.text.isspace():
                continue
            side = SIDE * (glyph.right - glyph.left) if glyph.text.isalnum() else 0.0
            left = max(int((glyph.left + side) * scale), 0)
            wide = min(max(int((glyph.right - side) * scale + 1), left + 1), self.width) - left
            reach = ABOVE * glyph.size
            top = max(int((glyph.top - reach) * scale), 0)
            bottom = min(int((glyph.bottom + reach) * scale + 1), self.height)
            glyph.ink = 0
            if wide <= 0:
                continue
            starts = range(top * stride + left, bottom * stride + left, stride)
            half = len(starts) // 2
            for start in (*starts[half:], *starts[:half]):  # there is ink in the middle of most
                end = start + wide
                ink = max(differing[start:end])
                if ink > glyph.ink and under[start:end] != white[:wide]:
                    ink = max(map(abs, map(sub, self.pixels[start:end], under[start:end])))
                if ink > glyph.ink:
                    glyph.ink = ink
                    if ink >= ENOUGH and glyph.text not in DIGITS:
                        break


def _texts(page: Any, form: Any, depth: int = 0) -> Iterator[Any]:
    """The text objects of a page, and of the forms on it."""
    items = pdfium.FPDFPage_CountObjects(page) if form is None else pdfium.FPDFFormObj_CountObjects(form)
    for number in range(max(items, 0)):
        if form is None:
            item = pdfium.FPDFPage_GetObject(page, number)
        else:
            item = pdfium.FPDFFormObj_GetObject(form, ctypes.c_ulong(number))
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < NESTED:
            yield from _texts(page, item, depth + 1)
