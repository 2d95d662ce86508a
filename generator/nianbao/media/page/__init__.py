"""A Word document read into one HTML document with CSS paged media."""

from nianbao.media.page.document import Asked, Page, convert
from nianbao.media.page.labels import labels

__all__ = ["Asked", "Page", "convert", "labels"]
