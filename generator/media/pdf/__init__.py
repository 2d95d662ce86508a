"""PDF files: printed from HTML, tagged, and fit for the archive."""

from generator.media.pdf.archive import Attachment, Variant
from generator.media.pdf.printer import write

__all__ = ["Attachment", "Variant", "write"]
