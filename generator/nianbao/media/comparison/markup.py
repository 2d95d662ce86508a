"""Pieces of markup that the page of a comparison is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape


def scroll(name: str, content: Iterable[str]) -> Iterator[str]:
    """A box that scrolls by itself where there is no room, and that the keyboard reaches."""
    yield f'<div class="scroll" role="group" aria-label="{escape(name)}" tabindex="0">'
    yield from content
    yield "</div>"


def head(cells: Iterable[str]) -> str:
    """The head of a table."""
    row = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in cells)
    return f"<thead><tr>{row}</tr></thead>"
