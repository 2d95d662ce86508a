"""The sheet on who has reported: counted, left out, missing, late, not on the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openpyxl.workbook import Workbook

from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette, Value
from nianbao.report import Severity
from nianbao.report.rollup import Line, Rollup, State

SHEET = "报送情况"
WHOLE, PART = "汇总", "本级"
SHOWN = 3  # errors that are told; the rest stands in the member's own report
COLUMNS = (
    Column("序号", 6, "word"),
    Column("机关", 26),
    Column("机关类型", 14, "word"),
    Column("口径", 6, "word"),
    Column("上级", 18),
    Column("情况", 15, "word"),
    Column("截止日期", 11, "day"),
    Column("报送日期", 11, "day"),
    Column("逾期", 9, "word"),
    Column("名册", 6, "word"),
    Column("错误", 6, "number"),
    Column("警告", 6, "number"),
    Column("说明", 40),
    Column("文件", 20),
)


def add(book: Workbook, palette: Palette, content: Rollup) -> None:
    """Add the sheet."""
    counts = Counter(line.state for line in content.lines)
    told = "，".join(f"{state.value} {counts[state]}" for state in State if counts[state])
    late = sum(line.late for line in content.lines)
    advice = f"{told}，逾期 {late}。口径“{WHOLE}”的报告已包括所属单位，“{PART}”的是单位自己的。"
    advice += "报送日期取名册的，名册没有的取成文日期。"
    if not content.rostered:
        advice += "没有给出名册，未报送的无从知道；可用 --new-roster 先由这些报告建一份名册。"
    lines = (
        (_values(number, line, content), _mark(line, content)) for number, line in enumerate(content.lines, 1)
    )
    listing.add(book, palette, SHEET, advice, COLUMNS, lines)


def _values(number: int, line: Line, content: Rollup) -> list[Value]:
    member = line.member
    remark = "；".join(_remarks(line, content))
    return [
        number,
        line.organ,
        line.reporter.name if line.reporter else "",
        _scope(line),
        line.expected.superior if line.expected else "",
        line.state.value,
        line.due or (line.reporter.deadline(content.report.year) if line.reporter else None),
        line.received,
        "逾期" if line.late else "日期不明" if member and line.received is None else "",
        "" if not content.rostered else "有" if line.expected else "没有",
        member.count(Severity.ERROR) if member else None,
        member.count(Severity.WARNING) if member else None,
        remark,
        member.file if member else line.unread.file if line.unread else "",
    ]


def _scope(line: Line) -> str:
    if line.reporter is None:
        return ""
    return WHOLE if line.reporter.aggregate else PART


def _remarks(line: Line, content: Rollup) -> Iterator[str]:
    if line.member:
        errors = line.member.errors
        yield from (f"{problem.where}：{problem.what}" for problem in errors[:SHOWN])
        if len(errors) > SHOWN:
            yield f"等 {len(errors)} 个错误"
    if line.unread:
        yield from (problem.what for problem in line.unread.problems[:SHOWN])
    if content.rostered and line.member and line.expected is None:
        yield "名册上没有，请核对名称"
    if line.expected and line.expected.remark:
        yield f"名册备注：{line.expected.remark}"


def _mark(line: Line, content: Rollup) -> str:
    if line.state in (State.MISSING, State.UNREAD, State.LEFT_OUT):
        return "alarm"
    unexpected = content.rostered and line.member is not None and line.expected is None
    return "warn" if line.late or unexpected else ""
