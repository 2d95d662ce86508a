"""The roster (名册) of a roll-up: who is to report, in whatever workbook an office keeps it; both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from nianbao.mandate import Mandate, Reporter
from nianbao.media.workbook import styles, writer
from nianbao.media.workbook.rollup import listing
from nianbao.media.workbook.rollup.listing import Column, Palette
from nianbao.media.workbook.roster_rows import SeenRow, sheets
from nianbao.report import Place, Problem, ProblemsFound, rule
from nianbao.report.dates import read_date, write_date
from nianbao.report.invisible import UNSEEN
from nianbao.report.left_out import tell
from nianbao.report.narrative import without_control
from nianbao.report.problem import quote
from nianbao.report.rollup import Expected, Member, normal
from nianbao.report.suggestion import SHORT, suggestion

SHEET = "名册"
MOST_NAMED = 8  # rows that a message names
HEADS = 10  # rows among which the heads are
ORGAN, REPORTER, SUPERIOR = "organ", "reporter", "superior"
DUE, RECEIVED, REMARK = "due", "received", "remark"
COLUMNS = {  # what a column holds → how offices head it, the usual word first
    ORGAN: ("机关", "机关名称", "机关全称", "单位", "单位名称", "单位全称"),
    REPORTER: ("类型", "机关类型", "单位类型", "类别"),
    SUPERIOR: ("上级", "汇总单位", "上级机关", "上级单位", "上级汇总单位", "上级/汇总单位"),
    DUE: ("截止日期", "报送期限", "期限", "截止时间"),
    RECEIVED: ("报送日期", "报送时间", "收到日期", "上报日期"),
    REMARK: ("备注", "说明"),
}
_BRACKETS = re.compile(r"[(（].*?[)）]|\s+|[:：*]")


_NO_ORGAN = re.compile(
    r"(?:总|合|小|共|总合)计(?:[:：].*|[（(].*|\d*)|(?:注|备注|说明|附注)[:：\d一].*|(?:填表|制表|审核|联系|填报)\S{0,3}[:：].*"
)


class Roster(NamedTuple):
    """Who is to report, in the roster's order; and what is to be told of how it was read."""

    expected: tuple[Expected, ...]
    problems: tuple[Problem, ...] = ()


def read(content: bytes, file: str, mandate: Mandate, *, whole: bool = True) -> Roster:
    """Who is to report; `mandate` says what kinds of reporters there are.

    The heads may stand in any of the first rows of any sheet, the columns in any order. A cell that is
    merged into one above it has that one's value; hidden rows, sums and notes are no organs. Raises
    Unreadable for what is no workbook, has no such heads or is a report's, and ProblemsFound with every
    line that is not understood; where it need not be `whole`, these are among the problems that come with
    the rest.
    """
    for sheet in sheets(content, file):
        for at, row in enumerate(sheet.rows):
            columns = _columns(row)
            if row.number <= HEADS and ORGAN in columns:
                if 0 < sheet.keys < row.number:  # whose particulars stand below “机关名称”
                    what, mend = "这是一份报告的工作簿，不是名册", "请给出名册：一行一个应报送的机关"
                    raise rule("roster-foreign").refusal(file, what, mend)
                expected, wrong = _roster(sheet.place, sheet.rows[at + 1 :], columns, mandate)
                if wrong and whole:
                    raise ProblemsFound(wrong)
                passed = [number for number in sheet.hidden if number > row.number]
                return Roster(expected, (*wrong, *_told(sheet.place, passed), *tell(sheet.left_out)))
    what = f"不是名册：前 {HEADS} 行里没有“{COLUMNS[ORGAN][0]}”这一栏的表头"
    mend = f"请加一行表头：{'、'.join(words[0] for words in COLUMNS.values())}，只有第一栏必须有"
    raise rule("roster-foreign").refusal(file, what, mend)


def _columns(row: SeenRow) -> dict[str, int]:
    """What each column holds, where a row is the heads."""
    columns: dict[str, int] = {}
    for column, value in enumerate(row.values):
        head = _BRACKETS.sub("", value) if isinstance(value, str) else ""
        for key, words in COLUMNS.items():
            if head in words:
                columns.setdefault(key, column)
    return columns


def _told(sheet: Place, hidden: Sequence[int]) -> Iterator[Problem]:
    if hidden:
        named = "、".join(map(str, hidden[:MOST_NAMED])) + ("…" if len(hidden) > MOST_NAMED else "")
        what = f"隐藏的 {len(hidden)} 行（第 {named} 行）没有算作应报送的机关"
        yield rule("roster-hidden").broken(what, "应报送的，请取消隐藏", (sheet,))


