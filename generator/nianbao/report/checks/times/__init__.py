"""Times: the period of the figures, years left over from an earlier report, plans, the form of dates."""

from nianbao.report.checks.times.leftover_years import stale
from nianbao.report.checks.times.period import period
from nianbao.report.checks.times.written import written

__all__ = ["period", "stale", "written"]
