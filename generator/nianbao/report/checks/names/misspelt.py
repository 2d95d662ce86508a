"""The organ's own name in the text with a character wrong, too many, too few or changed about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.report.catalogue import rule
from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.names.mentions import is_elsewhere
from nianbao.report.checks.names.organ_kinds import (
    is_known,
    is_ruling,
    is_short,
    longest_forms,
    of_other_ending,
)
from nianbao.report.checks.names.organ_names import JOINING, LEVELS, Name, clipped, slip, wrong_place
from nianbao.report.checks.passages import Passage, passages
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex

_SHORTEST = 6  # characters of a place that is told by itself
_SHORTEST_PLACE = 3
_SHORTEST_KIND = 5  # where no list says which kinds there are: 财政全融局 for 财政金融局
_BEFORE = "由在与和向对是为经将于到请据按及被从给以就结合现让"  # what may stand before a name
_PARTS = "分总支直"  # 气象分局 is a part of 气象局
_QUOTED = regex("[“‘《「][^“”‘’《》「」]*[”’》」]")
_OF_ITSELF = (
    "[各全共]|党委|县委|市委|区委|镇党|政府|人民政府|机关|行政机关|累计|主动|坚持|认真|积极|严格|群众|居民|市民"
    "|辖区|政务|信息公开|门户|网站"
)


def misspelt(inspection: Inspection, known: tuple[Name, ...]) -> Iterator[Problem]:
    """Names in the text that are the organ's but for a character or two, each once."""
    for name in known:
        if len(name.place) < _SHORTEST_PLACE:
            continue
        seen: list[str] = []
        for passage in passages(inspection):
            text = passage.text
            if not any(part in text for part in (name.place[0], name.kind or name.place, name.place[-1])):
                continue
            for at, written, right in _found(passage, name):
                if not any(written.startswith(word) or word.startswith(written) for word in seen):
                    seen.append(written)
                    what = f"“{quote(written)}”与本机关的名称“{quote(right)}”差一两个字"
                    mend = f"写错的请改为“{quote(right)}”；确是别的机关的不必改"
                    corrections = [Correction.of(passage, at, at + len(written), right, alone=True)]
                    yield passage.broken(
                        rule("organ-misspelt"), what, mend, at, written, name.whole, right=corrections
                    )


def _found(passage: Passage, name: Name) -> Iterator[tuple[int, str, str]]:
    """Where a misspelt name stands, what it is, and what it should be."""
    text = passage.text
    bare = _QUOTED.sub(lambda match: "〇" * len(match.group()), text) if _QUOTED.search(text) else text
    for at in _all(text, name.place):
        written = _near_kind(text, at + len(name.place), name.kind)
        if written and not is_elsewhere(bare, at):
            yield at, name.place + written, name.whole
    if is_known(name.kind):
        for at in _all(bare, name.place[-1] + name.kind[0]):
            if _begins(bare, at) and (written := _near_kind(bare, at + 1, name.kind)):
                yield at, name.place[-1] + written, name.place[-1] + name.kind
    if name.kind:
        for at in _all(bare, name.kind):
            if place := _near_place(bare, at, name):
                yield at - len(place), place + name.kind, name.whole
    yield from _alone(passage, bare, name)


def _all(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _begins(text: str, at: int) -> bool:
    """Whether a name can begin here: nothing stands before it, a mark, or a word such as 由."""
    before = text[at - 1 : at]
    return not "一" <= before <= "鿿" or before in _BEFORE


def _near_kind(text: str, start: int, kind: str) -> str:
    """The kind of organ that is misspelt here; blank where it is right, a short form, or another's."""
    listed = is_known(kind) or is_ruling(kind)
    if not kind or text.startswith(kind, start) or (not listed and len(kind) < _SHORTEST_KIND):
        return ""
    if text.startswith(text[start - 1 : start] + kind, start):
        return text[start] + kind  # the level twice: 某某市市财政局
    if other := of_other_ending(kind, text[start : start + len(kind) + 3]):
        return other
    for form in longest_forms(kind):
        for length in (len(form), len(form) - 1, len(form) + 1):
            written = text[start : start + length]
            first = length == len(form) and written[1:] == form[1:] and is_known(kind)  # 救育局
            if not (first or slip(form, written, JOINING)) or is_known(written) or is_short(written, kind):
                continue
            if length <= len(form) or not any(char in written and char not in form for char in _PARTS):
                return written
    return ""


def _near_place(bare: str, at: int, name: Name) -> str:
    """The misspelt place before the organ's own kind; blank where there is none."""
    size = len(name.place)
    for length in (size, size - 1, size + 1):
        start = at - length
        written = bare[max(start, 0) : at]
        if start < 0 or not wrong_place(name.place, written) or bare.endswith(name.place, 0, at):
            continue
        if len(written) < _SHORTEST_PLACE and not _begins(bare, start):
            continue
        alike = size > _SHORTEST_PLACE and written[0] == name.place[0]
        begins = alike or _begins(bare, start)
        if size >= _SHORTEST or (begins and not is_elsewhere(bare, start)):
            return written
    return ""


def _alone(passage: Passage, bare: str, name: Name) -> Iterator[tuple[int, str, str]]:
    """A misspelt place by itself: a long one, that none resembles; a short one where the own stands."""
    place, size = name.place, len(name.place)
    plain = size >= _SHORTEST and not any(char in "省市县区州" for char in place[:-1])
    if plain:
        text = passage.text
        for at in _all(text, place[:2]):
            if text.startswith(place, at):
                continue
            for length in (size, size - 1, size + 1, size - 2):
                written = text[at : at + length]
                if slip(place, written) or clipped(place, written):
                    whole = bool(name.kind) and text.startswith(name.kind, at + length)
                    yield at, written + (name.kind if whole else ""), name.whole if whole else place
                    break
            else:
                if name.kind and text.startswith(place[:-1] + name.kind, at):
                    yield at, place[:-1] + name.kind, name.whole
    elif size == _SHORTEST_PLACE:
        for match in re.finditer(f"{place[0]}([^{place[1]}{LEVELS}]){place[-1]}(?={_OF_ITSELF})", bare):
            if _begins(bare, match.start()) and not is_elsewhere(bare, match.start()):
                yield match.start(), match.group(), place
