"""What an organ hands in to its office: the states of a submission, who may do what, and by when."""

from nianbao.report.submission.roles import ROLES, Grants, Right, Role
from nianbao.report.submission.states import (
    ACTIONS,
    REMARKED,
    UNDONE,
    Action,
    Facts,
    Need,
    State,
    Transition,
    possible,
    refusals,
    remark_refusals,
)

__all__ = [
    "ACTIONS", "REMARKED", "ROLES", "UNDONE", "Action", "Facts", "Grants", "Need", "Right", "Role", "State",
    "Transition", "possible", "refusals", "remark_refusals",
]  # fmt: skip
