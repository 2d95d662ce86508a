"""The PDFs of many merged Word documents by LibreOffice, started once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nianbao.app import interrupt

if TYPE_CHECKING:
    from nianbao.media.office import Converted


def print_all(documents: Sequence[tuple[str, bytes]]) -> Sequence[Converted | Exception]:
    """Print documents, each with the name of the file it was made from; Ctrl-C ends LibreOffice too."""
    from nianbao.media import fonts, office

    try:
        with interrupt.held():
            return office.convert_all(documents, fonts.configure(), waiting=interrupt.heeded)
    except Exception as error:  # a full disk, or a bug: each report has its own way of saying so
        return [error] * len(documents)
