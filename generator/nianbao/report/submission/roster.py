"""What a new roster changes about the organs of an office: worked out whole before anything is changed."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from nianbao.mandate import Mandate
from nianbao.report.alike import foreign, look
from nianbao.report.catalogue import rule
from nianbao.report.problem import Place, Problem, ProblemsFound, quote
from nianbao.report.reporters import kinds
from nianbao.report.rollup import Expected, normal

NEAR = 0.5  # how much two names have in common, where one may have become the other
LIKELY = 0.75  # the same, where it is offered as what happened
MOST_PAIRS = 20_000  # of new and missing names that are held against one another
MOST_OFFERED = 5
LONGEST = 150  # characters of a name
Key = tuple[str, bool]  # an organ's name as names are compared, and whether it is an aggregate


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ as it stands: `superior` is the number of another; `due` its day in the year collected now."""

    number: int
    name: str
    reporter: str = ""
    aggregate: bool = False
    superior: int | None = None
    due: date | None = None
    remark: str = ""
    active: bool = True

    @property
    def key(self) -> Key:
        """By what it is told from all others."""
        return normal(self.name), self.aggregate


@dataclass(frozen=True, slots=True)
class Line:
    """What an organ is by the roster: `before` is what it was, None where it is new.

    `superior` is the key of another organ, None for none. `candidates` are organs missing on the roster
    under whose name it may have stood until now, the nearest first; `guess` the one it most likely was.
    """

    name: str
    place: Place
    reporter: str
    aggregate: bool
    superior: Key | None
    due: date | None
    remark: str
    before: Organ | None = None
    candidates: tuple[Organ, ...] = ()
    guess: int | None = None

    @property
    def key(self) -> Key:
        """By what it is told from all others."""
        return normal(self.name), self.aggregate


@dataclass(frozen=True, slots=True)
class Plan:
    """Every line of a roster, and the organs that are not on it."""

    lines: tuple[Line, ...]
    missing: tuple[Organ, ...] = ()
    says: frozenset[str] = field(default=frozenset())  # columns that the roster fills in at all

    def changes(self, line: Line, organs: Mapping[int, Organ]) -> dict[str, tuple[str, str]]:
        """What changes about an organ: by the column, before and after in words."""
        old = line.before
        if old is None:
            return {}
        above = organs.get(old.superior) if old.superior is not None else None
        pairs = {
            "organ": (old.name, line.name),
            "reporter": (old.reporter, line.reporter),
            "superior": (above.name if above else "", self.name_of(line.superior, organs)),
            "due": (str(old.due or ""), str(line.due or old.due or "")),
            "remark": (old.remark, line.remark),
        }
        changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        if above is not None and line.superior == above.key:
            changed.pop("superior", None)  # it is renamed itself, which its own line tells
        if not old.active:
            changed["active"] = ("停用", "启用")
        return changed

    def name_of(self, key: Key | None, organs: Mapping[int, Organ]) -> str:
        """What the organ with a key is called."""
        if key is None:
            return ""
        named = [line.name for line in self.lines if line.key == key]
        return (named or [organ.name for organ in organs.values() if organ.key == key] or [key[0]])[0]


def plan(organs: Sequence[Organ], roster: Sequence[Expected], mandate: Mandate) -> Plan:
    """Hold a roster against the organs; raises ProblemsFound with everything that cannot be meant.

    A column that the roster fills in nowhere changes nothing. A kind that is not said is what it was, or
    what the name tells for certain.
    """
    says = _says(roster)
    problems: list[Problem] = []
    matched = _match(organs, roster, problems)
    kept = {old.number for old in matched if old is not None}
    missing = tuple(organ for organ in organs if organ.number not in kept and organ.active)
    lines = [_line(old, row, says, mandate) for old, row in zip(matched, roster, strict=True)]
    lines = [
        _placed(line, row, lines, organs, says, problems) for line, row in zip(lines, roster, strict=True)
    ]
    problems += problems_of_names(lines)
    problems += circles([*lines, *_unchanged(missing, lines, organs)])
    if problems:
        raise ProblemsFound(problems)
    return Plan(tuple(_guessed(lines, missing)), missing, says)


