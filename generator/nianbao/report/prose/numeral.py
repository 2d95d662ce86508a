"""Counts and percentages as officials write them: 1,170件, １７０ 件, 一百七十件, 1.2万件, 占51.85%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from nianbao.report.regex import regex

UNITS = ("件", "份", "条", "起", "宗", "例", "笔", "人次", "家次", "次", "项", "个", "篇", "期", "人")
LONGEST = 30  # characters of a number; what is longer counts nothing
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF10, 0xFF1A)} | {ord("．"): ".", ord("％"): "%"}
_WIDE = regex("[０-９．％]")  # looked for first: it is found ten times as fast as replaced
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SIGNS = "[〇零○一二三四五六七八九两十百千万亿]"
_CHINESE = f"(?<!{_SIGNS}){_SIGNS}+"  # no number begins within another: a long one is gone over once
_ARABIC = r"(?<![0-9])(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
_COUNT = regex(
    rf"(?P<number>{_ARABIC}|{_CHINESE})\s*+(?P<myriad>万|亿)?"
    rf"(?P<over>余|多|几)?\s*+(?P<unit>{'|'.join(UNITS)})(?P<above>以上|左右|上下)?"
)
_RUN = regex(  # where a number may begin: from a set of characters it is found ten times as fast
    f"[0-9{_SIGNS[1:]}(?:(?<=[0-9])(?<![0-9].)|(?<={_SIGNS})(?<!{_SIGNS}.))"
)
_NEAR = regex(r"(?:近|约|超过?|逾|不足|达到?近)\s*$")
EACH = "各"
_BEFORE = frozenset("第每逐某前后首任同另")  # no number of pieces stands behind these
_AFTER = regex(
    "事(?!项)|件|次?会议|大(?!于)|例|目|月|别|性|审|致|律|并|(?<=个)(?:百分点|工作日|季度|方面|部分)"
)  # 一件事、条例、项目、六个月
_PERCENTAGE = regex(r"(?P<number>(?<![0-9])[0-9]+(?:\.[0-9]+)?)\s*%")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of pieces in a text: `value` pieces of `unit`, written at text[start:end].

    `rough` where the text itself says that it is not exact (7700余条, 约30件): `bound` is then on which
    side the exact number lies, "above", "below" or "about". `step` is what the last written digit
    counts (1000 of 1.2万).
    """

    value: int | Decimal
    unit: str
    start: int
    end: int
    rough: bool = False
    bound: str = field(default="", compare=False)
    step: Decimal = field(default=Decimal(1), compare=False)

    def agrees(self, number: int | Decimal) -> bool:
        """Whether a writer may say it so: exactly, rounded or cut to what is written, or roughly."""
        if not self.rough:
            return abs(Decimal(number) - self.value) < self.step
        low = Decimal("0.8") if self.bound != "above" else Decimal("0.95")
        high = Decimal({"above": "2", "below": "1.05"}.get(self.bound, "1.2"))
        return low * self.value <= number <= high * self.value


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage in a text: `value` in per cent with `places` decimals, at text[start:end]."""

    value: Decimal
    places: int
    start: int
    end: int


def narrow(text: str) -> str:
    """The text with full-width digits, points and per cent signs made half-width, same length."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


def counts(text: str) -> tuple[Count, ...]:
    """Every number of pieces in the text, from left to right.

    Numbers of things that are no pieces (years, ordinals, 一件事, 第3次) are left out.
    """
    return counts_by_each(narrow(text))[0]


def counts_by_each(text: str) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
    """The numbers of a text with half-width digits, and those said of each of several things: 甲、乙各2件."""
    found = tuple(_counts(text))
    if EACH not in text:
        return tuple(count for count, _ in found), ()
    return tuple(count for count, each in found if not each), tuple(count for count, each in found if each)


def percentages(text: str) -> tuple[Percentage, ...]:
    """Every percentage in the text, from left to right."""
    values = []
    for match in _PERCENTAGE.finditer(narrow(text)):
        if len(match["number"]) > LONGEST:
            continue
        number = Decimal(match["number"])
        places = max(0, -int(number.as_tuple().exponent))
        values.append(Percentage(number, places, match.start(), match.end()))
    return tuple(values)


def _counts(text: str) -> Iterator[tuple[Count, bool]]:
    """Every number of pieces, and whether it is said of each of several things."""
    done = 0
    for run in _RUN.finditer(text):
        if run.start() < done or (match := _COUNT.match(text, run.start())) is None:
            continue
        done = match.end()
        ahead = text[max(run.start() - 8, 0) : run.start()]
        before, written = ahead.rstrip()[-1:], match["number"]
        if (
            (before in _BEFORE and not ahead.endswith("合同"))
            or before.isdecimal()
            or _AFTER.match(text, match.end("unit"))
        ):
            continue
        if len(written) > LONGEST:
            continue
        arabic = written[0].isascii()
        if not arabic and match["unit"] in "个次项条人" and len(written) < 2:
            continue  # 一个、一次、一项 say that there is one, seldom how many
        value = _value(written) if arabic else chinese(written)
        if value is None:
            continue
        times = {"万": 10_000, "亿": 100_000_000}.get(match["myriad"] or "", 1)
        decimals = len(written.partition(".")[2])
        value *= times
        near = _NEAR.search(ahead)
        bound = _bound(near[0].rstrip() if near else "", match)
        count = Count(
            int(value) if value == int(value) else value,
            match["unit"],
            match.start("number"),
            match.end("unit"),
            bool(bound),
            bound,
            Decimal(times).scaleb(-decimals) if times > 1 else Decimal(1),
        )
        yield count, before == EACH


def _value(written: str) -> int | Decimal:
    """The number that Arabic digits say, with or without separators and decimals."""
    return int(written) if written.isdecimal() else Decimal(written.replace(",", "").replace("，", ""))


def _bound(near: str, match: re.Match[str]) -> str:
    """On which side of a rough number the exact one lies."""
    if match["over"] or match["above"] == "以上" or near.startswith(("超", "逾")):
        return "above"
    if near and near[-1] in "近足":
        return "below"
    return "about" if near or match["above"] else ""


def chinese(text: str) -> int | None:
    """The number that Chinese numerals say, digit by digit (二〇二五) or with places (一百七十).

    None where the characters make no number.
    """
    if all(char in _DIGITS for char in text):
        whole = len(text) == 1 or any(char in "〇○零" for char in text)
        return int("".join(str(_DIGITS[char]) for char in text)) if whole and text != "零" else None
    total = 0
    for myriads, part in zip((100_000_000, 10_000, 1), _split(text), strict=True):
        if part:
            value = _below_myriad(part)
            if value is None:
                return None
            total += value * myriads
    return total


def _split(text: str) -> tuple[str, str, str]:
    high, _, rest = text.rpartition("亿")
    middle, _, low = rest.rpartition("万")
    return high, middle, low


def _below_myriad(text: str) -> int | None:
    value, digit = 0, None
    for char in text:
        if char in _TENS:
            value += (1 if digit is None else digit) * _TENS[char]
            digit = None
        elif char in _DIGITS and (digit is None or digit == 0):
            digit = _DIGITS[char]
        else:
            return None
    return value + (digit or 0)
