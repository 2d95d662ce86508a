"""`new --roster`: every organ's workbook at once, begun with last year's report where there is one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from nianbao.app import files, reading, roster
from nianbao.app.check import worth
from nianbao.app.distribution_paths import paths
from nianbao.app.distribution_record import RECORD, Record
from nianbao.app.new import of_last_year
from nianbao.app.outcome import DONE, FILES, PROBLEMS, Failure, problems
from nianbao.app.reading import FILLED_IN, KINDS, form_of
from nianbao.app.sources import Found, sure, survey
from nianbao.app.staging import Staging, sweep
from nianbao.app.watch import Watch, unwatched
from nianbao.app.workers import READING, Task, Workers, hire
from nianbao.media import workbook
from nianbao.report import Place, Problem, ProblemsFound, Report, Severity, rule
from nianbao.report.carried_over import carry_over
from nianbao.report.problem import quote
from nianbao.report.rollup.distribution import LastReport, Recipient, find, recipients, tell

MEND = "没有用它；要带入上年的数，请改好这个文件再运行一次"


class State(StrEnum):
    """What became of one organ's workbook."""

    MADE = "made"
    UNCHANGED = "unchanged"  # it lay there already as it would be made
    RENEWED = "renewed"  # nobody had touched it since it was handed out; it is made anew
    KEPT = "kept"  # somebody has worked on it
    OVERWRITTEN = "overwritten"  # somebody had, and --force was given

    @property
    def word(self) -> str:
        """The word the clerk reads."""
        words = {
            "made": "新建",
            "unchanged": "未变",
            "renewed": "重建",
            "kept": "已有人填写没有动",
            "overwritten": "覆盖",
        }
        return words[self.value]


@dataclass(frozen=True)
class Handed:
    """One organ's workbook: where it lies, what became of it; `last` is the report it was begun with."""

    recipient: Recipient
    path: Path
    state: State
    last: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of it: a workbook for each organ, in the roster's order, what was found, the exit code."""

    year: int
    handed: tuple[Handed, ...]
    problems: tuple[Problem, ...]
    code: int


@dataclass(frozen=True)
class Plan:
    """What all workbooks are made by."""

    year: int
    whom: tuple[Recipient, ...]


@dataclass(frozen=True)
class Begun:
    """A report of last year and, where it is one of an organ on the roster, this year's workbook of it."""

    last: LastReport
    content: bytes = b""
    problems: tuple[Problem, ...] = ()


def distribute(
    book: Path,
    year: int,
    folder: Path,
    last_year: Path | None = None,
    *,
    force: bool = False,
    watch: Watch = unwatched,
) -> Outcome:
    """Make the workbook of every organ on a roster, below a folder.

    A file that somebody has changed since is only overwritten with `force`. Raises Usage for a year
    without a form, ProblemsFound for a roster that cannot be used, and OSError.
    """
    mandate = form_of(year)
    listed = roster.read(book, mandate)
    plan = Plan(year, recipients(listed.expected, mandate))
    sources = _last_years(last_year, [book, folder]) if last_year else Found({}, [])
    number = max(len(plan.whom), len(sources.files))
    with hire(
        partial(_same, plan),
        worth(number),
        limits=READING,
        preload=(*reading.readers(sources.files), "nianbao.media.workbook.writer"),
        doing="读取",
        foreign=True,
    ) as crew:
        begun, told = _begin(crew, sources, watch)
        chosen = _chosen(begun)
        reports = [begin.last for begin in begun]
        used = [begin.last for begin in chosen.values()]
        told += tell(plan.whom, reports, used, year, given=last_year is not None)
        contents = _contents(crew, plan, chosen)
        handed, noted, stopped = _place(plan, folder, watch(contents, "新建", len(plan.whom)), force=force)
    told = [*listed.problems, *sources.problems, *told, *noted, *_kept(handed)]
    follow_up = any(problem.severity is not Severity.NOTICE for problem in told)
    return Outcome(year, tuple(handed), tuple(told), FILES if stopped else PROBLEMS if follow_up else DONE)


def _same(plan: Plan) -> Plan:
    return plan


def _last_years(path: Path, without: Sequence[Path]) -> Found:
    """The reports of last year, of every kind; raises Usage where there is none, OSError for no such path."""
    path.stat()
    return sure(survey([path], without=without, wanted=KINDS))


def _begin(crew: Workers, sources: Found, watch: Watch) -> tuple[list[Begun], list[Problem]]:
    """Every report of last year, and what is wrong with those that cannot be read."""
    begun: list[Begun] = []
    told: list[Problem] = []
    results = crew.results(map(_task, sources.files, sources.files.values()))
    for result in watch(results, "读取上年", len(sources.files)):
        if isinstance(result, Failure):
            told += [replace(problem, severity=Severity.WARNING, mend=MEND) for problem in result.problems]
        else:
            begun.append(result)
    return begun, told


def _task(source: Path, name: str) -> Task | Failure:
    try:
        content = reading.content_of(source, name)
        return Task(name, _carry, reading.converted(content, name))
    except (ProblemsFound, OSError) as error:
        return Failure.of(error, name)


