"""What the form says to whoever fills it in, left in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from nianbao.mandate import Mandate, load
from nianbao.report.catalogue import rule
from nianbao.report.narrative import Paragraph
from nianbao.report.problem import Problem, quote

SHORTEST = 9  # characters of an instruction that no sentence has by chance


def notes(paragraphs: Sequence[Paragraph], text: str, mandate: Mandate) -> Iterator[Problem]:
    """Instructions of the written sections, word for word."""
    for instruction in _instructions(mandate.edition.key):
        if instruction not in text:
            continue
        for paragraph in paragraphs:
            if instruction in paragraph.text:
                what = f"文字里还留着填写说明“{quote(instruction)}”"
                about = (instruction, paragraph.text)
                mend = "请删去这些字，写上本机关的情况"
                yield rule("pasted-note").broken(what, mend, (paragraph.place,), about)


@cache
def _instructions(edition: str) -> tuple[str, ...]:
    """Whole clauses of the notes, between two full stops or semicolons, that are no heading's words."""
    sections = load(edition).narratives
    clauses = [clause for section in sections for clause in re.split("[。；]", section.note)]
    return tuple(
        clause
        for clause in dict.fromkeys(clauses)
        if len(clause) >= SHORTEST and not any(clause in section.heading for section in sections)
    )
