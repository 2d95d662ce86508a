"""The equations between figures and between years, written out over figure keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nianbao.mandate import geometry
from nianbao.mandate.entry import Entry
from nianbao.mandate.form import Block, Node, Slot, Table

PER = ("row", "column")  # what a relation may hold in


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ left = Σ right, over figure keys of one column or one row."""

    code: str
    rule: str  # the relation in the words of the form
    where: str  # the column's or row's label
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossYear:
    """value = Σ last (of the year before) + Σ add − Σ subtract, all figure keys."""

    code: str
    severity: str
    rule: str
    where: str
    value: str
    last: tuple[str, ...]
    add: tuple[str, ...]
    subtract: tuple[str, ...]


def equations(top: Entry, tables: Mapping[str, Table]) -> tuple[Equation, ...]:
    """Every equation of the form: totals of rows and columns first, then the balances."""
    rules = top.entry("equations")
    written_out: list[Equation] = []
    for table in tables.values():
        for block in table.blocks:
            for code, line, total, parts in _totals(table.key, block):
                written_out.append(Equation(code, rules.text(code), line, parts, (total,)))
        entry = top.entry("tables").entry(table.key)
        for balance in entry.entries("balances", required=False):
            code = balance.text("code")
            for column, slots in lines(table.slots, "column", "column").items():
                left = _pick(balance, "left", slots)
                right = _pick(balance, "right", slots)
                written_out.append(Equation(code, rules.text(code), column, left, right))
            balance.close()
    rules.close()
    return tuple(written_out)


def cross_year(top: Entry, tables: Mapping[str, Table]) -> tuple[CrossYear, ...]:
    """Every relation to last year's report, one for each row or column it holds in."""
    relations: list[CrossYear] = []
    for entry in top.entries("cross_year"):
        key, per = entry.text("table"), entry.choice("per", PER)
        if key not in tables:
            raise entry.fail("table", f"没有表 {key!r}")
        severity = entry.choice("severity", ("error", "warning"))
        code, rule = entry.text("code"), entry.text("rule")
        before = len(relations)
        for where, line in lines(tables[key].slots, per, per).items():
            if entry.text("value") not in line:
                continue  # a row whose block has no such column
            value = _pick(entry, "value", line)[0]
            last, add, subtract = (_pick(entry, name, line) for name in ("last", "add", "subtract"))
            relations.append(CrossYear(code, severity, rule, where, value, last, add, subtract))
        if len(relations) == before:
            raise entry.fail("value", f"表 {key} 中没有 {entry.text('value')!r}")
        entry.close()
    return tuple(relations)


def lines(slots: Sequence[Slot], per: str, name: str) -> dict[str, dict[str, str]]:
    """Rows or columns by the field `name` of their slots, each with its figures' keys by the other's key."""
    keys: dict[str, dict[str, str]] = {}
    for slot in slots:
        other = slot.column_key if per == "row" else slot.row_key
        keys.setdefault(getattr(slot, name), {})[other] = slot.key
    return keys


def _pick(entry: Entry, name: str, line: Mapping[str, str]) -> tuple[str, ...]:
    wanted = (entry.text(name),) if name == "value" else entry.texts(name)
    for key in wanted:
        if key not in line:
            raise entry.fail(name, f"这张表中没有 {key!r}")
    return tuple(line[key] for key in wanted)


def _totals(table: str, block: Block) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Code, row or column label, the total's key and its parts' keys."""
    rows, columns = list(geometry.paths(block.rows)), list(geometry.paths(block.columns))
    for row in rows:
        for column, parts in _sums(columns):
            owner = row[-1] if row[-1].key else column[-2]
            yield (
                column[-1].total,
                owner.label,
                _join(table, row, column),
                tuple(_join(table, row, part) for part in parts),
            )
    for column in columns:
        for row, parts in _sums(rows):
            yield (
                row[-1].total,
                column[-1].label,
                _join(table, row, column),
                tuple(_join(table, part, column) for part in parts),
            )


def _sums(leaves: Sequence[tuple[Node, ...]]) -> Iterator[tuple[tuple[Node, ...], list[tuple[Node, ...]]]]:
    """Every leaf that is a total, with the leaves below the same parent."""
    for path in leaves:
        if path[-1].total:
            above = path[:-1]
            yield path, [other for other in leaves if other[: len(above)] == above and other != path]


def _join(table: str, row: Sequence[Node], column: Sequence[Node]) -> str:
    return ".".join((table, *geometry.keys(row), *geometry.keys(column)))
