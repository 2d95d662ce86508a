"""Sentences that are worth comparing with another text's: bare of all that differs anyway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.report.narrative import Paragraph
from nianbao.report.problem import Place
from nianbao.report.regex import regex

SHORTEST = 8  # characters; what is shorter may well be said again
_END = regex(r"[。！？!?；;]")
_NUMBERING = regex(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、是]|[0-9]{1,2}[.．、]|[（(][0-9]{1,2}[）)])"
)
_NOISE = regex(r"[〇零○一二三四五六七八九]{4}(?=年)|[\W_0-9０-９]+")
_FORMULA = regex(
    "为指导|根据《|依据《|依照《|按照《.{2,40}》.{0,30}编制|现将.{0,30}(?:如下|公布)|(?:情况|报告)如下"
    "|(?:贯彻|落实|执行|遵照|遵循|遵守)[^，。《]{0,4}《[^》]{0,16}(?:条例|办法)》"
    "|(?:未|没有|无|不存在).{0,16}(?:申请|复议|诉讼|举报|投诉|收费|处理费)"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that is worth comparing: as written, and bare of marks, digits and years."""

    text: str
    bare: str
    place: Place


def statements(paragraphs: Sequence[Paragraph]) -> list[Statement]:
    """The sentences, cut at semicolons too; without headings, formulas and what is very short."""
    sentences = []
    for paragraph in paragraphs:
        if paragraph.heading:
            continue
        for piece in _END.split(paragraph.text):
            text = piece.strip()
            if len(stripped := bare(text)) >= SHORTEST and not _FORMULA.search(text):
                sentences.append(Statement(text, stripped, paragraph.place))
    return sentences


def bare(text: str) -> str:
    """The text without its numbering, marks, digits and years."""
    return _NOISE.sub("", _NUMBERING.sub("", text, count=1))
