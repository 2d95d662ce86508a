"""What became of the figures of the edition before, written out over figure keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.mandate.entry import Entry
from nianbao.mandate.form import Table
from nianbao.mandate.relations import PER, lines


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of figures of the edition before: Σ former there is Σ now here, all figure keys.

    Where they are not `comparable` either side may be empty; `why` says what differs. `key` and `row`,
    its label, are those of a sum, which is no figure of either form's own.
    """

    former: tuple[str, ...]
    now: tuple[str, ...]
    comparable: bool
    why: str
    key: str = ""
    row: str = ""


def succession(
    top: Entry, tables: Mapping[str, Table], former: Mapping[str, Table]
) -> tuple[Succession, ...]:
    """Every succession, one for each row or column that has its figures; `former` are the tables before."""
    successions: list[Succession] = []
    for entry in top.entries("succession", required=False):
        if not former:
            raise entry.fail("former", "没有写明接续哪一版（follows）")
        key, per = entry.text("table"), entry.choice("per", PER)
        if key not in tables or key not in former:
            raise entry.fail("table", f"两版没有都有的表 {key!r}")
        before, now = (lines(form[key].slots, per, f"{per}_key") for form in (former, tables))
        successions += _written_out(entry, key, per, before, now)
        entry.close()
    for side in ("former", "now"):
        named = [key for relation in successions for key in getattr(relation, side)]
        if twice := sorted({key for key in named if named.count(key) > 1}):
            raise top.fail("succession", f"{side} 中 {twice[0]!r} 出现了不止一次")
    return tuple(successions)


Lines = Mapping[str, Mapping[str, str]]  # figure keys by row and column, or by column and row


def _written_out(entry: Entry, table: str, per: str, before: Lines, after: Lines) -> list[Succession]:
    comparable = entry.flag("comparable") if "comparable" in entry else True
    why, row = entry.text("why"), entry.text("row", "")
    wanted = {name: entry.texts(name) for name in ("former", "now")}
    for name, form in (("former", before), ("now", after)):
        for key in wanted[name]:
            if not any(key in line for line in form.values()):
                raise entry.fail(name, f"这张表中没有 {key!r}")
        if comparable and not wanted[name]:
            raise entry.fail(name, "可比的两边都应有")
    sums = comparable and any(len(keys) > 1 for keys in wanted.values())
    if sums != ("key" in entry) or sums != bool(row) or (sums and per != "column"):
        raise entry.fail("key", "每列的合计应有 key 和 row，其他不应有")
    own = entry.text("key", "")
    if any(own in line for line in after.values()):
        raise entry.fail("key", f"{own!r} 已是这张表的键")
    successions = []
    for where in dict.fromkeys((*before, *after)):
        then, now = (
            tuple(line[key] for key in wanted[name] if key in line)
            for name, line in (("former", before.get(where, {})), ("now", after.get(where, {})))
        )
        whole = len(then) == len(wanted["former"]) and len(now) == len(wanted["now"])
        if whole if comparable else then or now:
            successions.append(Succession(then, now, comparable, why, own and f"{table}.{own}.{where}", row))
    if not successions:
        raise entry.fail("now", "两版没有都有这些键的行或列")
    return successions
