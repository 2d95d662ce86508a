"""Floor 2: one organ's year, what is wrong with it, and the checks; knows no kind of file."""

from generator.report.checks import check
from generator.report.decision import Decision, Settled, decidable, settle
from generator.report.entered import Entered, Value, assemble
from generator.report.figure import Figure, State
from generator.report.narrative import Paragraph
from generator.report.problem import Place, Problem, ProblemsFound, Severity, Unreadable
from generator.report.report import CONTACTS, PREFACE, PREFACE_NAME, Report

__all__ = [
    "CONTACTS",
    "PREFACE",
    "PREFACE_NAME",
    "Decision",
    "Entered",
    "Figure",
    "Paragraph",
    "Place",
    "Problem",
    "ProblemsFound",
    "Report",
    "Settled",
    "Severity",
    "State",
    "Unreadable",
    "Value",
    "assemble",
    "check",
    "decidable",
    "settle",
]
