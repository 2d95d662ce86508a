"""Times: the period of the figures, years left over from an earlier report, plans, bases, the date's form."""

from nianbao.report.checks.times.basis import basis
from nianbao.report.checks.times.leftover_years import stale
from nianbao.report.checks.times.period import period
from nianbao.report.checks.times.written import written

__all__ = ["basis", "period", "stale", "written"]
