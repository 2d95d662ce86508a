"""LibreOffice: PDF of documents that `page` cannot carry over, and .docx of older kinds of file."""

from generator.media.office.convert import Converted, convert, convert_all
from generator.media.office.older import read_older
from generator.media.office.scrub import scrub

__all__ = ["Converted", "convert", "convert_all", "read_older", "scrub"]
