"""The words of the pages: one catalogue, for templates and scripts."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest


@cache
def catalogue() -> dict[str, Any]:
    """All words by page and name."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def moment(at: datetime) -> str:
    """A local time as a sentence or a table says it, to the minute."""
    return f"{at.month}月{at.day}日 {at.hour:02}:{at.minute:02}"


def words(request: HttpRequest | None = None) -> dict[str, Any]:
    """The words, for every template."""
    return {"words": SimpleNamespace(**catalogue())}
