"""Decisions on findings: filled in on the marked copy, kept in every later run, until the facts change."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.media import exchange, workbook
from nianbao.report import Decision, Place, Problem, Settled, Severity, check, decidable, settle
from nianbao.report.decision import joined
from openpyxl import load_workbook

from tests.libreoffice import recalculated
from tests.media.workbook.marks.marking_samples import (
    GREY,
    add,
    comments,
    highlights,
    packed,
    parts,
    relate,
)
from tests.reports import change, save, sound, take
from tests.runner import Ran, nianbao

OFFICE = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
DISCLOSURE = "二、主动公开政府信息情况"
BLANK = "disclosure.regulations.issued"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A report with one finding: a blank cell, which is a warning."""
    document = sound()
    document["table2"]["规章"]["本年制发件数"] = ""
    path = save(document, tmp_path / "年报.xlsx")
    assert [one.code for one in check(reading.read(path))] == ["blank"]
    return path


def mark(path: Path, *more: str | Path) -> Ran:
    return nianbao("check", path, "--mark", path, *more)


def listing(path: Path) -> list[list[Any]]:
    """The rows of the sheet of findings, without the fingerprint."""
    sheet = load_workbook(path)["检查结果"]
    return [[cell.value for cell in row[1:11]] for row in sheet.iter_rows(min_row=5)]


def by_openpyxl(
    path: Path, who: str = "王五", why: str = "本年没有制发规章", when: str = "2026年1月5日", row: int = 5
) -> None:
    book = load_workbook(path)
    for column, text in zip("IJK", (who, why, when), strict=True):
        book["检查结果"][f"{column}{row}"] = text or None
    book.save(path)


def as_excel(path: Path) -> None:
    """The same as Excel saves it: shared strings, the date as a number with a format of its own."""
    content = parts(path.read_bytes())
    name = next(one for one, part in content.items() if b"#findings" in part)
    text = content[name].decode()
    for number, column in enumerate("IJ"):
        text, count = re.subn(
            rf'<c r="{column}5"( s="\d+")/>', rf'<c r="{column}5"\1 t="s"><v>{number}</v></c>', text
        )
        assert count == 1
    text, count = re.subn(r'<c r="K5"( s="\d+")/>', '<c r="K5" s="__"><v>46027</v></c>', text)
    styles = content["xl/styles.xml"].decode()
    new = '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    styles = styles.replace("</cellXfs>", new)
    content["xl/styles.xml"] = re.sub(r'<cellXfs count="\d+"', "<cellXfs", styles).encode()
    last = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0].count("<xf ") - 1
    content[name] = text.replace("__", str(last)).encode()
    strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>王五</t></si><si><r><t>本年没有</t></r><r><t>制发规章</t></r></si></sst>'
    add(
        content,
        "xl/sharedStrings.xml",
        strings.encode(),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
    )
    relate(content, "xl/workbook.xml", "sharedStrings", "sharedStrings.xml", "rId777")
    path.write_bytes(packed(content))


def as_libreoffice(path: Path) -> None:
    by_openpyxl(path)
    [saved] = recalculated(path.parent / "lo", path)
    path.write_bytes(saved.read_bytes())


WAYS = [by_openpyxl, as_excel, pytest.param(as_libreoffice, marks=OFFICE)]


