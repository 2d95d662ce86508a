"""Open a workbook that somebody else has saved, and take out what its cells hold."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field

from nianbao.media import ooxml
from nianbao.media.workbook.appearance import Appearances
from nianbao.media.workbook.drawings import covered
from nianbao.media.workbook.rows import Row, rows
from nianbao.media.workbook.sheet_layout import Area, Layout
from nianbao.media.workbook.skip_sheets import KEYS, keyless
from nianbao.media.workbook.workbook_xml import Contents, NoWorkbook, Sheet, contents
from nianbao.report import Unreadable, rule, shortage

WORD = "Excel 工作簿（.xlsx）"
MOST_SHEETS = 100
MOST_BYTES = 50 * 1024 * 1024  # unpacked; the longest real report has about 0.01 of this


@dataclass(frozen=True)
class Opened:
    """A sheet with its rows, none where it has no keys; how its cells appear and what is laid on them."""

    name: str
    hidden: bool
    rows: list[Row]
    layout: Layout = field(default_factory=Layout)
    appearances: Appearances | None = None
    covered: tuple[Area, ...] = ()


def sheets(content: bytes, file: str) -> list[Opened]:
    """Every sheet and, if it has keys, its rows; raise Unreadable for no workbook or damage."""
    parts = ooxml.unpack(content, file, WORD, "")
    if (size := sum(map(len, parts.values()))) > MOST_BYTES:
        what = f"工作簿展开后有 {size // 1024 // 1024} MB，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请用 nianbao new 另建一份，把内容复制过去")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, on what it would drop in saving
            opened = contents(parts)
            certain = keyless(opened.book.strings)
            found = [
                Opened(sheet.name, sheet.hidden, []) if certain(sheet.xml) else _keyed(sheet, opened)
                for sheet in opened.worksheets[:MOST_SHEETS]
            ]
    except NoWorkbook as other:
        raise no_workbook(file, str(other)) from None
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
        shortage.insist(error)
        mend = "请用 Excel 或 WPS 打开并另存一份，或换用完好的备份"
        raise rule("damaged").refusal(file, "工作簿的内容已损坏", mend) from None
    if len(opened.names) > MOST_SHEETS:
        what = f"工作簿有 {len(opened.names)} 张表，不像一份年度报告，没有打开"
        raise rule("too-large").refusal(file, what, "请删去无关的表")
    return found


def no_workbook(file: str, part: str) -> Unreadable:
    """The refusal of an Office file whose main part is no workbook that can be read."""
    if part.endswith(".bin"):
        return rule("wrong-file").refusal(
            file, "这是二进制的 Excel 工作簿（.xlsb）", "请用 Excel 或 WPS 另存为 .xlsx"
        )
    return rule("wrong-file").refusal(file, f"这不是 {WORD}", f"请给出 {WORD}")


def _keyed(sheet: Sheet, opened: Contents) -> Opened:
    """The sheet with its rows if there is a key among them that somebody has written, no formula."""
    found, layout = rows(sheet.xml, opened.book)
    if not any(cell.value in KEYS and not cell.formula for row in found for cell in row.cells):
        return Opened(sheet.name, sheet.hidden, [])
    looks = opened.book.looks
    laid = tuple(covered(layout, opened.package, sheet.part))
    return Opened(sheet.name, sheet.hidden, found, layout, Appearances(layout, looks), laid)
