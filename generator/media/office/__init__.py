"""PDF by LibreOffice, for documents that `page` cannot carry over."""

from generator.media.office.convert import Converted, convert, convert_all
from generator.media.office.scrub import scrub

__all__ = ["Converted", "convert", "convert_all", "scrub"]
