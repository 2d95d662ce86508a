"""What the decree asks of the written sections, and of figures that not every organ may have."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.report.checks.inspection import Inspection
from nianbao.report.checks.required_content import (
    charges,
    exceptional,
    fee,
    improvement,
    overview,
    regulations,
)
from nianbao.report.problem import Problem


def duties(inspection: Inspection) -> Iterator[Problem]:
    """Everything that the decree asks for and the report does not do."""
    yield from overview.overview(inspection)
    yield from improvement.improvement(inspection)
    yield from fee.fee(inspection)
    yield from charges.charges(inspection)
    yield from exceptional.outcomes(inspection)
    yield from regulations.regulations(inspection)
