"""The table of fonts: what is asked for, and the chain of what may stand in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("chains.toml")


@dataclass(frozen=True, slots=True)
class Chain:
    """The names of one design, then its stand-ins, best first."""

    asked: tuple[str, ...]
    real: tuple[str, ...]
    stand_ins: tuple[str, ...]

    def order(self, family: str) -> tuple[str, ...]:
        """Every family that may serve for one of the asked names, itself first."""
        return tuple(dict.fromkeys((family, *self.asked, *self.real, *self.stand_ins)))


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family that gets a family name of its own."""

    name: str
    family: str
    style: str


@dataclass(frozen=True, slots=True)
class Table:
    """All chains."""

    chains: tuple[Chain, ...]
    otherwise: tuple[str, ...]
    faces: tuple[Face, ...]

    def order(self, family: str) -> tuple[str, ...]:
        """The families that may serve for `family`, itself first, known or not."""
        for chain in self.chains:
            if family in chain.asked:
                return chain.order(family)
        return tuple(dict.fromkeys((family, *self.otherwise)))


@cache
def table() -> Table:
    """Read the table, once."""
    read = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return Table(
        tuple(Chain(**{name: tuple(families) for name, families in font.items()}) for font in read["font"]),
        tuple(read["otherwise"]["stand_ins"]),
        tuple(Face(**face) for face in read["face"]),
    )
