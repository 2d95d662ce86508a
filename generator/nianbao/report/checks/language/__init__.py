"""The language itself: doubled words, lists, numbering, marks, brackets, known slips."""

from nianbao.report.checks.language.proofread import CHECKS

__all__ = ["CHECKS"]
