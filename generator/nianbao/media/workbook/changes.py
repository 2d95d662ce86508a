"""The clerk's own workbook with what was changed elsewhere: only those cells are written anew.

All other parts stay byte for byte: widths, remarks, further sheets, what other programs have put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

from nianbao.media.ooxml import Element
from nianbao.media.workbook import opened
from nianbao.media.workbook.cells import escaped
from nianbao.media.workbook.find_keys import Found, Keyed, scan
from nianbao.media.workbook.keys import CAPTION, COLUMNS, TEXT
from nianbao.media.workbook.marks.package import Package, main
from nianbao.media.workbook.marks.worksheets import worksheets
from nianbao.media.workbook.rows import Row
from nianbao.media.workbook.tables import is_sum
from nianbao.report import Place, Report
from nianbao.report.dates import write_date
from nianbao.report.figure import plain
from nianbao.report.particulars import YEAR, lines

Content = int | Decimal | str  # of a cell; "" is blank
_SPOT = re.compile(r"([A-Z]+)([0-9]+)")


def fill(content: bytes, file: str, report: Report) -> bytes:
    """A copy of a workbook that says what the report says; a cell that says it already is not touched.

    A formula that still gives its figure stays a formula. Paragraphs go into the cells where paragraphs
    stood, further ones below them. Raises Unreadable for what is no workbook of ours.
    """
    sheets = opened.sheets(content, file)
    scanned = scan(file, sheets)
    changes, results = _figures(scanned, report)
    rows = {sheet.name: sheet.rows for sheet in sheets}
    for place, text in (*_particulars(scanned, report), *_paragraphs(scanned, rows, report)):
        changes.setdefault(place.sheet, {})[place.cell] = text
    package = Package(content, file)
    _change(package, changes, results)
    return package.save() if changes or results else content


def fill_figures(package: Package, content: bytes, report: Report) -> bool:
    """Write a report's figures into an opened workbook, as `fill` does; whether there were any to write.

    `content` are its bytes, as they are read.
    """
    changes, results = _figures(scan(report.file, opened.sheets(content, report.file)), report)
    _change(package, changes, results)
    return bool(changes or results)


def _figures(
    scanned: Found, report: Report
) -> tuple[dict[str, dict[str, Content]], dict[str, dict[str, Content]]]:
    """By sheet and cell, the figures that are to be written, and what formulas that stay now give."""
    changes: dict[str, dict[str, Content]] = {}
    results: dict[str, dict[str, Content]] = {}
    for key, figure in report.figures.items():
        if (keyed := scanned.cells.get(key)) is None:
            continue
        same = _same(keyed.cell.value, figure.value)
        parts = report.mandate.totals.get(key)
        if keyed.cell.formula and parts and is_sum(figure, parts, report.figures):
            if same or not keyed.cell.calculated:
                continue
            results.setdefault(keyed.place.sheet, {})[keyed.place.cell] = figure.value
        elif keyed.cell.formula or not same:
            changes.setdefault(keyed.place.sheet, {})[keyed.place.cell] = figure.value
    return changes, results


def _change(
    package: Package,
    changes: Mapping[str, Mapping[str, Content]],
    results: Mapping[str, Mapping[str, Content]],
) -> None:
    for sheet in worksheets(package):
        if changed := {**results.get(sheet.name, {}), **changes.get(sheet.name, {})}:
            _write(package.tree(sheet.part), changed, formulas=results.get(sheet.name, {}))
    if changes:
        drop_calculation_chain(package)


def drop_calculation_chain(package: Package) -> None:
    """Take out the order of calculation: to Excel one that names a formula that is gone is damage."""
    if chain := package.related(package.book, "calcChain"):
        package.remove(chain)


def _same(raw: object, value: Content) -> bool:
    """Whether a cell says a value already, as the value is."""
    if raw is None or raw == "":
        return value == ""
    if isinstance(raw, str) or isinstance(value, str):
        return raw == value
    return isinstance(raw, int | float) and not isinstance(raw, bool) and Decimal(f"{raw:.15g}") == value


def _particulars(scanned: Found, report: Report) -> Iterator[tuple[Place, str]]:
    usual = report.mandate.default_title(report.organ, report.year)
    said = {
        "organ": report.organ, "reporter": report.reporter_name, "title": report.title,
        "issued_by": report.issued_by, "date_line": report.date_line, **report.contact, **report.elements,
    }  # fmt: skip
    for line in lines(report.mandate):
        keyed = scanned.cells.get(line.key)
        if keyed is None or line.key == YEAR:
            continue
        text = said.get(line.key, "")
        if line.key == "title" and text == usual and (keyed.cell.formula or not keyed.cell.value):
            continue
        if _words(keyed) != text:
            yield keyed.place, text


def _words(keyed: Keyed) -> str:
    raw = keyed.cell.value
    if raw is None:
        return ""
    return write_date(raw) if hasattr(raw, "year") else str(raw).strip()  # type: ignore[arg-type] # a date


def _paragraphs(
    scanned: Found, sheets: Mapping[str, Sequence[Row]], report: Report
) -> Iterator[tuple[Place, str]]:
    """The cells of paragraphs that do not say what they should."""
    for section, paragraphs in report.narratives.items():
        wanted = [paragraph.written for paragraph in paragraphs]
        written = scanned.paragraphs.get(section, [])
        if _lines(str(keyed.cell.value) for keyed in written) == wanted:
            continue
        places = [keyed.place for keyed in written]
        free = _below(scanned, sheets, section, places)
        for number, text in enumerate(wanted):
            place = places[number] if number < len(places) else next(free, None)
            if place is None:
                break
            if number >= len(written) or str(written[number].cell.value) != text:
                yield place, text
        yield from ((place, "") for place in places[len(wanted) :])


def _lines(texts: Iterator[str]) -> list[str]:
    return [line for text in texts for line in text.splitlines() if line.strip()]


def _below(
    scanned: Found, sheets: Mapping[str, Sequence[Row]], section: str, places: Sequence[Place]
) -> Iterator[Place]:
    """The cells below the last paragraph, or below the key of a section that has none."""
    if places:
        last = places[-1]
        letters, row = _split(last.cell)
    else:
        place = scanned.places.get(section)
        head = _head(sheets.get(place.sheet, ()), section) if place is not None else None
        if place is None or head is None:
            return
        last, (letters, row) = place, head
    while True:
        row += 1
        yield Place(last.file, last.sheet, cell=f"{letters}{row}")


def _head(rows: Sequence[Row], section: str) -> tuple[str, int] | None:
    """The column of a section's paragraphs, and the row above the first that may have one."""
    last = None
    for row in rows:
        words = [cell.value for cell in row.cells]
        if f"{TEXT}{section}" in words and COLUMNS in words:
            last = get_column_letter(words.index(f"{TEXT}{section}") + 1), row.number
        elif last is not None and CAPTION in words:
            last = last[0], row.number
    return last


