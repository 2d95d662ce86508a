"""Floor 2: one organ's year, what is wrong with it, and the checks; knows no kind of file."""

from nianbao.report.catalogue import Rule, rule, rules
from nianbao.report.checks import check
from nianbao.report.decision import Decision, Settled, decidable, settle
from nianbao.report.figure import Figure, State
from nianbao.report.narrative import Paragraph
from nianbao.report.problem import Place, Problem, ProblemsFound, Severity, Unreadable, complete
from nianbao.report.raw_report import RawReport, Value, assemble
from nianbao.report.report import CHOICES, CONTACTS, ELEMENTS, NO, PREFACE, PREFACE_NAME, YES, Report

__all__ = [
    "CHOICES", "CONTACTS", "ELEMENTS", "NO", "PREFACE", "PREFACE_NAME", "YES", "Decision", "Figure",
    "Paragraph", "Place", "Problem", "ProblemsFound", "RawReport", "Report", "Rule", "Settled", "Severity",
    "State", "Unreadable", "Value", "assemble", "check", "complete", "decidable", "rule", "rules", "settle",
]  # fmt: skip
