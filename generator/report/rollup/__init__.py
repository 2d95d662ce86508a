"""The roll-up (汇总) of many organs' reports: the sum, who stands behind it, and what is odd about it."""

from generator.report.rollup.adding import Share, Total, totals
from generator.report.rollup.alike import Likeness, Pair, Shared
from generator.report.rollup.catalogue import rules
from generator.report.rollup.member import Member, Unread, normal, take
from generator.report.rollup.outlying import Striking, Why
from generator.report.rollup.rollup import Asked, Rollup, roll_up
from generator.report.rollup.roster import Expected, Line, State

__all__ = [
    "Asked",
    "Expected",
    "Likeness",
    "Line",
    "Member",
    "Pair",
    "Rollup",
    "Share",
    "Shared",
    "State",
    "Striking",
    "Total",
    "Unread",
    "Why",
    "normal",
    "roll_up",
    "rules",
    "take",
    "totals",
]
