"""A check that fails: told as a mistake of ours, and no other check, report or roll-up stopped by it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from nianbao.app import reading
from nianbao.report import Problem, checks, rule
from nianbao.report.checks import CHECKS, Inspection

from tests.app import here
from tests.report.rollup.rollup_samples import COUNTY, organs, save
from tests.runner import nianbao

NAME = "tests.app.test_failing_check.failing"


def failing(inspection: Inspection) -> Iterator[Problem]:
    """Finds something in every report, and divides by nothing in that of one organ."""
    yield rule("markup").broken("发现一处", "请核对", (inspection.report.place("organ"),))
    assert 1 // (inspection.report.organ != "第7局")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sixty reports, on one of which a check fails that stands among the others."""
    here.stay(monkeypatch)
    monkeypatch.setattr(checks, "CHECKS", (*CHECKS[:3], failing, *CHECKS[3:]))
    documents = organs(60)
    documents[7]["organ"] = documents[7]["issued_by"] = "第7局"
    documents[7]["sections"]["六"] = ""
    save(documents, tmp_path / "in", books=1)
    return tmp_path / "in"


def test_the_others_go_on_and_it_is_told_last(folder: Path) -> None:
    found = checks.check(reading.read(folder / "0007.json"))

    assert found[-1].code == "check-failed"
    assert found[-1].where == "0007.json"
    assert found[-1].what == (
        f"程序的检查“{NAME}”出错（ZeroDivisionError），这一项没有查，不是报告的错；其余各项都已查过"
    )
    assert found[-1].mend == "请把这句话交给维护人员：ZeroDivisionError: integer division or modulo by zero"
    assert [problem.code for problem in found[:-1]].count("markup") == 1
    assert {"section-missing", "markup"} <= {problem.code for problem in found}


def test_check_tells_it_after_all_else_and_exits_with_3(folder: Path) -> None:
    code, out, _ = nianbao("check", folder)

    assert code == 3
    lines = [line for line in out.splitlines() if "0007.json" in line]
    assert lines[-2].startswith(f"错误 0007.json：程序的检查“{NAME}”出错（ZeroDivisionError），这一项没有查")
    kept = Path(re.search("请把 (.*) 交给维护人员", lines[-2])[1])  # type: ignore[index]
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")
    kept.unlink()
    assert sum("发现一处" in line for line in out.splitlines()) == 60
    assert "共 60 份" in out.splitlines()[-1]
    assert "读不出" not in out.splitlines()[-1]


def test_a_roll_up_waits_for_it_or_sums_up_the_others(folder: Path, tmp_path: Path) -> None:
    words = ("rollup", folder, "-o", tmp_path / "汇总.xlsx", "--organ", COUNTY, "--reporter", "县级政府汇总")
    (folder / "0007.json").write_text(
        (folder / "0007.json").read_text(encoding="utf-8").replace('"六": ""', '"六": "没有收费。"'), "utf-8"
    )

    code, _, err = nianbao(*words)

    assert code == 3
    assert not (tmp_path / "汇总.xlsx").exists()
    assert "0007.json：“第7局”的报告没有查完，不是报告的错，不能计入汇总。请等程序改好" in err
    assert err.count("不能计入汇总") == 1

    code, out, err = nianbao(*words, "--skip-errors", "--json")

    assert code == 1
    document = json.loads(out)
    assert len(document["members"]) == 59
    assert "第7局" not in {member["organ"] for member in document["members"]}
    left = [problem["what"] for problem in document["problems"] if problem["code"] == "left-out"]
    assert [what.split("，")[0] for what in left] == ["“第7局”的报告没有查完"]


def test_the_report_itself_is_made_all_the_same(folder: Path, tmp_path: Path) -> None:
    document = json.loads((folder / "0007.json").read_text(encoding="utf-8"))
    document["sections"]["六"] = "没有收取信息处理费。"
    (folder / "0007.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    code, _, err = nianbao("generate", folder / "0007.json", "--archive", "-o", tmp_path / "output")

    assert code == 3
    assert [path.suffix for path in (tmp_path / "output" / "2025").rglob("*.docx")] == [".docx"]
    assert f"程序的检查“{NAME}”出错" in err
    assert (tmp_path / "output" / "archive" / "第7局" / "2025" / "r1").is_dir()
    assert nianbao("archive", "verify", "--root", tmp_path / "output" / "archive")[0] == 0

    code, _, _ = nianbao("generate", folder, "--jobs", "1", "-o", tmp_path / "alle")
    assert code == 3
    assert len(list((tmp_path / "alle" / "2025").rglob("*.docx"))) == 60
