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
from nianbao.report.figure import State, plain
from nianbao.report.problem import Problem, quote
from nianbao.report.prose import Sentence

MYRIAD = 10_000  # 元 in a 万元
# Between the label and its amount stand only words that leave it the whole of the year.
_BETWEEN = (
    "(?:的|收入|资金|款项?|费用|金额|数额|总额|总计|共计|合计|累计|共|为|是|达到?|有|实际|实现|征收|收取|收缴|入库|缴入国库"
    "|全年|本年度?|年度|当年|各项|约|近|{year}年度?|[：:，,、（(\\s]){{0,12}}"
)
_BEFORE = (
    "(?:^|[。；，,：:、）)\\s])(?:其中)?(?:{year}年度?|全年度?|本年度?|年内|当年|一年来|(?:全[省市县区旗])?(?:各(?:机关|部门|单位|级|地)|行政机关)+|[我本](?:局|委|办|厅|院|机关|单位|部门|系统|省|市|县|区|镇|乡|街道|中心)"
    "|共计?|总计|合计|累计|依法|依规|实际|各项|及时|执行|收取|征收|收缴|实现|的|[，,\\s]){{0,12}}"
)
_OTHER_THINGS = "(?!目录|清单|项目|政策|标准|公示|依据|管理|类|信息|等|事项|票据|减免|改革)"
_CONVERTS = re.compile("[（(，,]?(?:大?约)?(?:折合|合|即)(?:人民币)?")
_SOME, _CLAUSE = re.compile("部分|个别|有的|多数|[0-9一二两三四五六七八九十]个"), re.compile("[，。；]")
_DECISIONS = re.compile("许可.*(?:处罚|强制)|处罚.*强制")  # the list of what is disclosed
_SHORT = re.compile(
    "(?:^|[。；，、：,;])(?:全年|本年度?|当年|共|行政)?收费(?:金额|收入|总额)?(?:共计?|合计|为|是|达到?|计)?(?=[0-9])"
)
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
    yuan = Decimal(whole.amount) * MYRIAD
    before = ""
    for sentence in inspection.sentences:
        around, before = before + sentence.text, sentence.text
        if label not in sentence.text:
            decided = "收费" in sentence.text and _DECISIONS.search(around)
            amount = _listed(sentence.text, report.year) if decided else None
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
            none = denied.search(sentence.text) if yuan else None
            if none and not _SOME.search(_CLAUSE.split(sentence.text[: none.start()])[-1]):
                what = f"文中说“{quote(none.group())}”，表中{label}是 {plain(whole.amount)} 万元"
                yield _broken(inspection, sentence, what, duty.within, none.group())


def _converted(inspection: Inspection) -> Iterator[Problem]:
    """One amount said twice in different units: 5176.44万元（约合0.52亿元）."""
    for sentence in inspection.sentences:
        if "合" not in sentence.text or "元" not in sentence.text:
            continue
        found = list(amounts(sentence.text))
        for first, other in pairwise(found):
            if _CONVERTS.fullmatch(sentence.text, first.end, other.start) and not other.agrees(first.yuan):
                what = f"“{first.written}”合不到“{other.written}”"
                about = (first.written, other.written, sentence.text)
                mend = "请核对两个金额和单位"
                yield rule("amount-conversion").broken(what, mend, (sentence.place,), about)


@cache
def _patterns(label: str, year: int, *, wide: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds the label before or behind its amount, and what denies that there were fees."""
    between, before = _BETWEEN.format(year=year), _BEFORE.format(year=year)
    if wide:  # what all of a place took in is what its government reports
        before = before.replace("全年度?", "全[省市县区旗镇乡]|全年度?")
    ahead = f"{before}(?P<label>{label}){_OTHER_THINGS}(?P<between>{between})(?=[0-9])"
    behind = f"(?<=元)的?(?P<behind>{label}){_OTHER_THINGS}"
    return re.compile(f"{ahead}|{behind}"), re.compile(f"{_NONE}{label}(?:项目)?(?=[，。；、,;]|收入|情况|$)")


def _listed(text: str, year: int) -> Amount | None:
    """The amount of a bare 收费 in a list of decisions: 许可782件，处罚57件，收费527万元."""
    match = _SHORT.search(text)
    if match is None or re.search(
        f"[上去]年|{year - 1}年|半年|季度|月份?[，,]", text[: match.start()].split("；")[-1]
    ):
        return None
    amount = next(amounts(text, match.end()), None)
    return amount if amount and amount.start == match.end() else None


def _beside(text: str, match: re.Match[str]) -> Amount | None:
    if match["label"]:
        amount = next(amounts(text, max(match.start("between"), match.end() - 2)), None)
        return amount if amount and amount.start <= match.end() else None
    found = [amount for amount in amounts(text, 0, match.start()) if amount.end == match.start()]
    if not found or not re.search("(?:收取|征收|收缴|共计?|合计)[^，。；]{0,4}$", text[: found[-1].start]):
        return None
    return found[-1]


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
