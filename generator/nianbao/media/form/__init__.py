"""The form on a page: what stands in its boxes, both ways, and what the page's script must know."""

from nianbao.media.form.page import render, rules
from nianbao.media.form.shown import Marks, Saying, spots
from nianbao.media.form.shown import render as show
from nianbao.media.form.values import Values, enter, of

__all__ = ["Marks", "Saying", "Values", "enter", "of", "render", "rules", "show", "spots"]
