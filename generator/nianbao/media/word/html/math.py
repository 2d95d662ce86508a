"""Equations of Office (OMML) as one line of text: fractions as a/b, exponents as small letters."""

from __future__ import annotations

from nianbao.media.word.html.wordml import Element, child, children, local, value

_RAISED = str.maketrans("0123456789+-−()=n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾⁼ⁿ")
_LOWERED = str.maketrans("0123456789+-−()=", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎₌")
_SET = ("m:sSub", "m:sSup", "m:sSubSup", "m:sPre", "m:f", "m:d", "m:rad", "m:limLow", "m:limUpp", "m:nary")


def raised(text: str) -> str:
    """Text as small letters above the line, where there are such; "^text" where there are not."""
    small = text.translate(_RAISED)
    return f"^{text}" if any(letter in text for letter in small) and text else small


def is_plain(equation: Element) -> bool:
    """Whether an equation is only letters in a row."""
    return not any(local(element) in _SET for element in equation.iter())


def text(equation: Element) -> str:
    """The text of an `m:oMath`, an `m:oMathPara` or anything in them."""
    return _text(equation) if local(equation) == "m:r" else "".join(map(_text, equation))


def _text(element: Element) -> str:
    tag = local(element)
    if tag in ("m:r", "w:r"):
        return "".join(piece.text or "" for piece in element if local(piece) in ("m:t", "w:t"))
    if tag.endswith("Pr"):
        return ""
    if tag == "m:f":
        above, below = (_grouped(_part(element, short)) for short in ("m:num", "m:den"))
        return f"{above}/{below}"
    if tag in ("m:sSup", "m:sSubSup", "m:sSub"):
        below, above = _part(element, "m:sub"), _part(element, "m:sup")
        return _part(element, "m:e") + below.translate(_LOWERED) + raised(above)
    if tag == "m:d":
        properties = child(element, "m:dPr")
        begin, end = (value(properties, f"m:{side}Chr", "m:val") for side in ("beg", "end"))
        inner = "|".join(text(part) for part in children(element, "m:e"))
        return f"{'(' if begin is None else begin}{inner}{')' if end is None else end}"
    if tag == "m:rad":
        return f"{raised(_part(element, 'm:deg'))}√{_grouped(_part(element, 'm:e'))}"
    return text(element)


def _part(element: Element, short: str) -> str:
    part = child(element, short)
    return "" if part is None else text(part)


def _grouped(words: str) -> str:
    return words if words.replace(".", "").replace("%", "").isalnum() else f"({words})"
