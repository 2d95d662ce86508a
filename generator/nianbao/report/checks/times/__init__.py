"""Times: the period of the figures, years left over, plans, the days of stocks, the form of dates."""

from nianbao.report.checks.times.leftover_years import stale
from nianbao.report.checks.times.period import period
from nianbao.report.checks.times.plans import planned
from nianbao.report.checks.times.references import year_words
from nianbao.report.checks.times.stocks import stocks
from nianbao.report.checks.times.written import written

__all__ = ["period", "planned", "stale", "stocks", "written", "year_words"]
