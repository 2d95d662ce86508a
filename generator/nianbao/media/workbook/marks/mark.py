"""Put the findings into a workbook, and take them out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nianbao.media.workbook import opened
from nianbao.media.workbook.decisions import decisions as read_decisions
from nianbao.media.workbook.keys import FINDINGS
from nianbao.media.workbook.marks import comments, findings_sheet, undo
from nianbao.media.workbook.marks.cell_styles import COLOURS, dress
from nianbao.media.workbook.marks.grid import Grid, rows
from nianbao.media.workbook.marks.package import BOOK, Element, Package, Sheet, children, parse, quoted, spot
from nianbao.media.workbook.marks.styles import COLLECTIONS, EMPTY, PART, Styles, digest, shrink
from nianbao.media.workbook.marks.styles import undo as undo_styles
from nianbao.media.workbook.marks.undo import Memory
from nianbao.report import Decision, Problem, Settled, Severity, settle
from nianbao.report.decision import HALF, joined

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def mark(
    content: bytes, problems: Sequence[Problem], decisions: Mapping[str, Decision] | None = None, *, file: str
) -> bytes:
    """A copy of a workbook with the findings: coloured cells, comments, and a sheet that lists them.

    `file` is the workbook's name in the findings' places. `decisions`, by fingerprint, are added
    to those that stand in the workbook, which go before. What was marked before is undone first; all else
    stays as it is, and the same content gives the same bytes. Raises Unreadable for what is
    no workbook.
    """
    package = Package(content, file)
    kept = joined(decisions or {}, _decisions(content, file, package))
    spare = _undo(package)
    still_open, settled = settle([one for one in problems if one.code != HALF], kept)
    marks = _marks(still_open, settled, file)
    styles = Styles(_styles(package), spare)
    found = Memory(sizes=_colour(package, styles, marks))
    lines = list(findings_sheet.lines(still_open, settled, kept, file))
    sheet = findings_sheet.write(_title(still_open, settled), lines, dress(styles))
    placed = package.add_sheet(_free(package, findings_sheet.NAME), sheet)
    package.define(
        "_xlnm.Print_Titles",
        placed,
        f"{quoted(placed.name)}!${findings_sheet.FIRST - 1}:${findings_sheet.FIRST - 1}",
    )
    found.shades = tuple(styles.shades.values())
    found.counts = styles.before
    found.digest = digest(package.written(_styles_part(package)))
    package.add_sheet(_free(package, undo.NAME), undo.write(found), state="veryHidden")
    return package.save()


def unmark(content: bytes, *, file: str) -> bytes:
    """The workbook without the marks, the sheet of findings, and the decisions on it."""
    package = Package(content, file)
    _undo(package)
    return package.save()


def _decisions(content: bytes, file: str, package: Package) -> dict[str, Decision]:
    if _listing(package) is None:
        return {}
    return read_decisions(file, opened.sheets(content, file))[0]


def _listing(package: Package) -> Sheet | None:
    """The sheet of findings, whatever it is called now."""
    strings = undo.shared(package)
    for sheet in package.sheets():
        if FINDINGS in rows(package.look(sheet.part), strings):
            return sheet
    return None


def _undo(package: Package) -> frozenset[str]:
    """Take all marks out; return the colours they had."""
    found, hidden = undo.find(package)
    if hidden is not None:
        package.remove_sheet(hidden)
    while (listed := _listing(package)) is not None:
        package.remove_sheet(listed)
    for sheet in package.sheets():
        comments.undo(package, sheet.part, [size for size in found.sizes if size.sheet == sheet.name])
    if found.shades:
        _uncolour(package, found)
    return frozenset(shade.colour for shade in found.shades)


def _uncolour(package: Package, found: Memory) -> None:
    part = _styles_part(package)
    untouched = digest(package.parts[part]) == found.digest
    root = package.tree(part)
    before = undo_styles(root, found.shades)
    for sheet in package.sheets():
        if not any(
            int(one.get("s", "0")) in before for one in children(package.look(sheet.part), "c", "row")
        ):
            continue
        grid = Grid(tree := package.tree(sheet.part))
        for one in list(children(tree, "c", "row")):
            style, inserted = before.get(int(one.get("s", "0")), (-1, False))
            if style < 0:
                continue
            if inserted and not len(one) and one.tag.endswith("}c"):
                grid.drop(one)
            elif style:
                one.set("s", str(style))
            else:
                one.attrib.pop("s")
    if untouched:
        shrink(root, {name: int(found.counts[name]) for name in COLLECTIONS})


def _styles_part(package: Package) -> str:
    return package.related(BOOK, "styles")


def _styles(package: Package) -> Element:
    if not _styles_part(package):
        package.add(PART, parse(EMPTY.encode()), _STYLES_TYPE)
        package.relate(BOOK, "styles", PART)
    return package.tree(_styles_part(package))


Marks = dict[tuple[str, str], list[tuple[str, str]]]


def _marks(still_open: Sequence[Problem], settled: Sequence[Settled], file: str) -> Marks:
    """By sheet and cell: colour and text of each finding there, what matters most first."""
    marks: Marks = {}
    order = list(Severity)
    said = [
        (one, one.severity.value, f"【{one.severity.word}】{one.what}。{one.mend}。")
        for one in sorted(still_open, key=lambda one: order.index(one.severity))
    ]
    said += [(one.problem, "settled", _answered(one)) for one in settled]
    for problem, colour, text in said:
        for place in dict.fromkeys(problem.places):
            if place.file == file and place.sheet and spot(place.cell):
                marks.setdefault((place.sheet, place.cell), []).append((colour, text))
    return marks


def _answered(one: Settled) -> str:
    when = f"，{one.decision.when}" if one.decision.when else ""
    return f"【{comments.SETTLED}】{one.problem.what}。{one.decision.who}{when}：{one.decision.why}"


def _colour(package: Package, styles: Styles, marks: Marks) -> tuple[comments.Size, ...]:
    """Colour the cells and hang the comments on them."""
    sizes: list[comments.Size] = []
    for sheet in package.sheets():
        here = {cell: found for (name, cell), found in marks.items() if name == sheet.name}
        if not here:
            continue
        grid = Grid(package.tree(sheet.part))
        for address, found in here.items():
            cell, inserted = grid.cell(address)
            style = int(cell.get("s", "0"))
            cell.set("s", str(styles.marked(COLOURS[found[0][0]], style, inserted=inserted)))
        texts = {cell: [text for _, text in found] for cell, found in here.items()}
        sizes += comments.add(package, sheet.part, sheet.name, texts)
    return tuple(sizes)


def _title(still_open: Sequence[Problem], settled: Sequence[Settled]) -> str:
    counts = [(sum(one.severity is each for one in still_open), each.word) for each in Severity]
    counts.append((len(settled), comments.SETTLED))
    return f"{findings_sheet.NAME}：" + (
        "、".join(f"{count} 个{word}" for count, word in counts if count) or "没有问题"
    )


def _free(package: Package, name: str) -> str:
    """The name, or with a number where a sheet has it already."""
    taken = {sheet.name.lower() for sheet in package.sheets()}
    numbered = (f"{name}（{number}）" for number in range(2, 1000))
    return name if name.lower() not in taken else next(one for one in numbered if one.lower() not in taken)
