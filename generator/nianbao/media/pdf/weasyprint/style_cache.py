"""Styles worked out once for all elements that are alike: the same attributes under the same ancestors.

WeasyPrint matches every element with every rule before it sees that it has such a style already, and shares
none of `::before` and `::after`: the gaps between digits and Chinese are made of them, hundreds in a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from types import SimpleNamespace
from typing import Any

from nianbao.media.pdf.weasyprint.monkeypatch import replaced

_SIBLINGS = re.compile(r"[+~]|:(?:first|last|only|nth)-|:empty|:has")  # selectors that look beyond ancestors


def may_share(sheet: str) -> bool:
    """Whether a style sheet asks of an element nothing but what it and its ancestors are."""
    return not _SIBLINGS.search(sheet)


@contextmanager
def alike() -> Iterator[None]:
    """Make WeasyPrint work out each style once within a document whose source says that it `may_share`."""
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped] # ships no types
    from weasyprint.css import StyleFor

    work_out = StyleFor.__init__

    def share(self: Any, html: Any, *rest: Any) -> None:
        if not getattr(html, "may_share", False):
            work_out(self, html, *rest)
            return
        others: list[tuple[Any, Any]] = []

        def different() -> Iterator[Any]:
            first: dict[Any, Any] = {}
            waiting = [(html.etree_element, None)]
            while waiting:
                element, parent = waiting.pop()
                kind = (id(parent), element.tag, *element.items())
                if kind in first:
                    known = first[kind]
                    others.append((element, known.etree_element))
                    self._computed_styles[element, None] = self._computed_styles[known.etree_element, None]
                else:
                    known = first[kind] = ElementWrapper(element, parent, 0, None, in_html_document=True)
                    yield known
                waiting += [(child, known) for child in reversed(element)]

        fewer = copy(html)
        fewer.wrapper_element = SimpleNamespace(iter_subtree=different)
        work_out(self, fewer, *rest)
        generated: dict[Any, list[tuple[str, Any]]] = {}
        for (element, name), style in self._computed_styles.items():
            if name:
                generated.setdefault(element, []).append((name, style))
        for element, known in others:
            self._computed_styles |= {(element, name): style for name, style in generated.get(known, ())}

    with replaced(StyleFor, __init__=share):
        yield
