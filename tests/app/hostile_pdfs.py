"""PDFs made to keep a reader busy for ever, or to fill its memory: a few hundred bytes each."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(objects: Mapping[int, bytes]) -> bytes:
    """A PDF of these objects, the first of them its catalog."""
    content, offsets = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        offsets[number] = len(content)
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offsets[number] for number in objects)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), more, content)


def packed(content: bytes) -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode")


def page(contents: bytes, font: bytes = HELVETICA, *more: bytes) -> bytes:
    """A PDF of one page; `more` are the objects from the sixth on."""
    return pdf(dict(enumerate((CATALOG, PAGES, PAGE, contents, font, *more), 1)))


def font(to_unicode: bytes, widths: bytes = b"") -> tuple[bytes, ...]:
    """A font of two bytes to a letter, with its objects from the sixth on."""
    cmap = b"/CIDInit /ProcSet findresource begin begincmap %b endcmap" % to_unicode
    own = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[7 0 R]>>"
    )
    info = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    descendant = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo%b%b/FontDescriptor 8 0 R>>" % (
        info,
        widths,
    )
    descriptor = b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 9 9]>>"
    return own, stream(cmap), descendant, descriptor


LETTERS = stream(b"BT /F 12 Tf 72 700 Td <00410042> Tj ET")
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
TEN_FORMS = {number: stream(b"/X Do " * 10, FORM % (number + 1)) for number in range(5, 20)}
ENDLESS = {
    "contents that are themselves": pdf({1: CATALOG, 2: PAGES, 3: PAGE, 4: b"4 0 R", 5: HELVETICA}),
    "forms in forms": pdf(
        {1: CATALOG, 2: PAGES, 3: PAGE.replace(b"/Font<</F 5", b"/XObject<</X 5"), 4: stream(b"/X Do")}
        | TEN_FORMS
        | {20: stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")}
    ),
    "millions of strokes": page(packed(b"0 0 m 9 9 l S " * 1_000_000)),
    "millions of letters": page(packed(b"BT /F 1 Tf (" + b"a" * 2_000_000 + b") Tj ET")),
    "brackets in brackets": page(packed(b"(" * 3_000_000)),
    "letters of letters": page(
        LETTERS, *font(b"1 beginbfrange <0000><ffff><0041> endbfrange " * 500)
    ),
}  # fmt: skip
FILLING = {
    "a range of all letters": page(LETTERS, *font(b"1 beginbfrange <00000000><ffffffff><0041> endbfrange")),
    "widths of all letters": page(LETTERS, *font(b"", b"/W[0 2000000000 500]")),
    "spaces without end": page(packed(b" " * 200_000_000)),
}
