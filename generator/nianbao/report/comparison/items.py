"""What can be compared with what: the figures of one form, or of several editions that follow one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nianbao.mandate import Kind, Mandate, Slot, Succession, editions, load
from nianbao.report.groups import grouped


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the comparison: in each edition that has it, the figures whose sum it is.

    Labels are those of the latest edition. `notes` say what differs between the editions.
    """

    key: str  # the figure's, or the sum's
    section: str  # heading
    row: str
    column: str
    kind: Kind
    unit: str
    figures: Mapping[str, tuple[str, ...]]  # by edition
    notes: tuple[str, ...] = ()


def items(used: Iterable[str]) -> tuple[Item, ...]:
    """The lines for reports in these editions, in the order of the latest form.

    Editions between those used are passed through, for a figure may have come down to the last from
    the first.
    """
    wanted = set(used)
    chain = [load(edition) for edition in editions() if min(wanted) <= edition <= max(wanted)]
    lines = [_item(slot, chain[0]) for slot in chain[0].slots.values()]
    for before, mandate in pairwise(chain):
        lines = followed(lines, before.edition.key, mandate)
    return tuple(item for item in lines if wanted & item.figures.keys())


def _item(slot: Slot, mandate: Mandate, notes: tuple[str, ...] = ()) -> Item:
    own = {mandate.edition.key: (slot.key,)}
    return Item(slot.key, slot.section, slot.row, slot.column, slot.kind, slot.unit, own, notes)


def followed(earlier: Sequence[Item], before: str, mandate: Mandate) -> list[Item]:
    """The lines of editions up to `before`, and the edition that follows it."""
    relations = mandate.succession
    handed = {frozenset(relation.former): relation for relation in relations if relation.comparable}
    why = {key: relation.why for relation in relations for key in relation.now}
    why_gone = {key: relation.why for relation in relations for key in relation.former}
    carried: dict[tuple[str, ...], Item] = {}  # by the figures that they are now
    gone: list[Item] = []
    for item in earlier:
        keys = item.figures.get(before, ())
        relation = handed.get(frozenset(keys))
        now = relation.now if relation else _same(keys, mandate, {*why, *why_gone})
        if now:
            carried[now] = item
        else:
            notes = dict.fromkeys(why_gone[key] for key in keys if key in why_gone)
            gone.append(replace(item, notes=(*item.notes, *notes)))
    sums = {relation.now: _sum(relation, mandate) for relation in relations if relation.key}
    sums |= {
        now: replace(item, figures={mandate.edition.key: now})
        for now, item in carried.items()
        if len(now) > 1 and now not in sums
    }
    lines: list[Item] = []
    for slot in mandate.slots.values():
        lines += (_joined(item, carried.get(now)) for now, item in sums.items() if now[0] == slot.key)
        own = _item(slot, mandate, (why[slot.key],) if slot.key in why else ())
        lines.append(_joined(own, carried.get((slot.key,))))
    return _in_order(lines, gone)


def _same(keys: tuple[str, ...], mandate: Mandate, named: set[str]) -> tuple[str, ...]:
    """The keys where each of them is the same figure in this edition."""
    return keys if all(key in mandate.slots and key not in named for key in keys) else ()


def _sum(relation: Succession, mandate: Mandate) -> Item:
    own = _item(mandate.slots[relation.now[0]], mandate, (relation.why,))
    return replace(own, key=relation.key, row=relation.row, figures={mandate.edition.key: relation.now})


def _joined(own: Item, earlier: Item | None) -> Item:
    """A line of this edition with what it was before."""
    if earlier is None:
        return own
    notes = tuple(dict.fromkeys((*earlier.notes, *own.notes)))
    return replace(own, figures={**earlier.figures, **own.figures}, notes=notes)


def _in_order(present: Sequence[Item], gone: Sequence[Item]) -> list[Item]:
    """Each table's lines row by row; what only earlier editions have stands last in its row, or table."""
    tables = grouped((*present, *gone), lambda item: item.key.split(".")[0])
    rows = (grouped(items, lambda item: item.key.split(".")[1]) for items in tables.values())
    return [item for table in rows for row in table.values() for item in row]
