"""What has changed since the last roll-up: organs new and gone, numbers handed in anew, sums from and to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from nianbao.mandate import Slot
from nianbao.report.catalogue import rule
from nianbao.report.figure import Figure, State, plain
from nianbao.report.problem import Place, Problem, Severity
from nianbao.report.report import Report
from nianbao.report.rollup.member import Member, Number
from nianbao.report.rollup.rollup import Rollup
from nianbao.report.rollup.sums import add

SHOWN = 8  # figures that a message names


@dataclass(frozen=True, slots=True)
class Counted:
    """An organ as the last roll-up counted it: its number by key, without those that it had none for."""

    organ: str
    name: str
    aggregate: bool
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Former:
    """The last roll-up, as a sheet has it: whom it counted, and every sum, None where there was none."""

    sheet: str
    members: tuple[Counted, ...]
    sums: Mapping[str, Number | None]


class Change(NamedTuple):
    """A figure from and to; None where there is no number."""

    slot: Slot
    before: Number | None
    after: Number | None


@dataclass(frozen=True, slots=True)
class Anew:
    """An organ that has handed in other numbers, and which."""

    organ: str
    figures: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure of the sum that somebody typed over: what it was, what stands there, what it is now.

    It `stays` where no member has a number, and a nought was typed.
    """

    slot: Slot
    before: Number | None
    figure: Figure
    after: Number | None

    @property
    def stays(self) -> bool:
        """Whether it says no more than the sum does."""
        return self.after is None and self.figure.number == 0


@dataclass(frozen=True, slots=True)
class Changes:
    """All that has changed since the last roll-up, in the order of the members and of the form."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    anew: tuple[Anew, ...] = ()
    sums: tuple[Change, ...] = ()
    typed: tuple[Typed, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything has; a nought that stays is told each time, and is no change."""
        given_up = any(not typed.stays for typed in self.typed)
        return bool(self.new or self.gone or self.anew or self.sums or given_up)


def since(former: Former, now: Rollup, there: Report) -> Changes:
    """What has changed; `there` is the report of the sum as it stands in the workbook."""
    slots = now.report.mandate.slots
    before = {(counted.name, counted.aggregate): counted for counted in former.members}
    after = {(member.name, member.aggregate): member for member in now.members}
    sums = {total.slot.key: total.number for total in now.totals}
    return Changes(
        new=tuple(member.organ for key, member in after.items() if key not in before),
        gone=tuple(counted.organ for key, counted in before.items() if key not in after),
        anew=tuple(_anew(before, after, slots)),
        sums=tuple(_changes(former.sums, sums, slots)),
        typed=tuple(_typed(former.sums, sums, there)),
    )


def begun(now: Rollup, there: Report) -> Changes:
    """What was typed into a workbook that had no sum yet, and is another than the sum."""
    sums = {total.slot.key: total.number for total in now.totals}
    return Changes(typed=tuple(_typed({}, sums, there)))


def _anew(
    before: Mapping[tuple[str, bool], Counted],
    after: Mapping[tuple[str, bool], Member],
    slots: Mapping[str, Slot],
) -> Iterator[Anew]:
    for key, member in after.items():
        if (then := before.get(key)) and (figures := tuple(_changes(then.numbers, member.numbers, slots))):
            yield Anew(member.organ, figures)


def _changes(
    before: Mapping[str, Number | None], after: Mapping[str, Number | None], slots: Mapping[str, Slot]
) -> Iterator[Change]:
    for key, slot in slots.items():
        if before.get(key) != after.get(key):
            yield Change(slot, before.get(key), after.get(key))


def _typed(
    before: Mapping[str, Number | None], after: Mapping[str, Number | None], there: Report
) -> Iterator[Typed]:
    """Figures that are neither the last sum nor the new one; a total that follows from its parts is none."""
    for key, slot in there.mandate.slots.items():
        figure, parts = there.figures[key], there.mandate.totals.get(key)
        if parts and _follows(figure, [there.figures[part] for part in parts]):
            continue
        blank = figure.state is State.BLANK
        stands = None if blank else figure.number
        same = any(stands == number for number in (before.get(key), after.get(key)))
        if not same or (stands is None and not blank):
            yield Typed(slot, before.get(key), figure, after.get(key))


def _follows(figure: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a total is what its parts add up to, or blank as they are."""
    numbers = [part.number for part in parts if part.number is not None]
    return figure.number == add(numbers) if numbers else figure.state is State.BLANK


def told(typed: Sequence[Typed], *, force: bool) -> Iterator[Problem]:
    """The figures that somebody typed over: an error, unless they are to be given up, or say nothing else."""
    staying = [figure for figure in typed if figure.stays]
    others = [figure for figure in typed if not figure.stays]
    if staying:
        what = f"没有单位填数、人工填了 0 的 {len(staying)} 格，照旧：{_words(staying)}"
        problem = rule("typed-over").broken(what, "知道就行", _places(staying))
        yield replace(problem, severity=Severity.NOTICE)
    if others and force:
        what = f"人工改过的 {len(others)} 格，照 --force 换成了各单位之和：{_words(others)}"
        problem = rule("typed-over").broken(what, "请核对；各单位的数不对的，请退回改报", _places(others))
        yield replace(problem, severity=Severity.WARNING)
    elif others:
        what = f"汇总工作簿里有 {len(others)} 格人工改过，不等于上一次的合计，没有重新汇总：{_words(others)}"
        mend = "改得对的，请有关单位改报后再汇总；不要了的，改回原数，或加 --force 换成各单位之和"
        yield rule("typed-over").broken(what, mend, _places(others))


def _words(typed: Sequence[Typed]) -> str:
    more = f" 等 {len(typed)} 格" if len(typed) > SHOWN else ""
    return "；".join(map(_of, typed[:SHOWN])) + more


def _of(typed: Typed) -> str:
    stands = typed.figure.text or "空白"
    return f"“{typed.slot.name}”原合计 {number(typed.before)}，改为 {stands}，现合计 {number(typed.after)}"


def _places(typed: Sequence[Typed]) -> list[Place]:
    return [figure.figure.place for figure in typed]


def number(value: Number | None) -> str:
    """A number in words, for messages and lists."""
    return "空白" if value is None else plain(value)