def renamed(plan: Plan, names: Mapping[int, int]) -> Plan:
    """The plan, where lines by their place in it are organs that were called otherwise until now."""
    by_number = {organ.number: organ for organ in plan.missing}
    lines = list(plan.lines)
    for at, number in names.items():
        lines[at] = _told(lines[at], by_number[number], plan.says)
    gone = set(names.values())
    return Plan(tuple(lines), tuple(organ for organ in plan.missing if organ.number not in gone), plan.says)


def alike(organs: Iterable[tuple[str, Place | None]]) -> Iterator[Problem]:
    """Names that look the same and are not: at their places, where they have one."""
    groups: dict[str, dict[str, tuple[str, Place | None]]] = defaultdict(dict)
    for name, place in organs:
        groups[look(name)].setdefault(normal(name), (name, place))
    for group in groups.values():
        if len(group) > 1:
            told = list(group.values())
            named = "和".join(f"“{quote(name)}”（{_odd(name, told)}）" for name, _ in told)
            mend = "是同一个机关的，请改成同样的字；不是的，请把名称写得分得清"
            places = tuple(place for _, place in told if place is not None)
            yield rule("roster-alike").broken(f"{named}看起来一样，字却不同", mend, places)


def circles(lines: Sequence[Line]) -> list[Problem]:
    """Organs that are above themselves: each circle once, by the first line that is in it."""
    found = []
    above = {line.key: line.superior for line in lines}
    told: set[Key] = set()
    for line in lines:
        chain, at = [line.key], line.superior
        while at is not None and at not in chain:
            chain.append(at)
            at = above.get(at)
        if at == line.key and line.key not in told:
            told.update(chain)
            what = f"上级绕成了圈：{' → '.join([*(key[0] for key in chain), line.key[0]])}"
            mend = "请核对这几行的上级"
            found.append(rule("roster-circle").broken(what, mend, _where(line)))
    return found


def problems_of_names(lines: Sequence[Line]) -> Iterator[Problem]:
    """Names that no organ can have, and those that stand there twice."""
    seen: set[Key] = set()
    for line in lines:
        if not line.name.strip() or len(line.name) > LONGEST:
            what = f"机关名称有 {len(line.name)} 个字"
            yield rule("roster-row").broken(what, f"请写 1 到 {LONGEST} 个字的全称", _where(line))
        if odd := foreign(line.name):
            what = f"“{quote(line.name)}”里有机关名称不会用的字符（{odd}）"
            yield rule("roster-alike").broken(what, "请重新输入这个名称", _where(line))
        if line.key in seen:
            what = f"“{quote(line.name)}”在名册上写了两次"
            mend = "请只留一行；本机关和汇总各有报告的，两行都要写明类型"
            yield rule("roster-twice").broken(what, mend, _where(line))
        seen.add(line.key)


def _says(roster: Sequence[Expected]) -> frozenset[str]:
    filled = {
        "reporter": any(row.reporter for row in roster),
        "superior": any(row.superior for row in roster),
        "remark": any(row.remark for row in roster),
    }
    return frozenset(name for name, said in filled.items() if said)


def _match(
    organs: Sequence[Organ], roster: Sequence[Expected], problems: list[Problem]
) -> list[Organ | None]:
    """Which organ each row means: of the kind it names, else the one that has the name."""
    by_key = {organ.key: organ for organ in organs}
    exact = {(row.name, row.reporter.aggregate) for row in roster if row.reporter is not None}
    found: list[Organ | None] = []
    for row in roster:
        named = [by_key[row.name, kind] for kind in (False, True) if (row.name, kind) in by_key]
        if row.reporter is not None:
            old = by_key.get((row.name, row.reporter.aggregate))
            if old is None:  # of another kind until now, unless that one has a row of its own
                old = next((organ for organ in named if organ.key not in exact), None)
        else:
            if len(named) > 1:
                what = f"“{quote(row.organ)}”有本机关和汇总两个，这一行没有写是哪一个"
                problems.append(rule("roster-twice").broken(what, "请写明类型", (row.place,)))
            old = named[0] if len(named) == 1 else None
        found.append(old)
    return found


