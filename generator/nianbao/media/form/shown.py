"""The form as it was filled in, to be read: figures, texts and particulars with what is said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from nianbao.media import pages
from nianbao.media.form.page import FIRST
from nianbao.media.form.values import of
from nianbao.report import PREFACE, PREFACE_NAME, Report
from nianbao.report.particulars import SHEET, lines
from nianbao.report.targets import Area, Target

BLANK = "空"
WAS, LAST, NOTHING = "原", "上年", "没有文字"
_FLAGS = {"error": "错", "warning": "警", "notice": "示"}  # in a cell, which has room for one sign
_ORDER = ("notice", "warning", "error")


class Saying(NamedTuple):
    """What is said of a spot: `kind` is error, warning, notice or remark; `word` says the same to people."""

    kind: str
    word: str
    text: str
    targets: Sequence[str]


@dataclass(frozen=True)
class Marks:
    """What stands beside the boxes, all by the names of targets.

    `before` are figures as they were a revision ago, `changed` the other spots that are not as they were,
    `last` last year's figures. `pin` is the address of a remark on the target that is put behind it, and
    `pin_word` what the way to it is called; "" where none can be written.
    """

    sayings: Sequence[Saying] = ()
    before: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    last: Mapping[str, str] = field(default_factory=dict)
    pin: str = ""
    pin_word: str = ""

    @cached_property
    def _at(self) -> dict[str, list[Saying]]:
        """What is said of each spot."""
        said: dict[str, list[Saying]] = {}
        for saying in self.sayings:
            for target in saying.targets:
                said.setdefault(target, []).append(saying)
        return said

    def flag(self, target: str) -> tuple[str, str, str]:
        """The worst that is said of a spot: its kind, a sign, and all of it in words; "" for none."""
        said = self._at.get(target, ())
        worst = max((saying.kind for saying in said if saying.kind in _ORDER), key=_ORDER.index, default="")
        words = "\n".join(f"{saying.word}：{saying.text}" for saying in said)
        return worst, _FLAGS.get(worst, ""), words

    def classes(self, target: str) -> str:
        """The classes of a spot."""
        remarked = any(saying.kind == "remark" for saying in self._at.get(target, ()))
        changed = target in self.changed or target in self.before
        named = (self.flag(target)[0], "remarked" if remarked else "", "changed" if changed else "")
        return " ".join(filter(None, named))

    def of_section(self, key: str) -> list[tuple[Saying, str]]:
        """What is said of a section, or of anything in it, with the first of its spots there."""
        found = []
        for saying in self.sayings:
            inside = [target for target in saying.targets if _section(target) == key]
            if inside:
                found.append((saying, inside[0]))
        return found


def render(report: Report, marks: Marks) -> str:
    """The report as HTML, to be put into a page; ids are the targets of findings and remarks."""
    words = of(report).particulars
    known = list(lines(report.mandate))
    return pages.render(
        "form/shown.html",
        report=report,
        particulars=[
            (line, words.get(line.key, ""))
            for number, line in enumerate(known)
            if number < FIRST or words.get(line.key) or any(marks.flag(f"particular:{line.key}"))
        ],
        sheet=SHEET,
        preface=PREFACE,
        preface_name=PREFACE_NAME,
        marks=marks,
        blank=BLANK,
        nothing=NOTHING,
        was=WAS,
        last=LAST,
    )


def spots(report: Report) -> list[Target]:
    """Every spot of a report that something can be said of, in the order of the form."""
    found = [Target(Area.PARTICULAR, line.key) for line in lines(report.mandate)]
    if report.narratives.get(PREFACE):
        found += [Target(Area.SECTION, PREFACE), *_written(report, PREFACE)]
    for section in report.mandate.sections:
        found.append(Target(Area.SECTION, section.key))
        found += _written(report, section.key)
        found += [
            Target(Area.FIGURE, key)
            for key, slot in report.mandate.slots.items()
            if slot.table == section.key
        ]
    return found


def _written(report: Report, section: str) -> list[Target]:
    count = len(report.narratives.get(section, ()))
    return [Target(Area.PARAGRAPH, section, number) for number in range(1, count + 1)]


def _section(target: str) -> str:
    area, key, *_ = target.split(":")
    match area:
        case Area.PARTICULAR:
            return "particulars"
        case Area.FIGURE:
            return key.split(".")[0]
        case _:
            return key
