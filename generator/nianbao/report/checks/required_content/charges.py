"""All fees of the year as a sentence says them, against the table: 元, 万元 and 亿元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.required_content.money import Amount, amounts
from nianbao.report.checks.text_vs_tables.sums import written_alike
from nianbao.report.figure import State, plain
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex

MYRIAD = 10_000  # 元 in a 万元
# Between the label and its amount stand only words that leave it the whole of the year.
_BETWEEN = (
    "(?:的|收入|资金|款项?|费用|金额|数额|总额|总计|共计|合计|累计|共|为|是|达到?|有|实际|实现|征收|收取|收缴|入库|缴入国库"
    "|全年|本年度?|年度|当年|各项|约|近|{year}年度?|[：:，,、（(\\s]){{0,12}}"
)
_BEFORE = (
    "(?:^|[。；，,：:、）)\\s])(?:其中)?(?:{year}年度?|全年度?|本年度?|年内|当年|一年来|(?:全[省市县区旗])?(?:各(?:机关|部门|单位|级|地)|行政机关)+|[我本](?:局|委|办|厅|院|机关|单位|部门|系统|省|市|县|区|镇|乡|街道|中心)"
    "|共计?|总计|合计|累计|公开|公布|依法|依规|实际|各项|及时|执行|收取|征收|收缴|实现|的|[，,\\s]){{0,12}}"
)
_OTHER_THINGS = "(?!目录|清单|项目|政策|标准|公示|依据|管理|类|信息|等|事项|票据|减免|改革)"
# Without its full name, right behind a count or at the beginning.
_SHORT = regex(
    "(?:^|(?<=[；：。、])|(?<=[件份项宗起次条]，))(?:全年|本年|共|合计)?(?:收取|征收)?收费(?:金额|收入|总额|总计|额)?(?:共计?|合计|为|是|达到?)?(?=[0-9])"
)
_DECISIONS = regex("(?:许可|处罚|强制)(?=[^，。；、]{0,8}[0-9])")
_OTHER_TIME = regex("[上去]年|20[0-9]{2}年|半年|季度|[0-9]月")
_CONVERTS = regex("[（(，,]?(?:大?约)?(?:折合|合|即)(?:人民币)?")
_CONVERSION = regex("合|即|元[（(，,]约")
_END = regex("[。；]")
_TELLING = 4  # digits of an amount that are not the table's by chance
_UNITS = (("元", "万元"), ("万元", "亿元"))  # of an amount and of the same with 约 behind it
_SOME, _CLAUSE = regex("部分|个别|有的|多数|[0-9一二两三四五六七八九十]个"), regex("[，。；]")
_NONE = "(?<![并不])(?:没有|未|无|从未)(?:曾|有)?(?:收取|征收|收缴|产生|发生|涉及|存在)?(?:任何|相关)?"


def charges(inspection: Inspection) -> Iterator[Problem]:
    """Amounts that are not the table's fees of the year, fees denied, and amounts converted wrongly."""
    yield from _converted(inspection)
    report = inspection.report
    duty = report.mandate.duties.fee
    if duty is None or (whole := report.figures[duty.within]).state is not State.NUMBER:
        return
    label = report.mandate.slots[duty.within].row
    wide = any(kind.key in report.mandate.duties.governments for kind in report.kinds)
    said, denied = _patterns(label, report.year, wide=wide)
    before: Sentence | None = None
    for sentence in inspection.sentences:
        beside, before = before, sentence
        if "收费" not in sentence.text:
            continue
        yuan = Decimal(whole.amount) * MYRIAD
        if label not in sentence.text:
            amount = _among_decisions(sentence, beside, report.year)
            if amount and not amount.agrees(yuan):
                what = f"文中写收费“{amount.written}”，表中{label}是 {plain(whole.amount)} 万元"
                yield _broken(inspection, sentence, what, duty.within, amount.written)
            continue
        for match in said.finditer(sentence.text):
            amount = _beside(sentence.text, match)
            if amount and not amount.agrees(yuan):
                shift = _shift(amount.yuan, yuan)
                what = f"文中写{label}“{amount.written}”，表中是 {plain(whole.amount)} 万元{shift}"
                yield _broken(inspection, sentence, what, duty.within, amount.written)
                break
        else:
            if amount := _slipped(sentence.text, label, yuan, _last_years(inspection, duty.within)):
                shift = _shift(amount.yuan, yuan)
                what = f"文中写{label}“{amount.written}”，表中是 {plain(whole.amount)} 万元{shift}"
                yield _broken(inspection, sentence, what, duty.within, amount.written)
                continue
            none = denied.search(sentence.text) if yuan else None
            if none and not _SOME.search(_CLAUSE.split(sentence.text[: none.start()])[-1]):
                what = f"文中说“{quote(none.group())}”，表中{label}是 {plain(whole.amount)} 万元"
                yield _broken(inspection, sentence, what, duty.within, none.group())


