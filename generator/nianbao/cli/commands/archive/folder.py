"""What commands on the archive share: where it lies, and of which years."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.app.outcome import Usage
from nianbao.cli.options import PATH

if TYPE_CHECKING:
    from nianbao.app.archive.store import Archive

ROOT = click.option(
    "--root",
    metavar="文件夹",
    type=PATH,
    default=Path("output", "archive"),
    help="归档放在哪里；不给则为 output/archive",
)
YEARS = click.option("--year", "years", metavar="年度", default="", help="一年或几年，例如 2024 或 2020-2024")


def read_years(text: str) -> tuple[int, int] | None:
    """Return the first and the last year of --year; raises Usage."""
    match = re.fullmatch(r"(\d{4})(?:\s*[-–—至到~]\s*(\d{4}))?", text.strip())
    if text and not match:
        raise Usage(f"--year 应是一年或几年，例如 2024 或 2020-2024，现为 {text}")
    return (int(match[1]), int(match[2] or match[1])) if match else None


def open_archive(root: Path) -> Archive:
    """Return the archive in a folder; raises Usage where there is no such folder."""
    from nianbao.app.archive.store import Archive

    if not root.is_dir():
        raise Usage(f"没有归档文件夹 {root}；先用 nianbao archive add 归档，或用 --root 指明位置")
    return Archive(root)
