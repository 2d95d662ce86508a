"""The form on a page: what stands in its boxes, both ways, and what the page's script must know."""

from nianbao.media.form.page import render, rules
from nianbao.media.form.values import Values, enter, of

__all__ = ["Values", "enter", "of", "render", "rules"]
