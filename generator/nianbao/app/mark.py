"""`check --mark`: the workbook with its findings, beside the clerk's own or in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from nianbao.app import files, reading
from nianbao.app.check import Inspected
from nianbao.app.outcome import Usage
from nianbao.media import workbook
from nianbao.report import Decision, ProblemsFound


def asked(sources: Sequence[Path], target: Path) -> Path:
    """The one workbook that is to be marked; raise Usage for anything else."""
    kinds = {path.suffix.lower() for path in (*sources, target)}
    if len(sources) != 1 or kinds != {".xlsx"}:
        raise Usage("--mark 一次标注一份工作簿（.xlsx），写成另一份 .xlsx")
    return sources[0]


def earlier(source: Path, target: Path) -> Mapping[str, Decision]:
    """The decisions in an older copy that is to be replaced, where it is of the same report."""
    if not target.is_file() or _same(source, target):
        return {}
    with suppress(ProblemsFound, OSError):  # what cannot be read has none
        older, own = reading.read(target), reading.read(source)
        if (older.organ, older.year) == (own.organ, own.year):
            return older.decisions
    return {}


def put(source: Path, target: Path, inspected: Inspected, *, force: bool) -> bool:
    """Write the marked copy; into the workbook itself where that is named, without being forced.

    False where there is nothing to mark, for the workbook cannot be opened. Raises as files.put does.
    """
    if not inspected.readable:
        return False
    findings = inspected.found
    content = workbook.mark(
        files.read(source), findings.open, findings.settled, inspected.decisions, file=source.name
    )
    files.put({target: content}, force=force or _same(source, target))
    return True


def _same(source: Path, target: Path) -> bool:
    return target.exists() and source.samefile(target)
