"""Punctuation: two marks in a row, half-width marks between Chinese characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from nianbao.report.catalogue import rule
from nianbao.report.checks.language.lexicon import is_chinese
from nianbao.report.checks.passages import Passage
from nianbao.report.problem import Correction, Problem, quote
from nianbao.report.regex import regex

_COLLISION = regex(  # what begins with a set of characters is found fast
    "[，、；：。,;（《〈“‘【](?:(?<=[，、；：。])(?=[，、；：。,;])|(?<=[,;])(?=[，、；：。,;])"
    "|(?<=[（《〈“‘【])(?=[，、；：。])|(?<=[，、；：])(?=[）》〉】]))"  # （，登记、）
)
_MISPLACED = regex("\\s*[，、；：。！？）》〉】”](?=.)")  # no line begins with them
_HALF_WIDTH = regex(r"""[,;:?!.("]""")
_IN_BRACES = regex(r"[^{}]*\}")  # {本年新收.总计}
_BRACKETED = regex(r"[^()]{0,60}[一-鿿][^()]{0,60}\)", ")")
_WIDE = dict(zip(",;:?!", "，；：？！", strict=True))  # a full stop may stand for a comma or a point
SHORTEST = 25  # characters of a paragraph of sentences
_ADDRESS = regex("地址|电话|邮编|邮政编码|邮箱|网址")  # a line of them has no full stop


def collisions(passage: Passage) -> Iterator[Problem]:
    """Two marks in a row, of which one is too many."""
    if first := _MISPLACED.match(passage.text):
        mark = first.group().strip()
        what = f"一段以标点“{mark}”开头：“{quote(passage.text.strip()[:12])}…”"
        yield passage.broken(rule("two-marks"), what, "请删去，或补上它前面的文字", first.end() - 1, mark)
    done = 0
    for match in _COLLISION.finditer(passage.text):
        if match.start() < done:
            continue
        done = match.end() + 1
        pair = passage.text[match.start() : done]
        what = f"标点“{pair}”连用：“…{quote(passage.excerpt(match.start(), done))}…”"
        right = _one_of(pair, last=not passage.text[done:].strip())
        corrections = [Correction.of(passage, match.start(), done, right)] if right else []
        mend = "请删去多余的一个"
        yield passage.broken(rule("two-marks"), what, mend, match.start(), pair, right=corrections)


def _one_of(pair: str, *, last: bool) -> str:
    """The one of two marks that is right; "" where either may be. `last` at the end of a paragraph."""
    first, second = pair[0], pair[1]
    if first == second or second in "）》〉】":
        return second
    if first in "（《〈“‘【":
        return first
    return "。" if last and "。" in pair else ""


def endings(passages: Sequence[Passage]) -> Iterator[Problem]:
    """Paragraphs of sentences that break off: no mark stands at their end.

    What has commas alone may be a heading, except at the end of a section.
    """
    for passage, following in zip_longest(passages, passages[1:]):
        text = passage.text.rstrip()
        if len(text) < SHORTEST or not is_chinese(text[-1]) or not passage.complete:
            continue
        last = following is None or following.section != passage.section
        said = "。" in text or (last and "，" in text and not passage.level)
        if said and not _ADDRESS.search(text):
            at = max(map(text.rfind, "。；，：、")) + 1
            what = f"一段的末尾没有标点，像是没有写完：“…{quote(text[max(at, len(text) - 16) :])}”"
            yield passage.broken(rule("broken-off"), what, "请把话写完，补上句号", len(text) - 1, text[at:])


def half_width(passages: Sequence[Passage]) -> Iterator[Problem]:
    """Half-width marks among Chinese characters, one finding for a section."""
    by_section: dict[str, list[tuple[Passage, int]]] = {}
    for passage in passages:
        for match in _HALF_WIDTH.finditer(passage.text):
            if not _is_misplaced(passage.text, match.start()):
                continue
            by_section.setdefault(passage.section, []).append((passage, match.start()))
    for spots in by_section.values():
        first, at = spots[0]
        what = f"有 {len(spots)} 处半角标点夹在汉字之间，如“…{quote(first.excerpt(at, at + 1))}…”"
        places = tuple(dict.fromkeys(passage.place for passage, _ in spots))
        about = dict.fromkeys(passage.sentence(at) for passage, at in spots)
        right = _wide(spots)
        yield rule("half-width").broken(what, "请改为全角标点", places, (len(spots), *about), right)


def _is_misplaced(text: str, at: int) -> bool:
    """Whether a half-width mark stands among Chinese characters."""
    mark, before, after = text[at], text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    if mark == "(":
        return bool(_BRACKETED.match(text, at + 1))
    if mark in '."':
        among = is_chinese(before) and is_chinese(after)
        return among and not (mark == "." and _IN_BRACES.match(text, at + 1))
    return (is_chinese(before) or before in "”’》〉）%") and (is_chinese(after) or after in "“‘《〈（")


def _wide(spots: Sequence[tuple[Passage, int]]) -> list[Correction]:
    """The half-width marks as they should be, with the other halves of pairs; none where one is not sure."""
    corrections: dict[tuple[int, int], Correction] = {}
    for passage, at in spots:
        text, mark = passage.text, passage.text[at]
        places = [at]
        if mark == "(":
            places.append(text.find(")", at))
        elif mark == '"':
            places = [place for place, sign in enumerate(text) if sign == '"']
            if len(places) % 2:
                return []
        for number, place in enumerate(places):
            wide = "“”"[number % 2] if mark == '"' else "（）"[number] if mark == "(" else _WIDE.get(mark, "")
            if not wide:
                return []
            corrections.setdefault((id(passage), place), Correction.of(passage, place, place + 1, wide))
    return list(corrections.values())
