"""Known documents in a sentence: their titles, right or nearly so, and the numbers that stand beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nianbao.mandate import Document, documents
from nianbao.report.regex import regex

_TITLE = regex(r"《(?P<title>[^《》]{2,80})》(?P<trial>[（(]试行[）)])?|(?:中华人民共和国)?政府信息公开条例")
_WRAPPING = regex(
    r"(?:国务院办公厅)?(?:政府信息与政务公开办公室)?(?:关于)?(?:印发|修订)?(?P<title>.+?)(?:的通知)?"
)
_MARKS = regex(r"[〈〉<>（）()“”\s]|试行|最新|新?修订版?$")
_ORDINAL = r"\s*[（(]?\s*第?\s*(?P<{0}>[0-9]{{2,4}})\s*号"
_DECREE = regex(
    "国(?:务院)?令" + _ORDINAL.format("after")
    # 国务院第711号令, 第711号国务院令
    + "|国务院" + _ORDINAL.format("between") + "令|" + _ORDINAL.format("before") + "国务院令"
)  # fmt: skip
_NUMBER = regex(
    r"[〔\[（(【〈<［]\s*(?P<year>[0-9]{4})\s*年?\s*[〕\]）)】〉>］]\s*(?:第\s*)?(?P<number>[0-9]+)\s*号"
)
_ISSUER = regex(r"(?P<issuer>[一-鿿]{2,30})\s*$")
LONGEST_ISSUER = 32  # characters before the bracket
# What may stand between a title and its number, or a number and its title.
_AFTER_TITLE = regex(
    r"(?:[（(，,、：:\s“”》]|以下(?:统一)?简称[“《〈]?[一-鿿]{1,8}[”》〉]?|的?通知|中华人民共和国|(?:[0-9]{4}年(?:[0-9]{1,2}月[0-9]{1,2}日)?)?修[订正]"
    r"|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
    r"|国务院办公厅|政府信息与政务公开办公室|文号|即)*"
)
_BEFORE_TITLE = regex(r"[）)\s]*(?:公布|发布|颁布|印发)?的?(?:关于印发)?")
_OFFICE = "国办"
_CENTRAL = "国"  # so begin the numbers of the central issuers
SHORTEST_NEAR = 8  # characters of a name that a misspelt title may be told by


class Title(NamedTuple):
    """A document's title at text[start:end]; `exact` where it is written as it should be."""

    document: Document
    written: str
    exact: bool
    trial: bool  # named as being on trial
    start: int
    end: int


class Cited(NamedTuple):
    """A number in a sentence, in the standard's form; `title` is the title beside it, where one is known."""

    number: str
    issuer: str
    title: Title | None


def titles(text: str) -> list[Title]:
    """Every title of a known document, from left to right."""
    found = []
    for match in _TITLE.finditer(text):
        written = match["title"] or match.group()
        if (known := _known(written)) is not None:
            trial = bool(match["trial"]) or "试行" in written
            found.append(Title(known[0], written, known[1], trial, match.start(), match.end()))
    return found


def numbers(text: str, named: list[Title]) -> Iterator[Cited]:
    """Every number of the kinds that known documents have."""
    others = [(match.start(), match.end()) for match in _TITLE.finditer(text)]
    if "令" in text:
        for match in _DECREE.finditer(text):
            number = next(filter(None, match.groups()))
            owner = _beside(text, match.start(), match.end(), named, others)
            yield Cited(f"国务院令第{int(number)}号", "国务院令", owner)
    for match in _NUMBER.finditer(text):
        before = _ISSUER.search(text[max(0, match.start() - LONGEST_ISSUER) : match.start()])
        if before is None:
            owner = _beside(text, match.start(), match.end(), named, others)
            if owner is not None and "〔" in owner.document.numbers[0].text:  # 《…格式》（〔2021〕30号）
                issuer = owner.document.issuer
                yield Cited(f"{issuer}〔{match['year']}〕{int(match['number'])}号", issuer, owner)
            continue
        issuer, start = before["issuer"], match.start() - len(before.group())
        for document in documents():
            if issuer.endswith(document.issuer):
                start += len(issuer) - len(document.issuer)
                issuer = document.issuer
                break
        else:  # 按照国办发〔…〕…号: the words before are no part of it
            start += max(0, issuer.rfind(_OFFICE))
            issuer = issuer[max(0, issuer.rfind(_OFFICE)) :]
        if issuer.startswith(_CENTRAL):
            owner = _beside(text, start, match.end(), named, others)
            yield Cited(f"{issuer}〔{match['year']}〕{int(match['number'])}号", issuer, owner)


def _beside(
    text: str, start: int, end: int, named: list[Title], every: list[tuple[int, int]]
) -> Title | None:
    """The known title that the number at text[start:end] belongs to: right before it, or right after."""
    before = max((stop for _, stop in every if stop <= start), default=None)
    if before is not None and _AFTER_TITLE.fullmatch(text, before, start):
        return next((title for title in named if title.end == before), None)
    after = min((first for first, _ in every if first >= end), default=None)
    if after is not None and _BEFORE_TITLE.fullmatch(text, end, after):
        return next((title for title in named if title.start == after), None)
    return None


@cache
def _known(written: str) -> tuple[Document, bool] | None:
    """The document with this title, and whether it is written right; None where it is none of the known."""
    bare = _MARKS.sub("", written)
    match = _WRAPPING.fullmatch(bare)
    if match is None:
        return None
    title = match["title"]
    for document in documents():
        if title in (document.title, *document.names):
            return document, True
    for document in documents():
        for name in (document.title, *document.names):
            slack = document.slack if name == document.title else 1
            if len(name) >= SHORTEST_NEAR and not title.endswith(name) and within(title, name, slack):
                return document, False
    return None


def within(one: str, other: str, slack: int) -> bool:
    """Whether so many characters put in, left out or changed make one of the other."""
    longer = max(len(one), len(other))
    if abs(len(one) - len(other)) > slack or (Counter(one) & Counter(other)).total() < longer - slack:
        return False
    row = list(range(len(other) + 1))
    for index, character in enumerate(one, 1):
        corner, row[0] = row[0], index
        for column, opposite in enumerate(other, 1):
            corner, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, corner + (character != opposite)),
            )
    return row[-1] <= slack