def _carry(plan: Plan, name: str, content: bytes, told: tuple[Problem, ...]) -> Begun:
    """Read a report of last year and make this year's workbook of it, where its organ gets one."""
    report = reading.read_document(content, told, name)
    last = find(report, plan.whom, plan.year)
    if last.match is None:
        return Begun(last)
    recipient = plan.whom[last.match.recipient]
    carried = carry_over(report, form_of(plan.year), plan.year, recipient.expected.organ)
    # the names differ in spaces or width at most
    noted = [problem for problem in carried.problems if problem.code != "other-organ"]
    kind = recipient.reporter.name if recipient.reporter else ""
    made, lost = workbook.write(replace(carried, reporter=kind))
    return Begun(last, made, (*of_last_year(report), *noted, *_kind(report, recipient), *lost))


def _kind(last: Report, recipient: Recipient) -> Iterator[Problem]:
    stated, ours = recipient.expected.reporter, last.reporter
    if stated is not None and ours is not None and stated.key != ours.key:
        what = f"“{quote(last.organ)}”上年的机关类型是“{ours.name}”，名册上是“{stated.name}”，照名册填了"
        places = (last.place("reporter"), recipient.expected.place)
        yield rule("roster-kind-differs").broken(what, "请核对，改正其中一处", places)


def _chosen(begun: Sequence[Begun]) -> dict[int, Begun]:
    """The report that each recipient begins with: of its very kind, filled in rather than published."""
    chosen: dict[int, Begun] = {}
    for begin in sorted(begun, key=_rank):
        if begin.last.match is not None:
            chosen.setdefault(begin.last.match.recipient, begin)
    return chosen


def _rank(begin: Begun) -> tuple[bool, bool, str]:
    match, file = begin.last.match, begin.last.file
    return match is None or not match.exact, not file.lower().endswith(FILLED_IN), file


def _contents(
    crew: Workers, plan: Plan, chosen: Mapping[int, Begun]
) -> Iterator[tuple[int, Begun | tuple[bytes, tuple[Problem, ...]] | Failure]]:
    """The workbook of every recipient, in the roster's order."""
    blank = (at for at in range(len(plan.whom)) if at not in chosen)
    made = crew.results(Task(plan.whom[at].expected.organ, _blank, (at,)) for at in blank)
    for at in range(len(plan.whom)):
        yield at, chosen[at] if at in chosen else next(made)


def _blank(plan: Plan, _name: str, at: int) -> tuple[bytes, tuple[Problem, ...]]:
    recipient = plan.whom[at]
    kind = recipient.reporter.name if recipient.reporter else ""
    return workbook.write(workbook.Blank(form_of(plan.year), recipient.expected.organ, plan.year, kind))


def _place(
    plan: Plan,
    folder: Path,
    contents: Iterator[tuple[int, Begun | tuple[bytes, tuple[Problem, ...]] | Failure]],
    *,
    force: bool,
) -> tuple[list[Handed], list[Problem], bool]:
    """Put each workbook in place, whole, as it comes; what is to be told, and whether that stopped it."""
    handed: list[Handed] = []
    told: list[Problem] = []
    targets = paths(plan.whom)
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    staging, record = Staging(folder), Record(folder / RECORD)
    try:
        for at, made in contents:
            if isinstance(made, Failure):
                return handed, [*told, *made.problems], True
            content, noted, last = (
                (made.content, made.problems, made.last.file) if isinstance(made, Begun) else (*made, "")
            )
            target = targets[at]
            try:
                state = _put(folder, target, content, record, staging, force=force)
            except (OSError, ProblemsFound) as error:
                return handed, [*told, *problems(error, folder / target)], True
            handed.append(Handed(plan.whom[at], folder / target, state, last))
            told += noted
    finally:
        staging.close()
    return handed, told, False


def _put(
    folder: Path, target: Path, content: bytes, record: Record, staging: Staging, *, force: bool
) -> State:
    path, digest = folder / target, hashlib.sha256(content).hexdigest()
    there = hashlib.sha256(files.read(path)).hexdigest() if path.is_file() else ""
    if there == digest:
        return State.UNCHANGED
    ours = not there or record.has(target, there)
    if not (ours or force):
        return State.KEPT
    note = partial(record.add, target, digest)
    files.put({path: content}, force=force, ours=(path,) if ours else (), staging=staging, before=note)
    return State.MADE if not there else State.RENEWED if ours else State.OVERWRITTEN


def _kept(handed: Sequence[Handed]) -> Iterator[Problem]:
    """Which files somebody had worked on, and what became of them."""
    for state, what, mend in (
        (State.KEPT, "这 {} 份已有人填写过，没有动", "知道就行；确要重建的，先把填好的另存，再加 --force"),
        (
            State.OVERWRITTEN,
            "这 {} 份已有人填写过，照 --force 覆盖了",
            "请核对；要找回填好的，请向填报的机关要",
        ),
    ):
        if places := [Place(str(book.path)) for book in handed if book.state is state]:
            yield rule("already-begun").broken(what.format(len(places)), mend, places)