@pytest.mark.parametrize("fill", WAYS)
def test_a_decision_is_kept_until_the_facts_change(book: Path, fill: Callable[[Path], None]) -> None:
    assert mark(book).code == 1
    fill(book)

    result = mark(book)
    assert (result.code, result.out) == (0, f"年报.xlsx：1 个已核实\n{book}\n")
    assert listing(book)[0][6:] == ["已核实", "王五", "本年没有制发规章", "2026年1月5日"]

    change(book, {"disclosure.regulations.repealed": 4})
    assert mark(book).out.splitlines()[0] == "年报.xlsx：1 个已核实"
    assert mark(book).out.splitlines()[0] == "年报.xlsx：1 个已核实"

    change(book, {BLANK: "/"})
    result = mark(book)
    assert result.code == 1
    assert "规章 / 本年制发件数：填的是“/”" in result.out
    rows = listing(book)
    assert [row[6] for row in rows] == ["未核实", "已失效"]
    assert rows[1][4:] == [
        "规章 / 本年制发件数：空白",
        "这次没有这个问题：所依据的数或文字已经改动，或者没有给出上年报告；不再需要的，清空这一行的三个浅黄格",
        "已失效", "王五", "本年没有制发规章", "2026年1月5日",
    ]  # fmt: skip

    change(book, {BLANK: None})  # the facts decided on are back
    assert mark(book).out.splitlines()[0] == "年报.xlsx：1 个已核实"


def test_a_lapsed_decision_that_is_cleared_goes(book: Path) -> None:
    mark(book)
    by_openpyxl(book)
    change(book, {BLANK: 0})
    mark(book)
    assert [row[6] for row in listing(book)] == ["已失效"]
    by_openpyxl(book, "", "", "")
    mark(book)

    assert listing(book) == []


def test_a_settled_cell_is_grey_and_says_who_answers_for_it(book: Path) -> None:
    mark(book)
    by_openpyxl(book)
    mark(book)
    [place] = [place for one in check(reading.read(book)) for place in one.places]

    assert highlights(book.read_bytes()) == {(DISCLOSURE, place.cell): GREY}
    assert comments(book.read_bytes())[DISCLOSURE, place.cell].endswith(
        "\n【已核实】规章 / 本年制发件数：空白。王五，2026年1月5日：本年没有制发规章"
    )


def test_json_has_a_settled_finding_with_its_decision(book: Path) -> None:
    mark(book)
    by_openpyxl(book)
    result = nianbao("check", book, "--json")
    document = json.loads(result.out)

    assert (result.code, document["problems"]) == (0, [])
    [one] = document["settled"]
    assert (one["code"], one["decision"]) == (
        "blank",
        {"who": "王五", "why": "本年没有制发规章", "when": "2026年1月5日"},
    )


@pytest.mark.parametrize(
    ("who", "why", "when", "what", "cells"),
    [
        ("王五", "", "", "核实只填了已核实人，没有填理由：“规章 / 本年制发件数：空白”。请补填理由", "J5"),
        (
            "",
            "没有制发",
            "",
            "核实只填了理由，没有填已核实人：“规章 / 本年制发件数：空白”。请补填已核实人",
            "I5",
        ),
        (
            "",
            " ",
            "2026",
            "核实只填了日期，没有填已核实人、理由：“规章 / 本年制发件数：空白”。请补填已核实人、理由",
            "I5、J5",
        ),
    ],
)
def test_half_a_decision_is_a_problem_at_its_cell_and_is_not_lost(
    book: Path, who: str, why: str, when: str, what: str, cells: str
) -> None:
    mark(book)
    by_openpyxl(book, who, why, when)
    result = mark(book)

    assert (
        f"警告 年报.xlsx › 检查结果 › {cells}：{what}；不核实的，清空这一行的已核实人、理由、日期。\n"
        in result.out
    )
    assert (result.code, result.out.splitlines()[-2]) == (1, "年报.xlsx：2 个警告")
    assert listing(book) == [
        [
            "警告",
            "空白",
            DISCLOSURE,
            "C6",
            "规章 / 本年制发件数：空白",
            "没有发生的填 0，有数的填数",
            "未填全",
            who or None,
            why.strip() or None,
            when or None,
        ]
    ]


def test_a_word_against_an_error_does_not_count(tmp_path: Path) -> None:
    document = sound()
    document["table4"]["行政复议"][0] += 1
    path = save(document, tmp_path / "年报.xlsx")
    mark(path)
    by_openpyxl(path)
    result = mark(path)

    assert (result.code, result.out.splitlines()[-2]) == (1, "年报.xlsx：1 个错误")
    assert [row[6:8] for row in listing(path)] == [["须改正", None], ["不能核实", "王五"]]
    assert nianbao("generate", path, "-o", tmp_path / "out").code == 1


