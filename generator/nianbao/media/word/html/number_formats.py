"""Numbers as Word writes them in front of paragraphs: 1, 01, iv, 十二, 壹, ③, 甲."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_COMMON = "零一二三四五六七八九"
_LEGAL, _LEGAL_TRADITIONAL = "零壹贰叁肆伍陆柒捌玖", "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def written(number: int, kind: str) -> str | None:
    """A number in one of Word's formats; None where the format is not known."""
    write = _KINDS.get(kind)
    return None if write is None else write(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    roman = ""
    for worth, letters in _ROMAN:
        roman += letters * (number // worth)
        number %= worth
    return roman


def _letters(number: int) -> str:
    """A, B … Z, AA, BB: Word repeats the letter."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _digits(number: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(abs(number)))


def _thousands(number: int, digits: str, units: str) -> str:
    """Up to 99,999 with its units: 一百零五, 二十; 十二 stands without 一 where the units are common ones."""
    if not 0 < number < 100_000:
        return _digits(number, digits)
    text, zero = "", False
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), map(int, str(number)), strict=True):
        if digit:
            text += (digits[0] if zero else "") + digits[digit] + units[place].strip()
        zero = not digit
    return text[1:] if text.startswith("一十") else text


def _counting(number: int) -> str:
    """十二 up to 99; from 100 on digit by digit, as Word does."""
    return _units(number) if number < 100 else _digits(number, _DIGITS)


def _signs(*rows: tuple[int, int, str]) -> Callable[[int], str]:
    """Numbers that have a character of their own, in rows from first to last; others in figures."""
    signs = {
        number: chr(ord(start) + number - first)
        for first, last, start in rows
        for number in range(first, last + 1)
    }
    return lambda number: signs.get(number, str(number))


def _cycle(letters: str) -> Callable[[int], str]:
    return lambda number: letters[(number - 1) % len(letters)] if number > 0 else str(number)


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else endings.get(number % 10, 'th')}"


def _full(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _units(number: int) -> str:
    return _thousands(number, _COMMON, " 十百千万")


_circled = _signs((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱"))
_KINDS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalHalfWidth": str,
    "decimalFullWidth": _full,
    "decimalFullWidth2": _full,
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "ordinal": _ordinal,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _units,
    "taiwaneseCountingThousand": _units,
    "japaneseCounting": _units,
    "ideographDigital": lambda number: _digits(number, _DIGITS),
    "japaneseDigitalTenThousand": lambda number: _digits(number, _DIGITS),
    "taiwaneseDigital": lambda number: _digits(number, _DIGITS),
    "chineseLegalSimplified": lambda number: _thousands(number, _LEGAL, " 拾佰仟万"),
    "ideographLegalTraditional": lambda number: _thousands(number, _LEGAL_TRADITIONAL, " 拾佰仟萬"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _signs((1, 20, "⑴")),
    "decimalEnclosedFullstop": _signs((1, 20, "⒈")),
    "ideographEnclosedCircle": _signs((1, 10, "㊀")),
    "none": lambda number: "",
}
