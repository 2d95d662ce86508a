"""Tables that should stay on one page and do not fit on one.

Word then lets go of them: the table begins below its heading and goes on overleaf. WeasyPrint leaves
the heading alone on its page. So such tables are found after a first layout, and let go in a second.
"""

from __future__ import annotations

from typing import Any

from nianbao.media.pdf.weasyprint.split_borders import tables
from nianbao.media.pdf.weasyprint.tabs import settle
from nianbao.media.pdf.weasyprint.tall_headers import widened


def loosened(document: Any) -> str:
    """The style sheet of a second layout; "" where the first one will do.

    It lets go of every table that was torn although it should be kept. Tabs, too, know their width only
    now: they are settled in their elements, which the second layout finds so; and so do tall headers.
    """
    settled = ("/* tabs */\n" if settle(document) else "") + widened(document)
    torn: dict[str, None] = {}
    for page in document.pages:
        for table in tables(page._page_box):
            if table.skipped_rows and table.style["break_inside"] == "avoid" and table.element.get("id"):
                torn[table.element.get("id")] = None
    return settled + "".join(
        f"#{identity} {{ break-inside: auto !important }} #{identity} tr {{ break-after: auto !important }}\n"
        for identity in torn
    )
