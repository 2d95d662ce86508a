"""Page numbers in Word's formats: for those CSS has not, counter styles made of the numbers themselves."""

from __future__ import annotations

from nianbao.media.word.html.css import Sheet, quoted
from nianbao.media.word.html.number_formats import written

_LAST = 999  # pages that are counted in a format CSS has not; those after them in figures
_CSS = {
    "decimal": "decimal",
    "decimalHalfWidth": "decimal",
    "upperRoman": "upper-roman",
    "lowerRoman": "lower-roman",
    "decimalZero": "decimal-leading-zero",
}


def counter(kind: str, number_format: str | None, sheet: Sheet) -> tuple[str, str] | None:
    """The HTML of a number that is counted while pages are made, and what it may read: 1, or 一.

    `kind` is page or pages. None for a format that is not known.
    """
    number_format = number_format or "decimal"
    sample = written(1, number_format)
    if sample is None:
        return None
    style = _CSS.get(number_format)
    if style == "decimal":
        return f'<span class="{kind}"></span>', "0"
    if style is None:
        style = f"word-{number_format}"
        symbols = " ".join(quoted(written(number, number_format) or "") for number in range(1, _LAST + 1))
        sheet.add(f"@counter-style {style} {{ system: fixed; symbols: {symbols} }}")
    sheet.add(f".{kind}-{number_format}::before {{ content: counter({kind}, {style}) }}")
    return f'<span class="{kind}-{number_format}"></span>', sample
