"""Whose report it is: the title, the signature and the name in the text agree with the organ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.names.organ_names import Name, clipped, names, same, slip
from nianbao.report.checks.passages import passages
from nianbao.report.problem import Problem, quote
from nianbao.report.report import Report

_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_HEAD = re.compile(r"(?P<before>.*?)\s*(?:关于)?\s*20[0-9]{2}\s*年?度?(?P<after>.*)")
_SUBJECT = re.compile("政府信息|政务信息|政务公开|信息公开|年度报告")
_RULES = re.compile("政府|管委会|管理委员会")  # what rules a place; its offices sign for it
_OFFICES = re.compile("办公|政务|公开|政府办|委办|管委会|政府$")
_SHORTEST = 6  # characters of a place that is told by itself
_SHORTEST_WITH_KIND = 4
_SHORTEST_KIND = 5  # 民政局 for 财政局 is another organ, 财政全融局 for 财政金融局 none


def organ(inspection: Inspection) -> Iterator[Problem]:
    """A title or signature of another organ or year, and misspelt names in the text."""
    report = inspection.report
    if not report.organ:
        return  # said already: it is nobody's report
    known = names(report.organ)
    yield from _title(report, known)
    yield from _signatory(report, known)
    yield from _misspelt(inspection, known)


def _title(report: Report, known: tuple[Name, ...]) -> Iterator[Problem]:
    place = (report.place("title"),)
    years = [int(year) for year in _YEAR.findall(report.title)]
    if years and report.year not in years:
        what = f"标题写的是 {years[0]} 年，报告年度是 {report.year} 年：“{quote(report.title)}”"
        yield rule("title-year").broken(what, "请核对标题和报告年度", place, (report.title, report.year))
    match = _HEAD.match(report.title)
    head = (match["before"] or match["after"]) if match else report.title
    named = (match and match["before"]) or _SUBJECT.search(head)  # 年报 alone names nobody
    whose = _SUBJECT.split(head)[0].strip().removesuffix("关于")
    if named and whose and not any(same(whose, name.whole) for name in known):
        what = f"标题里的机关“{quote(whose)}”{_differs(whose, known, report.organ)}"
        yield rule("title-organ").broken(what, "请核对标题和机关名称", place, (report.title, report.organ))


def _signatory(report: Report, known: tuple[Name, ...]) -> Iterator[Problem]:
    signed = report.issued_by
    if not signed or any(_signs(signed, name) for name in known):
        return
    what = f"署名“{quote(signed)}”{_differs(signed, known, report.organ)}"
    mend = "请署报告机关的全称；机关改过名称的，统一用新的名称"
    yield rule("signatory").broken(what, mend, (report.place("issued_by"),), (signed, report.organ))


def _signs(signed: str, name: Name) -> bool:
    """Whether the signature is the organ's own, or that of an office of the government it is."""
    if any(slip(name.whole, other.whole) for other in names(signed)):
        return False
    if any(same(other.whole, name.whole) for other in names(signed)):
        return True
    rules = _RULES.search(name.kind or name.whole)
    within = name.place and signed.removeprefix("中共").startswith(name.place)
    return bool(rules and within and _OFFICES.search(signed))


def _differs(written: str, known: tuple[Name, ...], right: str) -> str:
    if any(_misspells(other, name) for other in names(written) for name in known):
        return f"与机关名称“{quote(right)}”差一两个字，像是写错了"
    return f"不是报告的机关“{quote(right)}”"


def _misspells(written: Name, right: Name) -> bool:
    """Whether it is the right name but for a slip, and not one of a neighbour: 水务局 for 水利局."""
    if written.place == right.place:
        return len(right.kind) >= _SHORTEST_KIND and slip(right.kind, written.kind)
    return written.kind == right.kind and slip(right.place, written.place)


def _misspelt(inspection: Inspection, known: tuple[Name, ...]) -> Iterator[Problem]:
    """Names in the text that are the organ's but for a character or two."""
    for name in known:
        if len(name.place) < _SHORTEST_WITH_KIND:
            continue
        seen: set[str] = set()
        for passage in passages(inspection):
            for at in _starts(passage.text, name.place[:2]):
                written = _near(passage.text, at, name)
                if written and written not in seen:
                    seen.add(written)
                    right = name.whole if written.endswith(name.kind[-1:] or "\0") else name.place
                    what = f"“{quote(written)}”与本机关的名称“{quote(right)}”差一两个字"
                    mend = f"写错的请改为“{quote(right)}”；确是别的机关的不必改"
                    yield passage.broken(rule("organ-misspelt"), what, mend, at, written, name.whole)


def _starts(text: str, beginning: str) -> Iterator[int]:
    at = text.find(beginning)
    while at >= 0:
        yield at
        at = text.find(beginning, at + 1)


def _near(text: str, at: int, name: Name) -> str:
    """The misspelt name that begins here; blank where there is none."""
    size = len(name.place)
    if text.startswith(name.place, at):
        return _near_kind(text, at, name)
    for length in (size, size - 1, size + 1, size - 2):
        written = text[at : at + length]
        if slip(name.place, written) or clipped(name.place, written):
            whole = text.startswith(name.kind, at + length) if name.kind else False
            if whole or _plain_place(name):
                return written + (name.kind if whole else "")
    return ""


def _plain_place(name: Name) -> bool:
    """Whether the place is one name that no other place resembles: long, of one level."""
    return len(name.place) >= _SHORTEST and not any(char in "省市县区州" for char in name.place[:-1])


def _near_kind(text: str, at: int, name: Name) -> str:
    size = len(name.kind)
    start = at + len(name.place)
    if size < _SHORTEST_KIND or text.startswith(name.kind, start):
        return ""
    written = [text[start : start + length] for length in (size, size - 1, size + 1)]
    return next((name.place + part for part in written if slip(name.kind, part)), "")
