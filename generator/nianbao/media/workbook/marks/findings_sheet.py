"""The sheet that lists the findings, each with a link to its cell and room for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import quote_sheetname

from nianbao.media.ooxml import Element
from nianbao.media.workbook.cells import escaped
from nianbao.media.workbook.decisions import NAMES
from nianbao.media.workbook.keys import FINDINGS, WHAT, WHEN, WHO, WHY
from nianbao.media.workbook.marks.package import MAIN, parse
from nianbao.media.workbook.marks.worksheets import CELL
from nianbao.media.workbook.styles import height
from nianbao.report import Decision, Place, Problem, Settled, decidable, rule
from nianbao.report.groups import grouped
from nianbao.report.narrative import without_control
from nianbao.report.problem import spots

NAME = "检查结果"
HEADS = ("", "程度", "名称", "工作表", "单元格", "问题", "怎样改", "状态", *NAMES.values())
KEYS = {0: FINDINGS, 5: WHAT, 8: WHO, 9: WHY, 10: WHEN}
WIDTHS = (18, 7, 16, 19, 17, 44, 30, 9, 11, 28, 13)
FIRST = 5  # row of the first finding; above it heading, advice, keys, heads
OPEN, DONE, HALF, MEND, LAPSED, REFUSED = "未核实", "已核实", "未填全", "须改正", "已失效", "不能核实"
ADVICE = (
    "红格须改正，黄格请核对，蓝格供参考，灰格已核实；点“单元格”转到那一处。核对过、不必改的，在同一行填已核实人和理由，"
    "保存后再运行 nianbao check：核实过的不再算作问题，直到那一处的数或文字有改动。"
)
CLEAR = "清空这一行的三个浅黄格"
NO_MORE = f"这次没有这个问题：所依据的数或文字已经改动，或者没有给出上年报告；不再需要的，{CLEAR}"
NOT_SO = f"不合规定格式的错误要改正，不能核实；请{CLEAR}"
_NOTHING = Decision("", "")


class Line(NamedTuple):
    """One row: the texts of its columns, where its link leads, its colour's name, and if it may be filled."""

    texts: tuple[str, ...]
    link: str = ""
    colour: str = ""
    writable: bool = False


def lines(
    still_open: Sequence[Problem], settled: Sequence[Settled], decisions: Mapping[str, Decision], file: str
) -> Iterator[Line]:
    """A row for each finding, the open ones first; then the decisions without a finding."""
    for problem in still_open:
        if decidable(problem):
            half = decisions.get(problem.fingerprint)
            yield _finding(problem, HALF if half else OPEN, half or _NOTHING, file)
        else:
            yield _finding(problem, MEND, _NOTHING, file)
    for problem, decision in settled:
        yield _finding(problem, DONE, decision, file)
    live = {problem.fingerprint for problem in still_open if decidable(problem)}
    live |= {finding.problem.fingerprint for finding in settled}
    errors = {problem.fingerprint: problem.what for problem in still_open}
    for fingerprint, decision in decisions.items():
        if fingerprint not in live:
            mend, state = (NOT_SO, REFUSED) if fingerprint in errors else (NO_MORE, LAPSED)
            what = decision.finding or errors.get(fingerprint, "")
            answer = (decision.who, decision.why, decision.when)
            yield Line((fingerprint, "", "", "", "", what, mend, state, *answer), writable=True)


def write(title: str, lines: Iterable[Line], styles: Mapping[str, int], record: str) -> Element:
    """The sheet, as XML; `record` is kept in its hidden first cell."""
    rows = [
        _row(1, {0: (record, 0), 1: (title, styles["title"])}, 30),
        _row(2, {1: (ADVICE, styles["hint"])}, height(ADVICE, sum(WIDTHS[1:]), 10)),
        _row(3, {at: (word, 0) for at, word in KEYS.items()}, 0),
        _row(4, {at: (head, styles["head"]) for at, head in enumerate(HEADS) if at}, 22),
    ]
    links = []
    for number, line in enumerate(lines, FIRST):
        tall = max(20, *(height(text, WIDTHS[at]) for at, text in enumerate(line.texts) if at))
        rows.append(_row(number, _cells(line, styles), tall))
        if line.link:
            links.append(f'<hyperlink ref="E{number}" location={quoteattr(line.link)}/>')
    hyperlinks = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return parse(_SHEET.format(rows="".join(rows), links=hyperlinks).encode())


