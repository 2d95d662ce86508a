"""`check FOLDER --mark FOLDER2`: every report's copy with its findings, and nothing of anybody's lost."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from tests.app import here
from tests.libreoffice import convert, recalculated, with_soffice
from tests.report.rollup.rollup_samples import names, organs, save
from tests.reports import save as save_book
from tests.reports import sound
from tests.runner import Ran, nianbao, spawn

BLANK = ("规章", "本年制发件数")
USAGE = "。用法见 nianbao --help\n"


def doubtful(organ: str = "某某市某某局") -> dict[str, Any]:
    """A report with one finding: a blank cell, which is a warning."""
    document = sound() | {"organ": organ, "issued_by": organ}
    document["table2"][BLANK[0]][BLANK[1]] = ""
    return document


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two workbooks of one name, in folders of their own; all work is done in this process."""
    here.stay(monkeypatch)
    for organ in ("甲局", "乙局"):
        (tmp_path / "各单位" / organ).mkdir(parents=True)
        save_book(doubtful(organ), tmp_path / "各单位" / organ / "年报.xlsx")
    return tmp_path / "各单位"


def listing(path: Path) -> list[tuple[str, str]]:
    """The names and states on the sheet of findings."""
    sheet = load_workbook(path)["检查结果"]
    return [(str(row[2].value), str(row[7].value)) for row in sheet.iter_rows(min_row=5)]


def settle(path: Path) -> None:
    """Answer for the first finding, as somebody does in a spreadsheet."""
    book = load_workbook(path)
    for column, text in zip("IJK", ("王五", "本年没有制发规章", "2026年1月5日"), strict=True):
        book["检查结果"][f"{column}5"] = text
    book.save(path)


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def errors(result: Ran) -> list[str]:
    return [line for line in result.out.splitlines() if line.startswith("错误")]


