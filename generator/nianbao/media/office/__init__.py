"""LibreOffice: PDF of documents that `page` cannot carry over, and .docx or .xlsx of older kinds of file."""

from nianbao.media.office.convert import Converted, convert_all
from nianbao.media.office.older import kind, read_older
from nianbao.media.office.running import find
from nianbao.media.office.scrub import scrub

__all__ = ["Converted", "convert_all", "find", "kind", "read_older", "scrub"]
