"""发文机关标志 on one line, however long the name is."""

from __future__ import annotations

import re

from nianbao.media.word.layout import LETTERHEAD, LETTERHEAD_LINE, LETTERHEAD_SIZE, TYPE_AREA
from nianbao.media.word.line_breaks import width

_LETTERHEAD = re.compile(
    rf'(<w:pStyle w:val="{LETTERHEAD}"/>)((?:(?!</w:p>).)*?<w:r>(?:(?!</w:p>).)*?)(</w:rPr>)', re.DOTALL
)


def fit(document: str, name: str) -> str:
    """Set the letterhead of a merged document smaller where its style is too large for the name."""
    size = int(TYPE_AREA / 10 / width(name))  # a half-point is ten twips
    if size >= LETTERHEAD_SIZE:
        return document
    line = f'<w:spacing w:line="{size * LETTERHEAD_LINE}" w:lineRule="exact"/>'
    return _LETTERHEAD.sub(rf'\g<1>{line}\g<2><w:sz w:val="{size}"/>\g<3>', document, count=1)
