"""A comparison of reports: text for a terminal, JSON for programs, one page of HTML. Written only."""

from nianbao.media.comparison.document import to_json
from nianbao.media.comparison.page import write as page
from nianbao.media.comparison.text import write as text

__all__ = ["page", "text", "to_json"]
