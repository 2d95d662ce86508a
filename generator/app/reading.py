"""Read a report, whatever kind of file it lies in."""

from __future__ import annotations

from pathlib import Path

from generator.report import Place, Problem, Report, Severity, Unreadable

KINDS = (".xlsx", ".json")


def read(path: Path, name: str = "") -> Report:
    """Read one report from a workbook or exchange JSON; `name` is what messages call the file.

    Raises ProblemsFound, Unreadable where the file itself cannot be read, and OSError.
    """
    kind = path.suffix.lower()
    if kind == ".xlsx":
        from generator.media import workbook

        return workbook.read(path, name)
    if kind == ".json":
        from generator.media import exchange

        return exchange.read(path, name)
    mend = {
        ".xls": "请用 Excel 或 WPS 另存为 .xlsx",
        ".et": "请用 WPS 另存为 .xlsx",
    }.get(kind, f"可以读的有：{'、'.join(KINDS)}")
    what = f"不能读{f' {path.suffix} ' if path.suffix else '没有扩展名的'}文件"
    raise Unreadable([Problem("file-kind", Severity.ERROR, what, mend, (Place(path.name),))])
