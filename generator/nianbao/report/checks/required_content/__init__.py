"""What the decree asks of the written sections, and of figures that not every organ may have."""

from nianbao.report.checks.required_content.charges import charges
from nianbao.report.checks.required_content.exceptional import outcomes
from nianbao.report.checks.required_content.fee import fee
from nianbao.report.checks.required_content.improvement import improvement
from nianbao.report.checks.required_content.overview import overview
from nianbao.report.checks.required_content.regulations import regulations

__all__ = ["CHECKS"]

CHECKS = (overview, improvement, fee, charges, outcomes, regulations)
