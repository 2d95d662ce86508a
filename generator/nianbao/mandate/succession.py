"""What became of the figures of the edition before, written out over figure keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nianbao.mandate.entry import Entry
from nianbao.mandate.form import Slot, Succession, Table


def succession(
    top: Entry, tables: Mapping[str, Table], former: Mapping[str, Table]
) -> tuple[Succession, ...]:
    """Every succession, one for each row or column that has its figures; `former` are the tables before."""
    found: list[Succession] = []
    for entry in top.entries("succession", required=False):
        if not former:
            raise entry.fail("former", "没有写明接续哪一版（follows）")
        key, per = entry.text("table"), entry.text("per")
        if key not in tables or key not in former:
            raise entry.fail("table", f"两版没有都有的表 {key!r}")
        if per not in ("row", "column"):
            raise entry.fail("per", f"应是 row 或 column，现为 {per!r}")
        before, here = _lines(former[key].slots, per), _lines(tables[key].slots, per)
        found += _written_out(entry, key, per, before, here)
        entry.close()
    for side in ("former", "now"):
        named = [key for one in found for key in getattr(one, side)]
        if twice := sorted({key for key in named if named.count(key) > 1}):
            raise top.fail("succession", f"{side} 中 {twice[0]!r} 出现了不止一次")
    return tuple(found)


Lines = Mapping[str, Mapping[str, str]]  # figure keys by row and column, or by column and row


def _written_out(entry: Entry, table: str, per: str, before: Lines, here: Lines) -> list[Succession]:
    comparable = entry.flag("comparable") if "comparable" in entry else True
    why, row = entry.text("why"), entry.text("row", "")
    wanted = {name: entry.texts(name) for name in ("former", "now")}
    for name, lines in (("former", before), ("now", here)):
        for key in wanted[name]:
            if not any(key in line for line in lines.values()):
                raise entry.fail(name, f"这张表中没有 {key!r}")
        if comparable and not wanted[name]:
            raise entry.fail(name, "可比的两边都应有")
    sums = comparable and any(len(keys) > 1 for keys in wanted.values())
    if sums != ("key" in entry) or sums != bool(row) or (sums and per != "column"):
        raise entry.fail("key", "每列的合计应有 key 和 row，其他不应有")
    own = entry.text("key", "")
    if any(own in line for line in here.values()):
        raise entry.fail("key", f"{own!r} 已是这张表的键")
    found = []
    for where in dict.fromkeys((*before, *here)):
        then, now = (
            tuple(line[key] for key in wanted[name] if key in line)
            for name, line in (("former", before.get(where, {})), ("now", here.get(where, {})))
        )
        whole = len(then) == len(wanted["former"]) and len(now) == len(wanted["now"])
        if whole if comparable else then or now:
            found.append(Succession(then, now, comparable, why, own and f"{table}.{own}.{where}", row))
    if not found:
        raise entry.fail("now", "两版没有都有这些键的行或列")
    return found


def _lines(slots: Sequence[Slot], per: str) -> dict[str, dict[str, str]]:
    """Rows or columns by key, each with its figures' keys by the other coordinate's key."""
    lines: dict[str, dict[str, str]] = {}
    for slot in slots:
        where, other = (slot.row_key, slot.column_key) if per == "row" else (slot.column_key, slot.row_key)
        lines.setdefault(where, {})[other] = slot.key
    return lines
