"""Decisions go from the clerk's workbook into the page and back, whatever a finding rests on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from nianbao.app import workbench
from nianbao.media.form import Values
from nianbao.report import Decision

from tests import runner
from tests.paths import DATA

FAULTY = DATA / "有错误的示例.xlsx"
DECISION = Decision("王某", "已核对原始台账", "2026年1月20日", "写的是当时的话")


def settled_everywhere(values: Values) -> Values:
    """The boxes with a decision on everything that can be decided."""
    findings = workbench.Inspected(values).findings
    decided = {
        finding.problem.fingerprint: DECISION for finding in findings if finding.to_json()["decidable"]
    }
    return replace(values, decisions=decided)


def open_codes(values: Values) -> list[str]:
    findings = workbench.Inspected(values).findings
    return sorted(finding.problem.code for finding in findings if finding.decision is None)


def test_what_the_page_has_settled_the_workbook_settles(tmp_path: Path) -> None:
    source = FAULTY.read_bytes()
    values = settled_everywhere(workbench.open_file(source, FAULTY.name).values)
    home = tmp_path / FAULTY.name
    home.write_bytes(workbench.filled_workbook(values, source, FAULTY.name))

    told = json.loads(runner.nianbao("check", "--json", home).out)
    assert {one["severity"] for one in told["problems"]} == {"error"}
    assert sorted(one["code"] for one in told["problems"]) == open_codes(values)
    assert [one["decision"] for one in told["settled"]] == [DECISION.to_json()] * 7


def test_what_the_workbook_has_settled_the_page_settles_and_nothing_is_written_anew(tmp_path: Path) -> None:
    source = FAULTY.read_bytes()
    values = settled_everywhere(workbench.open_file(source, FAULTY.name).values)
    home = workbench.filled_workbook(values, source, FAULTY.name)
    again = workbench.open_file(home, FAULTY.name).values

    assert again.decisions.keys() == values.decisions.keys()
    assert open_codes(again) == open_codes(values)
    assert workbench.filled_workbook(again, home, FAULTY.name) == home


def test_a_decision_taken_back_in_the_page_is_gone_from_the_workbook(tmp_path: Path) -> None:
    source = FAULTY.read_bytes()
    values = workbench.open_file(source, FAULTY.name).values
    home = workbench.filled_workbook(settled_everywhere(values), source, FAULTY.name)
    path = tmp_path / FAULTY.name
    path.write_bytes(workbench.filled_workbook(values, home, FAULTY.name))

    assert json.loads(runner.nianbao("check", "--json", path).out)["settled"] == []


def test_a_report_begun_in_the_page_takes_its_decisions_home(tmp_path: Path) -> None:
    values = settled_everywhere(workbench.open_file(FAULTY.read_bytes(), FAULTY.name).values)
    path = tmp_path / "年报.xlsx"
    path.write_bytes(workbench.filled_workbook(values, None, ""))

    assert len(json.loads(runner.nianbao("check", "--json", path).out)["settled"]) == 7
