"""PDF files: printed from HTML, tagged, and fit for the archive."""

from nianbao.media.pdf.weasyprint.pdfa import Attachment, Variant
from nianbao.media.pdf.weasyprint.printer import write

__all__ = ["Attachment", "Variant", "write"]
