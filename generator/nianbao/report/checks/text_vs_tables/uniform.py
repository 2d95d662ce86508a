"""Sayings that all are of one kind: 5件，均由自然人提出; 所有申请都予以公开."""

from __future__ import annotations

from nianbao.report.checks.text_vs_tables.meaning import BOTH, COLUMNS, TOTAL, Meaning
from nianbao.report.checks.text_vs_tables.phrase import COUNT, LAST
from nianbao.report.checks.text_vs_tables.saying import Saying
from nianbao.report.checks.text_vs_tables.scope import WHOLES, Scope
from nianbao.report.checks.text_vs_tables.subject import Subject, subjects
from nianbao.report.checks.text_vs_tables.wording import Wording
from nianbao.report.regex import regex

OUTCOMES = ("results", "refusals", "unavailable", "unprocessed", "others")  # groups
_BEGINS = regex(  # what is said of all applications, and of none that were told of before
    "(?:(?:20[0-9]{2}年度?|全年|年内|本年度?)[，的]?)?(?:所有的?|全部的?|收到的|受理的|政府信息|信息|公开|依申请|的)*申请"
)


def of_one_kind(words: Wording, scope: Scope, before: tuple[Meaning, ...]) -> Saying | None:
    """All of those that were counted before came from these, or ended so: 5件，均由自然人提出."""
    of, count = before[0] if len(before) == 1 else None, scope.before.count if scope.before else None
    if of is None or count is None or COUNT in words.text or LAST in words.text:
        return None
    if "上年" in words.text or "等" in words.plain:
        return None
    if set(words.kinds) - {"column", "row", "block", "noun", "short"}:
        return None
    columns, rows, blocks = words.kind("column"), words.kind("row"), words.kind("block")
    wholes = tuple(dict.fromkeys(written for written, among in of.accepted if among == TOTAL))
    if len(columns) == 1 and not rows and not blocks and of.subject.group in ("flow", *OUTCOMES) and wholes:
        others = tuple(column for column in COLUMNS if column not in columns[0].columns)
        return Saying("prose-all", words.text, wholes, others, count, wholes)
    if len(rows) == 1 and not columns and not blocks and of.subject.role in WHOLES:
        ways = tuple(" + ".join(_other_outcomes(reading)) for reading in rows[0].readings)
        return Saying("prose-all", words.text, ways, TOTAL, count, ("outcome_total", "received", BOTH))
    if len(rows) == 1 and not columns and not blocks and (left := _others_of(of.subject, rows[0])):
        return Saying("prose-all", words.text, (" + ".join(left),), TOTAL, count, of.subject.readings[:1])
    if len(blocks) == 1 and not columns and not rows and of.subject.kind == "block":
        left = [block for block in of.subject.blocks if block not in blocks[0].blocks]
        if left and set(blocks[0].blocks) < set(of.subject.blocks):
            sum_ = " + ".join(f"{block}.total" for block in left)
            return Saying("prose-all", words.text, (sum_,), TOTAL, count, of.subject.readings[:1])
    return None


def every_application(words: Wording, scope: Scope, text: str) -> Saying | None:
    """All applications came from these, or ended so, no count told: 所有申请都予以公开."""
    if not _BEGINS.match(text) or scope.seen or scope.governor or COUNT in words.text or LAST in words.text:
        return None
    if set(words.kinds) - {"column", "row", "noun", "short"} or scope.domain != "requests":
        return None
    columns, rows = words.kind("column"), words.kind("row")
    if len(columns) == 1 and not rows:
        others = tuple(column for column in COLUMNS if column not in columns[0].columns)
        return Saying("prose-all", words.text, ("received",), others)
    if len(rows) == 1 and not columns and (words.kind("noun") or words.kind("short")):
        ways = tuple(" + ".join(_other_outcomes(reading)) for reading in rows[0].readings)
        return Saying("prose-all", words.text, ways)
    return None


def _others_of(parent: Subject, row: Subject) -> list[str]:
    """The rows of a class of outcomes but this; none where it is not of the class: 无法提供 but 不掌握."""
    group = subjects().groups.get(parent.readings[0].removeprefix("@"), ()) if parent.readings else ()
    return [other for other in group if other != row.readings[0]] if row.readings[0] in group else []


def _other_outcomes(reading: str) -> list[str]:
    """The rows of all outcomes but these, as subjects.toml writes them."""
    groups = subjects().groups
    named = {row for word in reading.split(" + ") for row in groups.get(word.removeprefix("@"), (word,))}
    every = ("disclosed", "partly_disclosed", *(row for rows in groups.values() for row in rows))
    return [row for row in every if row not in named]
