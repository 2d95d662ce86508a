"""One figure: a number, blank, not applicable, or text; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum

from nianbao.mandate import Kind
from nianbao.report.invisible import SIGN
from nianbao.report.problem import Place
from nianbao.report.prose.numeral import chinese
from nianbao.report.regex import regex

NOT_APPLICABLE = frozenset({"/", "-", "—", "——", "–", "\\", "无", "不适用", "N/A", "n/a"})
MONEY = ("亿元", "万元", "元")
PIECES = ("件", "个", "条", "项", "笔", "份", "起", "宗", "次", "部")
MOST_DIGITS = 15  # on either side of the point; a spreadsheet keeps no more
_FIRST_TOO_LONG = 10**MOST_DIGITS
MAGNITUDE = {"元": 0, "万": 4, "万元": 4, "亿": 8, "亿元": 8}  # powers of ten of a 元
_UNITS = "|".join((*MONEY, "万", "亿", *PIECES))
_D = "[一二两三四五六七八九]"  # 一百二 is 120 to some and 102 to others: only what 零 makes certain
_CHINESE = (
    f"{_D}千(?:零{_D}十{_D}?|零{_D}|{_D}百(?:零{_D}|{_D}十{_D}?)?)?|{_D}百(?:零{_D}|{_D}十{_D}?)?|"
    f"{_D}?十{_D}?|[一二三四五六七八九][一二三四五六七八九]*[〇零○][〇零○一二三四五六七八九]*|{_D}|[〇零]"
)
NUMBER = regex(
    r"(?P<currency>人民币|[¥￥])? ?"
    r"(?:(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?: ?\. ?[0-9]+)?)"
    rf"|(?P<chinese>{_CHINESE})) *"
    rf"(?:(?P<unit>{_UNITS})整?|\((?P<bracketed>{_UNITS})\))? *(?P<remark>\(.+\))? *(?P<mark>[。、.,;])?"
)
_PARTED = regex(r"[0-9](?: *[^\S ]| {2})\s*[0-9]")  # by more than the one space that stands for thousands
_TYPED = regex(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,40})(?:\.[0-9]{1,40})?")
# Only the full-width forms: NFKC would make 102 of 10², and 1 of ①.
HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " ", ord("−"): "-"}
HALF_WIDTH |= dict.fromkeys((0xA0, 0x2007, 0x2009, 0x202F), " ")


class State(StrEnum):
    """What stands in a cell; blank is not zero, and neither is 'not applicable'."""

    NUMBER = "number"
    BLANK = "blank"
    NOT_APPLICABLE = "not-applicable"
    TEXT = "text"
    UNREADABLE = "unreadable"  # the reader has said why


UNKNOWN = frozenset({State.TEXT, State.UNREADABLE})  # what makes a sum unknowable, told at its cell


class Oddity(StrEnum):
    """How a number was written that is understood, but should be mended."""

    AS_TEXT = "as-text"
    FULL_WIDTH = "full-width"
    SEPARATOR = "separator"
    SPACED = "spaced"
    CHINESE = "chinese"
    MARK = "mark"  # behind it, as behind a sentence
    UNIT = "unit"
    INVISIBLE = "invisible"  # signs that nobody sees, among the digits or around them
    CONVERTED = "converted"  # from another unit of money, which is written behind it
    REMARK = "remark"
    SIGN = "sign"  # of a change: +1 is how it is written, and no spreadsheet keeps the sign
    DATE = "date"  # of a text: the spreadsheet took a number for a date
    LOGICAL = "logical"  # of a text: TRUE or FALSE


@dataclass(frozen=True)
class Figure:
    """What one cell says: `text` as written, and `number` where it is one.

    A count's number is int where it is whole; any other number is Decimal, in the
    unit of its column (万元 for fees). `standard` is how an odd number is printed, ""
    where that is as written.
    """

    state: State
    text: str
    number: int | Decimal | None
    place: Place
    oddities: frozenset[Oddity] = frozenset()
    standard: str = ""

    @property
    def printed(self) -> str:
        """What the report prints: a number in the form's way wherever nothing is lost by that."""
        return self.standard or self.text

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


