"""Equal pieces of text drawn once in a PDF, and the bytes of each of its objects made once.

WeasyPrint has Pango shape every piece of text anew to draw it, blanks too; and pydyf makes the bytes of all
objects a second time for the identifier of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf  # type: ignore[import-untyped] # ships no types

from nianbao.media.pdf.weasyprint.monkeypatch import replaced
from nianbao.media.pdf.weasyprint.text_cache import type_of


@contextmanager
def drawn() -> Iterator[None]:
    """Make WeasyPrint draw each piece of text and write each object once while it makes one PDF."""
    from weasyprint.draw import text
    from weasyprint.text.line_break import Layout

    shape, draw = Layout.reactivate, text.draw_first_line
    known: dict[Any, tuple[Any, list[bytes]]] = {}

    def first_line(stream: Any, box: Any, overflow: str, ellipsis: str, matrix: Any) -> list[Any]:
        if not box.text.strip():
            return []
        layout = box.pango_layout
        whole = overflow != "ellipsis" and ellipsis == "none"
        key = (layout.text, type_of(box.style), layout.justification_spacing) if whole else None
        if key in known:
            font, operators = known[key]
            stream.set_text_matrix(*matrix.values)
            stream.set_font_size(*font)
            stream.stream += operators
            return []
        shape(layout, box.style)
        start = len(stream.stream) + 1  # past the matrix
        emojis: list[Any] = draw(stream, box, overflow, ellipsis, matrix)
        operators = stream.stream[start:]
        fonts = [each for each in operators if each.endswith(b" Tf")]
        if whole and operators and not emojis and fonts in ([], operators[:1]):
            known[key] = (stream._current_font, operators[len(fonts) :])
        return emojis

    def later(layout: Any, style: Any) -> None:
        layout.layout, layout.language, layout.style = None, None, style

    with (
        replaced(text, draw_first_line=first_line),
        replaced(Layout, reactivate=later),
        replaced(pydyf.Dictionary, data=_once(pydyf.Dictionary.data)),
        replaced(pydyf.Stream, data=_once(pydyf.Stream.data)),
    ):
        yield


def _once(data: Any) -> property:
    """The bytes of an object, kept from when it is written (it then has a place) until asked again."""
    made: dict[int, bytes] = {}

    def get(self: Any) -> bytes:
        if id(self) in made:
            return made.pop(id(self))
        content: bytes = data.fget(self)
        if self.offset:
            made[id(self)] = content
        return content

    return property(get)
