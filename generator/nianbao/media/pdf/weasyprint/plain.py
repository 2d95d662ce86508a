"""HTML printed by any WeasyPrint, by its public interface alone.

Lines and pages are those of the fast way; `versions.notices` says what is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from nianbao.media.pdf.weasyprint.pdfa import Attachment, Printed, Variant, attach

_TABS = ".tab { width: 1.5em !important }"  # as on a screen: where a tab leads is known after the layout only


def print_plainly(
    html: str, fetcher: Any, fonts: Any, variant: Variant | None, attachments: Sequence[Attachment]
) -> Printed:
    """Print a document with WeasyPrint's own tags, as the PDF/A that WeasyPrint declares.

    Without `variant` that is PDF/A-3b: PDF/A-1 allows neither the fonts as WeasyPrint embeds them nor
    anything attached.
    """
    import weasyprint

    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
        fonts, stylesheets=[weasyprint.CSS(string=_TABS)]
    )
    content: bytes = document.write_pdf(
        finisher=lambda _, pdf: attach(pdf, attachments),
        pdf_variant=(variant or Variant.A3B).value,
        pdf_tags=True,
        pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode("ascii"),
    )
    return Printed(content)
