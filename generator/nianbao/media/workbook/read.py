"""Read a filled-in workbook by its hidden keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from nianbao.mandate import Mandate, Slot, Table, for_year
from nianbao.media.workbook import decisions, opened, printed
from nianbao.media.workbook.find_keys import Found, Keyed, bare, scan
from nianbao.media.workbook.keys import EDITION
from nianbao.media.workbook.missing_keys import NEW, missing, no_sheet, unknown
from nianbao.media.workbook.totals import recompute
from nianbao.media.workbook.unseen import Omissions, hidden
from nianbao.report import Place, Problem, ProblemsFound, RawReport, Report, Value, assemble, rule
from nianbao.report.groups import grouped
from nianbao.report.invisible import SIGN
from nianbao.report.left_out import unclear
from nianbao.report.particulars import ORGAN, SHEET, YEAR
from nianbao.report.problem import quote
from nianbao.report.raw_report import read_year, supply, unknown_edition


def read_content(content: bytes, file: str) -> Report:
    """Read one year's figures and texts from a filled-in workbook; `file` is its name in messages.

    Cells are found by the keys in hidden rows and columns, so visible rows and columns
    may have been moved. Totals are computed again, whatever their formulas last said.

    Raises Unreadable for a file that cannot be opened or is no workbook of ours, and
    ProblemsFound where the year is missing.
    """
    return assemble(enter(content, file))


def enter(content: bytes, file: str, given: Mapping[str, str] = MappingProxyType({})) -> RawReport:
    """Take the raw values out of a workbook; raise as `read_content` does.

    `given` are organ, year and reporter for a workbook that leaves them blank.
    """
    sheets = opened.sheets(content, file)
    decided, problems = decisions.decisions(file, sheets)
    scanned = scan(file, [sheet for sheet in sheets if not decisions.is_findings(sheet.rows)])
    omissions = Omissions()
    values = supply(_particulars(scanned, omissions, problems), given, problems)
    try:
        mandate = for_year(read_year(values[YEAR]))
    except ProblemsFound:  # assemble says so, together with all else that is missing
        return RawReport(file, values, {}, {}, problems=[*problems, *omissions.problems()])
    _check_edition(scanned, mandate, values)
    _again(scanned, problems)
    _strays(scanned, mandate, problems)
    figures, unreadable = _figures(scanned, mandate, omissions, problems)
    paragraphs = _paragraphs(scanned, omissions, problems)
    problems += [*omissions.problems(), *hidden(scanned)]
    return RawReport(
        file=file,
        particulars=values,
        figures=figures,
        paragraphs=paragraphs,
        places=scanned.places,
        unreadable=unreadable,
        problems=problems,
        decisions=decided,
    )


def _particulars(scanned: Found, omissions: Omissions, problems: list[Problem]) -> dict[str, Value]:
    """The values that are not figures; organ and year are always among them."""
    if not scanned.cells and not scanned.paragraphs:
        what = "不是本程序的工作簿：没有找到本程序留在隐藏的列里的识别标记"
        raise rule("foreign-workbook").refusal(scanned.file, what, f"请{NEW}")
    cells = {key: keyed for key, keyed in scanned.cells.items() if "." not in key and key != EDITION}
    if not cells:
        raise ProblemsFound([no_sheet(scanned, SHEET)])
    values = {}
    for key, keyed in cells.items():
        if keyed.cell.formula and not keyed.cell.calculated and key != "title":
            problems.append(_not_calculated(keyed.place))
        values[key] = omissions.text(keyed, key)
    sheet = next(iter(values.values())).place.sheet
    for key in (ORGAN, YEAR):
        values.setdefault(key, Value(None, Place(scanned.file, sheet)))
    return values


def _check_edition(scanned: Found, mandate: Mandate, values: Mapping[str, Value]) -> None:
    made = scanned.cells.get(EDITION)
    if made is not None and str(made.cell.value) != mandate.edition.key:
        year = values[YEAR]
        made_for, stated = quote(made.cell.value), quote(year.raw)
        what = f"工作簿是按 {made_for} 版格式建的，报告年度 {stated} 应用 {mandate.edition.key} 版"
        mend = unknown_edition(str(made.cell.value)) or "请核对报告年度，或用 nianbao new 按这一年另建一份"
        raise ProblemsFound([rule("edition-mismatch").broken(what, mend, (year.place,))])


def _again(scanned: Found, problems: list[Problem]) -> None:
    """Say which cells were passed over because another has their key: one problem for two sheets."""
    doubles = (
        (scanned.cells[key].place.sheet, place) for key, cells in scanned.again.items() for place in cells
    )
    sheets = grouped(doubles, lambda double: (double[0], double[1].sheet))
    for (first, second), again in sheets.items():
        places = [place for _, place in again]
        where = "上面同样的行" if first == second else f"“{first}”表"
        what = f"这几格与{where}重复，没有读入"
        problems.append(rule("repeated-key").broken(what, "请删去多余的行或表，只留一份", places))


def _strays(scanned: Found, mandate: Mandate, problems: list[Problem]) -> None:
    """Say what stands where nothing is read, each sheet of it as one problem.

    Labels are none: a row that has lost its key is told by that.
    """
    if not scanned.strays:
        return
    labels = {bare(cell.text) for table in mandate.tables.values() for cell in table.cells}
    for (_, column), found in scanned.strays.items():
        values = [value for value in found if bare(value.raw) not in labels]
        if not values:
            continue
        words = [quote(value.raw) for value in values]
        quoted = f"“{words[0]}”" + (f"等 {len(words)} 格" if len(words) > 1 else "")
        places = [value.place for value in values]
        if column:
            what = f"写在文字那一栏（{column} 列）以外，没有读入：{quoted}"
            mend = f"要印出的请移入 {column} 列，一段一行；不要的请删去"
            problems.append(rule("text-beside").broken(what, mend, places, words))
        else:
            what = f"写在要填的格以外，没有读入：{quoted}"
            mend = "要印出的请写进文字部分；只供自己备查的不必理会"
            problems.append(rule("text-outside").broken(what, mend, places, words))


def _paragraphs(scanned: Found, omissions: Omissions, problems: list[Problem]) -> dict[str, list[Value]]:
    for cells in scanned.paragraphs.values():
        problems += [_not_calculated(keyed.place) for keyed in cells if not keyed.cell.calculated]
    return {
        section: [value for keyed in cells if (value := omissions.text(keyed)).raw is not None]
        for section, cells in scanned.paragraphs.items()
    }


def _figures(
    scanned: Found, mandate: Mandate, omissions: Omissions, problems: list[Problem]
) -> tuple[dict[str, Value], dict[str, Place]]:
    figures: dict[str, Value] = {}
    totals: dict[str, Value] = {}
    unreadable = missing(scanned, mandate, problems)
    gone = dict(unreadable)
    strange: dict[str, Place] = {}
    for key, keyed in scanned.cells.items():
        if "." not in key:
            continue
        slot = mandate.slots.get(key)
        if slot is None:
            strange[key] = keyed.place
            continue
        _guard(slot, mandate.tables[slot.table], keyed, problems)
        place = Place(keyed.file, keyed.sheet, cell=keyed.spot, row=slot.row, column=slot.column)
        cell = keyed.cell
        outcome = printed.figure(cell, keyed.appearance, slot)
        if outcome.left_out:
            omissions.note(outcome, place)
        if outcome.doubt:
            problems.append(unclear(outcome.doubt, str(outcome.value), place))
            unreadable[key] = place
        elif cell.formula and key in mandate.totals and not outcome.left_out:
            totals[key] = Value(cell.value, place)
        elif not cell.calculated:
            problems.append(_not_calculated(place))
            unreadable[key] = place
        else:
            figures[key] = Value(outcome.value, place)
    problems += unknown(strange, gone, mandate)
    recompute(mandate, figures, totals, unreadable, problems)
    return figures, unreadable


def _guard(slot: Slot, table: Table, keyed: Keyed, problems: list[Problem]) -> None:
    """Labels guard: a figure that stands beside another label than its own may be another figure."""
    if _bare(slot.column) in keyed.above and (not table.stub or _bare(slot.row) in keyed.beside):
        return
    pairs = [("列", slot.column, keyed.above)]
    if table.stub:
        pairs.insert(0, ("行", slot.row, keyed.beside))
    for word, label, seen in pairs:
        if _bare(label) in {SIGN.sub("", text) for text in seen}:
            continue
        what = f"这一格的{word}标签不是“{label}”，数可能被移到了别的{word}"
        if not any(problem.what == what for problem in problems):
            mend = f"请恢复{word}标签，或核对这一{word}的数"
            problems.append(rule("label-changed").broken(what, mend, (keyed.place,)))


@cache
def _bare(label: str) -> str:
    return bare(label)


def _not_calculated(place: Place) -> Problem:
    mend = "请在 Excel 或 WPS 中打开工作簿并保存一次"
    return rule("formula-not-calculated").broken("公式尚未计算", mend, (place,))
