"""The results of a self-test as values, and as the JSON that another process of ours reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What a step of the self-test has shown."""

    WORKS = "works"
    FAILS = "fails"
    WITHOUT = "without"  # optional, and not installed
    SKIPPED = "skipped"  # what it rests on was not made

    @property
    def sign(self) -> str:
        """The sign before the line."""
        return {"works": "✓", "fails": "✗", "without": "—", "skipped": "·"}[self.value]

    @property
    def word(self) -> str:
        """The word the clerk reads."""
        return {"works": "正常", "fails": "不正常", "without": "没有", "skipped": "没有做"}[self.value]


@dataclass(frozen=True)
class Result:
    """What came of one step: what was seen, what to do about it, how many seconds it took.

    `ours` where it failed by a mistake of the program itself.
    """

    name: str
    state: State
    told: str
    mend: str = ""
    seconds: float = 0.0
    ours: bool = False

    def __str__(self) -> str:
        mend = f"。{self.mend}" if self.mend else ""
        return f"{self.state.sign} {self.name}：{self.told}{mend}（{self.seconds:.1f} 秒）"


@dataclass(frozen=True)
class Particular:
    """One thing to know of the program or the machine."""

    name: str
    value: str


@dataclass(frozen=True)
class Family:
    """Font families that reports ask for, and what serves for all of them; `found` is "" for nothing."""

    asked: str
    found: str
    manner: str


@dataclass(frozen=True)
class Results:
    """All that a self-test has found; `when` is the local time, to the minute."""

    when: str
    particulars: tuple[Particular, ...]
    families: tuple[Family, ...]
    results: tuple[Result, ...]

    def count(self, state: State) -> int:
        """How many steps have shown this."""
        return sum(result.state is state for result in self.results)

    @property
    def verdict(self) -> str:
        """All of it in one sentence."""
        failed, without, skipped = map(self.count, (State.FAILS, State.WITHOUT, State.SKIPPED))
        also = f"，没有安装的 {without} 项（不影响其他）" if without else ""
        also += f"，因此没有做的 {skipped} 项" if skipped else ""
        if failed:
            return f"{len(self.results)} 项中有 {failed} 项不正常{also}"
        return f"需要的都正常：{self.count(State.WORKS)} 项{also}"

    def to_json(self) -> dict[str, Any]:
        """The results as `self-test --json` prints them."""
        return asdict(self) | {"verdict": self.verdict}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Results:
        """The results that another process of this program has printed."""
        return cls(
            document["when"],
            tuple(Particular(**each) for each in document["particulars"]),
            tuple(Family(**each) for each in document["families"]),
            tuple(Result(**{**each, "state": State(each["state"])}) for each in document["results"]),
        )
