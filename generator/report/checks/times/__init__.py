"""Times: the period of the figures, years left over from an earlier report, plans, bases, the date's form."""

from generator.report.checks.times.basis import basis
from generator.report.checks.times.period import period
from generator.report.checks.times.stale import stale
from generator.report.checks.times.written import written

__all__ = ["basis", "period", "stale", "written"]
