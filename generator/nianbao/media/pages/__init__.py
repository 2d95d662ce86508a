"""Pages of HTML from the templates and style sheets that lie beside the code of each kind of page."""

from nianbao.media.pages.render import Drawing, environment, render
from nianbao.media.pages.statutory_table import layout

__all__ = ["Drawing", "environment", "layout", "render"]
