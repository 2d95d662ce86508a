"""A PDF that somebody published, as lines and tables."""

from nianbao.media.pdf.reading.read import read_blocks

__all__ = ["read_blocks"]
