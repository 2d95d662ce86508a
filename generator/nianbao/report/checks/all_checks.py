"""Every check, in the order in which its findings are told."""

from __future__ import annotations

from nianbao.report.checks import (
    Check,
    cells,
    completeness,
    copied,
    day,
    equation,
    language,
    required_content,
    text_vs_tables,
    year_over_year,
)
from nianbao.report.checks.citations import basis
from nianbao.report.checks.names import contacts, organ, speaker
from nianbao.report.checks.pasted import pasted
from nianbao.report.checks.times import period, planned, stale, stocks, written, year_words

CHECKS: tuple[Check, ...] = (
    completeness.parts,
    cells.cells,
    equation.equations,
    day.date_line,
    year_over_year.years,
    *text_vs_tables.CHECKS,
    *required_content.CHECKS,
    copied.sections,
    *language.CHECKS,
    pasted,
    organ,
    speaker,
    contacts,
    period,
    stale,
    planned,
    stocks,
    year_words,
    basis,
    written,
)
