"""`check` with last year's report, and its findings as SARIF and as a page."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from nianbao.media import findings
from nianbao.media.findings import Findings
from nianbao.report import Place, Problem, Severity
from nianbao.report.decision import Decision, Settled

from tests.reports import sound
from tests.runner import nianbao

NASTY = """"><script>'<b>&amp;{{ 1 }}"""
AT = Place("年报.xlsx", "三、申请", cell="C4", row="新收", column="总计")
WRONG = Problem("balance", Severity.ERROR, "左边 3，右边 4", "请核对", (AT,), ("requests", "3", "4"))
ODD = Problem(
    "prose-number",
    Severity.WARNING,
    "文中写“收到 <9> 件”",
    "请核对",
    (Place("年报.xlsx", "一、总体情况", cell="C5"), AT),
    ("全年共收到公开申请九件，其中五件已经办结，其余四件转入下一年。", "9"),
)
SETTLED = Settled(
    Problem("jump", Severity.NOTICE, "变化很大", "请核对", (AT,), ("k", "1", "90")),
    Decision("张三", "机构合并", "2026-01-20"),
)
FOUND = Findings("甲/年报.xlsx", "某局 & 某办年度报告", (ODD, WRONG), (SETTLED,))


class Text(HTMLParser):
    """The rows of all tables, each cell's text, and what is declared."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def test_the_page_lists_errors_first_and_what_is_settled_last_with_its_reason() -> None:
    rows = Text(findings.page([FOUND])).rows

    assert [row[0] for row in rows] == ["程度", "错误", "警告", "已核实"]
    what = "左边 3，右边 4新收与办结对不上：第一项加第二项之和，等于第三项加第四项之和。"
    assert rows[1][1:] == ["三、申请 › C4", what, "请核对"]
    assert rows[2][1] == "一、总体情况 › C5；三、申请 › C4"
    assert rows[2][2].startswith("文中写“收到 <9> 件”文字与表格的数不符：")
    assert rows[2][2].endswith("原文全年共收到公开申请九件，其中五件已经办结，其余四件转入下一年。")
    assert rows[3][3] == "机构合并（张三，2026-01-20）"


def test_the_page_needs_no_other_file_and_escapes_what_it_says() -> None:
    page = findings.page([FOUND])

    assert "<h2>某局 &amp; 某办年度报告</h2>" in page
    assert "甲/年报.xlsx：1 个错误、1 个警告、1 个已核实" in page
    assert not [word for word in ("<script", "http:", "https:", "src=", "<link") if word in page]


def test_nothing_written_becomes_markup_whatever_field_it_stands_in() -> None:
    at = Place(NASTY, NASTY, cell=NASTY)
    problem = Problem("prose-number", Severity.WARNING, NASTY, NASTY, (at,), (NASTY * 2,))
    settled = Settled(problem, Decision(NASTY, NASTY, NASTY))
    page = html.document_fromstring(findings.page([Findings(NASTY, NASTY, (problem,), (settled,))]))

    assert page.xpath("//script | //b") == []
    assert page.findtext(".//h2") == NASTY
    assert page.findtext(".//p[@class='file']") == f"{NASTY}：1 个警告、1 个已核实"
    [open_cells, settled_cells] = [row.findall("td") for row in page.findall(".//tbody/tr")]
    assert [cell.text for cell in open_cells] == ["警告", f"{NASTY} › {NASTY}", NASTY, NASTY]
    assert open_cells[2].findtext("details/p") == NASTY * 2
    why = f"{NASTY}（{NASTY}，{NASTY}）"
    assert [cell.text for cell in settled_cells] == ["已核实", f"{NASTY} › {NASTY}", NASTY, why]


def test_sarif_has_every_finding_with_its_rule_place_and_fingerprint() -> None:
    run = json.loads(findings.sarif([FOUND], "26.1"))["runs"][0]

    assert [(one["id"], one["defaultConfiguration"]["level"]) for one in run["tool"]["driver"]["rules"]] == [
        ("prose-number", "warning"),
        ("balance", "error"),
        ("jump", "note"),
    ]
    assert run["tool"]["driver"]["rules"][1] == {
        "id": "balance",
        "name": "新收与办结对不上",
        "shortDescription": {"text": "新收与办结对不上"},
        "fullDescription": {"text": "第一项加第二项之和，等于第三项加第四项之和。"},
        "defaultConfiguration": {"level": "error"},
    }
    assert run["results"][1] == {
        "ruleId": "balance",
        "ruleIndex": 1,
        "level": "error",
        "message": {"text": "左边 3，右边 4。请核对。"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": "%E7%94%B2/%E5%B9%B4%E6%8A%A5.xlsx"}},
                "logicalLocations": [{"fullyQualifiedName": "三、申请!C4", "name": "C4"}],
            }
        ],
        "partialFingerprints": {"nianbao/v1": WRONG.fingerprint},
    }
    assert [one.get("suppressions") for one in run["results"]] == [
        None,
        None,
        [{"kind": "external", "status": "accepted", "justification": "张三：机构合并"}],
    ]


# ---------------------------------------------------------------- the command


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """This year's report and last year's, which has one application fewer to carry over."""
    this, last = sound(2025), sound(2024)
    last["sections"] = {"引言": "统计期限为2024年1月1日至2024年12月31日。"} | {
        key: f"{text}去年如此。" for key, text in this["sections"].items() if key != "引言"
    }
    paths = tmp_path / "2025.json", tmp_path / "2024.json"
    for path, document in zip(paths, (this, last), strict=True):
        path.write_text(json.dumps(document), encoding="utf-8")
    return paths


def test_last_years_report_is_compared_with_this_years(pair: tuple[Path, Path]) -> None:
    this, last = pair
    alone, together = nianbao("check", this, "--json"), nianbao("check", this, "--last-year", last, "--json")

    assert [one["code"] for one in json.loads(alone.out)["problems"]] == []
    codes = [one["code"] for one in json.loads(together.out)["problems"]]
    assert (together.code, codes.count("carried-over"), codes.count("in-force-chain")) == (1, 1, 2)


def test_of_several_reports_each_is_compared_with_its_own_organs(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    this, last = pair
    other = tmp_path / "乙.json"
    other.write_text(
        json.dumps(sound() | {"organ": "某某市审计局", "issued_by": "某某市审计局"}), encoding="utf-8"
    )

    said = json.loads(nianbao("check", this, other, "--last-year", last, "--json").out)
    assert {one["file"] for one in said["problems"] if one["code"] == "carried-over"} == {"2025.json"}


def test_a_report_of_last_year_that_cannot_be_read_is_told(pair: tuple[Path, Path], tmp_path: Path) -> None:
    result = nianbao("check", pair[0], "--last-year", tmp_path / "没有.json")

    assert result == (3, "", f"错误 {tmp_path / '没有.json'}：没有这个文件或文件夹。请核对路径。\n")


@pytest.mark.parametrize(("form", "begins"), [("html", "<!DOCTYPE html>"), ("sarif", '{\n "$schema"')])
def test_the_findings_go_to_the_screen_or_into_a_file(
    form: str, begins: str, pair: tuple[Path, Path], tmp_path: Path
) -> None:
    target = tmp_path / f"结果.{form}"
    shown = nianbao("check", pair[0], "--format", form)
    written = nianbao("check", pair[0], "--format", form, "-o", target)

    assert shown.out.startswith(begins)
    assert target.read_text(encoding="utf-8") == shown.out
    assert written.out == f"{target}\n"


def test_what_the_formats_do_not_allow_is_wrong_usage(pair: tuple[Path, Path], tmp_path: Path) -> None:
    for words in (("--format", "pdf"), ("-o", tmp_path / "x.html"), ("--json", "-o", tmp_path / "x.json")):
        assert nianbao("check", pair[0], *words)[:2] == (2, "")
