"""The names of codes, for lists that people read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from nianbao.report.checks import rules

FILE = Path(__file__).with_name("names.toml")


@cache
def names() -> Mapping[str, str]:
    """The Chinese name of every code that a report's check can give."""
    said: dict[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return said | {code: rule.name for code, rule in rules().items()}
