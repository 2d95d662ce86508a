"""What makes a sum wrong whatever its numbers: two years, an organ twice, a part beside its whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nianbao.mandate import Edition
from nianbao.report.catalogue import rule
from nianbao.report.checks.names.organ_names import names
from nianbao.report.groups import grouped
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.rollup.member import Member
from nianbao.report.rollup.roster import above

MOST_MEMBERS = 5_000  # with more, the workbook of the sum is larger than the program itself opens
MOST_NAMED = 8


def listed(organs: Sequence[str]) -> str:
    """Organs by name, no more than can be read."""
    named = "、".join(f"“{quote(organ)}”" for organ in organs[:MOST_NAMED])
    return named if len(organs) <= MOST_NAMED else f"{named} 等 {len(organs)} 个"


def refusals(members: Sequence[Member], organ: str, superiors: Mapping[str, str]) -> Iterator[Problem]:
    """Every reason why these members cannot be added up, and what a person has to look at first.

    `organ` is the aggregate's own name, `superiors` the superior's by an organ's, all of them normal.
    """
    if not members:
        what, mend = "没有可以汇总的报告", "请给出报告，或放有报告的文件夹"
        yield rule("no-members").broken(what, mend, ())
        return
    if len(members) > MOST_MEMBERS:
        what = f"有 {len(members)} 份报告，一次最多汇总 {MOST_MEMBERS} 份"
        yield rule("too-many-members").broken(what, "请逐级汇总，先汇总下一级，再汇总各份汇总报告", ())
    yield from _mixed(members)
    yield from _twice(members)
    yield from _itself(members, organ)
    yield from _within(members, superiors)
    yield from _perhaps_within(members, superiors)


def _mixed(members: Sequence[Member]) -> Iterator[Problem]:
    editions = grouped(members, lambda member: _form(member.mandate.edition))
    if len(editions) > 1:
        what = f"报告用的是两版不同的格式，不能相加：{_counted(editions)}"
        yield rule("mixed-editions").broken(what, "请把两版的报告分开，各自汇总", _fewest(editions))
    for group in editions.values():
        years = grouped(group, lambda member: f"{member.year} 年")
        if len(years) > 1:
            what = f"报告不是同一年度的：{_counted(years)}"
            yield rule("mixed-years").broken(what, "请核对各份的报告年度，把别的年度移走", _fewest(years))


def _form(edition: Edition) -> str:
    return f"{edition.key} 版（{edition.decree}）"


def _counted(groups: Mapping[str, Sequence[Member]]) -> str:
    return "；".join(
        f"{key} {len(group)} 份（{listed([member.organ for member in group])}）"
        for key, group in sorted(groups.items(), key=lambda item: len(item[1]))
    )


def _fewest(groups: Mapping[str, Sequence[Member]]) -> list[Place]:
    """Where all but the largest group stand: most likely they are the ones out of place."""
    largest = max(groups.values(), key=len)
    return [member.place for group in groups.values() if group is not largest for member in group]


def _twice(members: Sequence[Member]) -> Iterator[Problem]:
    for group in grouped(members, lambda member: (member.name, member.aggregate)).values():
        if len(group) > 1:
            what = f"“{quote(group[0].organ)}”有 {len(group)} 份报告，只能计一份"
            mend = "请留下正确的一份，移走其余的"
            yield rule("same-organ").broken(what, mend, [member.place for member in group])


def _itself(members: Sequence[Member], organ: str) -> Iterator[Problem]:
    for member in members:
        if organ and member.aggregate and member.name == organ:
            what = f"“{quote(member.organ)}”的汇总报告就是要做的这一份，不能再计入"
            mend = "要把汇总填进这一份，请用 -o 给出它；不要的请移走，或核对 --organ"
            yield rule("sum-of-itself").broken(what, mend, (member.place,))


def _within(members: Sequence[Member], superiors: Mapping[str, str]) -> Iterator[Problem]:
    """Aggregates beside what they contain: by the roster, or as the same government's own report."""
    for whole in members:
        if not whole.aggregate:
            continue
        parts = [
            member
            for member in members
            if member is not whole
            and (
                (member.name == whole.name and not member.aggregate)
                or whole.name in above(member.name, superiors)
            )
        ]
        if parts:
            what = (
                f"“{quote(whole.organ)}”是{'或'.join(kind.name for kind in whole.kinds)}的报告，已包括"
                f"{listed([part.organ for part in parts])}，同时计入就重复了"
            )
            mend = "请只留汇总的一份，或只留所属各单位的，移走另一方"
            yield rule("counted-twice").broken(what, mend, [member.place for member in (whole, *parts)])


def _perhaps_within(members: Sequence[Member], superiors: Mapping[str, str]) -> Iterator[Problem]:
    """Organs that by their names are of a place which has its aggregate here, where no roster says whose."""
    places = {id(member): names(member.organ)[0].place for member in members}
    governments = members[0].mandate.duties.governments
    for whole in members:
        place = places[id(whole)]
        if not place or not whole.aggregate or any(kind.key not in governments for kind in whole.kinds):
            continue
        parts = [
            member
            for member in members
            if member.name != whole.name
            and not superiors.get(member.name)
            and _lies_in(places[id(member)], place)
        ]
        if parts:
            what = (
                f"从名称看，{listed([part.organ for part in parts])}像是属于“{quote(whole.organ)}”，"
                "而后者的报告已是汇总，可能重复计算"
            )
            mend = "请核对；在名册的“上级”一栏写明各属哪里，就不再提示"
            yield rule("maybe-counted-twice").broken(what, mend, [member.place for member in (whole, *parts)])


def _lies_in(place: str, whole: str) -> bool:
    """Whether a place is the other one or a part of it, though either be named without its superior."""
    return bool(place) and (place.startswith(whole) or whole.endswith(place) or place.endswith(whole))