def _write(root: Element, cells: Mapping[str, Content], formulas: Mapping[str, Content]) -> None:
    data = root.find(main("sheetData"))
    if data is None:
        return
    rows = {row.get("r", ""): row for row in data.iterfind(main("row"))}
    for spot, value in cells.items():
        letters, number = _split(spot)
        row = rows.get(str(number))
        if row is None:
            row = rows[str(number)] = _insert_row(data, number)
        cell = _cell(row, letters, number)
        if spot in formulas:
            for old in cell.iterfind(main("v")):
                cell.remove(old)
            _drop_type(cell)
            if value != "":
                etree.SubElement(cell, main("v")).text = plain(value) if not isinstance(value, str) else value
        else:
            _set(cell, value)


def _set(cell: Element, value: Content) -> None:
    for child in list(cell):
        cell.remove(child)
    _drop_type(cell)
    if value == "":
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, main("is")), main("t"))
        text.text = escaped(value)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        etree.SubElement(cell, main("v")).text = plain(value)


def _drop_type(cell: Element) -> None:
    if "t" in cell.attrib:
        del cell.attrib["t"]


def _insert_row(data: Element, number: int) -> Element:
    row = etree.Element(main("row"), r=str(number))
    after = [one for one in data.iterfind(main("row")) if int(one.get("r", "0")) < number]
    data.insert(data.index(after[-1]) + 1 if after else 0, row)
    return row


def _cell(row: Element, letters: str, number: int) -> Element:
    """The cell of a column, made in its place where there is none: it looks as the one above."""
    column, at = column_index_from_string(letters), 0
    for index, cell in enumerate(row.iterfind(main("c")), 1):
        other = column_index_from_string(_split(cell.get("r", "A1"))[0])
        if other == column:
            return cell
        if other < column:
            at = index
    made = etree.Element(main("c"), r=f"{letters}{number}")
    above = row.getprevious()
    for cell in above.iterfind(main("c")) if above is not None else ():
        if _split(cell.get("r", "A1"))[0] == letters and cell.get("s"):
            made.set("s", cell.get("s", ""))
    row.insert(at, made)
    return made


def _split(spot: str) -> tuple[str, int]:
    match = _SPOT.fullmatch(spot)
    assert match is not None  # a cell's address
    return match[1], int(match[2])
