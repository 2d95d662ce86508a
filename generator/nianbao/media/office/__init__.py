"""LibreOffice, Word and WPS: PDF of what `page` cannot carry over; .docx or .xlsx of older kinds of file."""

from nianbao.media.office.automation import automate_all
from nianbao.media.office.convert import Converted, convert_all
from nianbao.media.office.older import kind, read_older
from nianbao.media.office.running import find
from nianbao.media.office.scrub import scrub

__all__ = ["Converted", "automate_all", "convert_all", "find", "kind", "read_older", "scrub"]
