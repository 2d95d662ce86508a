"""The catalogue of problems: code, severity, name and rule of each, read from catalogue.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nianbao.mandate import CrossYear, Equation, editions, load
from nianbao.mandate.entry import Entry
from nianbao.report.problem import Correction, Place, Problem, Severity, Unreadable

FILE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a problem breaks: `heading` in docs/checks.md, `name` for lists, `rule` with its source.

    Of a `habit` several findings of one report are told as one. What a finding `covers` are the codes of
    others that are not told of the same sentence: they see the same mistake, and say less of it.
    """

    code: str
    heading: str
    severity: Severity
    name: str
    rule: str
    habit: bool = False
    covers: tuple[str, ...] = ()

    def broken(
        self,
        what: str,
        mend: str,
        places: Iterable[Place] = (),
        about: Iterable[object] = (),
        corrections: Iterable[Correction] = (),
    ) -> Problem:
        """The problem that the rule is broken.

        `about` is what the finding rests on (figures' keys, numbers, whole sentences): while it
        stays the same, so does an earlier decision on the finding. `corrections` are all that mends it.
        """
        facts = tuple(map(str, about))
        return Problem(self.code, self.severity, what, mend, tuple(places), facts, tuple(corrections))

    def refusal(self, file: str, what: str, mend: str) -> Unreadable:
        """What is raised where a file as a whole cannot be read."""
        return Unreadable([self.broken(what, mend, (Place(file),))])


def rules() -> Mapping[str, Rule]:
    """Every rule by code, in the order of the file."""
    return {code: rule(code) for code in entries()}


@cache
def rule(code: str) -> Rule:
    """The rule with this code; what mandate/*.toml state of it is taken from there.

    Raises KeyError if there is none, MandateError where the file is not what it must be.
    """
    heading, entry = entries()[code]
    stated = None if "rule" in entry else _stated(code)
    severity = stated.severity if isinstance(stated, CrossYear) else entry.choice("severity", Severity)
    text = f"{stated.rule}。" if stated else entry.text("rule")
    habit, covers = entry.flag("habit"), entry.texts("covers")
    made = Rule(code, heading, Severity(severity), entry.text("name"), text, habit, covers)
    entry.close()
    return made


def _stated(code: str) -> CrossYear | Equation | None:
    """The equation, or the relation between years, with this code in the newest edition that has it."""
    for mandate in map(load, reversed(editions())):
        facts: tuple[CrossYear | Equation, ...] = (*mandate.equations, *mandate.cross_year)
        for fact in facts:
            if fact.code == code:
                return fact
    return None


@cache
def entries() -> Mapping[str, tuple[str, Entry]]:
    """Heading and entry of every code; one code may stand there only once."""
    known: dict[str, tuple[str, Entry]] = {}
    for heading, section in Entry(FILE.name, "", tomllib.loads(FILE.read_text(encoding="utf-8"))).named():
        for code, entry in section.named():
            if code in known:
                raise section.fail(code, "写了两次")
            known[code] = heading, entry
    return known
