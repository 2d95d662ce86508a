"""A roll-up's workbook renewed in place: its figures and the sheets on its members; all else stays."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from nianbao.media.ooxml import Element
from nianbao.media.workbook import writer
from nianbao.media.workbook.changes import drop_calculation_chain, fill_figures
from nianbao.media.workbook.marks import worksheets
from nianbao.media.workbook.marks.package import Package, insert, main
from nianbao.media.workbook.marks.worksheets import Worksheet
from nianbao.media.workbook.rollup import MEMBERS, changes, grid, listing
from nianbao.media.workbook.rollup.graft import Graft
from nianbao.report import Report
from nianbao.report.rollup import Changes, Former, Rollup

_ADVICE = {sheet.SHEET: "" for sheet in MEMBERS if sheet is not grid} | {changes.SHEET: changes.ADVICE}


def renew(content: bytes, former: Former | None, rollup: Rollup, changed: Changes, report: Report) -> bytes:
    """The workbook with the figures of `report` and the sheets of the roll-up, each where it stands.

    A sheet on the members that is not there, or that somebody has deleted, comes at the end. Where nothing
    has changed, the list of the last changes stays.
    """
    package = Package(content, report.file)
    anew = fill_figures(package, content, report)
    donor = Package(writer.save(_compose(rollup, changed)), report.file)
    graft, there = Graft(donor, package), _there(package, former)
    for sheet in worksheets.worksheets(donor):
        anew = graft.put(sheet, there.get(sheet.name)) or anew
    if not anew:
        return content
    drop_calculation_chain(package)
    _recalculate(package)
    return package.save()


def _compose(rollup: Rollup, changed: Changes) -> Workbook:
    """The sheets of the roll-up alone."""
    book = Workbook()
    palette = listing.Palette(book)
    for sheet in MEMBERS:
        sheet.add(book, palette, rollup)
    if changed:
        changes.add(book, palette, changed)
    book.remove(book.worksheets[0])
    return book


def _there(package: Package, former: Former | None) -> dict[str, Worksheet]:
    """The sheets of the last roll-up by the names they were given; told by their headings, not by names.

    A sheet of the clerk's that only has one of these names is none. Of copies, the one that still has
    the name.
    """
    places: dict[str, Worksheet] = {}
    sheets = sorted(worksheets.first_cells(package), key=lambda named: named[1][:1] != [named[0].name])
    for sheet, cells in sheets:
        if former is not None and sheet.name == former.sheet:
            places[grid.SHEET] = sheet
        elif len(cells) > 1 and cells[0] in _ADVICE and cells[1].startswith(_ADVICE[cells[0]]):
            places.setdefault(cells[0], sheet)
    return places


def _recalculate(package: Package) -> None:
    """Have formulas elsewhere, such as those on the equations, calculated anew on opening."""
    root: Element = package.tree(package.book)
    calculation = root.find(main("calcPr"))
    if calculation is None:
        calculation = root.makeelement(main("calcPr"), {})
        insert(root, calculation)
    calculation.set("fullCalcOnLoad", "1")
