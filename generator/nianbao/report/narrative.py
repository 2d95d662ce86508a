"""The written sections: levels by their own numbering, figures inserted by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nianbao.report.catalogue import rule
from nianbao.report.figure import Figure, State
from nianbao.report.problem import Place, Problem, quote
from nianbao.report.regex import regex
from nianbao.report.suggestion import suggestion

LEVELS = (  # level 1 is the mandated heading
    (2, regex(r"[（(][一二三四五六七八九十百]+[）)]")),
    (3, regex(r"\d{1,2}[.．](?!\d)")),
    (4, regex(r"[（(]\d{1,2}[）)]")),
)
LONGEST_HEADING = 50  # characters; a numbered line beyond it is a paragraph
LONGEST_LEAD = 30
STOPS = "。：；"  # the first of them ends the words that a paragraph opens with
MOST_SOUGHT = 50  # wrong names of a paragraph for which the one meant is looked for
NAME = regex(r"\{([^{}]*)\}")
_CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `written` by the clerk, `text` with the named figures in their places.

    `level` is 0 for plain text and 2, 3, 4 for （一）, 1., （1）. A `heading` is a numbered
    line of its own; otherwise `lead` is the numbered first sentence that a paragraph opens
    with, and `rest` what follows.
    """

    written: str
    text: str
    level: int
    heading: bool
    lead: str
    place: Place

    @property
    def rest(self) -> str:
        """What follows the lead."""
        return self.text[len(self.lead) :]


def paragraph(written: str, text: str, place: Place) -> Paragraph:
    """Recognise level, heading and lead of one paragraph."""
    bare = text.strip()
    for level, numbering in LEVELS:
        if numbering.match(bare):
            heading = _is_heading(bare, level)
            lead = "" if heading else _lead(text)
            return Paragraph(written, text, level if heading or lead else 0, heading, lead, place)
    return Paragraph(written, text, 0, False, "", place)


def _is_heading(line: str, level: int) -> bool:
    body = line.removesuffix("。") if level == 2 else line
    return len(line) <= LONGEST_HEADING and not re.search("[。；;！!？?]|：.|[，,、]$", body)


def _lead(text: str) -> str:
    words = opening(text)
    lead, rest = text[: len(words) + 1], text[len(words) + 1 :]
    return lead if rest and lead[-1] != "；" and len(words.lstrip()) <= LONGEST_LEAD else ""


def opening(text: str) -> str:
    """The words that a text opens with, without the mark that ends them."""
    return re.split(f"[{STOPS}]", text, maxsplit=1)[0]


def insert(
    written: str, place: Place, figures: Mapping[str, Figure], words: Mapping[str, str]
) -> tuple[str, list[Problem]]:
    """Put figures and words in the places of their names; names are only names.

    `figures` and `words` are by name. What cannot be inserted stays as written and is
    a problem.
    """
    problems: list[Problem] = []

    def replace(match: re.Match[str]) -> str:
        name = re.sub(r"\s+", "", match[1])
        if words.get(name):
            return words[name]
        figure = figures.get(name)
        if figure is not None and figure.state is State.UNREADABLE:
            return match.group()  # why it cannot be read is said already
        if figure is not None and figure.state is not State.BLANK:
            return figure.printed
        sought = len(problems) < MOST_SOUGHT
        problems.append(_no_insert(name, place, [*figures, *words], figure, sought=sought))
        return match.group()

    return NAME.sub(replace, written), problems


def _no_insert(
    name: str, place: Place, known: Iterable[str], figure: Figure | None, *, sought: bool
) -> Problem:
    tag = f"{{{quote(name)}}}"
    if figure is not None or name in known:
        what, mend = f"{tag} 所指的一格还没有填", "请先填好那一格"
        places = (place, figure.place) if figure is not None else (place,)
        return rule("name-of-blank").broken(what, mend, places)
    near = suggestion(quote(name), known) if sought else ""
    mend = f"是否想写 {{{near}}}？" if near else ""
    mend += "可用的名称见“数据名称”表；要印出花括号请用全角｛｝"
    return rule("unknown-name").broken(f"没有名为 {tag} 的数据", mend, (place,))


def without_control(text: str, place: Place) -> tuple[str, list[Problem]]:
    """Take out characters that no Word or Excel file can hold, and say which."""
    characters = sorted(set(_CONTROL.findall(text)))
    if not characters:
        return text, []
    codes = "、".join(f"U+{ord(char):04X}" for char in characters)
    what = f"含有不能印出的控制字符（{codes}），读入时已略去"
    problem = rule("control-character").broken(what, "请重新输入这一格的文字", (place,))
    return _CONTROL.sub("", text), [problem]
