"""The automatic numbers of a document's paragraphs, for those who read its text."""

from __future__ import annotations

from nianbao.media.ooxml import Package
from nianbao.media.word.html.formats import over, read_paragraph
from nianbao.media.word.html.numbering import Numbering
from nianbao.media.word.html.package import require_document
from nianbao.media.word.html.styles import Styles, Theme
from nianbao.media.word.html.unsupported import Losses
from nianbao.media.word.html.wordml import child, name


def labels(package: Package) -> list[str]:
    """What Word counts in front of each w:p of a .docx's body, in their order: "（一）", "1.", or nothing.

    Of a document without numbering, nothing at all; the signs of bullets are no numbers, and left out.
    Raises ProblemsFound where the package names no document.
    """
    require_document(package)
    definitions = package.related(package.main, "numbering")
    if definitions is None:
        return []
    numbering = Numbering(definitions)
    styles = Styles(package.related(package.main, "styles"), Theme({}), numbering)
    losses = Losses(package.file)
    found = []
    body = child(package.tree(package.main), "w:body")
    for paragraph in () if body is None else body.iter(name("w:p")):
        own = read_paragraph(child(paragraph, "w:pPr"))
        base, _ = styles.resolve(own.style)
        under = styles.numbered(own, over(base, styles.base_paragraph))
        label = numbering.label(over(own, under), losses)
        text = label.text.strip() if label is not None else ""
        found.append(text if any(sign.isalnum() for sign in text) else "")
    return found
