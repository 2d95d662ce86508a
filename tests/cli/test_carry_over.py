"""This year's workbook begun with last year's report."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import new as new_workbook
from nianbao.app import reading
from nianbao.app.outcome import Usage
from nianbao.mandate import for_year
from nianbao.media import exchange, word, workbook
from nianbao.media.workbook.last_year import SHEET
from nianbao.report import ProblemsFound, Report, Severity, State, assemble, check
from nianbao.report.carried_over import CarriedOver, carry_over
from openpyxl import load_workbook

from tests.paths import REPORTS
from tests.reports import ELEMENTS, sound, take

ACROSS = {"carried-over", "in-force-chain", "projects-chain", "public-total-chain", "not-last-year"}
COPIED = {"same-table", "jump", "other-organ"}
ROW = "requests.carried_in"


def last(year: int = 2024, **changes: Any) -> Report:
    return take(sound(year) | changes)


def begun(report: Report, organ: str = "") -> tuple[CarriedOver, Report]:
    """What is carried, and this year's workbook as it is read back."""
    carried = carry_over(report, for_year(report.year + 1), report.year + 1, organ)
    content, problems = workbook.write(carried)
    assert problems == ()
    return carried, workbook.read_content(content, "本年.xlsx")


def book(report: Report) -> Any:
    carried = carry_over(report, for_year(report.year + 1), report.year + 1)
    return load_workbook(io.BytesIO(workbook.write(carried)[0]))


def test_what_was_carried_out_is_carried_in_column_by_column() -> None:
    report = last()
    _, found = begun(report)

    columns = [key.rpartition(".")[2] for key in found.figures if key.startswith(f"{ROW}.")]
    assert len(columns) == 7
    assert {one: found.figures[f"{ROW}.{one}"].number for one in columns} == {
        one: report.figures[f"requests.carried_out.{one}"].number for one in columns
    }
    rest = {key for key, figure in found.figures.items() if figure.state is not State.BLANK}
    assert {key for key in rest if not key.startswith(ROW)} <= set(found.mandate.totals)


def test_organ_kind_signature_and_contact_are_carried_and_nothing_else() -> None:
    contact = {
        "联系地址": "某某路1号",
        "邮政编码": "100000",
        "联系电话": "010-12345678",
        "电子邮箱": "a@b.cn",
    }
    _, found = begun(last(reporter="乡镇（街道）", contact=contact, title="另一个标题"))

    assert (found.organ, found.year, found.reporter_name) == ("某某市财政局", 2025, "乡镇（街道）")
    assert (found.issued_by, found.date_line) == ("某某市财政局", "")
    assert found.title == "某某市财政局2025年政府信息公开工作年度报告"
    assert found.contact == dict(zip(found.contact, contact.values(), strict=True))
    assert {key: len(each) for key, each in found.narratives.items() if each} == {}


def test_elements_are_carried_but_for_number_and_day() -> None:
    assert begun(last(**ELEMENTS))[1].elements == ELEMENTS | {"document_number": "", "printed_on": ""}
    assert [begun(last(seal=seal))[1].elements["seal"] for seal in ("是", "否", "")] == ["是", "否", "是"]


@pytest.mark.parametrize(("year", "key", "wanted"), [
    (2024, "requests.received.natural_person", ["上年（2024 年）：27"]),
    (2020, "requests.received.natural_person", ["上年（2020 年）：24"]),
])  # fmt: skip
def test_last_years_figure_is_beside_the_cell(year: int, key: str, wanted: list[str]) -> None:
    assert carry_over(last(year), for_year(year + 1), year + 1).notes[key] == tuple(wanted)


def test_the_note_is_a_comment_below_what_is_said_there_already() -> None:
    report = last()
    made = book(report)
    sheet = made["二、主动公开政府信息情况"]
    comments = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    spot = next(text for text in comments.values() if "上年末" in text)
    base = report.figures["disclosure.regulations.in_force"].text

    assert spot == (
        f"上年（2024 年）：{base}\n现行有效件数等于上年现行有效加本年制发减本年废止；上年末 {base}"
    )
    first = made["四、政府信息公开行政复议、行政诉讼情况"]
    texts = [cell.comment.text for row in first for cell in row if cell.comment]
    assert len(texts) == 15
    assert texts[0].endswith("\n上年（2024 年）：1")
    assert len(texts[0].splitlines()) == 2


def test_every_figure_of_last_year_has_its_note_in_the_workbook() -> None:
    made = book(last())
    found = sum(
        1
        for sheet in made
        for row in sheet
        for cell in row
        if cell.comment and "上年（2024 年）" in cell.comment.text
    )

    assert found == 200


def test_last_years_texts_are_on_a_sheet_that_is_not_read() -> None:
    report = last()
    made = book(report)
    values = [cell.value for row in made[SHEET] for cell in row if isinstance(cell.value, str)]

    assert all(one.text in values for each in report.narratives.values() for one in each)
    assert "仅供参考" in str(made[SHEET]["B2"].value)
    assert made[SHEET].protection.sheet


def test_a_text_that_looks_like_a_formula_or_is_very_long_is_kept_as_it_is() -> None:
    long = "一" * 40_000
    sections = sound(2024)["sections"] | {"五": f"=1+1\n{long}"}
    made = book(last(sections=sections))
    cells = [cell for row in made[SHEET] for cell in row if cell.value]

    assert [(cell.value, cell.data_type) for cell in cells if str(cell.value).startswith("=")] == [
        ("=1+1", "s")
    ]
    assert "".join(str(cell.value) for cell in cells if str(cell.value).startswith("一一")) == long


