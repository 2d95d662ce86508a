"""`nianbao rollup`: what it reads, what it writes, what it refuses, what it says, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nianbao.app import reading
from nianbao.report import rules
from nianbao.report.rollup import refusals

from tests.paths import ROOT
from tests.report.rollup.rollup_samples import COUNTY, organs, save, sheet
from tests.runner import nianbao

OF_THE_ROLL_UP = {code: rule for code, rule in rules().items() if rule.heading == "Roll-up"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three workbooks and six JSON files."""
    save(organs(9), tmp_path / "in", books=3)
    return tmp_path / "in"


def test_the_sum_is_checked_and_made_into_a_draft_like_any_report(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    code, out, _ = nianbao("rollup", folder, "-o", path, "--organ", COUNTY, "--reporter", "县级政府汇总")
    assert (code, out) == (0, f"{COUNTY} 2025 年：汇总 9 个单位\n{path}\n")

    code, out, _ = nianbao("check", path, "--json")
    assert code == 1
    assert {one["code"] for one in json.loads(out)["problems"]} == {"section-missing", "date-blank"}

    code, out, _ = nianbao("generate", path, "--draft", "-o", tmp_path / "output")
    assert code == 0
    assert "（草稿）.docx" in out

    code, out, _ = nianbao("export", path)
    assert json.loads(out)["organ"] == COUNTY


def test_a_folder_is_read_through_but_not_what_is_hidden_open_or_the_roll_ups_own(folder: Path) -> None:
    (folder / "镇").mkdir()
    (folder / "0000.xlsx").rename(folder / "镇" / "甲.xlsx")
    (folder / "~$0001.xlsx").write_bytes(b"open")
    (folder / ".0001.xlsx").write_bytes(b"hidden")
    (folder / ".nianbao-x").mkdir()
    (folder / ".nianbao-x" / "a.json").write_text("{}")
    (folder / "说明.docx").write_bytes(b"no report")
    own = (folder / "汇总.xlsx", folder / "名册.xlsx", folder / "新名册.xlsx")
    words = ("rollup", folder, "-o", own[0], "--new-roster", own[2], "--organ", COUNTY)
    assert nianbao(*words)[0] == 0
    own[2].rename(own[1])

    code, out, err = nianbao(*words, "--roster", own[1], "--force")

    assert (code, "警告" in err) == (0, True)  # the kind is guessed, which is said
    assert [row[4] for row in sheet(own[0], "各单位数据")[5:-1]] == [
        *("0001.xlsx", "0002.xlsx", *(f"{at:04d}.json" for at in range(3, 9)), "镇/甲.xlsx")
    ]
    assert out.splitlines()[1:] == [str(own[0]), str(own[2])] or set(out.splitlines()[1:]) == set(
        map(str, (own[0], own[2]))
    )


def test_files_may_be_named_one_by_one_and_one_named_twice_is_one(folder: Path, tmp_path: Path) -> None:
    files = sorted(folder.iterdir())[:4]

    code, out, _ = nianbao("rollup", *files, files[0], folder, "-o", tmp_path / "汇总.xlsx")

    assert code == 0
    assert "汇总 9 个单位" in out


def test_workbooks_of_other_programs_are_not_passed_over_in_silence(folder: Path, tmp_path: Path) -> None:
    (folder / "旧.xlsb").write_bytes(b"old")
    (folder / "表.csv").write_bytes(b"plain")

    code, _, err = nianbao("rollup", folder, "-o", tmp_path / "汇总.xlsx")

    assert code == 0
    assert "警告 旧.xlsb；表.csv：这 2 个文件没有读。请用 Excel 或 WPS 另存为 .xlsx，或移走。" in err


def test_a_file_that_cannot_be_read_refuses_the_sum_with_exit_code_3(folder: Path, tmp_path: Path) -> None:
    (folder / "0004.json").write_text("[", encoding="utf-8")
    path = tmp_path / "汇总.xlsx"

    code, out, err = nianbao("rollup", folder, "-o", path)

    assert (code, out, path.exists()) == (3, "", False)
    assert "错误 0004.json：不是合格的 JSON" in err
    assert nianbao("rollup", folder, "-o", path, "--skip-errors")[0] == 0
    assert nianbao("rollup", tmp_path / "没有.xlsx", "-o", tmp_path / "b.xlsx")[0] == 3


def test_nothing_is_written_where_anything_refuses(folder: Path, tmp_path: Path) -> None:
    save(organs(1), folder / "又一份")
    before = sorted(tmp_path.rglob("*"))

    code, out, err = nianbao("rollup", folder, "-o", tmp_path / "a" / "汇总.xlsx")

    assert (code, out) == (1, "")
    assert "错误 0000.xlsx › 基本信息 › C4；又一份/0000.json › organ：“某某县财政局”有 2 份报告" in err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_bad_roster_is_told_together_with_bad_reports(folder: Path, tmp_path: Path) -> None:
    save(organs(1), folder / "又一份")
    (tmp_path / "名册.xlsx").write_bytes(b"nothing")

    code, _, err = nianbao("rollup", folder, "-o", tmp_path / "汇总.xlsx", "--roster", tmp_path / "名册.xlsx")

    assert code == 3
    assert "错误 名册.xlsx：文件已损坏" in err
    assert "有 2 份报告，只能计一份" in err
    assert nianbao("rollup", folder, "-o", tmp_path / "汇总.xlsx", "--roster", tmp_path / "无.xlsx")[0] == 3


def test_an_older_sum_is_only_overwritten_when_that_is_asked_for(folder: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "汇总.xlsx", tmp_path / "b" / "名册.xlsx"
    path.write_bytes(b"older")

    code, out, err = nianbao("rollup", folder, "-o", path, "--new-roster", other)

    assert (code, out, path.read_bytes(), other.exists()) == (1, "", b"older", False)
    assert "已有内容不同的同名文件，没有覆盖" in err
    assert nianbao("rollup", folder, "-o", path, "--new-roster", other, "--force")[0] == 0
    assert reading.read(path).year == 2025
    assert other.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "请用 -o 给出汇总工作簿，或用 --new-roster 建一份名册"),
        (["-o", "汇总.xls"], "工作簿的文件名应以 .xlsx 结尾，现为 汇总.xls"),
        (["-o", "a.xlsx", "--roster", "名册.csv"], "工作簿的文件名应以 .xlsx 结尾，现为 名册.csv"),
        (["-o", "a.xlsx", "--roster", "./a.xlsx"], "-o、--roster、--new-roster 不能是同一个文件"),
        (
            ["-o", "a.xlsx", "--reporter", "部门"],
            "“部门”不是汇总的机关类型；有：县级政府汇总、地市级政府汇总、省级政府汇总、垂直领导系统汇总",
        ),
        (
            ["-o", "a.xlsx", "--reporter", "县政府汇总"],
            "“县政府汇总”不是汇总的机关类型，是否想写“县级政府汇总”；"
            "有：县级政府汇总、地市级政府汇总、省级政府汇总、垂直领导系统汇总",
        ),
    ],
)
def test_wrong_usage(folder: Path, words: list[str], said: str) -> None:
    assert nianbao("rollup", folder, *words) == (2, "", f"{said}。用法见 nianbao --help\n")


