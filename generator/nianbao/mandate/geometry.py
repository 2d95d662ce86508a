"""From trees of labels to printed cells: colspan and rowspan follow from the trees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.mandate.form import Block, Cell, Node, Role, Slot


def depth(nodes: Sequence[Node]) -> int:
    """How many levels of labels the trees have."""
    return max((1 + depth(node.children) for node in nodes), default=0)


def width(node: Node) -> int:
    """How many grid columns a column label covers."""
    return sum(map(width, node.children)) if node.children else node.span


def paths(nodes: Sequence[Node], above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, ...]]:
    """Every leaf with the nodes above it, in reading order."""
    for node in nodes:
        path = (*above, node)
        if node.children:
            yield from paths(node.children, path)
        else:
            yield path


def keys(path: Sequence[Node]) -> tuple[str, ...]:
    """The keys along a path; a label without a key only groups."""
    return tuple(node.key for node in path if node.key)


def lay_out(
    block: Block, top: int, stub: int, columns: int, table: str, section: str
) -> tuple[list[Cell], list[Slot]]:
    """Print one block from grid row `top` on; return its cells and slots in reading order."""
    cells: list[Cell] = []
    slots: list[Slot] = []
    if block.banner:
        cells.append(Cell(top, 0, 1, columns, Role.BANNER, block.banner))
        top += 1
    head = depth(block.columns)
    if block.corner:
        cells.append(Cell(top, 0, head, stub, Role.CORNER, block.corner))
    cells += _heads(block.columns, top, stub, head)
    top += head
    if stub:
        cells += _labels(block.rows, top, 0, stub)
    for offset, row in enumerate(paths(block.rows)):
        column = stub
        for path in paths(block.columns):
            leaf = path[-1]
            key = ".".join((table, *keys(row), *keys(path)))
            cell = Cell(top + offset, column, 1, leaf.span, Role.FIGURE, key=key)
            cells.append(cell)
            slots.append(_slot(key, table, section, row[-1], path, cell))
            column += leaf.span
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return cells, slots


def _slot(key: str, table: str, section: str, row: Node, path: tuple[Node, ...], cell: Cell) -> Slot:
    leaf = path[-1]
    owner = row if row.key else next(node for node in reversed(path[:-1]) if node.key)
    _, row_key, column_key = key.split(".")
    return Slot(
        key=key,
        table=table,
        section=section,
        row_key=row_key,
        column_key=column_key,
        row=owner.label,
        column=leaf.label,
        name=f"{owner.name}.{leaf.name}",
        kind=leaf.kind,
        unit=leaf.unit,
        note=row.note,
        cell=cell,
    )


def _heads(nodes: Sequence[Node], top: int, left: int, height: int) -> Iterator[Cell]:
    for node in nodes:
        rowspan = 1 if node.children else height
        yield Cell(top, left, rowspan, width(node), Role.HEAD, node.label)
        yield from _heads(node.children, top + 1, left, height - 1)
        left += width(node)


def _labels(nodes: Sequence[Node], top: int, left: int, room: int) -> Iterator[Cell]:
    for node in nodes:
        rows = sum(1 for _ in node.leaves())
        yield Cell(top, left, rows, 1 if node.children else room, Role.LABEL, node.label)
        yield from _labels(node.children, top, left + 1, room - 1)
        top += rows
