"""The inspector's rules by code: severity, name and the rule itself, read from catalogue.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nianbao.report.problem import Place, Problem, Severity

FILE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `name` for lists, `rule` as a Chinese sentence with its source."""

    code: str
    severity: Severity
    name: str
    rule: str

    def broken(self, what: str, mend: str, places: Iterable[Place], about: Iterable[object] = ()) -> Problem:
        """The problem that the rule is broken.

        `about` is what the finding rests on (figures' keys, numbers, whole sentences): while it
        stays the same, so does an earlier decision on the finding.
        """
        return Problem(self.code, self.severity, what, mend, tuple(places), tuple(map(str, about)))


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
