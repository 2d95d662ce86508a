"""Whole reports in ordinary words, all of it right, and the mistakes that were planted in them.

A file tells one organ's report of 2025 and the figures of both years:

    organ, reporter
    [figures]      by name, 2025 and 2024; all others are 0
    [sections]     引言 一 五 六, a paragraph a line
    true           codes of findings that are true of the report as it is
    [[mistakes]]   kind; section, or 标题 署名 成文日期; was → is; why it is wrong; missed: nothing finds it

Texts and mistakes were written by people who had not read the rules.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from nianbao.mandate import for_year
from nianbao.report import Problem, Report, check

from tests.reports import TABLES, take

FOLDER = Path(__file__).parent
YEAR = 2025
PARTICULARS = {"标题": "title", "署名": "issued_by", "成文日期": "date_line"}


@dataclass(frozen=True)
class Mistake:
    """Words of a report, and what a careless clerk would have put there."""

    kind: str
    section: str
    was: str
    wrong: str
    why: str
    missed: bool = False


@dataclass(frozen=True)
class Narrative:
    """One file."""

    path: Path
    document: Mapping[str, Any]
    last: Report
    true: frozenset[str]
    mistakes: tuple[Mistake, ...]
    _by_mistake: dict[Mistake, tuple[Problem, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is found in the report as it is."""
        return check(take(self.document), self.last)

    @property
    def alarms(self) -> tuple[Problem, ...]:
        """What is found in the report as it is, and is not true."""
        return tuple(problem for problem in self.problems if problem.code not in self.true)

    def found(self, mistake: Mistake) -> tuple[Problem, ...]:
        """What is found with the mistake in it, and not without."""
        before = Counter((problem.code, problem.what) for problem in self.problems)
        return tuple(
            problem for problem in self.problems_by(mistake) if not before[problem.code, problem.what]
        )

    def problems_by(self, mistake: Mistake) -> tuple[Problem, ...]:
        """All that is found with the mistake in it; looked for once, for all tests."""
        if mistake not in self._by_mistake:
            self._by_mistake[mistake] = check(take(self.wrong_by(mistake)), self.last)
        return self._by_mistake[mistake]

    def wrong_by(self, mistake: Mistake) -> dict[str, Any]:
        """The report with the mistake in it."""
        if mistake.section in PARTICULARS:
            return {**self.document, PARTICULARS[mistake.section]: mistake.wrong}
        sections = self.document["sections"]
        text = sections[mistake.section]
        assert text.count(mistake.was) == 1, f"{self.path.name} {mistake.section}: {mistake.was}"
        return {
            **self.document,
            "sections": {**sections, mistake.section: text.replace(mistake.was, mistake.wrong)},
        }


def narratives(folder: Path = FOLDER) -> Iterator[Narrative]:
    """Every narrative of a folder."""
    for path in sorted(folder.glob("*.toml")):
        yield read(path)


@cache
def read(path: Path) -> Narrative:
    """One narrative; raises KeyError where a figure has another name in the form."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    mistakes = (
        Mistake(one["kind"], one["section"], one["was"], one["is"], one["why"], one.get("missed", False))
        for one in content["mistakes"]
    )
    blank = dict.fromkeys(content["sections"], "")
    last = take(_document(content, YEAR - 1, blank))
    document = _document(content, YEAR, content["sections"])
    return Narrative(path, document, last, frozenset(content.get("true", ())), tuple(mistakes))


def _document(content: Mapping[str, Any], year: int, sections: Mapping[str, str]) -> dict[str, Any]:
    organ, mandate = content["organ"], for_year(year)
    known = {name: pair[YEAR - year] for name, pair in content["figures"].items()}
    document: dict[str, Any] = {
        "organ": organ,
        "year": year,
        "reporter": content["reporter"],
        "title": f"{organ}{year}年政府信息公开工作年度报告",
        "issued_by": organ,
        "date_line": f"{year + 1}年1月20日",
        "sections": {key: text.strip() for key, text in sections.items()},
        **{table: {} for table in TABLES.values()},
    }
    for slot in mandate.slots.values():
        rows, figure = document[TABLES[slot.table]], known.pop(slot.name, 0)
        if slot.table == "disclosure":
            rows.setdefault(slot.row, {})[slot.column] = figure
        else:
            rows.setdefault(slot.row, []).append(figure)
    if known:
        raise KeyError(*known)
    return document
