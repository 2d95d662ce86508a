"""Templates become pages: the one module that knows how Jinja is set up for HTML."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from nianbao.media.pages.statutory_table import layout
from nianbao.report.chart import caption

if TYPE_CHECKING:
    from jinja2 import Environment

MEDIA = Path(__file__).parents[1]


class Drawing(Protocol):
    """A chart to be shown on a page."""

    @property
    def title(self) -> str:
        """The caption, without its number."""

    @property
    def svg(self) -> str:
        """The drawing, which has its own alternative text; it is written as it is."""


def render(template: str, **values: object) -> str:
    """The page that a template, named from the folder of all media, makes of these values."""
    return environment().get_template(template).render(values)


@cache
def environment() -> Environment:
    """Jinja for HTML: every value is escaped, and one that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def escaped(value: object) -> object:
        """A value as html.escape has it: Jinja alone would write quotation marks by number."""
        return value if hasattr(value, "__html__") else Markup(escape(str(value)))

    made = Environment(
        loader=FileSystemLoader(MEDIA),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.globals |= {"caption": caption, "layout": layout}
    return made
