"""One report in the boxes of a page: opened from any kind of file, inspected, and made into any kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from nianbao.app import files, reading
from nianbao.app.archive.store import Archive
from nianbao.app.check import inspect
from nianbao.app.compare import HTML
from nianbao.app.compare import write as write_comparison
from nianbao.app.generate.archive import Kept, keep_all
from nianbao.app.generate.job import Job, prepare
from nianbao.app.generate.pipeline import Artifacts, RenderContext
from nianbao.app.generate.pipeline import make as make_report
from nianbao.app.outcome import Usage
from nianbao.app.reading import Given, form_of
from nianbao.mandate import for_year
from nianbao.media import exchange, form, webpage, workbook
from nianbao.media.form import Values
from nianbao.report import PREFACE, Decision, Problem, Report, Settled, assemble, decidable, mending
from nianbao.report.carried_over import carry_over
from nianbao.report.comparison import compare as hold_against
from nianbao.report.problem import in_order
from nianbao.report.targets import Area, Target, Targets

LONGEST = 200_000  # characters: every one is looked at again with each change


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
    fix: tuple[tuple[Target, str], ...] = ()  # what each box should say, where that is certain

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
            "fix": [[str(target), text] for target, text in self.fix],
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
        still_open = (self._finding(problem, targets.of(problem)) for problem in in_order(found.open))
        return (*still_open, *(_settled(one, targets) for one in found.settled))

    def _finding(self, problem: Problem, targets: tuple[Target, ...]) -> Finding:
        return Finding(problem, targets, fix=tuple(mending.replacements(self.report, problem, targets)))


def fitting(values: Values) -> Values:
    """The same values; raises Usage where they are more than a page can show."""
    if values.length > LONGEST:
        raise Usage(
            f"这份报告有 {values.length} 个字，页面里最多放 {LONGEST} 个，没有保存。请移走多余的文字；"
            "确实要这么长的，请在工作簿里填写，用命令 nianbao generate 生成"
        )
    return values


def blank(given: Given) -> Values:
    """The boxes of a report that nobody has begun; raises Usage where its year has no form."""
    if given.year is None:
        raise Usage("请填写报告年度，四位数字")
    form_of(given.year)
    return fitting(Values(given.year, given.words, {}, {}))


@dataclass(frozen=True)
class Begun:
    """This year's boxes with what last year's report gives them, and last year's own."""

    values: Values
    last: Values
    problems: tuple[Problem, ...]


def begin(content: bytes, name: str, given: Given) -> Begun:
    """Begin the report of the year after; raises as reading, `fitting` and carrying over do."""
    last = reading.read_content(content, name)
    beside = fitting(form.of(last))
    year = last.year + 1 if given.year is None else given.year
    carried = carry_over(last, form_of(year), year, given.organ)
    organ = given.organ or last.organ
    words = {
        "organ": organ,
        "year": str(year),
        "reporter": given.reporter or last.reporter_name,
        "issued_by": last.issued_by,
    }
    values = Values(
        year,
        {key: word for key, word in {**words, **last.contact}.items() if word},
        {key: figure.value for key, figure in carried.filled.items() if figure.value != ""},
        {},
    )
    return Begun(values, beside, carried.problems)


def open_file(content: bytes, name: str, given: Given = reading.NOTHING) -> Opened:
    """Put a report of any kind of file into the boxes; raises as reading and `fitting` do."""
    report = reading.read_content(content, name, given, nameless=True)
    values = fitting(form.of(report))
    shown = {(problem.code, problem.what) for problem in assemble(form.enter(values, "")).reading}
    own = tuple(problem for problem in report.reading if (problem.code, problem.what) not in shown)
    return Opened(values, report.title, own)


def title(values: Values) -> str:
    """The report's title: its own, or the usual one of its organ and year."""
    usual = for_year(values.year).default_title(values.particulars.get("organ", ""), values.year)
    return values.particulars.get("title") or usual


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


def compared(last: Values, values: Values) -> bytes:
    """The page that shows both years beside one another."""
    reports = [assemble(form.enter(one, "")) for one in (last, values)]
    return write_comparison(hold_against(reports), HTML, 0, every=False)[0]


def article(values: Values) -> str:
    """The report as HTML with its styles on every element, for a 公众号 editor."""
    return webpage.article(assemble(form.enter(values, "")))


def keep(values: Values, source: bytes | None, name: str, root: Path, reason: str) -> Kept:
    """Keep the report in the archive with its workbook, Word, PDF and web page; what stopped it is told."""
    content = filled_workbook(values, source, name)
    with TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder) / (name if source else f"{files.safe_name(title(values))}.xlsx")
        path.write_bytes(content)
        [kept] = keep_all([path], Archive(root), prepare("html", "pdf"), reason=reason)
        return kept


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