def test_every_copy_lies_under_the_path_of_its_workbook_and_none_is_changed(
    folder: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.xlsx")}
    result = nianbao("check", folder, "--mark", tmp_path / "标注")

    assert result.code == 1
    assert result.out.splitlines()[-1] == f"标注 2 份：{tmp_path / '标注'}"
    assert below(tmp_path / "标注") == ["乙局/年报.xlsx", "甲局/年报.xlsx"]
    assert [listing(path) for path in (tmp_path / "标注").rglob("*.xlsx")] == [[("空白", "未核实")]] * 2
    assert {path: path.read_bytes() for path in folder.rglob("*.xlsx")} == before


def test_the_second_time_decisions_are_taken_over_and_new_findings_are_there(
    folder: Path, tmp_path: Path
) -> None:
    marked = tmp_path / "标注"
    nianbao("check", folder, "--mark", marked)
    settle(marked / "甲局" / "年报.xlsx")
    document = doubtful("甲局")
    document["table2"]["行政许可"]["本年处理决定数量"] = -1
    save_book(document, folder / "甲局" / "年报.xlsx")
    result = nianbao("check", folder, "--mark", marked)

    assert (result.code, result.out.splitlines()[-1]) == (1, f"标注 2 份：{marked}")
    assert listing(marked / "甲局" / "年报.xlsx") == [("负数", "须改正"), ("空白", "已核实")]
    assert listing(marked / "乙局" / "年报.xlsx") == [("空白", "未核实")]


def test_the_same_again_writes_nothing(folder: Path, tmp_path: Path) -> None:
    nianbao("check", folder, "--mark", tmp_path / "标注")
    copies = list((tmp_path / "标注").rglob("*.xlsx"))
    for path in copies:
        os.utime(path, (1, 1))
    assert nianbao("check", folder, "--mark", tmp_path / "标注").code == 1

    assert [path.stat().st_mtime for path in copies] == [1, 1]


@with_soffice
def test_a_copy_that_was_only_opened_and_saved_is_replaced(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "标注" / "甲局" / "年报.xlsx"
    nianbao("check", folder, "--mark", tmp_path / "标注")
    [saved] = recalculated(tmp_path / "存过", copy)
    saved.replace(copy)
    save_book(sound() | {"organ": "甲局", "issued_by": "甲局"}, folder / "甲局" / "年报.xlsx")
    nianbao("check", folder, "--mark", tmp_path / "标注")

    assert listing(copy) == []


def test_what_was_mended_in_a_copy_is_not_lost(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "标注" / "甲局" / "年报.xlsx"
    nianbao("check", folder, "--mark", tmp_path / "标注")
    book = load_workbook(copy)
    book["基本信息"]["C4"] = "某某市甲局"
    book.save(copy)
    mended = copy.read_bytes()
    document = doubtful("甲局")
    document["table2"]["行政许可"]["本年处理决定数量"] = -1
    save_book(document, folder / "甲局" / "年报.xlsx")
    result = nianbao("check", folder, "--mark", tmp_path / "标注")

    told = f"错误 {copy}：已有内容不同的同名文件，没有覆盖。请核对；确要覆盖的加 --force。"
    assert (result.code, errors(result)[-1], copy.read_bytes() == mended) == (1, told, True)
    assert result.out.splitlines()[-1] == f"标注 1 份：{tmp_path / '标注'}"
    assert nianbao("check", folder, "--mark", tmp_path / "标注", "--force").code == 1
    assert listing(copy) == [("负数", "须改正"), ("空白", "未核实")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600), "别人的".encode()])
def test_a_foreign_file_is_left_as_it_is(folder: Path, tmp_path: Path, content: bytes) -> None:
    copy = tmp_path / "标注" / "甲局" / "年报.xlsx"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(content)
    result = nianbao("check", folder, "--mark", tmp_path / "标注")

    assert (result.code, errors(result)[-1].startswith(f"错误 {copy}：已有内容不同")) == (1, True)
    assert copy.read_bytes() == content
    assert listing(tmp_path / "标注" / "乙局" / "年报.xlsx") == [("空白", "未核实")]


def test_another_workbook_of_the_same_organ_is_left_as_it_is(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "标注" / "甲局" / "年报.xlsx"
    copy.parent.mkdir(parents=True)
    save_book(sound() | {"organ": "甲局"}, copy)
    before = copy.read_bytes()

    assert len(errors(nianbao("check", folder, "--mark", tmp_path / "标注"))) == 1
    assert copy.read_bytes() == before


def test_a_folder_in_the_way_stops_only_its_own_copy(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "标注" / "甲局" / "年报.xlsx").mkdir(parents=True)
    (tmp_path / "标注" / "乙局").parent.mkdir(exist_ok=True)
    result = nianbao("check", folder, "--mark", tmp_path / "标注")

    assert (result.code, len(errors(result))) == (1, 1)
    assert below(tmp_path / "标注") == ["乙局/年报.xlsx"]


def test_a_file_in_the_way_of_a_folder_stops_only_its_own_copy(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "标注").mkdir()
    (tmp_path / "标注" / "甲局").write_bytes(b"1")
    result = nianbao("check", folder, "--mark", tmp_path / "标注")

    assert (result.code, errors(result)) == (
        3,
        [f"错误 {tmp_path / '标注' / '甲局' / '年报.xlsx'}：路径中有一段是文件，不是文件夹。请核对路径。"],
    )
    assert below(tmp_path / "标注") == ["乙局/年报.xlsx", "甲局"]


@pytest.mark.parametrize("target", ["各单位", "各单位/标注", "各单位/甲局", "各单位/../各单位/x"])
def test_copies_never_go_among_the_reports(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = below(tmp_path)
    for option in ("--mark", "--notes"):
        result = nianbao("check", "各单位", option, target)

        assert result == (
            2,
            "",
            f"{option} 的文件夹不能是 各单位，也不能在它里面：写出的文件会和报告混在一起，"
            f"下次当作报告又读一遍；请给一个外面的文件夹{USAGE}",
        )
    assert below(tmp_path) == before


def test_a_link_to_the_folder_is_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "链接").symlink_to(folder, target_is_directory=True)

    assert nianbao("check", folder, "--mark", tmp_path / "链接").code == 2


def test_no_copy_covers_a_report(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = nianbao("check", "各单位/甲局/年报.xlsx", "--mark", "各单位/甲局")

    told = "--mark 的文件夹里有要检查的报告 各单位/甲局/年报.xlsx，会被标注的盖住；请另给一个文件夹"
    assert result == (2, "", told + USAGE)


def test_two_reports_that_would_have_one_copy_are_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = nianbao("check", "各单位/甲局/年报.xlsx", "各单位/乙局/年报.xlsx", "--mark", "标注")

    told = (
        f"各单位/甲局/年报.xlsx 和 各单位/乙局/年报.xlsx 标注后都是 {Path('标注/年报.xlsx')}；"
        "请分几次标注，或给出放有它们的文件夹"
    )
    assert result == (2, "", told + USAGE)


def test_a_file_is_no_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "标注").write_bytes(b"1")
    result = nianbao("check", folder, "--mark", tmp_path / "标注")

    assert result == (2, "", f"--mark 要给文件夹，{tmp_path / '标注'} 是文件{USAGE}")


def test_one_workbook_can_be_marked_into_a_folder(folder: Path, tmp_path: Path) -> None:
    result = nianbao("check", folder / "甲局" / "年报.xlsx", "--mark", tmp_path / "标注")

    assert (result.code, below(tmp_path / "标注")) == (1, ["年报.xlsx"])


def test_what_is_no_workbook_or_cannot_be_read_gets_a_list_in_word(folder: Path, tmp_path: Path) -> None:
    (folder / "丙.json").write_text(json.dumps(doubtful("丙局"), ensure_ascii=False), encoding="utf-8")
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    result = nianbao("check", folder, "--mark", tmp_path / "标注")

    assert (result.code, below(tmp_path / "标注")) == (
        3,
        ["丙.json-检查结果.docx", "乙局/年报.xlsx", "坏.xlsx-检查结果.docx", "甲局/年报.xlsx"],
    )
    lists = [
        docx.Document(str(tmp_path / "标注" / f"{name}-检查结果.docx")) for name in ("丙.json", "坏.xlsx")
    ]
    assert [one.paragraphs[1].text for one in lists] == ["丙.json：1个警告。", "坏.xlsx：1个错误。"]
    assert [cell.text for cell in lists[0].tables[0].rows[1].cells][:2] == [
        "1",
        "table2 › 规章 / 本年制发件数",
    ]
    (folder / "丙.json").write_text(json.dumps(sound(), ensure_ascii=False), encoding="utf-8")
    nianbao("check", folder, "--mark", tmp_path / "标注")
    again = docx.Document(str(tmp_path / "标注" / "丙.json-检查结果.docx"))
    assert again.paragraphs[1].text == "丙.json：没有问题。"


@with_soffice
def test_a_workbook_of_an_older_kind_is_marked_as_an_xlsx(tmp_path: Path) -> None:
    folder = tmp_path / "各单位"
    folder.mkdir()
    convert(folder, save_book(doubtful(), tmp_path / "年报.xlsx"), kind="ods")
    result = nianbao("check", folder, "--mark", tmp_path / "标注")

    assert (result.code, below(tmp_path / "标注")) == (1, ["年报.ods-标注.xlsx"])
    marked = tmp_path / "标注" / "年报.ods-标注.xlsx"
    assert ("空白", "未核实") in listing(marked)
    assert nianbao("check", marked).code == 1


def test_a_workbook_with_macros_keeps_its_name(folder: Path, tmp_path: Path) -> None:
    (folder / "甲局" / "年报.xlsx").rename(folder / "甲局" / "年报.xlsm")
    nianbao("check", folder, "--mark", tmp_path / "标注")

    assert below(tmp_path / "标注") == ["乙局/年报.xlsx", "甲局/年报.xlsm"]


def test_sixty_organs_in_processes(tmp_path: Path) -> None:
    """As people call it: every file has its copy, each in its place, and nothing half-written lies about."""
    documents = organs(60)
    for at in range(0, 60, 4):
        documents[at]["table3"]["1.属于国家秘密"][6] += 1
    files = save(documents, tmp_path / "各单位" / "乡镇", books=12)
    assert nianbao("generate", files[1], "-o", tmp_path / "output").code == 0
    [made] = (tmp_path / "output" / "2025").rglob("*.docx")
    (tmp_path / "已发布").mkdir()
    made.rename(tmp_path / "已发布" / "一.docx")
    (tmp_path / "已发布" / "坏.pdf").write_bytes(b"%PDF-1.4")
    files.pop(1).unlink()
    words = ("--mark", "标注", "--notes", "通知", "--format", "html", "-o", "检查结果.html")
    result = spawn("check", "各单位", "已发布", *words, cwd=tmp_path)

    assert (result.code, result.out, result.err) == (3, "检查结果.html\n", "")
    books = [path.name for path in files if path.suffix == ".xlsx"]
    lists = [f"{path.name}-检查结果.docx" for path in files if path.suffix == ".json"]
    copies = [f"乡镇/{name}" for name in (*books, *lists)]
    assert below(tmp_path / "标注") == sorted([*copies, "一.docx-检查结果.docx", "坏.pdf-检查结果.docx"])
    assert {name for name in books if listing(tmp_path / "标注" / "乡镇" / name)} == {
        f"{at:04d}.xlsx" for at in (0, 4, 8)
    }
    returned = [names(60)[at] for at in range(0, 60, 4)]
    assert below(tmp_path / "通知" / "退回") == sorted(
        f"{name}.{kind}" for name in (*returned, "坏") for kind in ("docx", "txt")
    )
    page = (tmp_path / "检查结果.html").read_text(encoding="utf-8")
    assert [page.count(f"<td>各单位/乡镇/{path.name}") for path in files] == [1] * 59
    assert [page.count(f'id="file-{at}"') for at in range(1, 62)] == [1] * 61
    assert [organ for organ in names(60) if organ not in page] == []
