"""Which labels and headings each figure stands under, out of the form's own trees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.mandate import Mandate, Node


def headers(mandate: Mandate) -> dict[str, tuple[set[str], set[str]]]:
    """For each figure the labels of its row, and the headings of its column with the line across."""
    found = {}
    for key, table in mandate.tables.items():
        for block in table.blocks:
            for row, labels in _paths(block.rows):
                for column, heads in _paths(block.columns):
                    across = {block.banner} if block.banner else set()
                    found[".".join((key, *row, *column))] = (set(labels), {*heads, *across})
    return found


def _paths(
    nodes: Sequence[Node], keys: tuple[str, ...] = (), labels: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for node in nodes:
        own = (*keys, node.key) if node.key else keys
        words = (*labels, node.label) if node.label else labels
        if node.children:
            yield from _paths(node.children, own, words)
        else:
            yield own, words