def typed(text: str) -> int | Decimal | str | None:
    """What a spreadsheet keeps of what somebody types into a cell: nothing, a number, or the text.

    A number is an int, or a Decimal with the decimal places that were typed; one of more than
    MOST_DIGITS digits stays a text.
    """
    bare = text.strip()
    if not bare:
        return None
    if not _TYPED.fullmatch(bare):
        return text
    exact = Decimal(bare.replace(",", ""))
    if not _is_sane(exact):
        return text
    return exact if "." in bare else int(exact)


def total(parts: Iterable[Figure]) -> int | Decimal:
    """The sum of what is a number among the figures."""
    whole = sum(part.amount for part in parts)
    return tidy(whole) if isinstance(whole, Decimal) else whole


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
    half = SIGN.sub("", text).translate(HALF_WIDTH)
    narrow = " ".join(half.split())
    if not narrow:
        return Figure(State.BLANK, text, None, place)
    if narrow in NOT_APPLICABLE:
        return Figure(State.NOT_APPLICABLE, text, None, place)
    match = NUMBER.fullmatch(narrow)
    shift = _shift(match, kind, unit) if match else None
    if not match or shift is None or narrow == "一" or _PARTED.search(half):  # 一 may be meant for a dash
        return _text(text, place)
    digits = re.sub("[, ]", "", match["number"] or str(chinese(match["chinese"]) or 0))
    exact = Decimal(digits).scaleb(shift)
    if not _is_sane(exact):
        return _text(text, place)
    number, oddities = tidy(exact), _oddities(match, text, shift)
    if kind is Kind.SIGNED and digits[0] in "+-":
        oddities |= {Oddity.SIGN}
    standard = ""
    if not (_is_usual(oddities) or _says_more(oddities, kind, unit)):
        standard = plain(exact if kind is Kind.AMOUNT and not shift else number)
        if Oddity.SIGN in oddities and number >= 0:
            standard = f"{digits[0]}{standard}"
    return Figure(State.NUMBER, text, number, place, oddities, standard if standard != text else "")


def _is_usual(oddities: frozenset[Oddity]) -> bool:
    return oddities == {Oddity.AS_TEXT, Oddity.SIGN}


def _says_more(oddities: frozenset[Oddity], kind: Kind, unit: str) -> bool:
    """Whether what stands beside the number says what neither the number nor the form does."""
    return Oddity.REMARK in oddities or (kind is Kind.AMOUNT and not unit and Oddity.UNIT in oddities)


def _oddities(match: re.Match[str], text: str, shift: int) -> frozenset[Oddity]:
    written = match["number"] or ""
    odd = {
        Oddity.FULL_WIDTH: any("０" <= char <= "９" for char in text),
        Oddity.SEPARATOR: "," in written,
        Oddity.SPACED: " " in written,
        Oddity.INVISIBLE: SIGN.search(text),
        Oddity.CHINESE: match["chinese"],
        Oddity.UNIT: match["unit"] or match["bracketed"],
        Oddity.CONVERTED: shift,
        Oddity.REMARK: match["remark"],
        Oddity.MARK: match["mark"],
    }
    return frozenset((Oddity.AS_TEXT, *(oddity for oddity, has in odd.items() if has)))


def _shift(match: re.Match[str], kind: Kind, unit: str) -> int | None:
    """By which power of ten a unit behind a number changes it; None where it does not go with the column.

    Where the form leaves the unit of money open, the number stays what it is.
    """
    written = match["unit"] or match["bracketed"]
    if match["currency"] and (kind is not Kind.AMOUNT or written not in MAGNITUDE):
        return None
    if not written:
        return 0
    if kind is not Kind.AMOUNT:
        return 0 if written in PIECES else None
    if not unit:
        return 0 if written in MONEY[1:] else None
    return MAGNITUDE[written] - MAGNITUDE[unit] if written in MAGNITUDE else None


def _text(text: str, place: Place, *oddities: Oddity) -> Figure:
    return Figure(State.TEXT, text, None, place, frozenset(oddities))
