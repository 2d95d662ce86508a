"""Every quantity in a sentence, and its outline with a mark in place of each: 由＃增至＃，增长％."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import accumulate

from nianbao.report.prose.numeral import chinese
from nianbao.report.regex import regex

COUNT, SHARE, TIMES, POINTS = "＃％×±"  # in the outline: 84件, 8.5%（三成、一半）, 1.5倍, 2个百分点
_MARKS = {"%": SHARE, "倍": TIMES, "点": POINTS}
_FOREIGN = {ord(mark): "*" for mark in (COUNT, SHARE, TIMES, POINTS)} | str.maketrans(",;:()", "，；：（）")
_ODD = regex(f"[{re.escape(''.join(map(chr, _FOREIGN)))}]")
_MYRIADS = {"万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_DIGITS = "〇零○一二三四五六七八九两十百千"
_NUMBER = rf"[0-9]{{1,3}}(?:[,，][0-9]{{3}})+(?![0-9])|[0-9]+(?:\.[0-9]+)?|[{_DIGITS}万亿]*[{_DIGITS}]"
_UNIT = (
    "个?工作日|[人家件场篇批页户]次(?!之)|件|份|条|起|宗|次|项|个|篇|期|人|场|家|部|册|名|位|块|台|套|张|批|户|所|处|幅|封|笔"
    "|集|本|种|天|小时|分钟|公里|亩|字|元|(?<=[万亿])"
)
_QUANTITY = regex(
    rf"(?=[0-9{_DIGITS}百过半不接将近大约超逾突至最])(?P<near>不足|不到|接近|将近|近|大?约|超过|超出|超|逾|突破|不少于|不低于|不超过|不高于|至少|最多)?\s*"
    rf"(?:百分之(?P<percent>{_NUMBER})"
    rf"|(?P<parts>[{_DIGITS}]+|[0-9]+)分之(?P<of>[{_DIGITS}]+|[0-9]+)"
    r"|(?P<half>一半|半数|过半(?!数))"
    rf"|(?<![0-9.])(?P<number>{_NUMBER})\s*(?P<myriad>万亿|[万亿])?(?P<over>余|多|几)?\s*"
    rf"(?P<unit>%|个?百分点|成(?![果员立功为效本绩就年都长品不])(?P<five>半)?|倍|{_UNIT}))"
    r"(?P<above>以上|左右|上下|以内|以下|(?<=成)多)?"
)
_ORDINAL = frozenset("第每逐某几任同首前后另")  # no number of pieces stands behind these
_NO_PIECE = regex("事(?!项)|件|次?会议|条例|项目|[个项]?月|大(?!于)|例|目|性|审|致|律|并")
_SINGLE = frozenset(("件", "份", "起", "宗", "元"))  # units of which a single Chinese numeral says how many
_ROUGH = {
    **dict.fromkeys(("不足", "不到", "以内", "以下"), "under"),
    **dict.fromkeys(("接近", "将近", "近"), "below"),
    **dict.fromkeys(("约", "大约", "左右", "上下", "几"), "about"),
    **dict.fromkeys(("超过", "超出", "超", "逾", "突破", "余", "多", "以上"), "above"),
    **dict.fromkeys(("不少于", "不低于", "不超过", "不高于", "至少", "最多"), "bound"),
}
RATIOS = frozenset(("%", "倍", "点"))
MEASURES = RATIOS | {
    "工作日",
    "个工作日",
    "天",
    "小时",
    "分钟",
    "公里",
    "亩",
    "",
}  # of which nothing is a part
_NO = "[^，。；：、（）＃％×±]"
_CHANGE = regex("(?:(?<!新)(?:净?增[加长]?|净?减少?)|下降|上升|提高|降低|(?<![至不最缺])[多少])[了出]?$")
_OLD = regex(
    f"上年(?!结转|转|遗留|接转|带入|未|的?结转){_NO}*$|(?:[较比]|[由从](?!{_NO}*(?:转|改|调整|变更)为)){_NO}*$"
)
_MEAN = regex("(?:[日月年周人季]均|平均每?[^，；。、＃]{0,4})[为达约近超]*$", "均")
_EACH = regex("各(?![类种项级部单地县乡镇科处区有])[^，。；、0-9]{0,4}$")
_BRACKETS = {"（": 1, "）": -1}
_ROUNDED = Decimal("0.999")  # of the last digit: a number that was cut is off by less than one


@dataclass(frozen=True)
class Quantity:
    """A number in a text, written at text[start:end]; `mark` is its place in the outline.

    `value` counts `unit`: pieces, 元, or by %, 倍 and 点 per cent, times and points of per cent. `step`
    is what its last digit is worth, `rough` how it was said not to be exact (under, below, about,
    above, bound). `distributed` where it is said of several things at once: 甲、乙各2件.
    """

    value: Decimal
    step: Decimal
    unit: str
    rough: str
    start: int
    end: int
    mark: int
    distributed: bool = False

    @cached_property
    def exact(self) -> bool:
        """Whether it counts whole pieces and says that it does."""
        return not self.rough and self.step == 1 and self.unit not in _MARKS

    @cached_property
    def least(self) -> Decimal:
        """The smallest number that people write so, cut or rounded."""
        match self.rough:
            case "under":
                return self.value / 2
            case "below":
                return self.value * Decimal("0.85") - self._loose / 10
            case "about":
                return self.value * Decimal("0.9") - self._loose
            case "above":
                return self.value - self._loose / 10
            case "bound":
                return Decimal(0)
        return self.value - self._loose

    @cached_property
    def most(self) -> Decimal:
        """The largest number that people write so, cut or rounded."""
        match self.rough:
            case "under" | "below":
                return self.value + self._loose / 10
            case "about":
                return self.value * Decimal("1.1") + self._loose
            case "above":
                more = max(self._last_digit, self.value / 10)
                return self.value + min(self.value * Decimal("0.6"), more) + self._loose
            case "bound":
                return self.value * 100
        return self.value + self._loose

    @property
    def _last_digit(self) -> Decimal:
        """What the last digit is worth that is no 0; of a single one the whole number."""
        digits = self.value.normalize().as_tuple()
        return Decimal(1).scaleb(int(digits.exponent)) if len(digits.digits) > 1 else self.value

    @property
    def _loose(self) -> Decimal:
        return Decimal(0) if self.exact else self.step * _ROUNDED


@dataclass(frozen=True)
class Outline:
    """A sentence with a mark for each quantity; last year, by whatever name, is written 上年."""

    sentence: str
    text: str
    quantities: tuple[Quantity, ...]
    year: int

    @cached_property
    def _marks(self) -> list[int]:
        return [quantity.mark for quantity in self.quantities]

    def index(self, mark: int) -> int:
        """How many quantities stand before a place of the outline."""
        return bisect_left(self._marks, mark)

    def at(self, mark: int) -> Quantity:
        """The quantity whose mark stands at a place of the outline."""
        return self.quantities[self.index(mark)]

    def left(self, quantity: Quantity) -> str:
        """The outline before a quantity, from the quantity before it on."""
        index = self.index(quantity.mark)
        return self.text[self.quantities[index - 1].mark + 1 if index else 0 : quantity.mark]

    def right(self, quantity: Quantity) -> str:
        """The outline after a quantity, up to the next one."""
        index = self.index(quantity.mark) + 1
        stop = self.quantities[index].mark if index < len(self.quantities) else len(self.text)
        return self.text[quantity.mark + 1 : stop]

    @cached_property
    def plain(self) -> frozenset[int]:
        """The marks of the quantities that are no ratio, change or mean, and none of another year."""
        return frozenset(
            one.mark
            for one in self.quantities
            if one.unit not in MEASURES
            and not any(said.search(self.left(one)) for said in (_CHANGE, _OLD, _MEAN))
        )

    def depth(self, position: int) -> int:
        """How many brackets are open at a place of the outline."""
        return _depths(self.text)[position] if "（" in self.text else 0

    def said(self, start: int, end: int) -> str:
        """What the sentence itself says at outline[start:end]."""
        return self.sentence[self._origin(start) : self._origin(end)]

    def _origin(self, position: int) -> int:
        """The place in the sentence of a place in the outline."""
        index = self.index(position)
        before = self.quantities[index - 1] if index else None
        origin, left = (before.end, position - before.mark - 1) if before else (0, position)
        for match in _last_year(self.year).finditer(self.sentence, origin):
            ahead = match.start() - origin
            if left < ahead + 2:  # the length of 上年
                break
            left -= ahead + 2
            origin = match.end()
        return origin + left


@lru_cache(maxsize=256)
def _depths(text: str) -> list[int]:
    """How many brackets are open before every place of the text, and at its end."""
    return list(accumulate((_BRACKETS.get(char, 0) for char in text), initial=0))


@lru_cache(maxsize=256)
def outline(text: str, year: int) -> Outline:
    """The outline of a sentence, its digits half-width, out of the report of `year`."""
    last = _last_year(year)
    pieces: list[str] = []
    quantities: list[Quantity] = []
    length = end = 0
    shown = text.translate(_FOREIGN) if _ODD.search(text) else text
    dated = last.search(shown) is not None
    for match in _QUANTITY.finditer(text):
        if (parsed := _parsed(text, match)) is None:
            continue
        value, step, unit = parsed
        piece = shown[end : match.start()]
        if dated:
            piece = last.sub("上年", piece)
        words = (match["near"], match["over"], match["above"], "过半" if match["half"] == "过半" else "")
        rough = next((_ROUGH.get(word, "above") for word in words if word), "")
        length += len(piece)
        distributed = "各" in text and _EACH.search(text[: match.start()]) is not None
        quantities.append(Quantity(value, step, unit, rough, *match.span(), length, distributed))
        pieces += (piece, _MARKS.get(unit, COUNT))
        length += 1
        end = match.end()
    pieces.append(last.sub("上年", shown[end:]) if dated else shown[end:])
    return Outline(text, "".join(pieces), tuple(quantities), year)


@lru_cache(maxsize=8)
def _last_year(year: int) -> re.Pattern[str]:
    digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year - 1))
    return regex(f"(?:去年|上一?年|(?:{year - 1}|{digits})年)(?:度(?!过)|同期|同口径|全年|年?末|年?底)*")


def _parsed(text: str, match: re.Match[str]) -> tuple[Decimal, Decimal, str] | None:
    """Value, worth of the last digit, and unit; None where it is no quantity after all."""
    if match["half"]:
        return Decimal(50), Decimal(5), "%"
    if match["parts"]:
        parts, of = _value(match["parts"]), _value(match["of"])
        return (of * 100 / parts, Decimal(2), "%") if parts and of is not None else None
    if match["percent"]:
        return _with_step(match["percent"], Decimal(1), "%")
    unit = match["unit"]
    scale = Decimal(_MYRIADS.get(match["myriad"] or "", 1))
    if unit in ("%", "倍") or unit.endswith("百分点"):
        return _with_step(match["number"], scale, unit if unit in _MARKS else "点")
    if unit.startswith("成"):
        tenths, half = _value(match["number"]), 5 if match["five"] else 0
        return None if tenths is None else (tenths * 10 + half, Decimal(5), "%")
    if text[: match.start("number")].rstrip()[-1:] in _ORDINAL or _NO_PIECE.match(text, match.end("unit")):
        return None
    if (
        len(match["number"]) == 1
        and not match["number"].isascii()
        and not match["myriad"]
        and unit not in _SINGLE
    ):
        return None  # 一次, 两项 name things more often than they count them
    return _with_step(match["number"], scale, unit)


def _with_step(number: str, scale: Decimal, unit: str) -> tuple[Decimal, Decimal, str] | None:
    value = _value(number)
    if value is None:
        return None
    step = Decimal(1).scaleb(int(value.as_tuple().exponent)) if "." in number else Decimal(1)
    if unit == "倍" and step == 1:
        step *= Decimal("0.5") if value > 1 else Decimal("0.3")  # 增长2倍 may be twice as much
    return value * scale, step * scale, unit


def _value(number: str) -> Decimal | None:
    if number[0].isascii():
        return Decimal(number.replace(",", "").replace("，", ""))
    value = chinese(number)
    return None if value is None else Decimal(value)
