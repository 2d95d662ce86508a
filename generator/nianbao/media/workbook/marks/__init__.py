"""The clerk's workbook with the findings in it: coloured cells, comments, a sheet that lists them.

The parts of the package are edited one by one, for openpyxl would lose half of what other
programs have put there; what is not touched is copied byte for byte.
"""

from __future__ import annotations

from nianbao.media.workbook.marks.mark import mark, unmark

__all__ = ["mark", "unmark"]