@pytest.mark.parametrize("year", [2019, 2020, 2022, 2024])
def test_the_workbook_has_no_finding_across_years(year: int) -> None:
    report = last(year)
    _, found = begun(report)

    assert {one.code for one in check(found, report)} & (ACROSS | COPIED) == set()


def test_a_number_of_projects_is_carried_in_the_form_of_2019() -> None:
    report = last(2019)
    carried, _ = begun(report)

    before = [report.figures[f"disclosure.licences.{one}"].number for one in ("previous_projects", "change")]
    keys = [key for key in carried.filled if key.startswith("disclosure.licences.")]
    assert [carried.filled[key].number for key in keys] == [sum(before)]  # type: ignore[arg-type] # numbers


def test_what_is_no_number_fills_nothing_and_is_told() -> None:
    document = sound(2024)
    row = document["table3"]["四、结转下年度继续办理"]
    row[1] = "/"
    report = take(document)
    carried, found = begun(report)

    assert [(one.code, one.severity) for one in carried.problems] == [("not-carried", Severity.WARNING)]
    assert carried.problems[0].places == (report.figures["requests.carried_out.business"].place,)
    assert found.figures[f"{ROW}.business"].state is State.BLANK
    assert found.figures[f"{ROW}.natural_person"].number == row[0]


@pytest.mark.parametrize("year", [2024, 2026, 2027])
def test_another_year_is_refused(year: int) -> None:
    with pytest.raises(ProblemsFound) as caught:
        carry_over(last(2024), for_year(year), year)

    assert [one.code for one in caught.value.problems] == ["not-last-year"]


def test_another_organ_is_told_and_the_name_given_wins() -> None:
    carried, found = begun(last(), "某某市审计局")

    assert [(one.code, one.severity) for one in carried.problems] == [("other-organ", Severity.WARNING)]
    assert (found.organ, found.issued_by) == ("某某市审计局", "某某市审计局")


def test_findings_can_be_marked_in_it_and_the_notes_stay() -> None:
    report = last()
    content = workbook.write(carry_over(report, for_year(2025), 2025))[0]
    found = workbook.read_content(content, "本年.xlsx")
    marked = load_workbook(io.BytesIO(workbook.mark(content, check(found), file="本年.xlsx")))
    texts = [cell.comment.text for sheet in marked for row in sheet for cell in row if cell.comment]

    assert sum("上年（2024 年）" in text for text in texts) == 200
    assert any("上年（2024 年）" in text and "没有一格填 0" in text for text in texts)


@pytest.mark.parametrize("kind", [".json", ".docx", ".xlsx"])
def test_the_command_takes_any_report_and_knows_year_and_organ(kind: str, tmp_path: Path) -> None:
    report = last()
    source = tmp_path / f"上年{kind}"
    template = word.Template(Path("templates/2021.docx").read_bytes(), "2021.docx")
    make: dict[str, Callable[[], bytes]] = {
        ".json": lambda: exchange.write(report).encode(),
        ".docx": lambda: word.merge(template, report),
        ".xlsx": lambda: workbook.write(report)[0],
    }
    source.write_bytes(make[kind]())
    target = tmp_path / "本年.xlsx"
    problems = new_workbook.begin(target, source, None, "", force=False)
    found = reading.read(target)

    assert problems == ()
    assert (found.organ, found.year) == ("某某市财政局", 2025)
    assert found.figures[f"{ROW}.total"].number == report.figures["requests.carried_out.total"].number


def test_a_year_without_a_form_is_wrong_usage(tmp_path: Path) -> None:
    source = tmp_path / "上年.json"
    source.write_text(exchange.write(last()))
    with pytest.raises(Usage):
        new_workbook.begin(tmp_path / "本年.xlsx", source, 2012, "", force=False)
    assert not (tmp_path / "本年.xlsx").exists()


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the published reports are not here")
def test_no_published_report_carried_over_has_a_finding_across_years() -> None:
    wrong = {}
    for path in sorted(REPORTS.glob("*.json")):
        report = exchange.read(path)
        _, found = begun(report)
        if codes := {one.code for one in check(found, report)} & (ACROSS | COPIED):
            wrong[path.stem] = codes
    assert wrong == {}


def test_the_year_as_it_should_be_has_no_finding_at_all() -> None:
    report = last()
    _, found = begun(report)
    document = sound(2025)
    figures = {key: figure for key, figure in found.figures.items() if key.startswith(ROW)}
    row = "二、上年结转政府信息公开申请数量"
    before = document["table3"][row]
    carried = [int(figure.text) for figure in figures.values()]
    document["table3"][row] = carried
    new = document["table3"]["一、本年新收政府信息公开申请数量"]
    document["table3"]["一、本年新收政府信息公开申请数量"] = [
        one + old - now for one, old, now in zip(new, before, carried, strict=True)
    ]
    for label, key in (("规章", "regulations"), ("行政规范性文件", "normative_documents")):
        line = document["table2"][label]
        base = report.figures[f"disclosure.{key}.in_force"].number
        line["现行有效件数"] = base + line["本年制发件数"] - line["本年废止件数"]
    document["sections"]["一"] = document["sections"]["一"].replace("若干", "多")
    document["sections"]["五"] = "公开专栏更新偏慢。明年起每月检查栏目更新。"
    done = assemble(exchange.enter(exchange.write(take(document)).encode(), "本年.json"))

    assert {one.code for one in check(done, report)} & ACROSS == set()
