"""The workbooks that an office reads and hands out beside reports: its roster, and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from nianbao.app import content_kind
from nianbao.app.workers import isolation
from nianbao.mandate import Mandate
from nianbao.report.rollup import Expected

if TYPE_CHECKING:
    from nianbao.media.workbook.roster import Roster


def read_roster(content: bytes, name: str, mandate: Mandate) -> Roster:
    """Who is to report, and what is wrong with lines; raises Unreadable for what is no roster."""
    from nianbao.media.workbook import roster

    content_kind.require(content, name, content_kind.XLSX)
    return isolation.isolate(name, roster.read, content, name, mandate, whole=False)


def roster_workbook(lines: Sequence[Expected], mandate: Mandate) -> bytes:
    """A roster that `read_roster` reads again."""
    from nianbao.media.workbook import roster

    return roster.write_lines(lines, mandate)


def list_workbook(
    name: str, advice: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[str | date | None]]
) -> bytes:
    """A list of texts and days: columns are heads with their widths in digits."""
    from nianbao.media.workbook import plain_list

    heads = [plain_list.Column(head, width) for head, width in columns]
    return plain_list.write(name, advice, heads, rows)
