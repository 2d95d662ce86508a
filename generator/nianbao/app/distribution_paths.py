"""Where the workbook of each organ lies among those that are handed out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from nianbao.app import files
from nianbao.report.rollup.distribution import Recipient


def paths(whom: Sequence[Recipient]) -> list[Path]:
    """Where each workbook goes, below the folder: in that of its superior, called after the organ.

    What one office sums up lies in one folder. An aggregate's has its kind in its name, for the same
    government may report for its own office too. No two are the same to Windows or macOS.
    """
    places: list[Path] = []
    taken: set[str] = set()
    for recipient in whom:
        kind = f"（{recipient.reporter.name}）" if recipient.aggregate and recipient.reporter else ""
        name = f"{files.safe_name(recipient.expected.organ)}{kind}"
        folder = Path(files.safe_name(recipient.superior)) if recipient.superior else Path()
        number, path = 1, folder / f"{name}.xlsx"
        while (seen := _seen(path)) in taken:
            number += 1
            path = folder / f"{name}（{number}）.xlsx"
        taken.add(seen)
        places.append(path)
    return places


def _seen(path: Path) -> str:
    """A path as systems tell it from others that know no case and one form of each sign."""
    return unicodedata.normalize("NFC", path.as_posix()).casefold()
