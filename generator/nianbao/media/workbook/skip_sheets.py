"""Tell a sheet without keys by all its text at once: two lists of ours are two thirds of a workbook's XML.

Nothing is read from such a sheet, so its cells need not be looked at one by one; that it is sound
XML is seen to all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.parsers import expat

from nianbao.media.workbook.cells import taken
from nianbao.media.workbook.keys import COLUMNS, FINDINGS

KEYS = (COLUMNS, FINDINGS)
_BEGINNINGS = ("#", "_x0023_")  # of a key, in the text of its cell
_SPELT = COLUMNS.encode()  # so it stands in nearly every sheet that has keys
# What may stand before the value of a cell that is no string of the table, or that is a formula.
_HARMLESS = re.compile(rb"(?:<c(?:\s[^<&]*)?>|</f\s*>|<f(?:\s[^<&]*)?/>)\s*")
_TYPED = (b'"s"', b"'s'", b"xmlns")


def keyless(strings: Sequence[str]) -> Callable[[bytes], bool]:
    """A function that says of a sheet's XML whether it is certain that none of its cells is a key.

    `strings` is the workbook's table of them. The function says no of a sheet that cannot be told so
    quickly, or that is damaged.
    """
    keys = [at for at, string in enumerate(strings) if taken(string) in KEYS]
    numbers = "|".join([rf"\+?0*{at}" for at in keys] + [rf"-0*{len(strings) - at}" for at in keys])
    reference = re.compile(rf">\s*(?:{numbers})\s*<".encode())

    def certain(part: bytes) -> bool:
        if _SPELT in part:
            return False
        if keys and (
            _hides_numbers(part) or any(_refers(part, number) for number in reference.finditer(part))
        ):
            return False
        pieces: list[str] = []
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.CharacterDataHandler = pieces.append
        try:
            parser.Parse(part, True)
        except expat.ExpatError:
            return False
        text = "".join(pieces)
        return not any(beginning in text for beginning in _BEGINNINGS)

    return certain


def _hides_numbers(part: bytes) -> bool:
    """Whether digits may be written in another way than as their own bytes, right after a tag."""
    return b"\0" in part or b"<!" in part or re.search(rb"&#(?:x|0|4[89];|5[0-7];)", part) is not None


def _refers(part: bytes, number: re.Match[bytes]) -> bool:
    """Whether a number between two tags may be that of a key: a cell's, and not a formula's."""
    own = part.rfind(b"<", 0, number.start())
    before = part[part.rfind(b"<", 0, own) : own]
    return _HARMLESS.fullmatch(before) is None or any(word in before for word in _TYPED)
