"""The roles of an office, and the rights of each: one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What somebody may do; every address names one."""

    BOARD = "board"  # see who has reported, and when
    LOOK = "look"  # look at reports, their files and remarks
    FILL = "fill"
    SIGN = "sign"
    REVIEW = "review"
    SUM = "sum"
    ARCHIVE = "archive"
    ADMIN = "admin"
    LOG = "log"


class Role(StrEnum):
    """What somebody is to the office, as people call it."""

    FILL = "填报人"
    SIGN = "审签人"
    REVIEW = "审核人"
    SUM = "汇总人"
    ARCHIVE = "档案员"
    ADMIN = "管理员"
    READ = "查看人"
    LOG = "日志员"

    @property
    def of_one_organ(self) -> bool:
        """Whether the role is always of one organ, never of the whole office."""
        return self in (Role.FILL, Role.SIGN)

    @property
    def of_whole_office(self) -> bool:
        """Whether the role is always of the whole office: it gives rights that no organ bounds."""
        return self in (Role.ADMIN, Role.LOG)

    def fits(self, *, organ: bool) -> bool:
        """Whether the role can be given on one organ, or, where `organ` is false, on the whole office."""
        return not self.of_whole_office if organ else not self.of_one_organ


@dataclass(frozen=True, slots=True)
class Grants:
    """The rights of a role: on every organ that it is for, and further ones on aggregates among them."""

    rights: frozenset[Right]
    on_aggregates: frozenset[Right] = frozenset()


def _grants(*rights: Right, on_aggregates: frozenset[Right] = frozenset()) -> Grants:
    return Grants(frozenset(rights), on_aggregates)


ROLES = {
    Role.FILL: _grants(Right.LOOK, Right.FILL),
    Role.SIGN: _grants(Right.LOOK, Right.SIGN),
    Role.REVIEW: _grants(Right.BOARD, Right.LOOK, Right.REVIEW),
    Role.SUM: _grants(
        Right.BOARD, Right.LOOK, Right.REVIEW, Right.SUM, on_aggregates=frozenset({Right.FILL, Right.SIGN})
    ),
    Role.ARCHIVE: _grants(Right.BOARD, Right.LOOK, Right.ARCHIVE),
    Role.ADMIN: _grants(Right.BOARD, Right.ADMIN),  # no figures
    Role.READ: _grants(Right.BOARD, Right.LOOK),
    Role.LOG: _grants(Right.LOG),
}
