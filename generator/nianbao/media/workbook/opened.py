"""Open a workbook that somebody else has saved, and take out what its cells hold."""

from __future__ import annotations

import warnings

from nianbao.media import ooxml
from nianbao.media.workbook.rows import Row, rows
from nianbao.media.workbook.skip_sheets import KEYS, keyless
from nianbao.media.workbook.workbook_xml import contents
from nianbao.report import rule

MOST_SHEETS = 100
MOST_BYTES = 50 * 1024 * 1024  # unpacked; the longest real report has about 0.01 of this


def sheets(content: bytes, file: str) -> list[tuple[str, list[Row]]]:
    """Every sheet's name and, if it has keys, its rows; raise Unreadable for no workbook or damage."""
    parts = ooxml.unpack(content, file, "Excel 工作簿（.xlsx）", "xl/workbook.xml")
    if (size := sum(map(len, parts.values()))) > MOST_BYTES:
        what = f"工作簿展开后有 {size // 1024 // 1024} MB，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请用 nianbao new 另建一份，把内容复制过去")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, on what it would drop in saving
            names, worksheets, _, strings, formats = contents(parts)
            certain = keyless(strings)
            named_rows = [
                (name, [] if certain(part) else _keyed(rows(part, strings, formats)))
                for name, part in worksheets[:MOST_SHEETS]
            ]
    except MemoryError:
        raise
    except Exception:  # openpyxl raises whatever a damaged part makes it stumble over
        mend = "请用 Excel 或 WPS 打开并另存一份，或换用完好的备份"
        raise rule("damaged").refusal(file, "工作簿的内容已损坏", mend) from None
    if len(names) > MOST_SHEETS:
        what = f"工作簿有 {len(names)} 张表，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请删去无关的表")
    return named_rows


def _keyed(sheet_rows: list[Row]) -> list[Row]:
    """The rows if there is a key among them that somebody has written, no formula."""
    keyed = any(cell.value in KEYS and not cell.formula for row in sheet_rows for cell in row.cells)
    return sheet_rows if keyed else []
