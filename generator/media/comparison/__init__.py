"""A comparison of reports: text for a terminal, JSON for programs, one page of HTML. Written only."""

from generator.media.comparison.document import to_json
from generator.media.comparison.page import write as page
from generator.media.comparison.text import write as text

__all__ = ["page", "text", "to_json"]
