"""Whose report it is: the title, the signature and the name in the text agree with the organ."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.names.misspelt import misspelt
from nianbao.report.checks.names.organ_kinds import is_cut, is_known, is_ruling, is_short
from nianbao.report.checks.names.organ_names import LEVELS, Name, is_within, names, same, slip
from nianbao.report.checks.names.others import others
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex
from nianbao.report.report import Report

_YEAR = regex(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_HEAD = regex(r"(?P<before>.*?)\s*(?:关于)?\s*20[0-9]{2}\s*年?度?(?P<after>.*)")
_TWICE = regex("(?P<word>[一-鿿]{1,8})(?P=word)")
_SUBJECT = regex("政府信息|政务信息|政务公开|信息公开|年度报告")
_RULES = regex("政府|管委会|管理委员会")  # what rules a place; its offices sign for it
_OFFICES = regex("办公|政务|公开|政府办|委办|管委会|政府$")
_ENDS = regex("政府|管委会|管理委员会|办公[室厅]|办$|[省市县区州旗盟镇乡]$|街道")
_KIND_OF_PLACE = regex("自治[区州县旗]|(?:开发|实验|试验|示范|合作|保税|高新|经开|新|景)区")
_NO_LEVELS = dict.fromkeys(map(ord, LEVELS))
_SHORTEST_KIND = 5  # 民政局 for 财政局 is another organ, 财政全融局 for 财政金融局 none


def organ(inspection: Inspection) -> Iterator[Problem]:
    """A title or signature of another organ or year, and misspelt names in the text."""
    report = inspection.report
    if not report.organ:
        return  # said already: it is nobody's report
    known = names(report.organ)
    yield from _title(report, known)
    yield from _doubled(report)
    yield from _signatory(report, known)
    told = []
    for problem in misspelt(inspection, known):
        told.append(problem.about[0])
        yield problem
    yield from others(inspection, told)


def _doubled(report: Report) -> Iterator[Problem]:
    """Characters that stand twice behind the organ's name in the title: 工作工作年度报告."""
    start = report.title.find(report.organ)
    behind = _TWICE.search(report.title, start + len(report.organ)) if start >= 0 else None
    if behind:
        word = behind["word"]
        what = f"标题里的“{word}”连写了两遍：“{quote(report.title)}”"
        right = _instead(report, "title", *behind.span(), word)
        about = (word, report.title)
        yield rule("doubled-word").broken(what, f"请删去一个“{word}”", (report.place("title"),), about, right)


def _title(report: Report, known: tuple[Name, ...]) -> Iterator[Problem]:
    place = (report.place("title"),)
    years = [int(year) for year in _YEAR.findall(report.title)]
    if years and report.year not in years:
        what = f"标题写的是 {years[0]} 年，报告年度是 {report.year} 年：“{quote(report.title)}”"
        stale = _YEAR.search(report.title)
        yield rule("title-year").broken(
            what,
            "请核对标题和报告年度",
            place,
            (report.title, report.year),
            _instead(report, "title", *stale.span(), str(report.year)) if stale and len(years) == 1 else (),
        )
    match = _HEAD.match(report.title)
    head = (match["before"] or match["after"]) if match else report.title
    named = (match and match["before"]) or _SUBJECT.search(head)  # 年报 alone names nobody
    whose = _SUBJECT.split(head)[0].strip().removesuffix("关于")
    full = report.issued_by == report.organ and any(_is_clipped(whose, name) for name in known)
    if named and whose and (full or not any(_is_whole(whose, name) for name in known)):
        what = f"标题里的机关“{quote(whose)}”{_differs(whose, known, report.organ)}"
        start = report.title.find(whose)
        near = (full or slip(report.organ, whose)) and start >= 0
        right = _instead(report, "title", start, start + len(whose), report.organ) if near else ()
        about = (report.title, report.organ)
        yield rule("title-organ").broken(what, "请核对标题和机关名称", place, about, right)


