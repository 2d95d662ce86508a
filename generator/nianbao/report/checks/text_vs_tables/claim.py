"""Every sentence with its counts in order, and what they say of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nianbao.report.checks.text_vs_tables.absolute import speaks
from nianbao.report.checks.text_vs_tables.reader import Reader
from nianbao.report.checks.text_vs_tables.scope import Scope
from nianbao.report.checks.text_vs_tables.statement import Claim, Statement
from nianbao.report.checks.text_vs_tables.subject import subjects
from nianbao.report.checks.text_vs_tables.wording import NOTHING, Wording, wording
from nianbao.report.prose import Sentence
from nianbao.report.regex import regex
from nianbao.report.report import Report

__all__ = ["Claim", "Statement", "claims", "statements"]

_GOES_ON = regex("在?其中|上述|以上|在?这些")
_NUMBERED = regex(  # from the highest level down
    "(?P<first>[一二三四五六七八九十]{1,2}、)|(?P<second>[（(][一二三四五六七八九十]{1,2}[）)])"
    "|(?P<third>[0-9]{1,2}(?:[.．](?![0-9])|、))|(?P<fourth>[（(][0-9]{1,2}[）)])|(?P<fifth>[①-⑳])"
)
_LEVELS = ("first", "second", "third", "fourth", "fifth")
_OUTCOMES = frozenset(("refusals", "unavailable", "unprocessed", "others"))  # groups of subjects
_HEADING = 24  # characters of a sentence that may name what the next ones speak of
_GOVERNS = regex("(街道|.)(?:人民政府|管理委员会|管委会|办事处)")
_EVERY = (
    "各级",
    "各级各部门",
    "各级部门",
    "各级机关",
    "各级行政机关",
    "各级政府",
    "各级政府机关",
)
_TOPICS = (  # what a sentence without a count may speak of, the first one that it has a word of
    ("复议", "disputes"),
    ("诉讼", "disputes"),
    ("规范性", "documents"),
    ("公开申请", "requests"),
    ("依申请公开", "requests"),
)


def claims(sentences: Iterable[Sentence], report: Report) -> Iterator[tuple[Sentence, tuple[Claim, ...]]]:
    """Every sentence with its counts and their subjects, from left to right."""
    for statement in statements(sentences, report):
        yield statement.sentence, statement.claims


def statements(sentences: Iterable[Sentence], report: Report) -> Iterator[Statement]:
    """Every sentence with what it says of the tables.

    A sentence that goes on with 其中 speaks of what the one before it spoke of.
    """
    names = own_names(report)
    scope, section = Scope(), ""
    headed: dict[str, str] = {}  # what the headings speak of, by their level
    for sentence in sentences:
        text = sentence.text
        if sentence.section != section:
            scope.topic, section = "", sentence.section
            headed.clear()
        if numbered := _NUMBERED.match(text):
            above = _LEVELS[: _LEVELS.index(str(numbered.lastgroup))]
            headed = {level: topic for level, topic in headed.items() if level in above}
            scope.topic = next(reversed(headed.values()), "")
        if not _GOES_ON.match(text):
            scope.begin()
        if sentence.counts or sentence.each or speaks(text):
            yield Reader(sentence, scope, names, report.year).read()
            scope.headed = NOTHING
            continue
        if (topic := _topic(text)) is not None:
            scope.topic = topic
        scope.headed = _headed(text)
        if numbered:
            headed[str(numbered.lastgroup)] = scope.topic
        yield Statement(sentence)


def _topic(text: str) -> str | None:
    """What a sentence without a count speaks of; None where that is as before it."""
    for word, topic in _TOPICS:
        if word in text:
            return topic
    if len(text) <= _HEADING and any(word in text for word in subjects().foreign):
        return "other"  # 人大代表建议和政协委员提案。
    return None


def _headed(text: str) -> Wording:
    """The one outcome of applications that a heading names and the next sentence tells of: 重复申请增多。"""
    words = wording(_NUMBERED.sub("", text).rstrip("。：:")) if len(text) <= _HEADING else NOTHING
    rows = words.kind("row")
    if (
        len(rows) != 1
        or words.negated
        or rows[0].group not in _OUTCOMES
        or words.kinds.keys() - {"row", "noun"}
    ):
        return NOTHING
    return NOTHING._replace(text=rows[0].name, kinds={"row": rows}, topics=frozenset({"requests"}))


def own_names(report: Report) -> tuple[str, ...]:
    """What the organ is called in its own text, the longest first: 某县审计局, 县审计局, 局办公室."""
    organ, aggregate = report.organ, any(kind.aggregate for kind in report.kinds)
    short = re.sub("^.*?(?=[省市县区旗].{3,}$)", "", organ, count=1)
    bare = short[1:] if short[:1] in "省市县区旗" and short.endswith(("局", "委员会", "厅")) else ""
    own = {organ, short, bare, "局办公室", "委办公室"}
    governs = _GOVERNS.search(organ)
    own |= set(_EVERY) if aggregate else set()
    if aggregate or governs:
        levels = [governs[1]] if governs else [*"省市县区旗"]
        parts = ("办公室", "办", "本级", "") if aggregate else ("办公室", "")
        own |= {f"{place}{name}{part}" for place in levels for name in ("人民政府", "政府") for part in parts}
        own |= {f"{of}{place}" for of in "全我本" for place in levels}
    return tuple(sorted((name for name in own if name), key=len, reverse=True))
