"""The report as one web page, to be published on the organ's own site."""

from nianbao.media.webpage.page import write

__all__ = ["write"]
