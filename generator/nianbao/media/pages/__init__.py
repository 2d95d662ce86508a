"""Pages of HTML from the templates and style sheets that lie beside the code of each kind of page."""

from nianbao.media.pages.templates import Drawing, environment, render

__all__ = ["Drawing", "environment", "render"]
