"""One figure: a number, blank, not applicable, or text; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum

from nianbao.mandate import Kind
from nianbao.report.problem import Place

NOT_APPLICABLE = frozenset({"/", "-", "—", "——", "–", "\\", "无", "不适用", "N/A", "n/a"})
MONEY = ("万元", "元")
PIECES = ("件", "个", "条", "项", "笔", "份", "起", "宗", "次")
MOST_DIGITS = 15  # on either side of the point; a spreadsheet keeps no more
_FIRST_TOO_LONG = 10**MOST_DIGITS
_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*"
    rf"(?P<unit>{'|'.join(MONEY + PIECES)})?\s*(?P<remark>\(.+\))?"
)
# Only the full-width forms: NFKC would make 102 of 10², and 1 of ①.
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " ", ord("−"): "-"}


class State(StrEnum):
    """What stands in a cell; blank is not zero, and neither is 'not applicable'."""

    NUMBER = "number"
    BLANK = "blank"
    NOT_APPLICABLE = "not-applicable"
    TEXT = "text"
    UNREADABLE = "unreadable"  # the reader has said why


class Oddity(StrEnum):
    """How a number was written that is understood, but should be mended."""

    AS_TEXT = "as-text"
    FULL_WIDTH = "full-width"
    SEPARATOR = "separator"
    UNIT = "unit"
    REMARK = "remark"
    SIGN = "sign"  # of a change: +1 is how it is written, and no spreadsheet keeps the sign
    DATE = "date"  # of a text: the spreadsheet took a number for a date
    LOGICAL = "logical"  # of a text: TRUE or FALSE


@dataclass(frozen=True, slots=True)
class Figure:
    """What one cell says: `text` as written, and `number` where it is one.

    A count's number is int where it is whole; any other number is Decimal, in the
    unit of its column (万元 for fees).
    """

    state: State
    text: str
    number: int | Decimal | None
    place: Place
    oddities: frozenset[Oddity] = frozenset()

    @property
    def amount(self) -> int | Decimal:
        """The number for sums: what is no number counts nothing."""
        return self.number if self.number is not None else 0

    @property
    def value(self) -> int | Decimal | str:
        """A number where a number was written, the text as written where a text was."""
        if self.number is not None and not self.oddities:
            return self.number
        return self.text


def read(value: object, kind: Kind, unit: str, place: Place) -> Figure:
    """Understand one cell's value: int, float, Decimal, str, bool, date, time, timedelta or None."""
    if value is None:
        return Figure(State.BLANK, "", None, place)
    if type(value) is int and -_FIRST_TOO_LONG < value < _FIRST_TOO_LONG:  # nearly all of them
        return Figure(State.NUMBER, str(value), value, place)
    if isinstance(value, bool):
        return _text(str(value).upper(), place, Oddity.LOGICAL)
    if isinstance(value, int | float | Decimal):
        exact = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
        if not _is_sane(exact):
            return _text(str(exact), place)
        number = tidy(exact)
        text = plain(exact if isinstance(value, Decimal) else number)  # 0.10 stays what was published
        return Figure(State.NUMBER, text, number, place)
    if isinstance(value, date | time | timedelta):
        return _text(str(value).removesuffix(" 00:00:00"), place, Oddity.DATE)
    return _understand(str(value), kind, unit, place)


def total(parts: Iterable[Figure]) -> int | Decimal:
    """The sum of what is a number among the figures."""
    return tidy(sum((Decimal(part.amount) for part in parts), start=Decimal(0)))


def tidy(number: Decimal) -> int | Decimal:
    """The same number: int where it is whole, without needless zeros where not."""
    return int(number) if number == number.to_integral_value() else number.normalize()


def decimals(number: Decimal) -> int:
    """How many decimal places the number needs."""
    return max(0, -int(number.normalize().as_tuple().exponent))


def plain(number: int | Decimal) -> str:
    """The number without exponent, separators or needless zeros."""
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def _is_sane(number: Decimal) -> bool:
    """Whether it is a number that sums can hold exactly."""
    if not number.is_finite() or number.adjusted() >= MOST_DIGITS:
        return False
    return decimals(number) <= MOST_DIGITS


def _understand(text: str, kind: Kind, unit: str, place: Place) -> Figure:
    narrow = text.translate(_HALF_WIDTH).strip()
    if not narrow:
        return Figure(State.BLANK, text, None, place)
    if narrow in NOT_APPLICABLE:
        return Figure(State.NOT_APPLICABLE, text, None, place)
    match = _NUMBER.fullmatch(narrow)
    if not match or not _fits(match["unit"], kind, unit):
        return _text(text, place)
    number = Decimal(match["number"].replace(",", ""))
    if not _is_sane(number):
        return _text(text, place)
    oddities = {Oddity.AS_TEXT}
    if any("０" <= char <= "９" for char in text):
        oddities.add(Oddity.FULL_WIDTH)
    if "," in match["number"]:
        oddities.add(Oddity.SEPARATOR)
    if match["unit"]:
        oddities.add(Oddity.UNIT)
    if match["remark"]:
        oddities.add(Oddity.REMARK)
    if kind is Kind.SIGNED and match["number"][0] in "+-":
        oddities.add(Oddity.SIGN)
    return Figure(State.NUMBER, text, tidy(number), place, frozenset(oddities))


def _fits(written: str | None, kind: Kind, unit: str) -> bool:
    """Whether a unit behind the number leaves the number what it is."""
    if not written:
        return True
    if kind is Kind.AMOUNT:
        return written == unit if unit else written in MONEY
    return written in PIECES


def _text(text: str, place: Place, *oddities: Oddity) -> Figure:
    return Figure(State.TEXT, text, None, place, frozenset(oddities))
