"""What a blank workbook is made for."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.mandate import Mandate


@dataclass(frozen=True)
class Blank:
    """What a blank workbook is made for."""

    mandate: Mandate
    organ: str
    year: int
    reporter: str = ""
