"""Paragraphs whose end is hidden: the next one goes on in their line."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.media.word.html.formats import Character, Paragraph
from nianbao.media.word.html.wordml import Element, child, switch


class RunIn(NamedTuple):
    """A paragraph whose end is hidden; `format` where it also sets what goes on with it (样式分隔符)."""

    element: Element
    base: Character
    format: Paragraph | None


def runs_on(element: Element, base: Character) -> bool:
    """Whether a paragraph's end is hidden, and the next one goes on in its line."""
    return ends_hidden(child(element, "w:pPr"), base)


def ends_hidden(properties: Element | None, base: Character) -> bool:
    """Whether a paragraph with such a `w:pPr` has a hidden end."""
    hidden = switch(child(properties, "w:rPr"), "w:vanish")
    return bool(base.hidden if hidden is None else hidden)


def leads(element: Element) -> bool:
    """Whether what goes on in its line is set as it is."""
    return bool(switch(child(child(element, "w:pPr"), "w:rPr"), "w:specVanish"))
