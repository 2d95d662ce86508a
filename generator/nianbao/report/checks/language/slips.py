"""Known slips of the keyboard, and instructions of the template that were left in."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from nianbao.mandate import Mandate
from nianbao.report.catalogue import rule
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Problem, quote
from nianbao.report.prose.replacement import fits

FILE = Path(__file__).with_name("slips.toml")
_UNFILLED = re.compile("(?:XX+|xx+|××+|○○+|[*]{2,}|_{2,})(?=[年月日件条项次个份元人])")
MEND = "请删去这些字，写上本机关的情况"


def known(passages: Sequence[Passage]) -> Iterator[Problem]:
    """Every slip that stands in slips.toml."""
    whole = "\n".join(passage.text for passage in passages)
    for wrong, right in table()["slips"].items():
        if wrong not in whole:
            continue
        for passage in passages:
            at = passage.text.find(wrong)
            if at >= 0 and fits(passage.text, at, at + len(wrong), right):
                bare = wrong.strip("“”")
                what = f"“{bare}”有错漏字：“…{quote(passage.excerpt(at, at + len(wrong)))}…”"
                yield passage.broken(rule("known-slip"), what, f"请改为“{right.strip('“”')}”", at, wrong)


def left_over(passages: Sequence[Passage], mandate: Mandate) -> Iterator[Problem]:
    """Words that tell what to write, left where it should have been written."""
    instructions = _instructions(mandate.edition.key, *(section.placeholder for section in mandate.sections))
    alone = Counter(passage.section for passage in passages)
    for passage in passages:
        if alone[passage.section] == 1 and passage.section in _judged(mandate):
            continue
        match = instructions.search(passage.text) or _UNFILLED.search(passage.text)
        if match:
            what = f"“{quote(passage.excerpt(*match.span()))}”里还留着模板的字样“{quote(match.group())}”"
            yield passage.broken(rule("left-over"), what, MEND, match.start(), match.group())


def _judged(mandate: Mandate) -> tuple[str, ...]:
    """The sections where another rule says that nothing but a placeholder stands there."""
    duties = mandate.duties
    return (duties.overview, duties.improvement, *([duties.fee.section] if duties.fee else []))


@cache
def _instructions(edition: str, *placeholders: str) -> re.Pattern[str]:
    """What finds the mandated placeholders, whatever the brackets, and the usual instructions."""
    mandated = {re.split("[，。]", text.strip("（）"))[0] for text in filter(None, placeholders)}
    bracketed = f"[（(](?:{'|'.join(map(re.escape, sorted(mandated)))})[^（）()]*[）)]"
    return re.compile("|".join((bracketed, *map(re.escape, table()["instructions"]))))


@cache
def table() -> Mapping[str, Any]:
    """The slips and the instructions of slips.toml."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
