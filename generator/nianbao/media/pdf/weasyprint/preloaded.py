"""What every process that prints works out first: done once, where this is imported before they start."""

from contextlib import suppress

from nianbao.media.pdf.weasyprint.fast import style_sheet
from nianbao.media.pdf.weasyprint.printer import libraries_by_file_name
from nianbao.media.pdf.weasyprint.versions import is_tried

TYPES = (  # of Pango and HarfBuzz, each of which cffi would read with a parser of C
    "PangoFcFontMap *",
    "PangoLogAttr[]",
    "PangoRectangle *",
    "char[4]",
    "char[]",
    "hb_codepoint_t[]",
    "hb_tag_t[100]",
    "unsigned int *",
)

with suppress(ImportError, OSError):  # without WeasyPrint or Pango the first print says so
    with libraries_by_file_name():
        from weasyprint.text.ffi import ffi
    if is_tried():
        style_sheet()
        for name in TYPES:
            ffi.typeof(name)