def _finding(problem: Problem, state: str, decision: Decision, file: str) -> Line:
    sheets = grouped(problem.places, lambda place: place.within)
    names = (" ".join(word for word in (of if of != file else "", sheet) if word) for of, sheet in sheets)
    cells = "；".join(spots(list(dict.fromkeys(places))) for places in sheets.values() if places[0].spot)
    texts = (
        problem.fingerprint,
        problem.severity.word,
        rule(problem.code).name,
        "；".join(names),
        cells or "整张表" if sheets else "",
        problem.what,
        problem.mend,
        state,
        *(decision.who, decision.why, decision.when),
    )
    colour = "settled" if state == DONE else problem.severity.value
    return Line(texts, _link(problem.places, file), colour, writable=decidable(problem))


def _link(places: Iterable[Place], file: str) -> str:
    """Where a click leads: to the first place in this workbook, a run of cells as a range."""
    own = [place for place in places if place.file == file and place.sheet]
    if not own:
        return ""
    same = [place for place in own if place.sheet == own[0].sheet]
    run = spots(same).split(":")
    first = same[0].cell if CELL.fullmatch(same[0].cell) else "A1"
    area = ":".join(run) if all(map(CELL.fullmatch, run)) else first
    return f"{quote_sheetname(own[0].sheet)}!{area}"


def _cells(line: Line, styles: Mapping[str, int]) -> dict[int, tuple[str, int]]:
    """Each column's text and style."""
    text, answer = styles["text"], styles["entry" if line.writable else "closed"]
    colour = styles[line.colour or "text"]
    link = styles["link" if line.link else "text"]
    numbers = (0, colour, text, text, link, text, text, text, answer, answer, answer)
    return dict(enumerate(zip(line.texts, numbers, strict=True)))


def _row(number: int, cells: Mapping[int, tuple[str, int]], points: float) -> str:
    content = "".join(_cell(f"{chr(ord('A') + at)}{number}", *cell) for at, cell in cells.items())
    tall = f'ht="{points:g}"' if points else 'hidden="1"'
    return f'<row r="{number}" {tall}>{content}</row>'


def _cell(address: str, text: str, style: int) -> str:
    styled = f' s="{style}"' if style else ""
    if not text:
        return f'<c r="{address}"{styled}/>'
    clean = escape(escaped(without_control(text, Place(""))[0]))
    return f'<c r="{address}"{styled} t="inlineStr"><is><t xml:space="preserve">{clean}</t></is></c>'


_COLUMNS = "".join(
    f'<col min="{at}" max="{at}" width="{width}" customWidth="1"{hidden}/>'
    for at, (width, hidden) in enumerate(zip(WIDTHS, (' hidden="1"', *[""] * 10), strict=True), 1)
)
_SHEET = f"""<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/>\
</sheetPr><sheetViews><sheetView showGridLines="0" workbookViewId="0">\
<pane ySplit="{FIRST - 1}" topLeftCell="A{FIRST}" activePane="bottomLeft" state="frozen"/>\
<selection pane="bottomLeft" activeCell="I{FIRST}" sqref="I{FIRST}"/></sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight="15"/><cols>{_COLUMNS}</cols>\
<sheetData>{{rows}}</sheetData><sheetProtection sheet="1" formatColumns="0" formatRows="0"/>\
<mergeCells count="2"><mergeCell ref="B1:K1"/><mergeCell ref="B2:K2"/></mergeCells>{{links}}\
<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.6" bottom="0.7" header="0.3"\
 footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>\
<headerFooter><oddFooter>&amp;C&amp;A  第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter></worksheet>"""
