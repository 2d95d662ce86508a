"""HTML printed by a WeasyPrint whose insides are known: faster, with our tags, and fit for the archive.

Of WeasyPrint only the versions in `versions.TRIED` have the parts that are replaced and read here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from nianbao.media.pdf.weasyprint.actual_text import mark
from nianbao.media.pdf.weasyprint.cell_cache import shared
from nianbao.media.pdf.weasyprint.cff import slim
from nianbao.media.pdf.weasyprint.font_subset import cut
from nianbao.media.pdf.weasyprint.html_parser import parse
from nianbao.media.pdf.weasyprint.justify import justify
from nianbao.media.pdf.weasyprint.monkeypatch import kept, replaced
from nianbao.media.pdf.weasyprint.pdfa import (
    Attachment,
    Printed,
    Variant,
    attach,
    describe,
    prepare,
    transparent,
)
from nianbao.media.pdf.weasyprint.second_pass import corrections
from nianbao.media.pdf.weasyprint.split_borders import close
from nianbao.media.pdf.weasyprint.style_cache import alike
from nianbao.media.pdf.weasyprint.tags import accessible, tagged
from nianbao.media.pdf.weasyprint.text_cache import drawn, measured


def print_fast(
    html: str, fetcher: Any, fonts: Any, variant: Variant | None, attachments: Sequence[Attachment]
) -> Printed:
    """Print a document as tagged PDF/A.

    Without `variant` it is PDF/A-1b, or PDF/A-3b where something is attached or transparent.
    """
    from weasyprint import CSS

    with hastened():
        source = source_of(html, fetcher)
        document = source.render(fonts)
        if sheet := corrections(document):
            document = source.render(fonts, stylesheets=[CSS(string=sheet)])
        justify(document)
        close(document)
        identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode("ascii")
        first = variant or (Variant.A3B if attachments else Variant.A1B)
        printed = _print(document, first, attachments, identifier)
        if printed.transparent and variant is None and not (attachments or printed.missing):
            printed = _print(document, Variant.A3B, attachments, identifier)
    return printed


@contextmanager
def hastened() -> Iterator[None]:
    """Spare WeasyPrint the work that it would do again and again."""
    with alike(), shared(), measured():
        yield


def source_of(html: str, fetcher: Any) -> Any:
    """The document as WeasyPrint takes it, read by a fast parser where that one can: it is then `plain`.

    HTML has no argument for a parsed tree, and none for the style sheet of the browser.
    """
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped] # ships no types
    from weasyprint import HTML

    root = parse(html)
    source = HTML(string=html, url_fetcher=fetcher) if root is None else HTML.__new__(HTML)
    if root is not None:
        wrapper = ElementWrapper.from_html_root(root, content_language=None)
        wrapper.query_all = next(iter(wrapper)).query_all  # in its head, for metadata and style sheets
        vars(source).update(base_url=None, url_fetcher=fetcher, media_type="print")
        vars(source).update(wrapper_element=wrapper, etree_element=root)
    vars(source).update(plain=root is not None, _ua_stylesheets=lambda forms=False: [style_sheet()])
    return source


@cache
def style_sheet() -> Any:
    """WeasyPrint's own style sheet without what it says of the markers and notes of every element.

    No page of ours has such markers or calls, and to work their styles out for each element takes
    a sixth of the time of a report.
    """
    from weasyprint import CSS, html

    own = "\n".join(line for line in html.UA.splitlines() if not line.startswith("::"))
    return CSS(string=own, counter_style=html.UA_COUNTER_STYLE)


def _print(document: Any, variant: Variant, attachments: Sequence[Attachment], identifier: bytes) -> Printed:
    import pydyf  # type: ignore[import-untyped] # ships no types

    missing: set[int] = set()
    see_through = False

    def finish(printed: Any, pdf: Any) -> None:
        nonlocal see_through
        missing.update(code for font in printed.fonts.values() for code in font.missing)
        see_through = transparent(pdf)
        mark(printed, pdf)
        slim(printed, pdf)
        prepare(pdf)
        attach(pdf, attachments)
        describe(pdf, printed.metadata, variant, accessible(roots[0]))

    with tagged() as roots, cut(), drawn(), _once(pydyf.Dictionary), _once(pydyf.Stream):
        content: bytes = document.write_pdf(
            finisher=finish,
            pdf_variant=variant.value,
            pdf_tags=True,
            pdf_identifier=identifier,
            output_intent="",  # WeasyPrint would leave the profile's file open
        )
    return Printed(content, frozenset(missing), see_through)


def _once(kind: Any) -> Any:
    """Have the bytes of objects of a PDF made once: pydyf makes them again for the identifier of the file."""
    data = kind.data.fget
    written = property(lambda item: kept(item, "_bytes", data) if item.offset else data(item))
    return replaced(kind, data=written)