def _instead(report: Report, key: str, start: int, end: int, right: str) -> tuple[Correction, ...]:
    """What some characters of the title or the signature should be, if the rest of the report is right."""
    text = report.title if key == "title" else report.issued_by
    return (Correction(report.place(key), text, start, end, right, alone=True),)


def _signatory(report: Report, known: tuple[Name, ...]) -> Iterator[Problem]:
    signed = report.issued_by
    if not signed or any(_signs(signed, name) and not _is_clipped(signed, name) for name in known):
        return
    what = f"署名“{quote(signed)}”{_differs(signed, known, report.organ)}"
    mend = "请署报告机关的全称；机关改过名称的，统一用新的名称"
    near = slip(report.organ, signed) or any(is_within(signed, name.whole) for name in known)
    right = _instead(report, "issued_by", 0, len(signed), report.organ) if near else ()
    yield rule("signatory").broken(what, mend, (report.place("issued_by"),), (signed, report.organ), right)


def _signs(signed: str, name: Name) -> bool:
    """Whether the signature is the organ's own, or that of an office of the government it is."""
    if any(slip(form, signed) for form in _forms(name)):
        return False
    if any(_is_whole(other.whole, name) for other in names(signed)):
        return True
    rules = _RULES.search(name.kind or name.whole)
    within = name.place and signed.removeprefix("中共").startswith(name.place)
    return bool(rules and within and _OFFICES.search(signed))


def _forms(name: Name) -> set[str]:
    """The names in full and short of a government's office that may sign, and the own; none for others."""
    if not (ruled := _RULES.search(name.kind)):
        return set()
    government = name.place + name.kind[: ruled.end()]
    longs = {name.whole, *(government + office for office in ("办公室", "办公厅"))}
    return longs | {long.replace("人民政府", "政府") for long in longs}


def _is_clipped(signed: str, name: Name) -> bool:
    """Whether only a word or the 和 of its name, or its level, is wanting: neither full nor a short name."""
    if signed.startswith(name.place) and is_cut(signed.removeprefix(name.place), name.kind):
        return bool(name.place)
    wanting = (name.whole.replace(word, "", 1) for word in "和与及")
    return signed != name.whole and (signed in wanting or signed == name.place[:-1] + name.kind)


def _is_whole(written: str, name: Name) -> bool:
    """Whether a name is the organ's own, or a usual short form of it, and lacks nothing."""
    if written.startswith(name.whole):
        return True
    if slip(name.whole, written):
        return False
    if is_ruling(name.kind):
        return same(written, name.whole) and bool(_ENDS.search(written))
    if is_known(name.kind):
        return any(
            is_short(written[start:], name.kind) and _is_place(written[:start], name.place)
            for start in range(len(written))
        )
    return same(written, name.whole) and (not name.whole.startswith(written) or written.endswith("政府"))


def _is_place(written: str, place: str) -> bool:
    """Whether a place is written whole, without those around it, by its level only, or without that."""
    if not written or written.endswith(place) or written == place[-1:]:
        return True
    if place.endswith(written):
        return place[-len(written) - 1] in LEVELS or bool(_KIND_OF_PLACE.fullmatch(written))
    return written == place.translate(_NO_LEVELS)


def _differs(written: str, known: tuple[Name, ...], right: str) -> str:
    if any(_misspells(other, name) for other in names(written) for name in known):
        return f"与机关名称“{quote(right)}”差一两个字，像是写错了"
    if any(is_within(written, name.whole) for name in known):
        return f"比机关名称“{quote(right)}”少了字"
    return f"不是报告的机关“{quote(right)}”"


def _misspells(written: Name, right: Name) -> bool:
    """Whether it is the right name but for a slip, and not one of a neighbour: 水务局 for 水利局."""
    if written.place == right.place:
        return len(right.kind) >= _SHORTEST_KIND and slip(right.kind, written.kind)
    return written.kind == right.kind and slip(right.place, written.place)
