"""The report as one web page, to be published on the organ's own site, or as an article for a 公众号."""

from nianbao.media.webpage.inline import write as article
from nianbao.media.webpage.page import write

__all__ = ["article", "write"]
