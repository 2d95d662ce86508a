"""Where the letters of one figure differ so that no rule says which of them are the figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nianbao.media.word.html.characters import symbolic
from nianbao.media.word.html.css import color
from nianbao.media.word.html.decoration import background
from nianbao.media.word.reading.letters import Letters
from nianbao.report.published.document import BROKEN
from nianbao.report.published.table_rows import figure_like

_DIGIT = re.compile("[0-9０-９]")
LEAST_SIZE = 0.8  # the smallest digit beside the largest: 五号 beside 小四 is a slip that changes nothing
LEAST_WIDTH = 34  # per cent
RISE = 0.1  # of the size
FAINTEST, FAINT, CLEAR = 1.3, 2.5, 3.0  # contrast, from 1 to 21: of colours and greys hard to see, of others
GREY = 64  # of 255: between the channels of what has no colour


def doubt(letters: Sequence[Letters], ground: str | None) -> str:
    """Why the digits of a cell cannot be read for certain as one figure; "" where they can."""
    digits = [each for each in letters if _DIGIT.search(each.text)]
    if not digits or not figure_like("".join(each.text for each in letters)):
        return ""
    if any(_is_sign(each.format.ascii) for each in digits):
        return "数字用的是符号字体，印出的是别的符号"
    if len({(id(each.format), each.raised) for each in digits}) == 1 and not digits[0].raised:
        return _crowded(digits)
    if any(each.raised for each in digits):
        return "有的数字是上标"
    if len({each.format.raised == "subscript" for each in digits}) > 1:
        return "有的数字是下标"
    largest = max(each.size for each in digits)
    if min(each.size for each in digits) < LEAST_SIZE * largest:
        return "数字的大小不同"
    rises = [each.format.position or 0.0 for each in digits]
    if max(rises) - min(rises) > RISE * largest:
        return "数字的高低不同"
    widths = [each.format.scale or 100 for each in digits]
    if min(widths) < LEAST_WIDTH <= max(widths):
        return "数字的宽窄不同"
    if any(_is_faint(each, ground) for each in digits) and any(
        _contrast(each, ground) >= CLEAR for each in digits
    ):
        return "有的数字颜色很浅"
    return _crowded(digits)


def _is_sign(font: str | None) -> bool:
    """Whether a font prints signs for digits; Symbol prints digits."""
    return symbolic(font) and (font or "").lower() != "symbol"


def _crowded(digits: Sequence[Letters]) -> str:
    return "数字重叠在一起" if any((each.format.spacing or 0.0) < -each.size / 2 for each in digits) else ""


def _is_faint(letters: Letters, ground: str | None) -> bool:
    """Whether letters are hard to see: a pale grey, or as pale a colour as yellow on white."""
    ink, contrast = color(letters.format.color), _contrast(letters, ground)
    channels = bytes.fromhex(ink[1:]) if ink else b"\0"
    return contrast < (FAINT if max(channels) - min(channels) < GREY else FAINTEST)


def _contrast(letters: Letters, ground: str | None) -> float:
    """Between letters and what lies behind them, as the web's guidelines reckon it; 21 for no colour."""
    ink, behind = color(letters.format.color), background(letters.format) or ground
    if not ink or not behind:
        return 21.0
    dark, light = sorted((_luminance(ink), _luminance(behind)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(shade: str) -> float:
    linear = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (byte / 255 for byte in bytes.fromhex(shade[1:]))
    )
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def figures_apart(letters: Sequence[Letters], flowing: str, boxed: str, numbered: bool) -> str:
    """Why the digits of a cell are not one figure: some are in a text box, or counted by Word; else ""."""
    if not figure_like("".join(each.text for each in letters)):
        return ""
    if _DIGIT.search(flowing) and _DIGIT.search(boxed):
        return "格里另有文本框，其中也有数字"
    if numbered and any(_DIGIT.search(each.text) for each in letters):
        return "数字前面有自动编号"
    return ""


def joined(lines: Iterable[str]) -> tuple[str, str]:
    """The lines of a cell as one text, and why they are no one figure: digits of two paragraphs are two."""
    lines = list(lines)
    text = "\n".join(lines)
    apart = sum(bool(_DIGIT.search(line)) for line in lines) > 1 and figure_like(text)
    return (" ".join(lines), BROKEN) if apart else (text, "")
