"""What a spreadsheet shows of a number: 58 may stand there as 580, as 58件, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from nianbao.report.figure import plain

PLAIN = frozenset({"General", "@", "G/通用格式", "Standard"})  # they show what is in the cell
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|!(?P<marked>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式|Standard)|(?P<power>[Ee][+-])|(?P<digit>[0#?])|(?P<sign>[.,%/@])|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_MOST_PLACES = 30


class Section(NamedTuple):
    """One of the formats between semicolons: pieces as (kind, text); its condition and its colour's name."""

    pieces: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    colour: str

    def has(self, *kinds: str) -> bool:
        """Whether a piece of one of these kinds is in it."""
        return any(kind in kinds for kind, _ in self.pieces)


class Shown(NamedTuple):
    """What is shown, None where that cannot be told; and the name of the colour that the format gives it."""

    text: str | None
    colour: str = ""


def of_text(text: str, code: str) -> Shown:
    """What a format shows of a text."""
    if code in PLAIN:
        return Shown(text)
    sections = parsed(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and not section.has("@"):
        return Shown(text)
    return Shown(
        "".join(_literal(piece) or (text if piece[0] in "@general" else "") for piece in section.pieces)
    )


def of_number(number: Decimal, code: str) -> Shown:
    """What a format shows of a number, rounded as the format rounds."""
    if code in PLAIN:
        return Shown(plain(number))
    sections = [section for section in parsed(code)[:4] if not section.has("@")] or parsed(code)[:1]
    section, number = _chosen(sections[:3], number)
    if section is None:
        return Shown(None)
    return Shown(_rendered(section, number), section.colour)


@lru_cache(256)
def parsed(code: str) -> tuple[Section, ...]:
    """The sections of a format."""
    sections: list[Section] = []
    pieces: list[tuple[str, str]] = []
    condition: tuple[str, Decimal] | None = None
    colour = ""
    for match in [*_TOKEN.finditer(code), None]:
        kind = "other" if match is None else str(match.lastgroup)
        text = ";" if match is None else match[kind]
        if kind == "other" and text == ";":
            sections.append(Section(tuple(pieces), condition, colour))
            pieces, condition, colour = [], None, ""
        elif kind == "bracket":
            if compared := _CONDITION.fullmatch(text):
                condition = (compared[1], Decimal(compared[2]))
            elif money := _CURRENCY.fullmatch(text):
                pieces.append(("literal", money[1]))
            elif not text.startswith(("DBNum", "NatNum", "h", "m", "s")):
                colour = text
        elif kind in ("quoted", "escaped", "marked", "other"):
            pieces.append(("literal", text))
        elif kind == "space":
            pieces.append(("literal", " "))
        elif kind != "fill":
            pieces.append((text if kind == "sign" else kind, text))
    return tuple(sections)


def _chosen(sections: Sequence[Section], number: Decimal) -> tuple[Section | None, Decimal]:
    """The section for a number, and the number as that section shows it."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _holds(number, *section.condition):
                return section, number
        return None, number
    if len(sections) == 1 or number > 0 or (number == 0 and len(sections) == 2):
        return sections[0], number
    return (sections[1], -number) if number < 0 else (sections[2], number)


def _holds(number: Decimal, sign: str, limit: Decimal) -> bool:
    return {
        "<": number < limit, ">": number > limit, "=": number == limit,
        "<=": number <= limit, ">=": number >= limit, "<>": number != limit,
    }[sign]  # fmt: skip


def _literal(piece: tuple[str, str]) -> str:
    return piece[1] if piece[0] == "literal" else ""


def _rendered(section: Section, number: Decimal) -> str | None:
    if section.has("/"):
        return None
    if section.has("power"):
        power = [kind for kind, _ in section.pieces].index("power")
        places = _places(section.pieces[:power])[1]
        return f"{number:.{places}E}"
    if section.has("general", "@"):
        return "".join(plain(number) if kind in "@general" else text for kind, text in section.pieces)
    if not section.has("digit"):
        signed = "-" if number < 0 and section.pieces else ""
        return signed + "".join(
            _literal(piece) if piece[0] == "literal" else piece[1] for piece in section.pieces
        )
    return _digits(section.pieces, number)


def _places(pieces: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """How many places for digits are before the point, and how many behind it."""
    kinds = [kind for kind, _ in pieces]
    point = kinds.index(".") if "." in kinds else len(kinds)
    return kinds[:point].count("digit"), min(kinds[point:].count("digit"), _MOST_PLACES)


def _digits(pieces: Sequence[tuple[str, str]], number: Decimal) -> str:
    kinds = [kind for kind, _ in pieces]
    point = kinds.index(".") if "." in kinds else len(kinds)
    whole_places, places = _places(pieces)
    digits = [at for at, kind in enumerate(kinds) if kind == "digit"]
    before = [at for at in digits if at < point]
    grouped = bool(before) and "," in kinds[before[0] : before[-1]]
    scaled = kinds[before[-1] + 1 if before else 0 : point].count(",") + kinds[
        max(digits[-1], point) :
    ].count(",")
    exact = abs(number).scaleb(2 * kinds.count("%") - 3 * scaled)
    whole, _, fraction = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}".partition(".")
    whole = whole.lstrip("0")
    least = sum(1 for kind, text in pieces[:point] if kind == "digit" and text == "0")
    whole = whole.rjust(least, "0")
    nothing = not whole.strip("0") and not fraction.strip("0")
    above = _whole(pieces[:point], whole, whole_places, grouped=grouped)
    behind = _fraction(pieces[point:], fraction)
    return ("-" if number < 0 and not nothing else "") + above + behind


def _whole(pieces: Sequence[tuple[str, str]], digits: str, places: int, *, grouped: bool) -> str:
    """The digits before the point, from the right into their places; those left over into the first."""
    shown: list[str] = []
    left, written, place = digits, 0, places
    for kind, text in reversed(pieces):
        if kind == "digit":
            place -= 1
            take = len(left) if place == 0 else 1
            for digit in reversed(left[len(left) - take :] if left else ""):
                if grouped and written and written % 3 == 0:
                    shown.append(",")
                shown.append(digit)
                written += 1
            left = left[: len(left) - take] if left else ""
        elif kind != ",":
            shown.append(text)
    return "".join(reversed(shown))


def _fraction(pieces: Sequence[tuple[str, str]], digits: str) -> str:
    shown: list[str] = []
    at = 0
    for kind, text in pieces:
        if kind == "digit":
            needless = text != "0" and not digits[at:].strip("0")
            shown.append("" if needless else digits[at : at + 1])
            at += 1
        elif kind != ",":
            shown.append(text)
    return "".join(shown)
