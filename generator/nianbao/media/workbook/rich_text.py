"""A string whose parts look different, as the XML of a workbook has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.xml.constants import SHEET_MAIN_NS

from nianbao.media.workbook.cells import taken

TEXT = f"{{{SHEET_MAIN_NS}}}t"


class Run(NamedTuple):
    """A part of a string; without a font of its own it has that of its cell."""

    text: str
    font: ElementTree.Element | None


class RichText(str):
    """A string with its runs."""

    runs: Sequence[Run]

    @classmethod
    def of(cls, runs: Sequence[Run]) -> RichText:
        """The string that the runs are together."""
        made = cls("".join(run.text for run in runs))
        made.runs = runs
        return made


def text_of(string: ElementTree.Element) -> str:
    """The text of a string; a RichText where its parts have fonts.

    The phonetic guide is none of it: Excel keeps there what was typed for a word, and shows it to nobody.
    """
    if len(string) == 1 and string[0].tag == TEXT:  # nearly all of them
        return string[0].text or ""
    plain = ""
    runs: list[Run] = []
    for child in string:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            plain = child.text or ""
        elif name == "r":
            texts = [piece.text or "" for piece in child if piece.tag.rpartition("}")[2] == "t"]
            runs.append(Run("".join(texts[-1:]), child.find("{*}rPr")))
    if any(run.font is not None for run in runs):
        return RichText.of([Run(plain, None), *runs] if plain else runs)
    return plain + "".join(run.text for run in runs)


def unescaped(value: object) -> object:
    """A value with the escapes of OOXML undone, in every run of a string."""
    if isinstance(value, RichText) and "_x" in value:
        return RichText.of([Run(str(taken(run.text)), run.font) for run in value.runs])
    return taken(value)