def _roster(
    sheet: Place, rows: Sequence[SeenRow], columns: Mapping[str, int], mandate: Mandate
) -> tuple[tuple[Expected, ...], list[Problem]]:
    """The lines that are understood, and what is wrong with the others."""
    roster: list[Expected] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], Place] = {}
    for row in rows:
        line = _Line(sheet, row, columns, problems)
        if ORGAN in _columns(row) or not any(line.word(key) for key in COLUMNS):
            continue  # the heads once more, on a further page; or other columns than ours
        organ = line.word(ORGAN)
        if not organ and columns[ORGAN] in row.gone:
            continue  # its name is struck out
        if _NO_ORGAN.fullmatch(UNSEEN.sub("", organ)):
            continue
        if not organ:
            what, mend = "这一行没有机关名称", "请填机关全称，或删去这一行"
            problems.append(rule("roster-row").broken(what, mend, (line.place(ORGAN),)))
            continue
        expected = Expected(
            organ=organ,
            place=line.place(ORGAN),
            reporter=line.reporter(mandate),
            superior=line.word(SUPERIOR),
            due=line.day(DUE),
            received=line.day(RECEIVED),
            remark=line.word(REMARK),
        )
        kind = "" if expected.reporter is None else str(expected.reporter.aggregate)
        if (before := _again(seen, expected.name, kind)) is not None:
            what = f"“{quote(organ)}”在名册上写了两次"
            mend = "请只留一行；本机关和汇总各有报告的，两行都要写明类型"
            problems.append(rule("roster-twice").broken(what, mend, (before, expected.place)))
            continue
        seen[expected.name, kind] = expected.place
        roster.append(expected)
    if not roster and not problems:
        what, mend = "名册上一个机关也没有", "请在表头下面逐行填写"
        problems.append(rule("roster-foreign").broken(what, mend, (sheet,)))
    return tuple(roster), problems


def _again(seen: Mapping[tuple[str, str], Place], name: str, kind: str) -> Place | None:
    """Where the same organ stands already: of the same kind, or either of no kind."""
    kinds = ("", "True", "False") if not kind else ("", kind)
    return next((seen[name, candidate] for candidate in kinds if (name, candidate) in seen), None)


class _Line:
    """One row of the roster; what it cannot give it adds to the problems."""

    def __init__(
        self, sheet: Place, row: SeenRow, columns: Mapping[str, int], problems: list[Problem]
    ) -> None:
        self.sheet, self.row, self.columns, self.problems = sheet, row, columns, problems

    def place(self, key: str) -> Place:
        cell = f"{get_column_letter(self.columns[key] + 1)}{self.row.number}"
        return Place(self.sheet.file, self.sheet.sheet, cell=cell)

    def value(self, key: str) -> object:
        column = self.columns.get(key)
        return self.row.values[column] if column is not None and column < len(self.row.values) else None

    def word(self, key: str) -> str:
        value = self.value(key)
        if value is None:
            return ""
        if isinstance(value, date):
            return write_date(value)
        return without_control(str(value), Place(""))[0].strip()

    def reporter(self, mandate: Mandate) -> Reporter | None:
        """The kind of reporter; None where the roster does not say."""
        word = normal(self.word(REPORTER))
        kinds = {normal(kind.name): kind for kind in mandate.reporters}
        if not word or word in kinds:
            return kinds.get(word)
        near = suggestion(quote(word), kinds, SHORT)
        mend = f"请写 {'、'.join(kind.name for kind in mandate.reporters)} 之一，或者留空"
        mend += f"；是否想写“{kinds[near].name}”" if near else ""
        what = f"没有“{quote(word)}”这一类机关"
        self.problems.append(rule("roster-type").broken(what, mend, (self.place(REPORTER),)))
        return None

    def day(self, key: str) -> date | None:
        """A date, as a date or in words; None where there is none."""
        value = self.value(key)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        word = self.word(key)
        day = read_date(word) if word else None
        if word and day is None:
            what, mend = f"“{quote(word)}”读不出是哪一天", "请写作 2026年1月31日 的样子，或者留空"
            self.problems.append(rule("roster-date").broken(what, mend, (self.place(key),)))
        return day


def write(members: Sequence[Member]) -> bytes:
    """A roster of the members to begin with: who, of what kind, when due; superiors are to be filled in."""
    once = {(member.name, member.aggregate): member for member in reversed(members)}
    lines = [
        Expected(member.organ, member.place, member.reporter, due=member.due)
        for member in members
        if once[member.name, member.aggregate] is member
    ]
    return write_lines(lines, members[0].mandate if members else None)


def write_lines(lines: Sequence[Expected], mandate: Mandate | None) -> bytes:
    """A roster of these lines, to be read again; kinds are chosen from the mandate, where it is given."""
    made = Workbook()
    made.remove(made.worksheets[0])
    palette = Palette(made)
    widths = {ORGAN: 36, REPORTER: 18, SUPERIOR: 30, DUE: 14, RECEIVED: 14, REMARK: 30}
    looks = {REPORTER: "word", DUE: "day", RECEIVED: "day"}
    columns = [Column(words[0], widths[key], looks.get(key, "text")) for key, words in COLUMNS.items()]
    advice = (
        "一行一个应报送的机关：补上没有报送的，写明“上级”（由哪个机关汇总）。截止日期留空的按规定的期限；"
        "报送日期留空的看成文日期。只有“机关”一栏必须有。"
    )
    rows: list[tuple[list[listing.Value], str]] = [
        ([line.organ, _kind(line), line.superior, line.due, line.received, line.remark], "") for line in lines
    ]
    sheet = listing.add(made, palette, SHEET, advice, columns, rows)
    for letter in ("D", "E"):
        sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
    if mandate is not None:
        names = ",".join(reporter.name for reporter in mandate.reporters)
        cells = [f"B{listing.FIRST}:B{listing.FIRST + len(rows) + styles.BELOW}"]
        styles.restrict(sheet, cells, styles.CHOOSE, type="list", formula1=f'"{names}"', allow_blank=True)
    return writer.save(made)


def _kind(line: Expected) -> str:
    return line.reporter.name if line.reporter else ""
