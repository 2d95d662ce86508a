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
from nianbao.report.invisible import SIGN
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.report import Report

WAYS = {
    Oddity.FULL_WIDTH: "全角数字",
    Oddity.CHINESE: "汉字数字",
    Oddity.SEPARATOR: "带千位分隔符",
    Oddity.SPACED: "中间有空格",
    Oddity.UNIT: "带单位",
    Oddity.MARK: "后有标点",
}
USUAL = frozenset({Oddity.AS_TEXT, Oddity.SIGN})  # +1 is how a change is written


def cells(inspection: Inspection) -> Iterator[Problem]:
    """Every cell that is not the number its column asks for."""
    yield from blanks(inspection)
    report = inspection.report
    for key, slot in report.mandate.slots.items():
        figure = report.figures[key]
        if type(figure.number) is int and figure.number >= 0 and not figure.oddities:
            continue  # as nearly all are
        for violated, what, mend in _findings(slot, figure):
            labels = f"{slot.label}：" if figure.place.cell else ""
            yield violated.broken(f"{labels}{what}", mend, (figure.place,))
    yield from _odd(report)


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


def _odd(report: Report) -> Iterator[Problem]:
    """Numbers oddly written."""
    mend = "请核对；改为半角数字，不带单位和别的符号，就不再提示"
    for key, slot in report.mandate.slots.items():
        figure = report.figures[key]
        if not figure.oddities:
            continue
        odd = figure.oddities != USUAL and Oddity.REMARK not in figure.oddities
        if odd and figure.number is not None:
            labels = f"{slot.label}：" if figure.place.cell else ""
            what = f"{labels}{_written(slot, figure)}"
            right = [Correction.whole(figure.place, figure.text, figure.printed)]
            yield rule("oddly-written").broken(what, mend, [figure.place], [key, figure.text], right)


def _written(slot: Slot, figure: Figure) -> str:
    """How an odd number was written, and what is made of it."""
    ways = [word for oddity, word in WAYS.items() if oddity in figure.oddities]
    if Oddity.INVISIBLE in figure.oddities:
        signs = dict.fromkeys(f"U+{ord(sign):04X}" for sign in SIGN.findall(figure.text))
        ways.append(f"带看不见的字符 {'、'.join(signs)}")
    number = figure.standard or plain(figure.amount)
    made = f"按 {number} 计算和印出" if figure.printed == number else f"按 {number} 计算，仍照原样印出"
    if Oddity.CONVERTED in figure.oddities:
        made = f"换算成{slot.unit}，{made}"
    return f"写作“{quote(figure.text)}”（{'、'.join(ways) or '以文本存放'}），{made}"