def _converted(inspection: Inspection) -> Iterator[Problem]:
    """One amount said twice in different units: 5176.44万元（约合0.52亿元）."""
    for sentence in inspection.sentences:
        if not _CONVERSION.search(sentence.text) or "元" not in sentence.text:
            continue
        found = list(amounts(sentence.text))
        for first, other in pairwise(found):
            if _is_same(sentence.text, first, other) and not other.agrees(first.yuan):
                what = f"“{first.written}”合不到“{other.written}”"
                about = (first.written, other.written, sentence.text)
                mend = "请核对两个金额和单位"
                yield rule("amount-conversion").broken(what, mend, (sentence.place,), about)


def _is_same(text: str, first: Amount, other: Amount) -> bool:
    """Whether the other amount can only be the first in another unit: 24751.58万元，约2.48亿元."""
    if _CONVERTS.fullmatch(text, first.end, other.start):
        return True
    units = tuple(re.sub("[^元万亿]", "", amount.written) for amount in (first, other))
    close = text[first.end : other.start] in ("，", ",", "（", "(") and not first.rough
    return (
        close and other.rough == "约" and units in _UNITS and text[other.end : other.end + 1] in "，。；）)"
    )


@cache
def _patterns(label: str, year: int, *, wide: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds the label before or behind its amount, and what denies that there were fees."""
    between, before = _BETWEEN.format(year=year), _BEFORE.format(year=year)
    if wide:  # what all of a place took in is what its government reports
        before = before.replace("全年度?", "全[省市县区旗镇乡]|全年度?")
    ahead = f"{before}(?P<label>{label}){_OTHER_THINGS}(?P<between>{between})(?=[0-9])"
    behind = f"(?<=元)的?(?P<behind>{label}){_OTHER_THINGS}"
    return regex(f"{ahead}|{behind}"), regex(f"{_NONE}{label}(?:项目)?(?=[，。；、,;]|收入|情况|$)")


def _among_decisions(sentence: Sentence, before: Sentence | None, year: int) -> Amount | None:
    """The amount of 收费 in a row with the decisions of the table: 许可23件、处罚33件，收费53万元."""
    match = _SHORT.search(sentence.text)
    if match is None:
        return None
    told = sentence.text[: match.start()]
    if _OTHER_TIME.search(re.sub(f"[较比]上年|{year}年", "", told.split("；")[-1])):
        return None
    if before is not None and (before.section, before.paragraph) == (sentence.section, sentence.paragraph):
        told = before.text + told
    if len(set(_DECISIONS.findall(told))) < 2:
        return None
    amount = next(amounts(sentence.text, match.end()), None)
    return amount if amount is not None and amount.start == match.end() else None


def _beside(text: str, match: re.Match[str]) -> Amount | None:
    if match["label"]:
        amount = next(amounts(text, max(match.start("between"), match.end() - 2)), None)
        return amount if amount and amount.start <= match.end() else None
    found = [amount for amount in amounts(text, 0, match.start()) if amount.end == match.start()]
    if not found or not re.search("(?:收取|征收|收缴|共计?|合计)[^，。；]{0,4}$", text[: found[-1].start]):
        return None
    return found[-1]


def _slipped(text: str, label: str, true: Decimal, last: Decimal | None) -> Amount | None:
    """An amount behind the label, whatever stands before and between, which is the table's but for a slip.

    A slip is two digits changed about, another digit among four or more, or another unit.
    """
    start = text.find(label) + len(label)
    told = [amount for amount in amounts(_END.split(text[start:])[0]) if not amount.rough]
    if not true or any(amount.agrees(true) for amount in told):
        return None
    for amount in told:
        digits = len(amount.yuan.normalize().as_tuple().digits)
        slip = amount.yuan > 0 and (
            (digits >= _TELLING and written_alike(amount.yuan / MYRIAD, true / MYRIAD, digit=True))
            or (digits >= _TELLING - 1 and _shift(amount.yuan, true) != "")
        )
        if slip and amount.yuan != last:
            return amount
    return None


def _last_years(inspection: Inspection, key: str) -> Decimal | None:
    """Last year's fees in 元."""
    figure = inspection.last.figures.get(key) if inspection.last is not None else None
    return Decimal(figure.amount) * MYRIAD if figure is not None and figure.state is State.NUMBER else None


def _shift(said: Decimal, true: Decimal) -> str:
    """What is added where the digits are the table's and only the unit or the point is another."""
    if said and true and (ratio := said / true).normalize().as_tuple().digits == (1,) and ratio != 1:
        return "，数字相同而单位或小数点不同"
    return ""


def _broken(inspection: Inspection, sentence: Sentence, what: str, key: str, written: str) -> Problem:
    figure = inspection.report.figures[key]
    about = (written, key, plain(figure.amount), sentence.text)
    places = (sentence.place, figure.place)
    return rule("charges-against-table").broken(what, "请核对金额和单位", places, about)
