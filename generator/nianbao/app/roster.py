"""The roster (名册) that somebody names, read in the process for files from outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.app import content_kind, files
from nianbao.app.workers import isolation
from nianbao.mandate import Mandate

if TYPE_CHECKING:
    from nianbao.media.workbook.roster import Roster


def read(path: Path, mandate: Mandate) -> Roster:
    """Who is to report; raises ProblemsFound, and Unreadable for what is no roster, and OSError."""
    from nianbao.media.workbook import roster

    content = files.read(path)
    content_kind.require(content, path.name, content_kind.XLSX)
    return isolation.isolate(path.name, roster.read, content, path.name, mandate)
