"""One report in the boxes of a page: opened from any kind of file, inspected, and made into any kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from nianbao.app import charts, decisions, files, reading
from nianbao.app.archive.store import Archive
from nianbao.app.check import inspect
from nianbao.app.compare import HTML
from nianbao.app.compare import write as write_comparison
from nianbao.app.generate.archive import Kept, keep_all
from nianbao.app.generate.job import prepare
from nianbao.app.generate.pipeline import Artifacts, RenderContext
from nianbao.app.generate.pipeline import make as make_report
from nianbao.app.outcome import Usage
from nianbao.app.reading import Given, form_of
from nianbao.app.workers.isolation import isolate
from nianbao.mandate import for_year
from nianbao.media import comparison, exchange, form, webpage, workbook
from nianbao.media.form import Values
from nianbao.report import PREFACE, Decision, Problem, ProblemsFound, Report, Severity, assemble, decidable
from nianbao.report.carried_over import carry_over
from nianbao.report.comparison import compare as hold_against
from nianbao.report.mending import Edit, Mending
from nianbao.report.problem import in_order
from nianbao.report.targets import Area, Target, Targets, spots

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
    where: str = ""  # these spots in words
    edits: tuple[Edit, ...] = ()  # all that mends it, where there is only one right text

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
            "where": self.where,
            "targets": [str(target) for target in self.targets],
            "decidable": decidable(problem),
            "decision": self.decision.to_json() if self.decision else None,
            "edits": [
                {
                    "target": str(edit.target),
                    "start": edit.start,
                    "end": edit.end,
                    "was": edit.was,
                    "becomes": edit.becomes,
                }
                for edit in self.edits
            ],
            "alone": any(edit.alone for edit in self.edits),
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
        mending = Mending(self.report, last, targets)

        def finding(problem: Problem, decision: Decision | None = None) -> Finding:
            at = targets.of(problem)
            edits = () if decision else mending.of(problem)
            return Finding(problem, at, decision, spots(self.report.mandate, at), edits)

        still_open = (finding(problem) for problem in in_order(found.open))
        return (*still_open, *(finding(one.problem, one.decision) for one in found.settled))


def count_open(opened: Opened, last: Values | None) -> tuple[int, int]:
    """How many errors and warnings are open in an opened report, with what only its file has."""
    try:
        found = [one.problem for one in Inspected(opened.values, last).findings if one.decision is None]
    except ProblemsFound as caught:
        found = list(caught.problems)
    return counts(problem.severity for problem in (*found, *opened.problems))


def counts(severities: Iterable[str]) -> tuple[int, int]:
    """How many of these are errors and how many warnings."""
    counted = Counter(severities)
    return counted[Severity.ERROR], counted[Severity.WARNING]


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
    values, told = _carried_over(last, given)
    return Begun(values, beside, told)


def carried_over(last: Values, given: Given) -> Values:
    """This year's boxes with what last year's give them; raises as carrying over does."""
    return _carried_over(assemble(form.enter(last, "")), given)[0]


def _carried_over(last: Report, given: Given) -> tuple[Values, tuple[Problem, ...]]:
    year = last.year + 1 if given.year is None else given.year
    carried = carry_over(last, form_of(year), year, given.organ)
    words = {
        "organ": given.organ or last.organ,
        "year": str(year),
        "reporter": given.reporter or last.reporter_name,
        "issued_by": last.issued_by,
    }
    particulars = {key: word for key, word in {**words, **last.contact}.items() if word}
    figures = {key: figure.value for key, figure in carried.filled.items() if figure.value != ""}
    return Values(year, particulars, figures, {}), carried.problems


def is_own_workbook(name: str) -> bool:
    """Whether a file is a workbook that is filled in and given back, with all else that is in it."""
    return name.lower().endswith(".xlsx")


def open_file(content: bytes, name: str, given: Given = reading.NOTHING) -> Opened:
    """Put a report of any kind of file into the boxes; raises as reading and `fitting` do."""
    opened = _opened(reading.read_content(content, name, given, nameless=True))
    fitting(opened.values)
    return opened


def open_counted(
    content: bytes, name: str, given: Given, last: Values | None
) -> tuple[Opened, tuple[int, int]]:
    """Put a report into the boxes, and count its open errors and warnings beside last year's.

    All of it is done in the process for files from outside, at once. Raises as `open_file`.
    """
    document, told = reading.converted(content, name)
    opened, counted = isolate(name, _counted, document, tuple(told), name, given, last)
    fitting(opened.values)
    return opened, counted


def _counted(
    content: bytes, told: tuple[Problem, ...], name: str, given: Given, last: Values | None
) -> tuple[Opened, tuple[int, int]]:
    opened = _opened(reading.read_document(content, told, name, given, nameless=True))
    return opened, count_open(opened, last)


def _opened(report: Report) -> Opened:
    values = form.of(report)
    boxes = assemble(form.enter(values, ""))
    values = replace(values, decisions=decisions.carried(report.decisions, report, boxes))
    shown = {(problem.code, problem.what) for problem in boxes.reading}
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
    if source is None:
        return decisions.written(workbook.write(report)[0], f"{files.safe_name(report.title)}.xlsx", report)
    return decisions.written(workbook.fill(source, name, report), name, report)


def compared(last: tuple[Values, str], values: tuple[Values, str]) -> bytes:
    """The page that shows both years beside one another; each with the name of its file, "" for none."""
    reports = [assemble(form.enter(*one)) for one in (last, values)]
    return write_comparison(hold_against(reports), HTML, 0, every=False)[0]


def changes(before: tuple[Values, str], after: tuple[Values, str]) -> bytes:
    """The page with what differs between two states of one report; each with its name."""
    reports = [assemble(form.enter(*one)) for one in (before, after)]
    return comparison.page(hold_against(reports)).encode()


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


@cache
def can_chart() -> bool:
    """Whether what draws charts is installed."""
    try:
        charts.require()
    except ProblemsFound:
        return False
    return True


@dataclass(frozen=True)
class Wanted:
    """How a report is made: marked as a draft, with charts, and with last year (exchange JSON) in these."""

    draft: bool = False
    charts: bool = False
    last: bytes | None = None


def make(context: RenderContext, name: str, content: bytes, wanted: Wanted) -> Artifacts:
    """Make a report's files in a worker; `content` is its exchange JSON."""
    earlier: charts.Earlier = {}
    if wanted.charts and wanted.last:
        earlier = charts.by_organ([reading.read_content(wanted.last, name)], alone=True)
    job = replace(context.job, draft=wanted.draft, charts=wanted.charts, earlier=earlier)
    return make_report(context.doing(job), name, content)
