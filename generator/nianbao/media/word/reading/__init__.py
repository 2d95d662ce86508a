"""A Word document that somebody published, read as it would be printed."""

from nianbao.media.word.reading.read import read_blocks

__all__ = ["read_blocks"]
