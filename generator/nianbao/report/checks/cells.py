"""What stands in the cells: blanks, texts, negatives, fractions, and numbers oddly written."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nianbao.mandate import Kind, Slot
from nianbao.mandate.form import AMOUNT_PLACES
from nianbao.report.catalogue import Rule, rule
from nianbao.report.checks.blanks import blanks
from nianbao.report.checks.inspection import Inspection
from nianbao.report.figure import Figure, Oddity, State, decimals, plain
from nianbao.report.problem import Problem, quote


def cells(inspection: Inspection) -> Iterator[Problem]:
    """Every cell that is not the number its column asks for."""
    yield from blanks(inspection)
    report = inspection.report
    for key, slot in report.mandate.slots.items():
        figure = report.figures[key]
        for violated, what, mend in _findings(slot, figure):
            labels = f"{slot.label}：" if figure.place.cell else ""
            yield violated.broken(f"{labels}{what}", mend, (figure.place,))


def _findings(slot: Slot, figure: Figure) -> Iterator[tuple[Rule, str, str]]:
    if figure.state is State.NOT_APPLICABLE:
        what = f"填的是“{quote(figure.text)}”"
        yield rule("not-applicable"), what, "格式没有“不适用”；没有发生的填 0"
    elif figure.state is State.TEXT:
        yield rule("not-a-number"), *_text(slot, figure)
    elif figure.state is State.NUMBER:
        yield from _number(slot, figure)


def _text(slot: Slot, figure: Figure) -> tuple[str, str]:
    if Oddity.DATE in figure.oddities:
        return f"是日期（{figure.text}），不是数", "请把单元格格式改为“常规”，重新填数"
    if Oddity.LOGICAL in figure.oddities:
        return f"是逻辑值 {figure.text}，不是数", "请填数"
    unit = f"（单位是{slot.unit}）" if slot.unit else ""
    return f"“{quote(figure.text)}”不是数", f"请只填数字{unit}"


def _number(slot: Slot, figure: Figure) -> Iterator[tuple[Rule, str, str]]:
    number = figure.amount
    if number < 0 and slot.kind is not Kind.SIGNED:
        yield rule("negative"), f"{plain(number)} 是负数", "请填 0 或正数"
    if isinstance(number, Decimal):
        if slot.kind is not Kind.AMOUNT:
            yield rule("fraction"), f"{plain(number)} 有小数", "这里应是整数"
        elif (places := decimals(number)) > AMOUNT_PLACES:
            what = f"{plain(number)} 有 {places} 位小数"
            yield rule("too-fine"), what, f"金额最多 {AMOUNT_PLACES} 位小数，请核对"
    if Oddity.REMARK in figure.oddities:
        what = f"数字后有括注：“{quote(figure.text)}”，计算时按 {plain(number)}"
        yield rule("remark-in-cell"), what, "请把说明写进文字部分，这里只留数字"
    elif figure.oddities and figure.oddities != {Oddity.AS_TEXT, Oddity.SIGN}:
        what = f"写作“{quote(figure.text)}”（{_ways(figure)}），计算时按 {plain(number)}，仍照原样印出"
        yield rule("oddly-written"), what, "请改为半角数字，不带单位和分隔符"


def _ways(figure: Figure) -> str:
    words = {Oddity.FULL_WIDTH: "全角数字", Oddity.SEPARATOR: "带千位分隔符", Oddity.UNIT: "带单位"}
    ways = [word for oddity, word in words.items() if oddity in figure.oddities]
    return "、".join(ways) or "以文本存放"
