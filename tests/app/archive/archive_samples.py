"""Revisions to be kept: real reports of our own words, with small files in place of those made of them."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from nianbao.app.archive.manifest import Package
from nianbao.app.archive.package import made_with, package
from nianbao.app.archive.store import Archive

from tests.reports import sound, take


def kept(
    organ: str = "某某市财政局", year: int = 2025, received: int | None = None, size: int = 400
) -> Package:
    """What is kept of one report; the files made of it are random bytes, the same for the same report."""
    document = sound(year) | {"organ": organ, "issued_by": organ}
    if received is not None:
        row = document["table3"]["一、本年新收政府信息公开申请数量"]
        row[:] = [received, *row[1:6], received + sum(row[1:6])]
    content = json.dumps(document, ensure_ascii=False).encode()
    made = {kind: random.Random(f"{organ}{year}{kind}").randbytes(size) for kind in ("docx", "pdf", "html")}
    return package(take(document), f"{year}.json", content, made, (), by=made_with(("2021.docx", b"")))


def add_all(root: str, organ: str, years: str) -> None:
    """What a process of its own does: add one report after another, and say each that is kept."""
    archive = Archive(Path(root))
    for year in range(*map(int, years.split("-"))):
        added = archive.add(kept(organ, year))
        print(added.folder.relative_to(root).as_posix(), flush=True)  # noqa: T201 - the parent counts them


if __name__ == "__main__":
    add_all(*sys.argv[1:])
