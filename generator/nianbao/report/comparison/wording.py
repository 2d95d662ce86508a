"""What is said of a comparison, in words that all its forms share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nianbao.report.comparison.columns import Step
from nianbao.report.comparison.compare import Comparison
from nianbao.report.comparison.figures import Difference, Given, Line
from nianbao.report.comparison.figures import Turn as FigureTurn
from nianbao.report.comparison.passages import Passage, Rewriting, Section, Turn
from nianbao.report.comparison.rates import Share
from nianbao.report.figure import State, plain
from nianbao.report.report import PREFACE_NAME

TITLE = "年度报告比较"
PARTICULARS, FIGURES, RATES, TEXTS, CHARTS = "基本信息", "数据", "比率", "文字", "图解"
ABSENT = "无此项"
NOTHING = "（没有）"
PARTIAL = "有未填的格"
FEW = 3  # columns, or years in a row, that are named one by one
WHOLE = "首末"
TURNS = {
    Turn.SAME: "未变",
    Turn.FIGURES: "仅数字、年份或标点有变",
    Turn.CHANGED: "改写",
    Turn.MOVED: "移动",
    Turn.NEW: "新增",
    Turn.DROPPED: "删去",
}


def title(comparison: Comparison) -> str:
    """What is compared: the organ where there is one, and the reports."""
    organs = {column.report.organ for column in comparison.columns}
    organ = f"{organs.pop()} " if len(organs) == 1 else ""
    years = [column.report.year for column in comparison.columns]
    if comparison.one_organ and len(years) > FEW and years == list(range(years[0], years[-1] + 1)):
        return f"{TITLE}：{organ}{years[0]}—{years[-1]}年"
    return f"{TITLE}：{organ}{'、'.join(column.label for column in comparison.columns)}"


def given(value: Given) -> str:
    """What stands in one report: the number, or what there is instead of one."""
    if not value.figures:
        return ABSENT
    if value.number is not None:
        unit = value.unit and f" {value.unit}"
        return f"{plain(value.number)}{unit}{f'（{PARTIAL}）' if value.partial else ''}"
    state, text = value.word
    return {State.BLANK: "空白", State.UNREADABLE: "读不出"}.get(state, f"“{text}”")


def difference(change: Difference, before: Given, after: Given) -> str:
    """How the later one differs, in a few words."""
    match change.turn:
        case FigureTurn.SAME:
            return "不变"
        case FigureTurn.APART:
            return "不可比"
        case FigureTurn.UNITS:
            return "金额单位不同或没有写明，不作比较"
        case FigureTurn.MORE | FigureTurn.LESS:
            if before.number == 0 and change.turn is FigureTurn.MORE and after.number is not None:
                return f"由 0 增至 {plain(after.number)}"
            return "，".join(part for part in (signed(change.amount), percent(change)) if part)
        case _:
            return f"由{_spaced(given(before))}改为{_spaced(given(after)).rstrip()}"


def signed(number: int | Decimal | None) -> str:
    """A number with its sign."""
    return "" if number is None else f"{'+' if number > 0 else ''}{plain(number)}"


def percent(change: Difference) -> str:
    """The change in per cent with its sign, "" where there is none."""
    if change.percent is None:
        return ""
    if not change.percent and change.amount:
        return "不足 0.1%"
    return f"{'+' if change.percent > 0 else ''}{change.percent}%"


def share(rate: Share) -> str:
    """A rate with what it is worked out from."""
    if rate.part is None or rate.whole is None:
        return "—"
    parts = f"{plain(rate.part)}/{plain(rate.whole)}"
    return f"{rate.percent}%（{parts}）" if rate.percent is not None else f"—（{parts}）"


def points(change: Decimal | None) -> str:
    """A change of a rate, "" where there is none."""
    if change is None:
        return ""
    return f"{signed(change)} 个百分点" if change else "不变"


def step(comparison: Comparison, between: Step) -> str:
    """Which report is held against which."""
    before, after = comparison.columns[between.before].label, comparison.columns[between.after].label
    return f"{f'{WHOLE}：' if between.whole else ''}{before} → {after}"


def against(comparison: Comparison, between: Step) -> str:
    """Against what a report is held, where it is not the one before it."""
    return "" if between.before == between.after - 1 else f"比{comparison.columns[between.before].label}："


def heading(section: Section) -> str:
    """A section's heading; the preface has none of its own."""
    return section.heading or PREFACE_NAME


def rewriting(text: Rewriting) -> str:
    """How alike two texts of a section are, and what became of its paragraphs."""
    if not text.passages:
        return "都没有文字"
    counts = "，".join(f"{word} {text.counts[turn]} 段" for turn, word in TURNS.items() if text.counts[turn])
    alike = "" if text.alike is None else f"与前一份相同或基本相同的文字占 {text.alike:.0f}%；"
    return f"{alike}{counts}"


def passage(paragraph: Passage) -> str:
    """What became of a paragraph, and which of each report's it is."""
    turn = TURNS[paragraph.turn]
    match paragraph.turn:
        case Turn.NEW:
            return f"{turn}（第 {paragraph.after} 段）"
        case Turn.DROPPED:
            return f"{turn}（原第 {paragraph.before} 段）"
        case Turn.MOVED:
            also = "，文字有改动" if paragraph.reworded else ""
            return f"{turn}{also}（原第 {paragraph.before} 段，现第 {paragraph.after} 段）"
        case _:
            now = "" if paragraph.before == paragraph.after else f"，原第 {paragraph.before} 段"
            return f"{turn}（第 {paragraph.after} 段{now}）"


def summary(comparison: Comparison) -> str:
    """How much there is, and how much of it differs."""
    lines = comparison.lines
    words = [f"数据 {len(lines)} 项，{sum(line.changed for line in lines)} 项有变化"]
    if apart := sum(line.apart for line in lines):
        words.append(f"{apart} 项不是各份的格式都有")
    return "，".join(words)


def apart(lines: Sequence[Line], labels: Sequence[str]) -> list[str]:
    """What only some of the reports' forms have: which, in whose form, and what differs."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, list[str]]] = {}
    for line in lines:
        if line.apart:
            held = tuple(label for label, value in zip(labels, line.given, strict=True) if value.figures)
            group = groups.setdefault((held, line.item.notes), {})
            group.setdefault(line.item.row, []).append(line.item.column)
    return [
        f"只有{'、'.join(held)}有：{'；'.join(map(_row, rows, rows.values()))}。{_sentences(notes)}"
        for (held, notes), rows in groups.items()
    ]


def _sentences(notes: Sequence[str]) -> str:
    return "".join(f"{note}。" for note in notes)


def _row(label: str, columns: Sequence[str]) -> str:
    return f"{label}（{'、'.join(columns) if len(columns) <= FEW else f'{len(columns)} 列'}）"


def _spaced(words: str) -> str:
    return f" {words} " if words[:1].isascii() else words
