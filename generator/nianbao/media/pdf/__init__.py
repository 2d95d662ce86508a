"""PDF files: printed from HTML, tagged, and fit for the archive."""

from nianbao.media.pdf.archive import Attachment, Variant
from nianbao.media.pdf.printer import write

__all__ = ["Attachment", "Variant", "write"]