def _line(old: Organ | None, row: Expected, says: frozenset[str], mandate: Mandate) -> Line:
    reporter = row.reporter.name if row.reporter else old.reporter if old else ""
    if not reporter:
        possible = kinds(mandate, row.organ, "")
        reporter = possible[0].name if len(possible) == 1 else ""
    aggregate = next((kind.aggregate for kind in mandate.reporters if kind.name == reporter), False)
    line = Line(row.organ, row.place, reporter, aggregate, None, row.due, row.remark)
    return line if old is None else _told(line, old, says)


def _told(line: Line, old: Organ, says: frozenset[str]) -> Line:
    """The line of an organ that was there: a column that the roster fills in nowhere changes nothing."""
    remark = line.remark if "remark" in says else old.remark
    return replace(line, before=old, remark=remark, candidates=(), guess=None)


def _placed(
    line: Line,
    row: Expected,
    lines: Sequence[Line],
    organs: Sequence[Organ],
    says: frozenset[str],
    problems: list[Problem],
) -> Line:
    """The line with its superior, which is on the roster too, or was there before."""
    if "superior" not in says:
        above = next((o for o in organs if line.before and o.number == line.before.superior), None)
        moved = next((other.key for other in lines if above and other.before is above), None)
        return replace(line, superior=moved or (above.key if above else None))
    if not row.superior:
        return line
    known = {other.key for other in lines} | {organ.key for organ in organs if organ.active}
    name = normal(row.superior)
    key = next((key for key in ((name, True), (name, False)) if key in known and key != line.key), None)
    if key is None:
        itself = name == line.key[0]
        what = f"上级“{quote(row.superior)}”" + ("是它自己" if itself else "不在名册上，原来的机关里也没有")
        mend = "请核对上级，或者留空" if itself else "请核对名称，给它也写一行，或者留空"
        problems.append(rule("roster-superior").broken(what, mend, (row.place,)))
    return replace(line, superior=key)


def _unchanged(missing: Sequence[Organ], lines: Sequence[Line], organs: Sequence[Organ]) -> Iterator[Line]:
    """The organs that are not on the roster, as they would stand on it."""
    keys = {organ.number: organ.key for organ in organs}
    keys |= {line.before.number: line.key for line in lines if line.before}
    for organ in missing:
        above = keys.get(organ.superior) if organ.superior else None
        yield Line(organ.name, Place(""), organ.reporter, organ.aggregate, above, None, organ.remark, organ)


def _where(line: Line) -> tuple[Place, ...]:
    return (line.place,) if line.place.file else ()


def _guessed(lines: Sequence[Line], missing: Sequence[Organ]) -> Iterator[Line]:
    """The lines with the missing organs that each new one may have been."""
    fresh = [line for line in lines if line.before is None]
    ratios: dict[tuple[Key, int], float] = {}
    if len(fresh) * len(missing) <= MOST_PAIRS:
        for line in fresh:
            matcher = difflib.SequenceMatcher(None, "", line.name, autojunk=False)
            for organ in missing:
                matcher.set_seq1(organ.name)
                ratio = max(matcher.ratio(), float(look(organ.name) == look(line.name)))
                if ratio >= NEAR and organ.aggregate == line.aggregate:
                    ratios[line.key, organ.number] = ratio
    taken: dict[Key, int] = {}
    for (key, number), ratio in sorted(ratios.items(), key=lambda item: -item[1]):
        if ratio >= LIKELY and key not in taken and number not in taken.values():
            taken[key] = number
    for line in lines:
        near = sorted(
            (organ for organ in missing if (line.key, organ.number) in ratios),
            key=lambda organ: -ratios[line.key, organ.number],
        )
        yield (
            replace(line, candidates=tuple(near[:MOST_OFFERED]), guess=taken.get(line.key)) if near else line
        )


def _odd(name: str, group: Sequence[tuple[str, Place | None]]) -> str:
    """The signs by which a name differs from those that look like it."""
    others = [set(other) for other, _ in group if other != name]
    signs = [sign for sign in dict.fromkeys(name) if any(sign not in other for other in others)]
    return "、".join(f"{sign} U+{ord(sign):04X}" for sign in signs[:4]) or "字的次序不同"
