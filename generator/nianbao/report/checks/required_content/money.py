"""Amounts of money in sentences: 380元, 1,286.35万元, 0.5亿元, 约5700万元, 380余元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from nianbao.report.regex import regex

UNITS = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_AMOUNT = regex(
    r"(?P<near>约|近|超过?|逾|达?近)?\s*(?<![0-9.])"
    r"(?P<number>[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"\s*(?P<unit>百万|千万|[百千万亿])?\s*(?P<over>余|多)?(?P<late>[万亿])?元(?!\s*[/／每]|一件|以[上下])"
)
_RATE = regex("每[件页份项人]|标准|单价|人均|每")  # right before: what one piece costs
ROUGHLY = Decimal("0.05")  # 约
ABOUT = Decimal("0.2")  # 余, 多, 近


class Amount(NamedTuple):
    """An amount at text[start:end], in 元; `step` is the last place that it is written to, in 元."""

    written: str
    yuan: Decimal
    step: Decimal
    rough: str  # 约, 近, 超, 逾, 余, 多; blank where it is exact
    start: int
    end: int

    def agrees(self, yuan: Decimal) -> bool:
        """Whether the true amount may be written so: rounded, cut off, or with 约, 余, 近."""
        if self.yuan == yuan or abs(self.yuan - yuan) < self.step:
            return True
        if self.rough == "约":
            return abs(self.yuan - yuan) <= yuan * ROUGHLY
        if "近" in self.rough:
            return yuan <= self.yuan <= yuan * (1 + ABOUT)
        return bool(self.rough) and yuan * (1 - ABOUT) <= self.yuan <= yuan


def amounts(text: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Every amount in text[start:end] that is not the price of one piece."""
    if "元" not in text:
        return
    for match in _AMOUNT.finditer(text, start, len(text) if end is None else end):
        if _RATE.search(text, max(0, match.start() - 4), match.start()):
            continue
        digits = re.sub("[,，]", "", match["number"])
        unit = UNITS[match["unit"] or ""] * UNITS[match["late"] or ""]
        number = Decimal(digits)
        exponent = int(number.as_tuple().exponent)
        places = exponent if exponent else len(digits) - len(digits.rstrip("0"))
        step = Decimal(10) ** (places if number else 0) * unit
        rough = match["near"] or match["over"] or ""
        yield Amount(match.group(), number * unit, step, rough, match.start(), match.end())
