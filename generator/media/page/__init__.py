"""A Word document read into one HTML document with CSS paged media."""

from generator.media.page.document import Asked, Page, convert

__all__ = ["Asked", "Page", "convert"]
