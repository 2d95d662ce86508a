"""Styles of generated blanks worked out once for all that are alike.

Elements with the same parent and rules share one style in WeasyPrint, but `::before` and `::after` never do,
and the gaps between digits and Chinese are made of them, hundreds in a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nianbao.media.pdf.weasyprint.monkeypatch import replaced


@contextmanager
def alike() -> Iterator[None]:
    """Make WeasyPrint share the styles of generated content within each document."""
    from weasyprint.css import StyleFor

    work_out = StyleFor.set_computed_styles

    def share(self: Any, element: Any, *rest: Any, pseudo_type: str | None = None, **named: Any) -> None:
        if pseudo_type not in ("before", "after") or isinstance(element, tuple):  # a page is a tuple
            work_out(self, element, *rest, pseudo_type=pseudo_type, **named)
            return
        styles = self.get_computed_styles()
        said = self.get_cascaded_styles()[element, pseudo_type]
        rules = tuple((name, id(values), weight) for name, (values, weight) in said.items())
        key = (pseudo_type, id(styles[element, None]), rules)
        known = vars(self).setdefault("_known_blanks", {})
        if key in known:
            styles[element, pseudo_type] = known[key]
        else:
            work_out(self, element, *rest, pseudo_type=pseudo_type, **named)
            known[key] = styles[element, pseudo_type]

    with replaced(StyleFor, set_computed_styles=share):
        yield
