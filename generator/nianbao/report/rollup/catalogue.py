"""The codes of a roll-up: severity, name and rule of each, read from catalogue.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from nianbao.report.checks import Rule
from nianbao.report.problem import Severity

FILE = Path(__file__).with_name("catalogue.toml")


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by code; KeyError and ValueError where the file is not what it must be."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        code: Rule(code, Severity(entry["severity"]), entry["name"], entry["rule"])
        for code, entry in content.items()
    }


def rule(code: str) -> Rule:
    """The rule with this code; KeyError if there is none."""
    return rules()[code]