def test_what_last_years_report_is_to_blame_for_can_be_settled(tmp_path: Path) -> None:
    before, document = sound(2024), sound()
    before["table3"]["四、结转下年度继续办理"] = [0] * 7
    last, path = save(before, tmp_path / "2024.xlsx"), save(document, tmp_path / "年报.xlsx")
    mark(path, "--last-year", last)
    row = 5 + [line[1] for line in listing(path)].index("结转与上年不符")
    by_openpyxl(path, row=row)
    found = json.loads(nianbao("check", path, "--last-year", last, "--json").out)
    assert "carried-over" in {one["code"] for one in found["settled"]}
    assert "carried-over" not in {one["code"] for one in found["problems"]}

    mark(path)  # without last year's report the finding is not there, and the decision stays
    mark(path, "--last-year", last)
    assert [line[6] for line in listing(path) if line[1] == "结转与上年不符"] == ["已核实"]


def test_last_years_workbook_of_the_same_name_is_not_marked_into_this_years(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    before = sound(2024)
    before["table3"]["四、结转下年度继续办理"] = [0] * 7
    last, path = save(before, tmp_path / "2024" / "年报.xlsx"), save(sound(), tmp_path / "年报.xlsx")
    result = mark(path, "--last-year", last)

    assert "2024/年报.xlsx › 三、收到和处理政府信息公开申请情况" in result.out
    assert {cell for _, cell in new_comments(path)} & {f"{letter}31" for letter in "EFGHIJK"} == set()


def new_comments(path: Path) -> set[tuple[str, str]]:
    return {place for place, text in comments(path.read_bytes()).items() if "检查结果" in text}


def test_a_settled_finding_is_not_told_when_a_report_is_generated(book: Path, tmp_path: Path) -> None:
    mark(book)
    by_openpyxl(book)
    result = nianbao("generate", book, "-o", tmp_path / "out")

    assert (result.code, "空白" in result.out + result.err) == (0, False)


# ---------------------------------------------------------------- the command


def test_a_marked_copy_is_another_file_unless_the_workbook_itself_is_named(
    book: Path, tmp_path: Path
) -> None:
    before = book.read_bytes()
    copy = tmp_path / "标注.xlsx"
    result = nianbao("check", book, "--mark", copy)

    assert (result.out.splitlines()[-1], book.read_bytes()) == (str(copy), before)
    assert nianbao("check", book, "--mark", copy).code == 1  # the same again
    change(book, {BLANK: 0})
    assert nianbao("check", book, "--mark", copy).code == 1
    assert [row[1] for row in listing(copy)] == ["空白"]
    assert nianbao("check", book, "--mark", copy, "--force").code == 0
    assert listing(copy) == []


def test_decisions_in_a_copy_that_is_replaced_are_taken_over(book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "标注.xlsx"
    nianbao("check", book, "--mark", copy)
    by_openpyxl(copy)
    result = nianbao("check", book, "--mark", copy, "--force")

    assert (result.code, [row[6] for row in listing(copy)]) == (0, ["已核实"])


def test_decisions_in_the_copy_of_another_report_are_not_taken_over(book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "标注.xlsx"
    nianbao("check", book, "--mark", copy)
    by_openpyxl(copy)
    other = sound() | {"organ": "某某市审计局"}
    other["table2"]["规章"]["本年制发件数"] = ""
    path = save(other, tmp_path / "审计局.xlsx")

    assert nianbao("check", path, "--mark", copy, "--force").code == 1
    assert [row[6] for row in listing(copy) if row[1] == "空白"] == ["未核实"]


@pytest.mark.parametrize("words", [["{a}", "{b}"], ["{json}"]])
def test_only_one_workbook_can_be_marked(book: Path, tmp_path: Path, words: list[str]) -> None:
    other = tmp_path / "乙.json"
    other.write_text(json.dumps(sound()), encoding="utf-8")
    second = save(sound(), tmp_path / "乙.xlsx")
    sources = [word.format(a=book, b=second, json=other) for word in words]
    result = nianbao("check", *sources, "--mark", tmp_path / "标注.xlsx")

    told = "--mark 一次标注一份工作簿（.xlsx），写成另一份 .xlsx。用法见 nianbao --help\n"
    assert result == (2, "", told)
    assert not (tmp_path / "标注.xlsx").exists()


def test_what_cannot_be_opened_is_not_marked(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK")
    result = nianbao("check", path, "--mark", tmp_path / "标注.xlsx")

    assert (result.code, list(tmp_path.iterdir())) == (3, [path])


def test_a_workbook_without_an_organ_can_be_marked(book: Path, tmp_path: Path) -> None:
    opened = load_workbook(book)
    opened["基本信息"]["C4"] = None
    opened.save(book)
    mark(book)

    assert [row[1:4] for row in listing(book)] == [
        ["没有机关名称", "基本信息", "C4"],
        ["空白", "二、主动公开政府信息情况", "C6"],
    ]


def test_decisions_are_kept_while_a_workbook_has_no_organ(book: Path) -> None:
    mark(book)
    by_openpyxl(book)
    opened = load_workbook(book)
    organ, opened["基本信息"]["C4"] = opened["基本信息"]["C4"].value, None
    opened.save(book)
    mark(book)
    assert [row[6:9] for row in listing(book)] == [
        ["须改正", None, None],
        ["已核实", "王五", "本年没有制发规章"],
    ]

    opened = load_workbook(book)
    opened["基本信息"]["C4"] = organ
    opened.save(book)
    assert mark(book).out.splitlines()[0] == "年报.xlsx：1 个已核实"


# ---------------------------------------------------------------- in other files


def test_decisions_go_through_json_and_into_a_new_workbook(book: Path, tmp_path: Path) -> None:
    mark(book)
    by_openpyxl(book)
    decisions = reading.read(book).decisions
    nianbao("export", book, "-o", tmp_path / "a.json")
    assert reading.read(tmp_path / "a.json").decisions == decisions

    nianbao("new", tmp_path / "新.xlsx", "--from", tmp_path / "a.json")
    assert reading.read(tmp_path / "新.xlsx").decisions == decisions
    assert nianbao("check", tmp_path / "新.xlsx").out == "新.xlsx：1 个已核实\n"


def test_json_without_decisions_has_no_such_key_and_a_foreign_one_is_ignored() -> None:
    assert "decisions" not in json.loads(exchange.write(take(sound())))
    for foreign in (["x"], {"a": "b"}, {"0123456789abcdef": 1}, "x"):
        report = take(sound() | {"decisions": foreign})
        assert (report.decisions, report.reading) == ({}, ())


def test_json_with_a_decision_that_is_no_text_is_a_problem() -> None:
    report = take(sound() | {"decisions": {"0123456789abcdef": {"who": 1, "why": "x"}}})

    assert [str(one) for one in report.reading] == [
        "报告.json › decisions › 0123456789abcdef：对“0123456789abcdef”的核实不全是文字。请写成字符串。"
    ]


# ---------------------------------------------------------------- what counts


def problem(code: str, severity: Severity) -> Problem:
    return Problem(code, severity, "事", "改", (Place("a.xlsx"),), (code,))


@pytest.mark.parametrize(
    ("code", "severity", "may"),
    [
        ("blank", Severity.WARNING, True),
        ("jump", Severity.NOTICE, True),
        ("carried-over", Severity.ERROR, True),
        ("balance", Severity.ERROR, False),
        ("not-last-year", Severity.ERROR, False),
        ("decision-unfinished", Severity.WARNING, False),
    ],
)
def test_what_may_be_decided(code: str, severity: Severity, may: bool) -> None:
    one = problem(code, severity)
    decision = Decision("甲", "因为")

    assert decidable(one) is may
    assert settle([one], {one.fingerprint: decision}) == (
        ((), (Settled(one, decision),)) if may else ((one,), ())
    )


def test_json_stays_one_document_when_a_copy_is_marked(book: Path, tmp_path: Path) -> None:
    result = nianbao("check", book, "--json", "--mark", tmp_path / "标注.xlsx")

    assert [one["code"] for one in json.loads(result.out)["problems"]] == ["blank"]
    assert [row[1] for row in listing(tmp_path / "标注.xlsx")] == ["空白"]


def test_half_a_decision_and_one_on_other_facts_do_not_count() -> None:
    one = problem("blank", Severity.WARNING)

    assert settle([one], {one.fingerprint: Decision("甲", "")}) == ((one,), ())
    assert settle([one], {"0" * 16: Decision("甲", "因为")}) == ((one,), ())


def test_of_two_decisions_the_workbooks_own_goes_before_unless_it_is_half() -> None:
    half, whole, other = Decision("甲", ""), Decision("甲", "因为"), Decision("乙", "所以")

    assert joined({"a": other, "b": other, "c": half}, {"a": whole, "b": half}) == {
        "a": whole,
        "b": other,
        "c": half,
    }


def test_the_words_of_a_decision_are_kept_to_the_letter(book: Path) -> None:
    mark(book)
    words = ("王<五>&\"'", "=1+1 _x0041_ 😀\n第二行", "1-2")
    by_openpyxl(book)
    opened = load_workbook(book)
    for column, text in zip("IJK", words, strict=True):
        cell = opened["检查结果"][f"{column}5"]
        cell.value, cell.data_type = text.replace("_x0041_", "_x005F_x0041_"), "s"
    opened.save(book)
    mark(book)
    mark(book)

    [decision] = reading.read(book).decisions.values()
    assert (decision.who, decision.why, decision.when) == words


def test_words_that_look_like_keys_do_no_harm(book: Path) -> None:
    change(book, {"disclosure.normative_documents.repealed": None})
    before = reading.read(book)
    mark(book)
    by_openpyxl(book, "#columns", "text:overview", "requests.received")
    by_openpyxl(book, "甲", "因为", row=6)
    after = reading.read(book)

    assert (after.narratives, after.figures, after.reading) == (before.narratives, before.figures, ())
    assert [one.why for one in after.decisions.values()] == ["text:overview", "因为"]


def test_a_decision_may_be_a_formula(book: Path) -> None:
    mark(book)
    by_openpyxl(book)
    content = parts(book.read_bytes())
    name = [one for one, part in content.items() if one.startswith("xl/worksheets") and b'r="I5"' in part][-1]
    said = '<c r="I5" t="str"><f>"赵"&amp;"六"</f><v>赵六</v></c>'
    text, count = re.subn(r'<c r="I5".*?</c>', said, content[name].decode())
    assert count == 1
    content[name] = text.encode()
    book.write_bytes(packed(content))

    assert [one.who for one in reading.read(book).decisions.values()] == ["赵六"]


def test_a_copied_sheet_of_findings_does_no_harm(book: Path) -> None:
    mark(book)
    by_openpyxl(book)
    opened = load_workbook(book)
    opened.copy_worksheet(opened["检查结果"])
    opened.save(book)
    result = mark(book)

    assert result.out.splitlines()[0] == "年报.xlsx：1 个已核实"
    assert [name for name in load_workbook(book).sheetnames if "检查结果" in name] == ["检查结果"]


def test_marking_through_the_floor_below_keeps_the_decisions_in_the_content(book: Path) -> None:
    problems = check(reading.read(book))
    decisions = {problem.fingerprint: Decision("甲", "因为") for problem in problems}
    content = workbook.mark(book.read_bytes(), *settle(problems, decisions), decisions, file=book.name)

    assert workbook.mark(content, problems, file=book.name) == content
    assert load_workbook(io.BytesIO(content))["检查结果"]["B1"].value == "检查结果：1 个已核实"
