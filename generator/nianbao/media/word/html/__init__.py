"""A Word document read into one HTML document with CSS paged media."""

from nianbao.media.word.html.document import Asked, Page, convert

__all__ = ["Asked", "Page", "convert"]
