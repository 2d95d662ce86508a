"""What kinds of organs there are, by their names, and the short forms of these that are usual."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from nianbao.report.regex import regex

FILE = Path(__file__).with_name("organ_kinds.toml")
_ENDINGS = ("委员会", "办公室", "办公厅", "局", "委", "厅", "办")
_SAME_ENDING = {"委员会": "委", "办公室": "办", "办公厅": "办"}
_LONG = 4  # characters
_LEFT_OUT = frozenset(("事务", "人民"))  # in the short name of an organ as it calls itself: 退役军人局
_OF_GOVERNMENT = "人民政府"
_WHOLE = ("委员会", "局", "厅")
_SOUNDS = {
    "局": [*"居据巨句剧菊矩"],
    "厅": [*"听亭挺室"],
    "会": [*"回汇绘"],
    "府": [*"付俯腑符"],
    "室": ["厅"],
}
_RULING = regex("(?:人民)?政府|管理委员会|管委会")


@cache
def stems() -> Mapping[str, frozenset[str]]:
    """What organs do, by its words, with its usual short forms."""
    kinds: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["kinds"]
    return {stem: frozenset(short) for stem, short in kinds.items()}


@cache
def _known() -> frozenset[str]:
    return frozenset(stems()).union(*stems().values())


@cache
def _composed() -> re.Pattern[str]:
    """Several of these in one organ: 文体广电和旅游, 教育体育和科学技术."""
    words = "|".join(sorted((word for word in _known() if len(word) > 1), key=len, reverse=True))
    return regex(f"(?:(?:{words})[和与、]?)+(?<![和与、])")


def parted(kind: str) -> tuple[str, str]:
    """A kind of organ as what it does, and its ending in the short form; blank where it has none.

    A government's committee may be called so, 人民政府国有资产监督管理委员会: it does the same.
    """
    if kind.startswith(_OF_GOVERNMENT) and kind.endswith(_ENDINGS[0]):
        kind = kind.removeprefix(_OF_GOVERNMENT)
    for ending in _ENDINGS:
        if kind.endswith(ending) and len(kind) > len(ending):
            return kind.removesuffix(ending), _SAME_ENDING.get(ending, ending)
    return kind, ""


def is_known(kind: str) -> bool:
    """Whether there are organs of this kind, so that it is no misspelling of another."""
    stem, ending = parted(kind)
    return bool(ending) and (stem in _known() or _composed().fullmatch(stem) is not None)


def is_ruling(kind: str) -> bool:
    """Whether an organ of this kind rules a place: a government, or a committee in its stead."""
    return not kind or bool(_RULING.fullmatch(kind))


def longest_forms(kind: str) -> list[str]:
    """The kind and its short forms that are so long that a slip in them can be told."""
    stem, ending = parted(kind)
    shorts = sorted(short + ending for short in stems().get(stem, ()) if len(short) >= _LONG)
    return [kind, *shorts]


def of_other_ending(kind: str, written: str) -> str:
    """The same kind of organ with an ending that it does not have, where `written` begins so; else blank.

    生态环境局 for 生态环境厅, 县政府办公厅 for 办公室; and what sounds like the ending: 生态环境听.
    """
    for form in dict.fromkeys((kind, kind.removeprefix("人民"))):
        same, follows = form[:-1], written[len(form) - 1 : len(form)]
        if written.startswith(same) and follows in _SOUNDS.get(form[-1:], ()):
            return same + follows
    stem, ending = parted(kind)
    if not ending or written.startswith((kind, stem + ending)):
        return ""
    return next((stem + whole for whole in _WHOLE if written.startswith(stem + whole)), "")


def is_cut(kind: str, full: str) -> bool:
    """Whether a usual short form is but a piece of the name: 交通局 for 交通运输局, not 住建局."""
    (stem, ending), (whole, last) = parted(kind), parted(full)
    rest = whole.removeprefix(stem).removesuffix(stem)
    return len(stem) > 1 and ending == last and 0 < len(rest) < len(whole) and rest not in _LEFT_OUT


def is_short(kind: str, full: str) -> bool:
    """Whether a kind is the full one, or a usual short form of it: 住建局 for 住房和城乡建设局."""
    if kind == full or (is_ruling(kind) and is_ruling(full)):
        return True
    (stem, ending), (whole, last) = parted(kind), parted(full)
    if ending != last or not ending:
        return False
    return stem == whole or stem in stems().get(whole, ())
