"""Where results go from whatever folder people stand in, and whether they find what is printed there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nianbao.app import files
from openpyxl import load_workbook

from tests.reports import save, sound
from tests.runner import nianbao

ORGAN = "某某市财政局"
TITLE = f"{ORGAN}2025年政府信息公开工作年度报告"
MADE = f"output/2025/{ORGAN}/{TITLE}.docx"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook in a folder of its own."""
    (tmp_path / "我的 文档").mkdir()
    return save(sound(), tmp_path / "我的 文档" / "2025.xlsx")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another folder, in which we stand."""
    (tmp_path / "别处").mkdir()
    monkeypatch.chdir(tmp_path / "别处")
    return tmp_path / "别处"


def test_beside_the_workbook_paths_are_told_from_there_on(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book.parent)

    for source in ("2025.xlsx", book, "../我的 文档/2025.xlsx", "."):
        assert nianbao("generate", source).out == f"{MADE}\n"
    assert (book.parent / MADE).is_file()


def test_above_the_workbook_results_go_where_people_stand(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book.parent.parent)

    assert nianbao("generate", "我的 文档/2025.xlsx").out == f"{MADE}\n"
    assert (book.parent.parent / MADE).is_file()


@pytest.mark.parametrize("source", ["../我的 文档/2025.xlsx", "{book}", "../我的 文档"])
def test_from_elsewhere_the_path_is_told_in_full(book: Path, elsewhere: Path, source: str) -> None:
    source = source.format(book=book)

    assert nianbao("generate", source).out == f"{elsewhere / MADE}\n"
    assert (elsewhere / MADE).is_file()
    (elsewhere / MADE).write_bytes(b"mine")
    assert f"错误 {elsewhere / MADE}：已有内容不同的同名文件" in nianbao("generate", source).err
    assert sorted(path.name for path in book.parent.iterdir()) == ["2025.xlsx"]


def test_of_two_one_elsewhere_is_enough_to_be_told_in_full(book: Path, elsewhere: Path) -> None:
    save(sound() | {"organ": "甲局", "issued_by": "甲局"}, elsewhere / "2025.xlsx")

    paths = nianbao("generate", "2025.xlsx", book).out.splitlines()
    assert [Path(path).parents[3] for path in paths] == [elsewhere, elsewhere]


def test_a_folder_that_is_named_is_where_the_results_go(book: Path, elsewhere: Path) -> None:
    assert nianbao("generate", book, "-o", book.parent).out == f"{book.parent / MADE[7:]}\n"
    assert nianbao("generate", book, "-o", "../成果").out == f"{elsewhere.parent / '成果' / MADE[7:]}\n"
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("generate", "2025.xlsx", "-o", "成果.docx"), "-o 要给文件夹"),
        (("check", "2025.xlsx", "--notes", "成果.docx"), "--notes 要给文件夹"),
        (("new", "--roster", "2025.xlsx", "--year", "2025", "-o", "成果.docx"), "-o 要给文件夹"),
        (("pdf", "2025.docx", "-o", "成果.docx"), "-o 要给 PDF 的文件名（.pdf）或者文件夹"),
    ],
)
def test_a_folder_is_not_called_as_a_file_is(
    book: Path, words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book.parent)
    (book.parent / "2025.docx").write_bytes(b"mine")

    assert nianbao(*words) == (2, "", f"{said}，现为 成果.docx。用法见 nianbao --help\n")
    assert sorted(path.name for path in book.parent.iterdir()) == ["2025.docx", "2025.xlsx"]


def test_in_a_linked_folder_paths_are_told_from_there_on(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "链接").symlink_to(book.parent, target_is_directory=True)
    monkeypatch.chdir(tmp_path / "链接")

    assert nianbao("generate", "2025.xlsx").out == f"{MADE}\n"
    assert (tmp_path / "链接" / MADE).is_file()


def test_what_is_written_to_a_link_is_in_the_file_that_it_points_to(book: Path, elsewhere: Path) -> None:
    link = elsewhere / "2025.xlsx"
    link.symlink_to(book)
    before = book.read_bytes()

    assert nianbao("check", link, "--mark", link).code == 0

    assert link.is_symlink()
    assert book.read_bytes() != before
    assert "检查结果" in load_workbook(book).sheetnames
    assert [path.name for path in elsewhere.iterdir()] == ["2025.xlsx"]
    assert [path.name for path in book.parent.iterdir()] == ["2025.xlsx"]


def test_links_among_several_files_give_way_to_them(tmp_path: Path) -> None:
    other = tmp_path / "别处"
    other.mkdir()
    (other / "旧.docx").write_bytes(b"old")
    paths = [tmp_path / "甲.docx", tmp_path / "乙.docx"]
    for path in paths:
        path.symlink_to(other / "旧.docx")

    files.put({path: path.name.encode() for path in paths}, force=True)

    assert [(path.read_text(), path.is_symlink()) for path in paths] == [
        ("甲.docx", False),
        ("乙.docx", False),
    ]
    assert (other / "旧.docx").read_bytes() == b"old"


def test_the_archive_is_the_one_of_the_folder_people_stand_in(book: Path, elsewhere: Path) -> None:
    added = nianbao("archive", "add", book)
    folder = elsewhere / "output" / "archive" / ORGAN / "2025" / "r1"
    (folder / "报告数据.json").chmod(0o644)
    (folder / "报告数据.json").write_text("{}", encoding="utf-8")

    assert added.out.splitlines()[0] == f"{folder}：已归档"
    assert nianbao("archive", "list").out.startswith(f"{ORGAN}　2025 年　第 1 版")
    [wrong] = [line for line in nianbao("archive", "verify").out.splitlines() if line.startswith("错误 ")]
    assert Path(wrong.removeprefix("错误 ").partition("：")[0]).samefile(folder / "报告数据.json")


def test_an_archive_that_is_not_there_is_told_with_where_it_was_looked_for(elsewhere: Path) -> None:
    assert nianbao("archive", "list").err.startswith(f"没有归档文件夹 {elsewhere / 'output' / 'archive'}；")


def test_what_is_imported_from_elsewhere_is_told_in_full(book: Path, elsewhere: Path) -> None:
    exported = json.loads(nianbao("export", book).out)
    assert exported["organ"] == ORGAN
    nianbao("generate", book, "-o", book.parent)
    [word] = book.parent.rglob("*.docx")

    assert nianbao("import", word).out.splitlines()[-1] == str(elsewhere / f"{TITLE}.xlsx")
