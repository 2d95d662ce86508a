"""`check` with last year's report, and its findings as SARIF and as a page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from nianbao.media.findings import Findings
from nianbao.media.findings.page import write as write_page
from nianbao.media.findings.sarif import write as write_sarif
from nianbao.report import Place, Problem, Severity, rule
from nianbao.report.decision import Decision, Settled
from nianbao.report.notes import Awaited

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
    rows = Text(write_page([FOUND])).rows

    assert [row[0] for row in rows] == ["程度", "错误", "警告", "已核实"]
    what = "左边 3，右边 4新收与办结对不上：第一项加第二项之和，等于第三项加第四项之和。"
    assert rows[1][1:] == ["三、申请 › C4", what, "请核对"]
    assert rows[2][1] == "一、总体情况 › C5；三、申请 › C4"
    assert rows[2][2].startswith("文中写“收到 <9> 件”文字与表格的数不符：")
    assert rows[2][2].endswith("原文全年共收到公开申请九件，其中五件已经办结，其余四件转入下一年。")
    assert rows[3][3] == "机构合并（张三，2026-01-20）"


def test_the_page_needs_no_other_file_and_escapes_what_it_says() -> None:
    page = write_page([FOUND])

    assert "<h2>某局 &amp; 某办年度报告</h2>" in page
    assert "甲/年报.xlsx：1 个错误、1 个警告、1 个已核实" in page
    assert not [word for word in ("<script", "http:", "https:", "src=", "<link") if word in page]


def test_nothing_written_becomes_markup_whatever_field_it_stands_in() -> None:
    at = Place(NASTY, NASTY, cell=NASTY)
    problem = Problem("prose-number", Severity.WARNING, NASTY, NASTY, (at,), (NASTY * 2,))
    settled = Settled(problem, Decision(NASTY, NASTY, NASTY))
    page = html.document_fromstring(write_page([Findings(NASTY, NASTY, (problem,), (settled,))]))

    assert page.xpath("//script | //b") == []
    assert page.findtext(".//h2") == NASTY
    assert page.findtext(".//p[@class='file']") == f"{NASTY}：1 个警告、1 个已核实"
    [open_cells, settled_cells] = [row.findall("td") for row in page.findall(".//tbody/tr")]
    assert [cell.text for cell in open_cells] == ["警告", f"{NASTY} › {NASTY}", NASTY, NASTY]
    assert open_cells[2].findtext("details/p") == NASTY * 2
    why = f"{NASTY}（{NASTY}，{NASTY}）"
    assert [cell.text for cell in settled_cells] == ["已核实", f"{NASTY} › {NASTY}", NASTY, why]


def parsed(page: str) -> Any:
    """The page's root, as lxml has it."""
    return html.document_fromstring(page)


def many() -> list[Findings]:
    """Four reports, in each state; two have the same error."""
    kinds = {"sound": (), "wrong": (WRONG, ODD), "doubtful": (ODD,), "more": (WRONG, WRONG, ODD)}
    files = [
        Findings(f"{key}/年报.xlsx", f"{key}局年度报告", found, (), f"{key}局", "部门")
        for key, found in kinds.items()
    ]
    return [*files, Findings("坏.pdf", "", (Problem("damaged", Severity.ERROR, "已损坏", "请另存"),))]


def table(page: str, name: str) -> list[list[str]]:
    """The rows of a table by its class, each cell's text."""
    [found] = parsed(page).xpath(f"//table[@class='{name}']")
    return [[cell.text_content().strip() for cell in row] for row in found.findall(".//tbody/tr")]


