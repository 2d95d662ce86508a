"""How the text of a page looks: its own style sheets and attributes, as far as they decide what is seen."""

from nianbao.media.webpage.reading.css.computed import Styles, compute
from nianbao.media.webpage.reading.css.matching import TooMuch
from nianbao.media.webpage.reading.css.style import Style
from nianbao.media.webpage.reading.css.user_agent import place

__all__ = ["Style", "Styles", "TooMuch", "compute", "place"]