def test_json_is_the_only_thing_on_standard_output(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"

    code, out, err = nianbao("rollup", folder, "-o", path, "--json", "--organ", COUNTY)

    document = json.loads(out)
    report = reading.read(path)
    assert (code, err) == (0, "")
    assert document["made"] == [str(path)]
    assert (document["organ"], document["year"], document["reporter"]) == (COUNTY, 2025, "县级政府汇总")
    assert document["members"][0] == {"organ": "某某县财政局", "file": "0000.xlsx", "aggregate": False}
    assert {key: str(value) for key, value in document["figures"].items()} == {
        key: str(one.number) for key, one in report.figures.items()
    }
    assert {one["code"] for one in document["problems"]} <= set(OF_THE_ROLL_UP)

    code, out, err = nianbao("rollup", folder, "-o", tmp_path / "名.xlsx", "--json", folder / "0003.json")
    assert (code, err) == (0, "")
    save(organs(1), folder / "又一份")
    code, out, err = nianbao("rollup", folder, "-o", tmp_path / "又.xlsx", "--json")
    assert (code, err) == (1, "")
    assert json.loads(out)["made"] == []
    assert "same-organ" in {one["code"] for one in json.loads(out)["problems"]}


def test_an_empty_folder_is_no_sum(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()

    code, _, err = nianbao("rollup", tmp_path / "in", "-o", tmp_path / "汇总.xlsx")

    assert code == 2
    assert "没有可以读的文件" in err


def test_a_decision_in_a_workbook_counts_as_it_does_in_check(tmp_path: Path) -> None:
    from nianbao.media.workbook import mark
    from nianbao.report import Decision, check, settle

    document = organs(1)[0] | {"date_line": "2026年3月1日"}
    [path] = save([document], tmp_path / "in", books=1)
    found = check(reading.read(path))
    [late] = [one for one in found if one.code == "date-too-late"]
    decision = {late.fingerprint: Decision("甲", "按上级通知延期")}
    path.write_bytes(mark(path.read_bytes(), *settle(found, decision), decision, file=path.name))

    code, _, _ = nianbao("rollup", tmp_path / "in", "-o", tmp_path / "汇总.xlsx")

    assert code == 0
    head, line = sheet(tmp_path / "汇总.xlsx", "报送情况")[2:4]
    assert dict(zip(head, line, strict=True))["警告"] == 0


# ---------------------------------------------------------------- what is documented


def test_the_page_says_how_many_reports_go_into_one_sum() -> None:
    page = (ROOT / "docs" / "organs.md").read_text(encoding="utf-8")

    assert f"At most {refusals.MOST_MEMBERS} reports" in page
