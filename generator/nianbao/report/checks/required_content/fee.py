"""六: the fee for handling information is reported, charged or not, and agrees with the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao.mandate import Fee
from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.required_content import wording
from nianbao.report.checks.required_content.charges import MYRIAD
from nianbao.report.checks.required_content.money import Amount, amounts
from nianbao.report.figure import Figure, State, plain
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.prose.numeral import narrow
from nianbao.report.regex import regex
from nianbao.report.report import PREFACE_NAME, Report

_NO_NOTICE = regex(
    "(?:没有|没|未|从未|无)(?:曾|有|向[^，。；]{0,8})?(?:发出|发过|发送|下达|作出|送达|开具|制发|产生)[^，。；]{0,10}收费(?:通知|决定)"
    "|(?:没有|未|不)(?:产生|涉及|存在|应收)[^，。；收]{0,12}(?:处理费|收费)"
    "|(?:没有|无|未(?:发生|出现|有)|不存在)[^，。；]{0,6}逾期[^，。；]{0,10}[缴交付][^。；]{0,6}"
)
# What says that no fee was charged in the year; what makes an amount another's: a part, a year, a rate.
_NONE = regex(
    "(?:没有|未|无|从未|均未)(?:曾|有|向[^，。；]{0,12})?(?:收取|收|产生|发生|征收|涉及)?(?:过|任何)?(?:政府)?(?:信息)?(?:公开)?的?(?:信息)?(?:公开)?处理费"
    r"(?!用?(?:标准|减免|的投诉|异议|以外|之外))|处理费(?:用|收取|收费|金额|总额|收入|共计|合计|为|是|[：:])*(?:0|零)\s*(?:万)?元"
)
_NOT_ALL = regex("上年|去年|累计|以来|应[收缴]|减免|本级|[省市县区镇]级(?!国库|金库|财政)|其中|每")
_OTHER = regex("最[多高大低]|平均|单笔|减免|退[还费付]|上年|20[0-9]{2}年")  # amounts that are no parts
_WITHIN = regex("[（(][^（()）]*[）)]")  # parts of parts
_CLAUSE = regex("[，；。]")
_OPEN = regex("等|主要|余|另(?!一件)|包括")  # what leaves parts out
_TWO = regex("(?<![0-9])2件|[两二]件")
FEWEST_PARTS = 2
_SENT = regex(
    "(?:发出|下达|送达|开具|作出|制发)[^，。；]{0,8}收费(?:通知|决定)书?[^，。；0-9]{0,3}(?P<many>[0-9]+)\\s*[件份]"
    "|(?P<before>[0-9]+)\\s*[件份]收费通知"
)
_UNPAID = regex(
    "逾期[^，。；]{0,6}(?:未|没有?)[^，。；]{0,4}[缴交付]|(?:未|没有)[^，。；]{0,4}按[^，。；]{0,6}[缴交付]"
)
_UNPAID_NUMBER = regex(
    "(?P<before>[0-9]+)\\s*[件份宗](?:申请|通知)?(?:人|的)?逾期(?:仍|尚|还)?(?:未|没有?)[^，。；]{0,10}[缴交付]"
    "|逾期(?:仍|尚|还)?(?:未|没有?)[^，。；]{0,10}[缴交付][费纳款]*(?:用|的|而)?(?:不再处理)?(?:的?申请)?(?:有|共|为)*(?P<behind>[0-9]+)\\s*[件份宗]",
    "逾期",
)
_GIVEN_UP = regex("放弃|不再处理|不再办理")
_NOT_ALL_UNPAID = regex("上年|去年|20[0-9]{2}年|其中|累计|后又|补缴")
_RECEIVED = regex(
    "(?:实收|实际收取|实际收到|收取|入库)(?<!应收取)(?:的|了|信息处理费|费用|金额|共计?|合计|为|人民币)*(?=[0-9])"
)
_DUE = regex(
    "(?P<due>应[收缴](?:取|纳)?[^，。；0-9]{0,12})(?=[0-9])[^，。；]{1,14}，[^，。；0-9]{0,4}(?P<paid>实(?:际|[收缴])[^，。；0-9]{0,12})(?=[0-9])",
    "应收|应缴",
)
_EARLIER = regex("[上去]年|往年|历年|20[0-9]{2}年|补[缴收]|欠|结转")
_NOTICE = regex(
    "(?:发出|下达|送达|开具|作出|制发)[^，。；]{0,8}收费(?:通知|决定)书?[^，。；]{0,3}[0-9]|[0-9][^，。；]{0,12}(?:发出|下达|送达)[^，。；]{0,8}收费通知"
)
Saying = tuple[Sentence, Decimal | int, str]  # where it is said, its value, the words
Sayings = dict[str, Saying]  # by section
_SAME = regex("(?:^|[，,（(；])(?:而?(?:均?与|同|和|较|比)?)(?:上年|去年|上一年)(?!结转)[^，,。；）)]*[）)]?")
_CARRIED = regex("(?:结转|转|留)[^，。；]{0,3}20[0-9]{2}年|由20[0-9]{2}年[^，。；]{0,4}转")  # of applications
_TOTAL = regex("(?:合计|共计?|总计|一共)(?:为|是|金额|人民币)*$")
_YET = regex(
    "(?:，涉及[0-9]+[件份]申请)?，(?:(?:本年|全年|共计?|合计|累计|实际|已)*收(?:取|费|到)?|(?:共计|合计)收费)(?:了|共计?|合计|金额|为)*"
    "(?=[0-9.]+元[，。；）]|[0-9.]+元$)|，(?:应收|实收|应收、?和?实收|收取的?金额|收费金额|金额)(?:均|都|总额|共计?|合计)*(?:为|是)?(?=[0-9])"
)
_PART_OF_YEAR = regex("季度|半年|[0-9]月|本级|所属|直属|分局|乡镇|街道")
_FEES = regex("处理费|收费通知")
_SENTENCE = regex("[^。！？\n]+")


def fee(inspection: Inspection) -> Iterator[Problem]:
    """A section that is silent on the fee, or that says what the tables or another section contradict."""
    report = inspection.report
    duty = report.mandate.duties.fee
    if duty is None or not (paragraphs := inspection.paragraphs(duty.section)):
        return
    section = report.mandate.section(duty.section)
    text = narrow(wording.text(paragraphs))
    place, unpaid = report.place(section.key), report.figures[duty.unpaid]
    empty = wording.is_empty(text, section.placeholder)
    if empty or not duty.told.search(text):
        known = f"，表中却有 {plain(unpaid.amount)} 件因逾期未缴费而不再处理" if unpaid.amount > 0 else ""
        what = f"“{section.heading}”没有报告{duty.name}{known}：“{quote(text)}”"
        mend = f"请写明收取了多少元；没有收取的，写“{report.year}年没有收取{duty.name}。”"
        places = (place, unpaid.place) if known else (place,)
        broken = rule("fee-untold") if empty else rule("fee-not-found")
        yield broken.broken(what, mend, places, (text, plain(unpaid.amount)))
        return
    yield from _amount(report, duty, text)
    yield from _told_twice(inspection, duty)
    yield from _parts(inspection, duty)
    yield from _unpaid_number(inspection, duty)
    yield from _more_than_due(inspection, duty)
    if unpaid.amount > 0 and (match := _NO_NOTICE.search(text)):
        dropped = f"{plain(unpaid.amount)} 件因逾期未按收费通知缴费而不再处理"
        what = f"文中说“{quote(match.group())}”，表中却有 {dropped}"
        mend = "请核对这一格；发过收费通知而没有收到费用的，照实写明"
        about = (match.group(), duty.unpaid, plain(unpaid.amount))
        yield rule("fee-against-table").broken(what, mend, (place, unpaid.place), about)
    elif unpaid.amount > 0 and "逾期" in text:
        yield from _unpaid(inspection, duty, text)


def _unpaid(inspection: Inspection, duty: Fee, text: str) -> Iterator[Problem]:
    """An amount received where every notice of the year went unpaid, as the table and the text both say."""
    report, figure = inspection.report, inspection.report.figures[duty.unpaid]
    sent, late = list(_SENT.finditer(text)), _UNPAID.search(text)
    if len(sent) != 1 or not late or int(sent[0]["many"] or sent[0]["before"]) != figure.amount:
        return
    for match in _RECEIVED.finditer(text):
        amount = next(amounts(text, match.end()), None)
        actual = match.group().startswith("实") or match.start() > late.end()
        if amount is None or amount.start != match.end() or not amount.yuan or not actual:
            continue
        what = (
            f"文中说收费通知 {plain(figure.amount)} 件，都逾期未缴（表中也是），却又收取了 {amount.written}"
        )
        about = (amount.written, duty.unpaid, plain(figure.amount))
        places = (report.place(duty.section), figure.place)
        yield rule("fee-against-table").broken(what, "请核对收取的金额和逾期未缴的件数", places, about)
        return


def _unpaid_number(inspection: Inspection, duty: Fee) -> Iterator[Problem]:
    """How many notices went unpaid, against the table."""
    figure = inspection.report.figures[duty.unpaid]
    for sentence in inspection.sentences:
        if "逾期" not in sentence.text or sentence.section != duty.section:
            continue
        for match in _UNPAID_NUMBER.finditer(sentence.text):
            clause = re.split("[，；。]", sentence.text[: match.start()])[-1] + match.group()
            stated = int(match["before"] or match["behind"])
            sure = figure.amount > 0 or _GIVEN_UP.search(sentence.text, match.end())
            if stated == figure.amount or not sure or _NOT_ALL_UNPAID.search(clause):
                continue
            what = f"文中说逾期未缴费 {stated} 件，表中是 {plain(figure.amount)} 件"
            about = (match.group(), duty.unpaid, plain(figure.amount))
            places = (sentence.place, figure.place)
            yield rule("fee-against-table").broken(what, "请核对逾期未缴费的件数", places, about)
            return


def _more_than_due(inspection: Inspection, duty: Fee) -> Iterator[Problem]:
    """More received than was due of one year: 应收信息处理费3120元，实收4260元."""
    for sentence in inspection.sentences:
        due = _DUE.search(sentence.text) if "处理费" in sentence.text else None
        if due is None:
            continue
        first, second = (next(amounts(sentence.text, due.end(name)), None) for name in ("due", "paid"))
        if first is None or second is None:
            continue
        if first.start != due.end("due") or second.start != due.end("paid"):
            continue
        end = sentence.text.find("；", second.end)
        told = sentence.text[: end if end >= 0 else None]
        if _EARLIER.search(told.replace(f"{inspection.report.year}年", "")):
            continue  # what was left from another year came in
        if second.yuan > first.yuan and not (first.rough or second.rough):
            what = f"{duty.name}实收 {second.written}，多于应收 {first.written}"
            yield rule("fee-parts").broken(what, "请核对两个金额", (sentence.place,), (sentence.text,))


def _amount(report: Report, duty: Fee, text: str) -> Iterator[Problem]:
    """The fee is one of the 行政事业性收费: no more than all of them, which the table gives in 万元."""
    whole = report.figures[duty.within]
    if whole.state is not State.NUMBER:
        return
    label = report.mandate.slots[duty.within].row
    sentences = [sentence for sentence in _SENTENCE.findall(text) if duty.told.search(sentence)]
    by_sentence = [list(amounts(sentence)) for sentence in sentences if label not in sentence]
    written = [amount for told in by_sentence if not _speaks_of(told, whole) for amount in told]
    if not written:
        return
    most = max(written, key=lambda amount: amount.yuan)
    if not whole.amount and most.yuan < MYRIAD:
        return  # what is less than one 万元 may well be 0 in the table
    if most.yuan > Decimal(whole.amount) * MYRIAD:
        what = (
            f"{duty.name}写的是 {most.written}（合 {plain((most.yuan / MYRIAD).normalize())} 万元），"
            f"而表中{label}一共 {plain(whole.amount)} 万元"
        )
        mend = "请核对金额和单位：文中一般是元，表中是万元"
        about = (most.written, duty.within, plain(whole.amount))
        places = (report.place(duty.section), whole.place)
        yield rule("fee-against-table").broken(what, mend, places, about)


def _speaks_of(told: Sequence[Amount], whole: Figure) -> bool:
    """Whether one of the amounts of a sentence is all 行政事业性收费: then it does not speak of the fee."""
    return any(amount.yuan and amount.agrees(Decimal(whole.amount) * MYRIAD) for amount in told)


def _parts(inspection: Inspection, duty: Fee) -> Iterator[Problem]:
    """Amounts after 其中 that come to more than their total, or to another sum where nothing is left out."""
    for sentence in inspection.sentences:
        if "处理费" not in sentence.text:
            continue
        whole, among, rest = sentence.text.partition("其中")
        if not among:  # 收取500元，由两个部门分别收取300元和200元
            whole, among, rest = sentence.text.partition("分别")
            rest = _CLAUSE.split(rest)[0]
        if not among or _OTHER.search(rest):
            continue
        total, parts = list(amounts(whole))[-1:], list(amounts(_WITHIN.sub("", rest)))
        if not total or len(parts) < FEWEST_PARTS or any(amount.rough for amount in (*total, *parts)):
            continue
        come = sum(part.yuan for part in parts)
        if "另一件" in rest and not _TWO.search(whole):
            continue
        if come > total[0].yuan or (come < total[0].yuan and not _OPEN.search(rest)):
            said = "＋".join(part.written for part in parts)
            what = f"{duty.name}各部分 {said} 与总数 {total[0].written} 不符"
            yield rule("fee-parts").broken(what, "请核对各部分与总数", (sentence.place,), (sentence.text,))


def _told_twice(inspection: Inspection, duty: Fee) -> Iterator[Problem]:
    """What two sections say of the year's fee: none and an amount, or two amounts."""
    year = str(inspection.report.year)
    aggregate = any(kind.aggregate for kind in inspection.report.kinds)
    fees: Sayings = {}
    notices: Sayings = {}
    for sentence in inspection.sentences:
        if "处理费" not in sentence.text and "收费通知" not in sentence.text:
            continue
        if "处理费" in sentence.text and (both := _denied_yet(sentence)):
            yield _disagreement(inspection, duty.name, both)
        named = _FEES.search(sentence.text)
        part = sentence.text.find("其中", named.start() if named else 0)
        text = _SAME.sub("", sentence.text[: part if part >= 0 else None])
        named = _FEES.search(text)
        denied = _NONE.search(text)
        end = _CLAUSE.search(text, denied.end()) if denied else None
        if named is None:
            continue
        span = _clause_before(text, named.start()), end.start() if end else len(text)
        if _NOT_ALL.search(text, *span) or (aggregate and "办公" in text[slice(*span)]):
            continue  # of an aggregate's organs its own office is one
        if any(other != year for other in re.findall(r"20[0-9]{2}(?=\s*年)", _CARRIED.sub("", text))):
            continue
        if "处理费" in text and (told := _told(sentence, text)):
            before = fees.setdefault(sentence.section, told)
            if bool(before[1]) != bool(told[1]) and not _PART_OF_YEAR.search(before[0].text + text):
                yield _disagreement(
                    inspection, duty.name, [(sentence.section, before), (sentence.section, told)]
                )
        if "收费通知" in text and sentence.section not in notices:
            if denied := _NO_NOTICE.search(text):
                notices[sentence.section] = sentence, 0, denied.group()
            elif sent := _NOTICE.search(text):
                notices[sentence.section] = sentence, 1, sent.group()
    for name, said in ((duty.name, fees), ("收费通知", notices)):
        if len({value for _, value, _ in said.values()}) > 1:
            yield _disagreement(inspection, name, list(said.items()))


