"""Read a report, whatever kind of file it lies in."""

from __future__ import annotations

from pathlib import Path

from generator.report import Place, Problem, Report, Severity, Unreadable

KINDS = (".xlsx", ".json")


def read(path: Path, name: str = "") -> Report:
    """Read one report from a workbook or exchange JSON; `name` is what messages call the file.

    Raises ProblemsFound, Unreadable where the file itself cannot be read, and OSError.
    """
    name = name or path.name
    _kind(name)  # what cannot be read need not be opened
    return read_content(path.read_bytes(), name)


def read_content(content: bytes, name: str) -> Report:
    """Read one report from a file's bytes; its name tells the kind. Raises as `read` does, but no OSError."""
    if _kind(name) == ".xlsx":
        from generator.media import workbook

        return workbook.read_content(content, name)
    from generator.media import exchange

    return exchange.read_content(content, name)


def _kind(name: str) -> str:
    """The end of a name, in small letters; raise Unreadable for a kind that cannot be read."""
    suffix = Path(name).suffix
    kind = suffix.lower()
    if kind in KINDS:
        return kind
    mend = {
        ".xls": "请用 Excel 或 WPS 另存为 .xlsx",
        ".et": "请用 WPS 另存为 .xlsx",
    }.get(kind, f"可以读的有：{'、'.join(KINDS)}")
    what = f"不能读{f' {suffix} ' if suffix else '没有扩展名的'}文件"
    raise Unreadable([Problem("file-kind", Severity.ERROR, what, mend, (Place(name),))])
