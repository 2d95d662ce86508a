"""PDF files: printed from HTML, tagged, and fit for the archive."""

from nianbao.media.pdf.weasyprint.pdfa import Attachment, Variant
from nianbao.media.pdf.weasyprint.printer import pango, write
from nianbao.media.pdf.weasyprint.versions import installed, notices

PRELOADED = ("nianbao.media.pdf.weasyprint.preloaded",)  # modules that take a while to import

__all__ = ["PRELOADED", "Attachment", "Variant", "installed", "notices", "pango", "write"]
