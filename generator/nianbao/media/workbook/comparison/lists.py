"""The sheets of rates and of particulars."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.workbook import Workbook

from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette, Value
from nianbao.report.comparison import Comparison, wording

RATES = (
    Column("比率", 26),
    Column("报告", 26),
    Column("分子", 12, "number"),
    Column("分母", 12, "number"),
    Column("比率值", 11, "percent"),
    Column("相比的报告", 26),
    Column("增减（百分点）", 15, "number"),
)


def rates(book: Workbook, palette: Palette, comparison: Comparison) -> None:
    """Add the sheet of rates."""
    advice = "只由表格中的数算出；缺数的、前后矛盾的不算。"
    lines = ((values, "") for values in _rates(comparison))
    listing.add(book, palette, wording.RATES, advice, RATES, lines)


def _rates(comparison: Comparison) -> Iterator[list[Value]]:
    """One line for each rate and report, and one more for each whole step."""
    labels = [column.label for column in comparison.columns]
    for rate in comparison.rates:
        steps = list(zip(comparison.steps, rate.points, strict=True))
        for at, share in enumerate(rate.shares):
            percent = None if share.percent is None else share.percent / 100
            ending = [(labels[step.before], points) for step, points in steps if step.after == at]
            for against, points in ending or [("", None)]:
                yield [rate.name, labels[at], share.part, share.whole, percent, against, points]


def particulars(book: Workbook, palette: Palette, comparison: Comparison) -> None:
    """Add the sheet of particulars: files, editions, titles, dates."""
    reports = [column.report for column in comparison.columns]
    columns = (Column("", 14), *(Column(column.label, 30) for column in comparison.columns))
    rows: list[tuple[list[Value], str]] = [
        (["文件", *(report.file for report in reports)], ""),
        (["格式", *(report.mandate.edition.decree for report in reports)], ""),
    ]
    rows += [
        ([particular.name, *particular.texts], "warn" if particular.changed else "")
        for particular in comparison.particulars
    ]
    advice = "黄行各份不同（标题中的年度不计）。"
    sheet = listing.add(book, palette, wording.PARTICULARS, advice, columns, rows)
    listing.show(sheet, freeze=f"B{listing.FIRST}")
    sheet.auto_filter.ref = None
