"""The roll-up (汇总) of many organs' reports: the sum, who stands behind it, and what is odd about it.

What sums and compares is imported where that is done: who only asks whose a report is needs none of it.
"""

from importlib import import_module

from nianbao.report.rollup.member import Member, Unread, normal, take, whose
from nianbao.report.rollup.roster import Expected, Line, State, differences, lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nianbao.report.rollup.changes import Anew, Change, Changes, Counted, Former, Typed
    from nianbao.report.rollup.consistency import Consistency
    from nianbao.report.rollup.outliers import Striking, Why
    from nianbao.report.rollup.rollup import Asked, Rollup, roll_up
    from nianbao.report.rollup.similar_texts import Likeness, Pair, Shared
    from nianbao.report.rollup.sums import Share, Total, totals

__all__ = [
    "Anew", "Asked", "Change", "Changes", "Consistency", "Counted", "Expected", "Former", "Likeness", "Line",
    "Member", "Pair", "Rollup", "Share", "Shared", "State", "Striking", "Total", "Typed", "Unread", "Why",
    "differences", "lines", "normal", "roll_up", "take", "totals", "whose",
]  # fmt: skip
_SUMMING = {  # modules, and what of them is named here
    "changes": {"Anew", "Change", "Changes", "Counted", "Former", "Typed"},
    "consistency": {"Consistency"},
    "outliers": {"Striking", "Why"},
    "rollup": {"Asked", "Rollup", "roll_up"},
    "similar_texts": {"Likeness", "Pair", "Shared"},
    "sums": {"Share", "Total", "totals"},
}


def __getattr__(name: str) -> object:
    for module, names in _SUMMING.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
