"""Which steps a database has been brought up to date by, held against those that this program knows."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from nianbao.app.outcome import Usage

OURS = ("workbench", "office")
Step = tuple[str, str]  # of which part, and its name


@cache
def known() -> frozenset[Step]:
    """The steps of our own parts that this program has."""
    return frozenset(
        (part, path.stem)
        for part in OURS
        for place in import_module(f"nianbao.web.{part}.migrations").__path__
        for path in Path(place).glob("[0-9]*.py")
    )


def applied() -> frozenset[Step]:
    """The steps of our own parts that the database has gone through; none where it is new."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    steps = MigrationRecorder(connection).applied_migrations()
    return frozenset((part, name) for part, name in steps if part in OURS)


def require_known(steps: frozenset[Step] | set[Step], what: str) -> None:
    """Raise Usage where `what` was written by a newer program: an older one would spoil it."""
    newer = sorted(set(steps) - known())
    if newer:
        names = "、".join(f"{part}.{name}" for part, name in newer)
        raise Usage(f"{what} 是更新版本的程序写的（{names}），没有打开。请用那个版本，或更新本程序")
