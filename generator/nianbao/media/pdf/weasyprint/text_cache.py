"""Words shaped once: figures, marks and phrases come again and again, in a report and in the next one.

WeasyPrint asks Pango for the letters of every piece of text, and has no hook to keep what it answers. Here
pieces of the same letters in the same type share it; a test compares them with WeasyPrint's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from nianbao.media.pdf.weasyprint.monkeypatch import kept, replaced

MOST = 1_000  # pieces of text kept at a time: a report has some 400, and Pango holds about 10 KB for each
_SPARE = 0.01  # pixels by which a piece must fit where it counts as fitting
_TYPE = (
    "font_family", "font_size", "font_style", "font_stretch", "font_weight", "font_kerning",
    "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_variation_settings",
    "font_language_override", "lang", "direction", "letter_spacing", "word_spacing", "white_space",
    "overflow_wrap", "word_break", "tab_size", "hyphens", "hyphenate_character", "hyphenate_limit_chars",
    "hyphenate_limit_zone", "text_decoration_line",
)  # fmt: skip
_measured: dict[Any, Any] = {}


@contextmanager
def measured() -> Iterator[None]:
    """Make WeasyPrint measure equal pieces of text once in a process, as long as the fonts are the same."""
    from weasyprint.layout import inline

    split, strut = inline.split_first_line, inline.strut

    def recall(
        text: str, style: Any, context: Any, max_width: float | None, spacing: float,
        is_line_start: bool = True, minimum: bool = False,
    ) -> Any:  # fmt: skip
        piece = (text, _type(style), spacing, style.font_config)
        if (entry := _measured.get(piece)) is not None and (max_width is None or entry[1] <= max_width):
            return _again(entry[0], max_width)
        place = (*piece, max_width, is_line_start, minimum)
        if (known := _measured.get(place)) is not None:
            return _again(known, max_width)
        result = split(text, style, context, max_width, spacing, is_line_start=is_line_start, minimum=minimum)
        if len(_measured) >= MOST:
            _measured.clear()
        again = (copy(result[0]), *result[1:])
        width, letters = result[3], style["letter_spacing"]
        needed = max(width, width - (0 if letters == "normal" else letters)) + _SPARE
        whole = result[2] is None and result[1] == len(text.encode())
        if whole and (max_width is None or needed <= max_width):
            _measured[piece] = (again, needed)
        else:
            _measured[place] = again
        return result

    with replaced(inline, split_first_line=recall, strut=lambda style: kept(style, "_line", strut)):
        yield


@contextmanager
def drawn() -> Iterator[None]:
    """Make WeasyPrint draw equal pieces of text, blanks above all, by shaping them once, within one PDF."""
    from weasyprint.draw import text
    from weasyprint.text.line_break import Layout

    shape, draw = Layout.reactivate, text.draw_first_line
    known: dict[Any, tuple[Any, list[bytes]]] = {}

    def first_line(stream: Any, box: Any, overflow: str, ellipsis: str, matrix: Any) -> Any:
        layout = box.pango_layout
        whole = overflow != "ellipsis" and ellipsis == "none"
        key = (layout.text, _type(box.style), layout.justification_spacing) if whole else None
        if not box.text.strip():
            return []
        if key in known:
            font, operators = known[key]
            stream.set_text_matrix(*matrix.values)
            stream.set_font_size(*font)
            stream.stream += operators
            return []
        shape(layout, box.style)
        start = len(stream.stream) + 1  # past the matrix
        emojis = draw(stream, box, overflow, ellipsis, matrix)
        operators = stream.stream[start:]
        fonts = [operator for operator in operators if operator.endswith(b" Tf")]
        if key and operators and not emojis and fonts in ([], operators[:1]):
            known[key] = (stream._current_font, operators[len(fonts) :])
        return emojis

    def later(layout: Any, _: Any) -> None:
        vars(layout).update(layout=None, language=None, style=None)

    with replaced(text, draw_first_line=first_line), replaced(Layout, reactivate=later):
        yield


def _again(result: Any, max_width: float | None) -> Any:
    layout = copy(result[0])
    layout.max_width = max_width
    return (layout, *result[1:])


def _type(style: Any) -> Any:
    """All of a style that letters and the ends of lines depend on."""
    return kept(style, "_type", lambda style: str([style[name] for name in _TYPE]))
