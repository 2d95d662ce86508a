"""`rollup`: read every report below the folders given, add them up, write the workbook of the sum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nianbao.app import consistency, files, passed_over, reading, renewal, roster
from nianbao.app.check import worth
from nianbao.app.findings import findings
from nianbao.app.outcome import DONE, FILES, PROBLEMS, Failure, Usage, exit_code
from nianbao.app.passed_over import Passed, lying_of
from nianbao.app.renewal import Previous
from nianbao.app.sources import sure, survey
from nianbao.app.watch import Watch, unwatched
from nianbao.app.workers import READING, Task, hire, isolation
from nianbao.app.workers.isolation import isolate
from nianbao.mandate import Mandate, Reporter, editions, load
from nianbao.report import Problem, ProblemsFound, Report, complete, rule
from nianbao.report.rollup import Asked, Changes, Consistency, Expected, Member, Rollup, Unread, roll_up, take
from nianbao.report.suggestion import SHORT, suggestion

if TYPE_CHECKING:
    from nianbao.media.workbook.roster import Roster


@dataclass(frozen=True)
class Options:
    """What to make, and of whom."""

    output: Path | None = None
    roster: Path | None = None
    new_roster: Path | None = None
    organ: str = ""
    reporter: str = ""
    against: Path | None = None
    last_year: Sequence[Path] = ()
    skip_errors: bool = False
    force: bool = False


class Source(NamedTuple):
    """A file, and what messages call it: below a folder that was given, by its path from there."""

    path: Path
    name: str


@dataclass(frozen=True)
class Outcome:
    """What came of it: the files made, what was found, the sum itself, the exit code."""

    made: tuple[Path, ...]
    problems: tuple[Problem, ...]
    code: int
    found: Rollup | None = None
    changes: Changes | None = None  # since the last roll-up, where the file that lay there was one
    held: Consistency | None = None  # against what was published


def rollup(given: Sequence[Path], options: Options, watch: Watch = unwatched) -> Outcome:
    """Do all that is asked, or nothing.

    Raises Usage for options that contradict each other, and OSError. What is wrong with the reports
    is in the outcome, all at once.
    """
    _usage(options)
    own = [options.output, options.roster, options.new_roster, options.against, *options.last_year]
    sources, passed = gather(given, own)
    told = passed_over.tell(passed)
    members, unread, unreadable = _read(sources, watch)
    ours = not all(complete(member.problems) for member in members)
    made: dict[Path, bytes] = {}
    result: Rollup | None = None
    changed: Changes | None = None
    held: Consistency | None = None
    there = renewal.previous(options.output) if options.output is not None else None
    same: Previous | None = None
    try:
        if options.new_roster is not None:
            if unread and not options.skip_errors:
                raise ProblemsFound(problem for file in unread for problem in file.problems)
            made[options.new_roster] = _roster(members)
        if options.output is not None:
            same = renewal.of_same(there, members, options.organ, force=options.force)
            result = _sum(members, unread, passed, _as_before(options, same))
            told += result.problems
            if same is None:
                made[options.output] = _written(result)
            else:
                made[options.output], changed, renewing = renewal.renewed(same, result, force=options.force)
                told += renewing
        if options.against is not None:
            held, noted = consistency.hold_against(
                options.against,
                members,
                unread,
                result=result,
                expected=_listed(options, members) if result is None else None,
                organ=options.organ,
                last=options.last_year,
                skip_errors=options.skip_errors,
            )
            told += noted
        _put(made, force=options.force, renewed=same)
    except ProblemsFound as caught:
        code = exit_code(caught)
        if code == PROBLEMS and (unreadable or ours) and not options.skip_errors:
            code = FILES
        return Outcome((), (*told, *caught.problems), code)
    code = PROBLEMS if ours or (held is not None and held.differences) else DONE
    return Outcome(tuple(made), tuple(told), code, result, changed, held)


def _as_before(options: Options, there: Previous | None) -> Options:
    """The options, with organ and kind as they stand in the last roll-up where they are not given."""
    if there is None:
        return options
    kind = there.report.reporter
    stands = kind.name if kind is not None and kind.aggregate else ""
    return replace(options, organ=there.report.organ, reporter=options.reporter or stands)


def gather(given: Sequence[Path], own: Iterable[Path | None]) -> tuple[list[Source], list[Passed]]:
    """Every report named or lying below a folder named, sorted, each once; and what was passed over.

    Without what is hidden, what Office leaves beside an open file, and the roll-up's `own` files.
    """
    found = sure(survey(given, without=[path for path in own if path is not None]))
    sources: dict[Path, Source] = {}
    for path, name in found.files.items():
        sources.setdefault(path.resolve(), Source(path, name))
    return list(sources.values()), found.passed


def _read(sources: Sequence[Source], watch: Watch) -> tuple[list[Member], list[Unread], bool]:
    """Every report as a member, one after another; what is none; and whether a file itself is unreadable."""
    members: list[Member] = []
    unread: list[Unread] = []
    unreadable = False
    jobs, preload = worth(len(sources)), reading.readers(source.path for source in sources)
    with hire(isolation.nothing, jobs, limits=READING, preload=preload, doing="读取", foreign=True) as crew:
        results = zip(sources, crew.results(map(_task, sources)), strict=True)
        for source, taken in watch(results, "读取", len(sources)):
            if isinstance(taken, Failure):
                unread.append(Unread(source.name, taken.problems))
                unreadable = unreadable or taken.code == FILES
            else:
                members.append(taken)
    return members, unread, unreadable


def _task(source: Source) -> Task | Failure:
    try:
        content = reading.content_of(source.path, source.name)
        return Task(source.name, _member, reading.converted(content, source.name))
    except (ProblemsFound, OSError) as error:
        return Failure.of(error, source.name)


def _member(_: None, name: str, content: bytes, told: tuple[Problem, ...]) -> Member:
    """A report as a member of the sum."""
    return member(reading.read_document(content, told, name))


def member(report: Report) -> Member:
    """A report as a member of a sum, with what is open of it. Raises ProblemsFound where it cannot be one."""
    still_open, _ = findings(report)
    return take(report, still_open)


def _sum(
    members: Sequence[Member], unread: Sequence[Unread], passed: Sequence[Passed], options: Options
) -> Rollup:
    assert options.output is not None  # asked for by the caller
    mandate = members[0].mandate if members else load(editions()[-1])
    listed, refusal = _expected(options.roster, mandate)
    kind = aggregate(options.reporter, mandate)
    lying = lying_of(passed, listed.expected if listed else ())
    asked = Asked(options.output.name, options.organ.strip(), kind, options.skip_errors)
    try:
        result = roll_up(members, unread, listed and listed.expected, asked, lying)
    except ProblemsFound as caught:
        if refusal is not None:
            raise type(refusal)([*refusal.problems, *caught.problems]) from None
        raise
    if refusal is not None:
        raise refusal
    told = listed.problems if listed else ()
    return replace(result, problems=(*told, *result.problems))


def _listed(options: Options, members: Sequence[Member]) -> Sequence[Expected] | None:
    """Who is to report by the roster, None without one; raises what reading it raises."""
    mandate = members[0].mandate if members else load(editions()[-1])
    return roster.read(options.roster, mandate).expected if options.roster is not None else None


def summed(
    members: Sequence[Member], asked: Asked, expected: Sequence[Expected] | None = None
) -> tuple[bytes, Rollup]:
    """The sum of the members as a workbook, and as it is; `expected` is the roster, where there is one.

    Raises ProblemsFound where they cannot be added up.
    """
    result = roll_up(members, (), expected, asked)
    return _written(result), result


def summed_into(
    there: bytes | None, members: Sequence[Member], asked: Asked, expected: Sequence[Expected]
) -> tuple[bytes, tuple[Problem, ...]]:
    """The sum of the members in the aggregate's own workbook, where that can take it; and what is told of it.

    All else in the workbook stays as it is; without one the sum makes a new one. Raises as `summed`.
    """
    result = roll_up(members, (), expected, asked)
    previous = renewal.of_content(there, asked.file) if there is not None else None
    same = renewal.of_same(previous, members, asked.organ, force=True)
    if same is None:
        return _written(result), result.problems
    try:
        content, _, told = isolate(asked.file, renewal.renewed, same, result, force=True)
    except ProblemsFound as caught:  # of cells that somebody has deleted
        return _written(result), (*result.problems, *caught.problems)
    return content, (*result.problems, *told)


def _written(result: Rollup) -> bytes:
    from nianbao.media.workbook import rollup as sheets

    content, lost = sheets.write(result)
    assert not lost  # there are no texts in it that could be too long
    return content


def _expected(path: Path | None, mandate: Mandate) -> tuple[Roster | None, ProblemsFound | None]:
    """The roster, or why it cannot be used: what else is wrong is to be told with it."""
    if path is None:
        return None, None
    try:
        return roster.read(path, mandate), None
    except ProblemsFound as caught:
        return None, caught


def _roster(members: Sequence[Member]) -> bytes:
    from nianbao.media.workbook import roster

    if not members:
        what, mend = "没有可以列入名册的报告", "请给出报告，或放有报告的文件夹"
        raise ProblemsFound([rule("no-members").broken(what, mend, ())])
    return roster.write(members)


def _put(made: dict[Path, bytes], *, force: bool, renewed: Previous | None) -> None:
    """Write the files; where they go to two folders, neither unless both may be.

    A roll-up that was renewed takes the place of the one it was made of, if that still lies there.
    """
    ours = [path for path in made if renewed and path.is_file() and files.read(path) == renewed.content]
    if len({path.parent for path in made}) > 1 and not force:
        for path, content in made.items():
            if path not in ours and files.differ({path: content}):
                files.put({path: content}, force=False)  # raises, before anything is written
    for folder in dict.fromkeys(path.parent for path in made):
        together = {path: content for path, content in made.items() if path.parent == folder}
        files.put(together, force=force, ours=ours)


def _usage(options: Options) -> None:
    if options.output is None and options.new_roster is None and options.against is None:
        raise Usage("请用 -o 给出汇总工作簿，或用 --new-roster 建一份名册")
    if options.last_year and options.against is None:
        raise Usage("rollup 的 --last-year 要与 --against 一起用")
    named = [path for path in (options.output, options.new_roster, options.roster) if path is not None]
    for path in named:
        files.require(path, (".xlsx",), "工作簿的文件名应以 .xlsx 结尾")
    if len({path.resolve() for path in named}) < len(named):
        raise Usage("-o、--roster、--new-roster 不能是同一个文件")
    aggregate(options.reporter, load(editions()[-1]))


def aggregate(name: str, mandate: Mandate) -> Reporter | None:
    """The kind of aggregate that is to be made; raise Usage for what is none."""
    kinds = {reporter.name: reporter for reporter in mandate.reporters if reporter.aggregate}
    if not name or name in kinds:
        return kinds.get(name)
    near = suggestion(name, kinds, SHORT)
    hint = f"，是否想写“{near}”" if near else ""
    raise Usage(f"“{name}”不是汇总的机关类型{hint}；有：{'、'.join(kinds)}")
