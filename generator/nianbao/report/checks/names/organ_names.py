"""Names of organs side by side: the same, one short for the other, misspelt, or another's."""

from __future__ import annotations

from typing import NamedTuple

from nianbao.report.checks.names.organ_kinds import is_known
from nianbao.report.regex import regex

LEVELS = "省市县区州旗盟镇乡"
_BRACKET = regex("[（(]([^（）()]*)[）)]")
_SPACE = regex(r"\s+")
_SAME = (("人民政府", "政府"), ("管理委员会", "管委会"))
_OFFICE = regex("(?:办公室|办公厅|办)$")
_PLACE = regex(
    "(?:(?!城[市乡])[^省市县区州旗盟镇乡]{1,7}?(?:自治州|省|州?市(?![场政容民])|县|区(?!划)|州|旗|盟|镇|(?<!城)乡(?![村镇])))+"
)
_OPTIONAL = frozenset(f"{LEVELS}和与及、")  # people leave them out: 发展改革委员会, 南京财政局
JOINING = frozenset("和与及、")  # of these, those in the kind of an organ
_KINDS = (("街道办事处", "街道"), ("街道", "街道"), ("委员会", "委"), ("办公室", "办"), ("办公厅", "办"))
_RULES = "政府"
_RULING = regex("(?:人民)?政府|管理委员会|管委会")
_SYSTEM = regex("^国家[^国家]{2,4}总局")
LONG_PLACE = 6  # characters
_SPEAKING = ("局", "委", "办", "厅")


class Name(NamedTuple):
    """An organ's name: `place` it belongs to and `kind` of organ; either may be blank."""

    whole: str
    place: str
    kind: str


def names(organ: str) -> tuple[Name, ...]:
    """The organ's name without its brackets, and the one in the brackets."""
    bare = _SPACE.sub("", organ)
    inside = [part for part in _BRACKET.findall(bare) if len(part) > len("本级")]
    named = []
    for whole in (_BRACKET.sub("", bare), *inside):
        named.append(parted(whole))
    return tuple(named)


def parted(whole: str) -> Name:
    """A name as place and kind: where a kind of organ that is known begins, else where places end."""
    for start in range(2, len(whole) - 1):
        if whole[start - 1] in LEVELS and (is_known(whole[start:]) or _RULING.fullmatch(whole, start)):
            return Name(whole, _SYSTEM.sub("", whole[:start]), whole[start:])
    match = _PLACE.match(whole)
    place = match.group() if match else ""
    return Name(whole, place, whole[len(place) :])


def same(name: str, other: str) -> bool:
    """Whether two names can be of one organ: equal, one within the other, one short for the other."""
    first, second = (_plain(text) for text in (name, other))
    if first[-1:] in LEVELS or second[-1:] in LEVELS:
        first, second = first.removesuffix(_RULES), second.removesuffix(_RULES)
    if not first or not second or first in second or second in first:
        return True
    return is_within(first, second) or is_within(second, first)


def slip(right: str, written: str, optional: frozenset[str] = _OPTIONAL) -> bool:
    """Whether `written` is `right` with one slip of the pen, such as no abbreviation makes.

    One character for another, one too many or too few, or two changed about. `optional` are characters
    that people leave out, or write where the name has none.
    """
    if right == written or not written or right[-1] != written[-1] or right[0] != written[0]:
        return False
    apart = len(written) - len(right)
    pairs = enumerate(zip(right, written, strict=False))
    start = next((i for i, (a, b) in pairs if a != b), min(len(right), len(written)))
    if apart == 0:
        changed = [i for i, (a, b) in enumerate(zip(right, written, strict=True)) if a != b]
        about = len(changed) == 2 and changed[1] == changed[0] + 1
        if about and (right[changed[0]], right[changed[1]]) == (written[changed[1]], written[changed[0]]):
            return True
        return len(changed) == 1
    if apart == 1:
        more = written[start]
        twice = more == written[start - 1 : start]
        return right[start:] == written[start + 1 :] and (twice or more not in optional)
    return apart == -1 and right[start + 1 :] == written[start:] and right[start] not in optional


def wrong_place(right: str, written: str) -> bool:
    """Whether a place is the right one but for a slip anywhere in it: 青石市, 石青县, 清石县 for 青石县."""
    if right == written or not written or written[-1] not in LEVELS:
        return False
    if len(right) == len(written):
        changed = [at for at, (a, b) in enumerate(zip(right, written, strict=True)) if a != b]
        about = len(changed) == 2 and changed[1] == changed[0] + 1 and sorted(right) == sorted(written)
        if changed == [len(right) - 1]:  # another level: a city may be named like its county
            return any({right[-1], written[-1]} <= set(peers) for peers in ("县区旗", "镇乡"))
        return about or len(changed) == 1
    return slip(right, written)


def clipped(place: str, written: str) -> bool:
    """Whether a place has lost the two characters before its last: 平潭综合区 for 平潭综合实验区.

    A short form of it would keep them: 平潭实验区.
    """
    return written == place[:-3] + place[-1:] and len(place) >= LONG_PLACE


def speaking(name: Name) -> str:
    """How such an organ calls itself after 我: 局, 委, 办, 厅, 街道; blank where that is not known."""
    for ending, word in _KINDS:
        if name.whole.endswith(ending):
            return word
    return name.whole[-1] if name.whole[-1:] in _SPEAKING else ""


def levels(name: Name) -> frozenset[str]:
    """The levels that its place has: 省, 市, 县, 区 and so on."""
    return frozenset(char for char in name.place if char in LEVELS)


def _plain(text: str) -> str:
    bare = _SPACE.sub("", _BRACKET.sub("", text))
    for long, short in _SAME:
        bare = bare.replace(long, short)
    return _OFFICE.sub("", bare) or bare


def is_within(short: str, long: str) -> bool:
    """Whether every character of the short name stands in the long one, in order: 市人社局."""
    characters = iter(long)
    return all(char in characters for char in short)