def test_of_many_files_those_with_most_errors_come_first_and_each_is_jumped_to() -> None:
    page = write_page(many())
    tree = parsed(page)

    assert table(page, "all") == [
        ["more局", "more/年报.xlsx", "部门", "2", "1", "0", "0"],
        ["wrong局", "wrong/年报.xlsx", "部门", "1", "1", "0", "0"],
        ["坏.pdf", "坏.pdf", "读不出", "1", "0", "0", "0"],
        ["doubtful局", "doubtful/年报.xlsx", "部门", "0", "1", "0", "0"],
        ["sound局", "sound/年报.xlsx", "部门", "0", "0", "0", "0"],
    ]
    assert [one.text_content() for one in tree.xpath("//section/h2")] == [
        "more局年度报告",
        "wrong局年度报告",
        "坏.pdf",
        "doubtful局年度报告",
        "sound局年度报告",
    ]
    targets = [one.get("href")[1:] for one in tree.xpath("//a[starts-with(@href, '#')]")]
    ids = [one.get("id") for one in tree.xpath("//*[@id]")]
    assert set(targets) <= set(ids)
    assert len(ids) == len(set(ids))
    assert [one.get("href") for one in tree.xpath("//section//a")] == ["#all"] * 5
    assert tree.xpath("string(//main/p)") == (
        "收到 5 份：读不出 1 份；有错误 2 份；只有警告 1 份；没有错误和警告 1 份。"
    )


def test_what_several_files_have_is_told_with_how_many_they_are() -> None:
    assert [(row[0], *row[2:]) for row in table(write_page(many()), "frequent")] == [
        ("警告", "3", "3", "more局、wrong局、doubtful局"),
        ("错误", "2", "3", "more局、wrong局"),
    ]


def test_of_a_finding_that_very_many_have_the_first_files_are_named() -> None:
    files = [Findings(f"{at}.xlsx", "报告", (WRONG,), (), f"{at}局") for at in range(12)]

    assert table(write_page(files), "frequent")[0][4] == "、".join(f"{at}局" for at in range(8)) + " 等 12 份"


def test_organs_without_a_report_and_files_that_were_not_read_are_on_the_page() -> None:
    passed = rule("file-passed-over").broken(
        "这 2 个压缩包没有打开", "请解压缩", (Place("甲.zip"), Place("乙/丙.rar"))
    )
    awaited = [Awaited("戊局", date(2026, 1, 31), "某县"), Awaited("己局")]
    page = write_page(many()[:1], awaited, expected=3, passed=[passed])

    assert table(page, "awaited") == [["戊局", "某县", "2026年1月31日"], ["己局", "", "—"]]
    assert table(page, "passed") == [["甲.zip；乙/丙.rar", "这 2 个压缩包没有打开", "请解压缩"]]
    text = parsed(page).xpath("string(//main/p)")
    assert text == "应报送的机关 3 个，没有报送的 2 个。收到 1 份：没有错误和警告 1 份。"


def test_the_page_leads_to_the_marked_copies_and_says_who_was_late() -> None:
    files = [replace(file, link=f"x/{at}.xlsx", late=at) for at, file in enumerate(many())]
    files[-1] = replace(files[-1], link="坏.pdf-检查结果.docx", late=0)
    tree = parsed(write_page(files))
    rows = tree.xpath("//table[@class='all']/tbody/tr")

    assert [row.xpath("string(td/a)") for row in rows] == [
        "标出问题的工作簿",
        "标出问题的工作簿",
        "问题清单（Word）",
        "标出问题的工作簿",
        "标出问题的工作簿",
    ]
    assert rows[2].xpath("td/a/@href") == ["坏.pdf-检查结果.docx"]
    assert [row.xpath("string(th/b)") for row in rows] == ["逾期 3 天", "逾期 1 天", "", "逾期 2 天", ""]


def test_nothing_of_many_files_becomes_markup() -> None:
    files = [Findings(NASTY, NASTY, (WRONG,), (), NASTY, NASTY, link=NASTY), *many()]
    page = write_page(files, [Awaited(NASTY, None, NASTY)], expected=9)
    tree = parsed(page)

    assert tree.xpath("//script") == []
    assert tree.xpath(f"//table[@class='all']//a[.={_quoted(NASTY)}]/@href") == ["#file-3"]
    assert not [word for word in ("<script", "http:", "https:", "src=", "<link") if word in page]


def _quoted(text: str) -> str:
    """The text as XPath has it, whatever quotation marks are in it."""
    return "concat(" + ", '\"', ".join(f'"{part}"' for part in text.split('"')) + ")"


def test_sarif_has_every_finding_with_its_rule_place_and_fingerprint() -> None:
    run = json.loads(write_sarif([FOUND], "26.1"))["runs"][0]

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
