"""What kinds of organs there are, by their names, and the short forms of these that are usual."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("organ_kinds.toml")
_ENDINGS = ("委员会", "办公室", "办公厅", "局", "委", "厅", "办")
_SAME_ENDING = {"委员会": "委", "办公室": "办", "办公厅": "办"}
_RULING = re.compile("(?:人民)?政府|管理委员会|管委会")


@cache
def stems() -> Mapping[str, frozenset[str]]:
    """What organs do, by its words, with its usual short forms."""
    kinds: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["kinds"]
    return {stem: frozenset(short) for stem, short in kinds.items()}


@cache
def _known() -> frozenset[str]:
    return frozenset(stems()).union(*stems().values())


def parted(kind: str) -> tuple[str, str]:
    """A kind of organ as what it does, and its ending in the short form; blank where it has none."""
    for ending in _ENDINGS:
        if kind.endswith(ending) and len(kind) > len(ending):
            return kind.removesuffix(ending), _SAME_ENDING.get(ending, ending)
    return kind, ""


def is_known(kind: str) -> bool:
    """Whether there are organs of this kind, so that it is no misspelling of another."""
    stem, ending = parted(kind)
    return bool(ending) and stem in _known()


def is_ruling(kind: str) -> bool:
    """Whether an organ of this kind rules a place: a government, or a committee in its stead."""
    return not kind or bool(_RULING.fullmatch(kind))


def is_short(kind: str, full: str) -> bool:
    """Whether a kind is the full one, or a usual short form of it: 住建局 for 住房和城乡建设局."""
    if kind == full or (is_ruling(kind) and is_ruling(full)):
        return True
    (stem, ending), (whole, last) = parted(kind), parted(full)
    if ending != last or not ending:
        return False
    return stem == whole or stem in stems().get(whole, ())
