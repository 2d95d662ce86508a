"""The roll-up (汇总) of many organs' reports: the sum, who stands behind it, and what is odd about it."""

from nianbao.report.rollup.changes import Anew, Change, Changes, Counted, Former, Typed
from nianbao.report.rollup.consistency import Consistency
from nianbao.report.rollup.member import Member, Unread, normal, take, whose
from nianbao.report.rollup.outliers import Striking, Why
from nianbao.report.rollup.rollup import Asked, Rollup, roll_up
from nianbao.report.rollup.roster import Expected, Line, State, differences, lines
from nianbao.report.rollup.similar_texts import Likeness, Pair, Shared
from nianbao.report.rollup.sums import Share, Total, totals

__all__ = [
    "Anew", "Asked", "Change", "Changes", "Consistency", "Counted", "Expected", "Former", "Likeness", "Line",
    "Member", "Pair", "Rollup", "Share", "Shared", "State", "Striking", "Total", "Typed", "Unread", "Why",
    "differences", "lines", "normal", "roll_up", "take", "totals", "whose",
]  # fmt: skip