def _clause_before(text: str, at: int) -> int:
    """Where the clause before that of a character begins."""
    marks = [mark.start() for mark in _CLAUSE.finditer(text, 0, at)]
    return marks[-2] if len(marks) > 1 else 0


def _told(sentence: Sentence, text: str) -> Saying | None:
    """What a sentence says of the year's fee; None where it has several amounts and no total."""
    if none := _NONE.search(text):
        return sentence, 0, none.group()
    found = list(amounts(text))
    totals = [amount for amount in found if _TOTAL.search(text, 0, amount.start)] if len(found) > 1 else found
    return (sentence, totals[0].yuan, totals[0].written) if len(totals) == 1 else None


def _denied_yet(sentence: Sentence) -> list[tuple[str, Saying]]:
    """No fee at all, and right behind that an amount: 没有收取信息处理费，实收1200元."""
    none = _NONE.search(sentence.text)
    yet = _YET.match(sentence.text, none.end()) if none else None
    amount = next(amounts(sentence.text, yet.end()), None) if yet else None
    if none is None or yet is None or amount is None or amount.start != yet.end() or not amount.yuan:
        return []
    return [
        (sentence.section, (sentence, value, words))
        for value, words in ((0, none.group()), (amount.yuan, amount.written))
    ]


def _disagreement(inspection: Inspection, name: str, said: Sequence[tuple[str, Saying]]) -> Problem:
    parts = {section.key: section.number for section in inspection.report.mandate.narratives}
    told = "，".join(f"{parts.get(key, PREFACE_NAME)}写“{words}”" for key, (_, _, words) in said)
    places = tuple(dict.fromkeys(sentence.place for _, (sentence, _, _) in said))
    about = tuple(dict.fromkeys(sentence.text for _, (sentence, _, _) in said))
    mend = "请核对收取的情况，两处写成一样"
    return rule("fee-told-twice").broken(f"{name}前后不一：{told}", mend, places, about)
