"""Every rule of the inspector by the examples in docs/checks.md: what breaks it, and what does not."""

from __future__ import annotations

from collections import Counter

import pytest
from nianbao.report import Severity, check, rules

from tests.report.checks.examples import Example, examples, found, pair

EXAMPLES = list(examples())


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2022, 2025])
def test_the_sound_report_is_sound(year: int) -> None:
    problems = check(*pair(year))

    assert [str(one) for one in problems if one.severity is not Severity.NOTICE] == []


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.broken], ids=str)
def test_a_broken_rule_is_found_once_and_nothing_else(example: Example) -> None:
    assert [(one.code, one.severity.value) for one in found(example)] == [(example.code, example.severity)]


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.broken], ids=str)
def test_a_near_miss_stays_silent(example: Example) -> None:
    assert [str(one) for one in found(example)] == []


def test_every_rule_has_an_example_of_either_kind() -> None:
    kinds = Counter((one.code, one.broken) for one in EXAMPLES)
    headings = {rules()[one.code].heading for one in EXAMPLES}
    codes = [code for code, rule in rules().items() if rule.heading in headings]

    assert [code for code in codes for broken in (True, False) if not kinds[code, broken]] == []
    assert len(codes) == 77
