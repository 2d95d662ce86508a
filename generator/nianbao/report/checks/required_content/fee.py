"""六: the fee for handling information is reported, charged or not, and agrees with the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao.mandate import Fee
from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.required_content import wording
from nianbao.report.figure import State, plain
from nianbao.report.problem import Problem, quote
from nianbao.report.prose.numeral import narrow
from nianbao.report.report import Report

MYRIAD = 10_000  # 元 in a 万元
_AMOUNT = re.compile(
    r"(?<!每件)(?<!每页)(?<!标准)(?<![0-9.])([0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"\s*(万)?\s*元(?!\s*[/／每]|一件|以[上下])"
)
_NO_NOTICE = re.compile(
    "(?:没有|没|未|从未|无)(?:曾|有|向[^，。；]{0,8})?(?:发出|发过|发送|下达|作出|送达|开具|制发|产生)[^，。；]{0,10}收费(?:通知|决定)"
    "|(?:没有|未|不)(?:产生|涉及|存在|应收)[^，。；收]{0,12}(?:处理费|收费)"
)
_SENTENCE = re.compile("[^。！？\n]+")


def fee(inspection: Inspection) -> Iterator[Problem]:
    """A section that is silent on the fee, or that says what the tables contradict."""
    report = inspection.report
    duty = report.mandate.duties.fee
    if duty is None or not (paragraphs := inspection.paragraphs(duty.section)):
        return
    section = report.mandate.section(duty.section)
    text = narrow(wording.text(paragraphs))
    place, unpaid = report.place(section.key), report.figures[duty.unpaid]
    if wording.is_placeholder(text, section.placeholder) or not duty.told.search(text):
        known = f"，表中却有 {plain(unpaid.amount)} 件因逾期未缴费而不再处理" if unpaid.amount > 0 else ""
        what = f"“{section.heading}”没有报告{duty.name}{known}：“{quote(text)}”"
        mend = f"请写明收取了多少元；没有收取的，写“{report.year}年没有收取{duty.name}。”"
        places = (place, unpaid.place) if known else (place,)
        yield rule("fee-untold").broken(what, mend, places, (text, plain(unpaid.amount)))
        return
    yield from _amount(report, duty, text)
    if unpaid.amount > 0 and (match := _NO_NOTICE.search(text)):
        dropped = f"{plain(unpaid.amount)} 件因逾期未按收费通知缴费而不再处理"
        what = f"文中说“{quote(match.group())}”，表中却有 {dropped}"
        mend = "请核对这一格；发过收费通知而没有收到费用的，照实写明"
        about = (match.group(), duty.unpaid, plain(unpaid.amount))
        yield rule("fee-against-table").broken(what, mend, (place, unpaid.place), about)


def _amount(report: Report, duty: Fee, text: str) -> Iterator[Problem]:
    """The fee is one of the 行政事业性收费: no more than all of them, which the table gives in 万元."""
    whole = report.figures[duty.within]
    if whole.state is not State.NUMBER:
        return
    sentences = [sentence for sentence in _SENTENCE.findall(text) if duty.told.search(sentence)]
    written = [match for sentence in sentences for match in _AMOUNT.finditer(sentence)]
    if not written:
        return
    most = max(written, key=_yuan)
    if _yuan(most) > Decimal(whole.amount) * MYRIAD:
        label = report.mandate.slots[duty.within].row
        what = (
            f"{duty.name}写的是 {most.group()}（合 {plain((_yuan(most) / MYRIAD).normalize())} 万元），"
            f"而表中{label}一共 {plain(whole.amount)} 万元"
        )
        mend = "请核对金额和单位：文中一般是元，表中是万元"
        about = (most.group(), duty.within, plain(whole.amount))
        places = (report.place(duty.section), whole.place)
        yield rule("fee-against-table").broken(what, mend, places, about)


def _yuan(amount: re.Match[str]) -> Decimal:
    return Decimal(re.sub("[,，]", "", amount[1])) * (MYRIAD if amount[2] else 1)
