"""The clerk's workbook: blank, filled from a report, read back, and with the findings in it.

What writes workbooks is imported where one is written: reading needs none of it.
"""

from __future__ import annotations

import sys
from importlib import import_module

if "numpy" not in sys.modules and "openpyxl" not in sys.modules:
    sys.modules["numpy"] = None  # type: ignore[assignment] # openpyxl imports it where it is installed,
    import openpyxl  # noqa: F401 - to know its numbers: half of the time and memory of our start

    del sys.modules["numpy"]

from nianbao.media.workbook.particulars import Blank
from nianbao.media.workbook.read import read_content

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nianbao.media.workbook.changes import fill
    from nianbao.media.workbook.marks import mark
    from nianbao.media.workbook.writer import write

__all__ = ["Blank", "fill", "mark", "read_content", "write"]
_WRITING = {"write": "writer", "mark": "marks", "fill": "changes"}  # what, and the module it is in


def __getattr__(name: str) -> object:
    if name not in _WRITING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WRITING[name]}"), name)
