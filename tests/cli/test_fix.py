"""`check --fix`: a copy of the workbook in which only what is certain is changed."""

from __future__ import annotations

from pathlib import Path

from nianbao.media import workbook
from openpyxl import load_workbook

from tests import runner
from tests.reports import sound, take

SLIPS = {
    "引言": "本报告依据条例编制，数据统计期限为2024年1月1日至2024年12月31日。",
    "一": (
        "三、收到和处理政府信息公开申请情况\n（一）主动公开情况\n全年公开信息若干条，精神精神饱满。\n"
        "（二）依申请公开情况\n收到的申请依法答复。\n（三）政府信息管理情况\n公开前,逐件审查。\n"
        "（四）平台建设情况\n网站栏目按时更新。\n（五）监督保障情况\n年中、年末各检查一次。"
    ),
}


def book(folder: Path, **particulars: str) -> Path:
    """A workbook with slips in its texts, and a number written in full width."""
    document = sound() | particulars
    document["sections"] |= SLIPS
    document["table2"]["规章"]["本年制发件数"] = "０"
    path = folder / "年报.xlsx"
    path.write_bytes(workbook.write(take(document))[0])
    return path


def cells(path: Path) -> dict[tuple[str, str], object]:
    """What stands in the cells of a workbook."""
    sheets = load_workbook(path).worksheets
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_what_is_certain_is_changed_and_told_and_nothing_else(tmp_path: Path) -> None:
    source, target = book(tmp_path), tmp_path / "改正.xlsx"
    before = source.read_bytes()
    result = runner.nianbao("check", source, "--fix", target)

    assert result.out.splitlines() == [
        "年报.xlsx › 一、总体情况 › 第 3 段：“精神精神”改为“精神”。",
        "年报.xlsx › 一、总体情况 › 第 1 段：删去“三、收到和处理政府信息公开申请情况”。",
        "年报.xlsx › 引言 › 第 1 段：“2024年1月1日至2024年12月31日”改为“2025年1月1日至2025年12月31日”。",
        "年报.xlsx › 二、主动公开政府信息情况 › 规章 / 本年制发件数：“０”改为“0”。",
        "年报.xlsx › 一、总体情况 › 第 7 段：“,”改为“，”。",
        f"{target}：改正了 5 处",
        "改正.xlsx：没有问题",
    ]
    assert result.code == 0
    assert source.read_bytes() == before
    old, new = cells(source), cells(target)
    changed = {place for place in old | new if old.get(place) != new.get(place)}
    assert {sheet for sheet, _ in changed} == {"引言", "一、总体情况", "二、主动公开政府信息情况"}


def test_what_is_not_certain_by_itself_stays_and_is_told(tmp_path: Path) -> None:
    source, target = book(tmp_path, issued_by="某某市财局"), tmp_path / "改正.xlsx"
    result = runner.nianbao("check", source, "--fix", target)

    assert result.code == 1
    assert "改正了 5 处" in result.out
    assert "署名“某某市财局”比机关名称“某某市财政局”少了字" in result.out


def test_nothing_is_overwritten_without_being_told_to(tmp_path: Path) -> None:
    source, target = book(tmp_path), tmp_path / "改正.xlsx"
    target.write_bytes(b"mine")

    assert runner.nianbao("check", source, "--fix", target).code == 1
    assert target.read_bytes() == b"mine"
    before = source.read_bytes()
    assert runner.nianbao("check", source, "--fix", source).code == 1
    assert source.read_bytes() == before
    assert runner.nianbao("check", source, "--fix", source, "--force").code == 0
    assert source.read_bytes() != before


def test_one_workbook_at_a_time(tmp_path: Path) -> None:
    source = book(tmp_path)
    result = runner.nianbao("check", source, "--fix", tmp_path / "改正.docx")

    assert (result.code, result.out) == (2, "")
    assert "--fix 一次改正一份工作簿（.xlsx），写成另一份 .xlsx" in result.err


def test_a_workbook_with_nothing_to_correct_is_copied_as_it_is(tmp_path: Path) -> None:
    source, target = tmp_path / "年报.xlsx", tmp_path / "改正.xlsx"
    source.write_bytes(workbook.write(take(sound()))[0])

    assert runner.nianbao("check", source, "--fix", target).out.splitlines() == [
        f"{target}：改正了 0 处",
        "改正.xlsx：没有问题",
    ]
    assert target.read_bytes() == source.read_bytes()
