"""From mandate/*.toml to `Mandate`, with every cross-reference proved."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from nianbao.mandate import geometry
from nianbao.mandate.duties import duties
from nianbao.mandate.edition import Edition, Mandate
from nianbao.mandate.entry import Entry, MandateError
from nianbao.mandate.form import Block, Cell, Kind, Node, Reporter, Section, Slot, Table
from nianbao.mandate.relations import cross_year, equations
from nianbao.mandate.succession import succession

FOLDER = Path(__file__).parent
LAST_YEAR = 2199  # beyond it, a year is a slip of the finger
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_NUMBERING = re.compile(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+\.)")


@cache
def editions() -> tuple[str, ...]:
    """The editions there are, oldest first."""
    return tuple(sorted(path.stem for path in FOLDER.glob("[0-9]*.toml")))


@cache
def load(edition: str) -> Mandate:
    """Load one edition, "2019" or "2021".

    Raises MandateError, which names file and key, where the file contradicts itself,
    and KeyError for an edition that does not exist.
    """
    if edition not in editions():
        raise KeyError(edition)
    return read(FOLDER / f"{edition}.toml")


@cache
def for_year(year: int) -> Mandate:
    """Load the edition in force for a report year; KeyError for a year that none covers."""
    for edition in reversed(editions()):
        if year <= LAST_YEAR and (mandate := load(edition)).edition.covers(year):
            return mandate
    raise KeyError(year)


def read(path: Path) -> Mandate:
    """Read one mandate file; raise MandateError, which names file and key."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MandateError(path.name, "", f"不是合格的 TOML：{error}") from error
    top = Entry(path.name, "", content)
    edition = Edition(
        key=top.text("edition"),
        decree=top.text("decree"),
        decree_title=top.text("decree_title"),
        first_year=top.number("first_year"),
        last_year=top.number("last_year") if "last_year" in top else None,
        follows=_follows(top),
    )
    tables_entry = top.entry("tables")
    headings = {entry.text("key"): entry.text("heading") for entry in top.entries("sections")}
    tables: dict[str, Table] = {}
    for key, entry in tables_entry.named():
        if key not in headings:
            raise tables_entry.fail(key, "没有这个键的 sections")
        tables[key] = _table(key, headings[key], entry)
    sections = tuple(_section(entry, tables) for entry in top.entries("sections"))
    _unique(top, "sections", [section.key for section in sections])
    reporters = tuple(map(_reporter, top.entries("reporters")))
    slots = [slot for table in tables.values() for slot in table.slots]
    _unique(top, "tables", [slot.key for slot in slots])
    _unique(top, "tables", [slot.name for slot in slots])
    mandate = Mandate(
        edition=edition,
        title=top.text("title"),
        sections=sections,
        tables={section.key: tables[section.key] for section in sections if section.table},
        equations=equations(top, tables),
        cross_year=cross_year(top, tables),
        reporters=reporters,
        duties=duties(top, sections, tables.values(), reporters),
        succession=succession(top, tables, load(edition.follows).tables if edition.follows else {}),
    )
    top.close()
    return mandate


def _follows(top: Entry) -> str:
    follows = top.text("follows", "")
    if follows and not (follows in editions() and follows < top.text("edition")):
        raise top.fail("follows", f"没有更早的版本 {follows!r}")
    return follows


def _section(entry: Entry, tables: dict[str, Table]) -> Section:
    section = Section(
        key=_key(entry, "key"),
        number=entry.text("number"),
        heading=entry.text("heading"),
        note=entry.text("note"),
        placeholder=entry.text("placeholder", ""),
        table=entry.text("key") in tables,
    )
    if not section.heading.startswith(f"{section.number}、"):
        raise entry.fail("heading", f"标题应以“{section.number}、”开头")
    if not section.table and not section.placeholder:
        raise entry.fail("placeholder", "文字部分应有占位文字")
    entry.close()
    return section


def _table(key: str, heading: str, entry: Entry) -> Table:
    grid, stub = entry.numbers("grid"), entry.number("stub")
    blocks = tuple(_block(block, len(grid), stub) for block in entry.entries("blocks"))
    cells: list[Cell] = []
    slots: list[Slot] = []
    for block in blocks:
        top = max((cell.row + cell.rowspan for cell in cells), default=0)
        more_cells, more_slots = geometry.lay_out(block, top, stub, len(grid), key, heading)
        cells += more_cells
        slots += more_slots
    header = geometry.depth(blocks[0].columns) if entry.flag("header") else 0
    entry.entries("balances", required=False)
    entry.close()
    return Table(key, grid, stub, header, blocks, tuple(cells), tuple(slots))


def _block(entry: Entry, columns: int, stub: int) -> Block:
    block = Block(
        columns=tuple(_node(node, "columns") for node in entry.entries("columns")),
        rows=tuple(_node(node, "rows", bare=not stub) for node in entry.entries("rows")),
        banner=entry.text("banner", ""),
        corner=entry.text("corner", ""),
    )
    wide = sum(map(geometry.width, block.columns))
    if stub + wide != columns:
        raise entry.fail("columns", f"行标签 {stub} 列加数字 {wide} 列，不等于 grid 的 {columns} 列")
    if geometry.depth(block.rows) > max(stub, 1):
        raise entry.fail("rows", f"行标签有 {geometry.depth(block.rows)} 级，stub 只有 {stub} 列")
    for row in geometry.paths(block.rows):
        for column in geometry.paths(block.columns):
            if (parts := len(geometry.keys(row) + geometry.keys(column))) != 2:
                raise entry.fail(
                    "rows", f"“{row[-1].label}”×“{column[-1].label}”的键有 {parts} 段，应有 2 段"
                )
    entry.close()
    return block


def _node(entry: Entry, children: str, *, bare: bool = False) -> Node:
    label = entry.text("label", "" if bare else None)
    key = _key(entry, "key") if "key" in entry else ""
    node = Node(
        label=label,
        key=key,
        name=entry.text("name", _NUMBERING.sub("", label)),
        note=entry.text("note", ""),
        kind=Kind(entry.choice("kind", Kind, Kind.COUNT)),
        unit=entry.text("unit", ""),
        span=entry.number("span", 1),
        total=entry.text("total", ""),
        children=tuple(_node(child, children) for child in entry.entries(children, required=False)),
    )
    entry.close()
    return node


def _reporter(entry: Entry) -> Reporter:
    deadline = entry.text("deadline")
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", deadline):
        raise entry.fail("deadline", f"应写作 月-日，例如 01-31，现为 {deadline!r}")
    month, day = map(int, deadline.split("-"))
    reporter = Reporter(
        key=_key(entry, "key"),
        name=entry.text("name"),
        month=month,
        day=day,
        note=entry.text("note", ""),
        aggregate=entry.flag("aggregate"),
    )
    entry.close()
    return reporter


def _key(entry: Entry, name: str) -> str:
    if not _KEY.fullmatch(key := entry.text(name)):
        raise entry.fail(name, f"键应是小写英文和下划线，现为 {key!r}")
    return key


def _unique(top: Entry, where: str, values: list[str]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise top.fail(where, f"“{value}”出现了不止一次")
