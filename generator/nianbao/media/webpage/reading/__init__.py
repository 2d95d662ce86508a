"""A web page that somebody published, as lines and tables: the report alone, without the site around it."""

from nianbao.media.webpage.reading.read import read_blocks

__all__ = ["read_blocks"]
