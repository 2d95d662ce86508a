"""One report in the boxes of a page: opened from any kind of file, inspected, and made into any kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from nianbao.app import reading
from nianbao.app.check import inspect
from nianbao.app.generate.job import Job
from nianbao.app.generate.pipeline import Artifacts, RenderContext
from nianbao.app.generate.pipeline import make as make_report
from nianbao.app.reading import Given, form_of
from nianbao.media import exchange, form, workbook
from nianbao.media.form import Values
from nianbao.report import PREFACE, Decision, Problem, Report, Settled, assemble, decidable
from nianbao.report.targets import Area, Target, Targets


@dataclass(frozen=True)
class Opened:
    """A report put into the boxes; `problems` are what only its file has, and no box shows."""

    values: Values
    title: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A finding with the spots of the form that it is about; `decision` where somebody answers for it."""

    problem: Problem
    targets: tuple[Target, ...]
    decision: Decision | None = None

    def to_json(self) -> dict[str, object]:
        """The finding as the page has it."""
        problem = self.problem
        return {
            "id": problem.fingerprint,
            "code": problem.code,
            "severity": problem.severity.value,
            "word": problem.severity.word,
            "what": problem.what,
            "mend": problem.mend,
            "where": _where(problem),
            "targets": [str(target) for target in self.targets],
            "decidable": decidable(problem),
            "decision": self.decision.to_json() if self.decision else None,
        }


class Inspected:
    """The report that the boxes make, and its findings; `last` is the same organ's of the year before."""

    def __init__(self, values: Values, last: Values | None = None) -> None:
        """Take the boxes of both years."""
        self.values, self.last = values, last

    @cached_property
    def report(self) -> Report:
        """The report; raises ProblemsFound where the boxes make none."""
        return assemble(form.enter(self.values, ""))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, open ones first."""
        last = assemble(form.enter(self.last, "")) if self.last else None
        found, targets = inspect(self.report, last).found, Targets(self.report)
        still_open = (Finding(problem, targets.of(problem)) for problem in found.open)
        return (*still_open, *(_settled(one, targets) for one in found.settled))


def blank(given: Given) -> Values:
    """The boxes of a report that nobody has begun; raises Usage where its year has no form."""
    assert given.year is not None  # asked for by the caller
    form_of(given.year)
    return Values(given.year, {key: word for key, word in given.words.items() if key != "year"}, {}, {})


def open_file(content: bytes, name: str, given: Given = reading.NOTHING) -> Opened:
    """Put a report of any kind of file into the boxes; raises as `reading.read_content` does."""
    report = reading.read_content(content, name, given, nameless=True)
    values = form.of(report)
    shown = {(problem.code, problem.what) for problem in assemble(form.enter(values, "")).reading}
    own = tuple(problem for problem in report.reading if (problem.code, problem.what) not in shown)
    return Opened(values, report.title, own)


def exchanged(values: Values) -> bytes:
    """The report in the boxes as exchange JSON; raises ProblemsFound where they make none."""
    return exchange.write(assemble(form.enter(values, ""))).encode()


def printed_texts(values: Values) -> list[tuple[Target, str]]:
    """Every heading and paragraph with its spot on the form, in the order of printing."""
    report = assemble(form.enter(values, ""))
    texts = _paragraphs(report, PREFACE)
    for section in report.mandate.sections:
        texts.append((Target(Area.SECTION, section.key), section.heading))
        texts += _paragraphs(report, section.key)
    return texts


def _paragraphs(report: Report, section: str) -> list[tuple[Target, str]]:
    paragraphs = report.narratives.get(section, ())
    return [(Target(Area.PARAGRAPH, section, number), one.text) for number, one in enumerate(paragraphs, 1)]


def filled_workbook(values: Values, source: bytes | None, name: str) -> bytes:
    """The report in the boxes as a workbook: the clerk's own where there is one, with what was changed."""
    report = assemble(form.enter(values, ""))
    return workbook.write(report)[0] if source is None else workbook.fill(source, name, report)


def make(context: Mapping[str, Job], name: str, kind: str, content: bytes) -> Artifacts:
    """Make a report's files in a worker: `context` has the jobs by kind, `content` is its exchange JSON."""
    return make_report(_rendering(context[kind]), name, content)


_made: dict[int, RenderContext] = {}  # of this process: templates are opened and proved once


def _rendering(job: Job) -> RenderContext:
    return _made.setdefault(id(job), RenderContext(job))


def _settled(settled: Settled, targets: Targets) -> Finding:
    return Finding(settled.problem, targets.of(settled.problem), settled.decision)


def _where(problem: Problem) -> str:
    """Where on the form, in words: without a file's name, for there is none."""
    spots = dict.fromkeys(
        " › ".join(word for word in (place.sheet or place.part, place.spot) if word)
        for place in problem.places
    )
    return "、".join([*spots][:3]) + ("等" if len(spots) > 3 else "")
