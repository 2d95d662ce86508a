"""Every file of a folder is read, or named with the reason why not; who has a file there has reported."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.app.sources import survey
from nianbao.media import webpage, workbook

from tests.report.rollup.rollup_samples import COUNTY, organs, save
from tests.reports import take
from tests.runner import nianbao

Sound = Callable[..., dict[str, Any]]
OTHERS = {  # what lies there, and what is said of it
    "全部.zip": "这 2 个压缩包没有打开，里面的没有读。请解压缩，给出解压后的文件夹。",
    "另一些.RAR": "",
    "扫描.JPG": "这 1 个图片没有读。报告是扫描件的，请用有文字的文件，或在工作簿中填写。",
    "年报.xlsx.lnk": "这 1 个快捷方式没有读。请放入文件本身。",
    "年报.ofd": "这 1 个 OFD 文件没有读。请用阅读软件另存为 PDF。",
    "年报": "这 1 个文件没有扩展名，没有读。请补上扩展名，例如 .xlsx。",
    "年报.xlsx.crdownload": "这 1 个临时文件没有读。请核对是不是没有下载完，或没有保存完。",
    "旧.xlsb": "这 1 个文件没有读。请用 Excel 或 WPS 另存为 .xlsx，或移走。",
    ".隐藏.xlsx": "这 1 个隐藏的文件或文件夹没有读。要读的，请改名，不要以“.”开头。",
    "年报.pdf": "同处有工作簿或交换文件，这 1 个别的报告没有读。要读的，请单独给出。",
}
KNOWN = (
    "~$年报.xlsx",
    ".~lock.年报.xlsx#",
    "Thumbs.db",
    "desktop.ini",
    ".DS_Store",
    "._年报.xlsx",
    "~WRL0005.tmp",
)


@pytest.fixture
def folder(tmp_path: Path, sound: Sound) -> Path:
    """A folder with one report in it."""
    made = tmp_path / "各单位"
    made.mkdir()
    (made / "年报.JSON").write_text(json.dumps(sound(), ensure_ascii=False), encoding="utf-8")
    return made


def test_each_file_that_is_not_read_is_named_with_its_reason(folder: Path) -> None:
    for name in (*OTHERS, *KNOWN):
        (folder / name).write_bytes(b"x")

    result = nianbao("check", folder)

    told = {line for line in result.out.splitlines() if "没有" in line and line[:2] in ("警告", "提示")}
    wanted = {said for said in OTHERS.values() if said}
    assert {line.partition("：")[2] for line in told} == wanted
    assert all(any(name in line for line in told) for name in OTHERS)
    assert not any(name in result.out for name in KNOWN)
    assert result.out.splitlines()[-1] == "年报.JSON：没有问题"
    assert result.code == 1


def test_links_pipes_and_what_lies_deeper(folder: Path, tmp_path: Path) -> None:
    (folder / "镇" / "村").mkdir(parents=True)
    (folder / "镇" / "村" / "年报.json").write_bytes((folder / "年报.JSON").read_bytes())
    (tmp_path / "别处").mkdir()
    (folder / "链接").symlink_to(tmp_path / "别处", target_is_directory=True)
    (folder / "断.xlsx").symlink_to(tmp_path / "没有.xlsx")
    os.mkfifo(folder / "管道.xlsx")

    found = survey([folder])

    assert list(found.files.values()) == ["年报.JSON", "断.xlsx", "镇/村/年报.json"]
    assert [str(problem) for problem in found.problems] == [
        "管道.xlsx：这 1 个不是普通的文件（管道、设备），没有读。请移走。",
        "链接：这 1 个链接指向文件夹，没有跟进去。请直接给出那个文件夹。",
    ]
    broken = nianbao("check", folder / "断.xlsx").out.splitlines()[0]
    assert broken.endswith("这个链接指向的文件不在了。请核对链接，或给出文件本身。")


def test_json_names_them_too_and_other_commands_tell_them(folder: Path, tmp_path: Path) -> None:
    (folder / "全部.zip").write_bytes(b"x")
    output = tmp_path / "output"

    problems = json.loads(nianbao("check", folder, "--json").out)["problems"]
    made = nianbao("generate", folder, "-o", output)
    added = nianbao("archive", "add", folder, "--root", tmp_path / "archive", "--json")

    assert [(one["code"], one["file"]) for one in problems] == [("file-passed-over", "全部.zip")]
    assert "警告 全部.zip：这 1 个压缩包没有打开，里面的没有读" in made.err
    assert made.code == 0
    assert [one["code"] for one in json.loads(added.out)["problems"]][:1] == ["file-passed-over"]


def test_a_folder_without_any_report_says_what_lies_in_it(tmp_path: Path) -> None:
    (tmp_path / "各单位").mkdir()
    (tmp_path / "各单位" / "全部.zip").write_bytes(b"x")

    result = nianbao("check", tmp_path / "各单位")

    assert result.code == 2
    assert "警告 全部.zip：这 1 个压缩包没有打开" in result.err
    assert "文件夹中没有可以读的文件" in result.err


def test_nobody_has_not_reported_whose_file_lies_there(tmp_path: Path) -> None:
    folder, roster, path = tmp_path / "in", tmp_path / "名册.xlsx", tmp_path / "汇总.xlsx"
    reports = organs(8)
    save(reports, folder)
    words = ("rollup", folder, "-o", path, "--organ", COUNTY, "--reporter", "县级政府汇总")
    assert nianbao("rollup", folder, "--new-roster", roster)[0] == 0
    names = [report["organ"] for report in reports]
    files = sorted(folder.iterdir())
    content = [file.read_bytes() for file in files]
    (folder / f"{names[0]}.json").write_text("{", encoding="utf-8")  # damaged
    (folder / f"{names[1]}.xlsb").write_bytes(b"x")  # another kind
    (folder / names[2]).mkdir()
    (folder / names[2] / "年报.zip").write_bytes(b"x")  # within its folder
    (folder / "扫描版.html").write_text(webpage.write(take(json.loads(content[3]))), encoding="utf-8")
    for file in files[:5]:
        file.unlink()

    result = nianbao(*words, "--roster", roster, "--skip-errors", "--json")

    problems = json.loads(result.out)["problems"]
    unread = [one["what"].split("”")[0].split("“")[1] for one in problems if one["code"] == "report-unread"]
    missing = [one["what"].split("”")[0].split("“")[1] for one in problems if one["code"] == "not-reported"]
    assert (sorted(unread), missing) == (sorted(names[:4]), [names[4]])
    assert len(json.loads(result.out)["members"]) == 3


def test_sixty_organs_with_strange_files_are_each_counted_once_or_named(tmp_path: Path) -> None:
    folder, path = tmp_path / "in", tmp_path / "汇总.xlsx"
    reports = organs(60)
    save(reports, folder)
    twice = reports[7] | {"organ": f"\u202a{reports[7]['organ']}\u202c"}
    (folder / "又一份.json").write_text(json.dumps(twice, ensure_ascii=False), encoding="utf-8")
    for name in ("说明.docx", "盖章.pdf", "旧.xlsb"):
        (folder / name).write_bytes(b"x")
    words = ("rollup", folder, "-o", path, "--organ", COUNTY, "--reporter", "县级政府汇总")

    refused = nianbao(*words)
    (folder / "又一份.json").unlink()
    result = nianbao(*words, "--json")

    assert (refused.code, path.name in refused.out) == (1, False)
    assert f"“{reports[7]['organ']}”有 2 份报告，只能计一份" in refused.err.replace(r"\u202a", "").replace(
        r"\u202c", ""
    )
    document = json.loads(result.out)
    assert len({one["organ"] for one in document["members"]}) == len(document["members"]) == 60
    named = {one["file"] for one in document["problems"] if one["code"].startswith("file-")}
    assert named == {"旧.xlsb", "盖章.pdf"}
    [beside] = [one for one in document["problems"] if one["code"] == "file-beside"]
    assert beside["what"] == "同处有工作簿或交换文件，这 2 个别的报告没有读"


def test_an_empty_file_is_told_as_empty(tmp_path: Path) -> None:
    for name in ("年报.xlsx", "年报.json", "年报.docx", "年报.pdf", "年报.html", "年报.mht", "年报.doc"):
        (tmp_path / name).write_bytes(b"")

        result = nianbao("check", tmp_path / name)

        assert result.out.splitlines()[0] == f"错误 {name}：文件是空的，没有内容。请重新取得或保存这个文件。"
        assert result.code == 3


def test_the_workbook_of_a_report_stays_what_its_folder_stands_for(folder: Path, sound: Sound) -> None:
    book, _ = workbook.write(take(sound()))
    (folder / "2025.xlsx").write_bytes(book)

    assert list(survey([folder]).files.values()) == ["2025.xlsx", "年报.JSON"]


def test_a_file_larger_than_any_report_is_told_and_not_read(tmp_path: Path, folder: Path) -> None:
    large = tmp_path / "大.xlsx"
    with large.open("wb") as file:
        file.truncate(200 * 2**20 + 1)  # of which nothing is on the disk
    what = "文件超过 200 MB，不像一份年度报告，没有读。请核对是不是这个文件；图片大的，请压缩图片后另存。"

    result = nianbao("import", large, "-o", tmp_path / "a.xlsx")
    assert (result.code, result.err) == (3, f"错误 {large}：{what}\n")
    large = large.rename(folder / "大.xlsx")
    said = nianbao("check", folder).out.splitlines()
    assert said[:3] == [f"错误 {large}：{what}", "大.xlsx：1 个错误", "年报.JSON：没有问题"]


def test_a_pipe_that_is_named_is_told_and_not_waited_for(tmp_path: Path, folder: Path) -> None:
    pipe, report = tmp_path / "管道.xlsx", folder / "年报.JSON"
    os.mkfifo(pipe)
    told = f"错误 {pipe}：这不是普通的文件（管道、设备），没有读。请给出文件。"

    for words in (
        ("import", pipe, "-o", tmp_path / "a.xlsx"),
        ("check", pipe),
        ("generate", pipe, "-o", tmp_path / "output"),
        ("generate", report, "--template", pipe, "-o", tmp_path / "output"),
        ("rollup", report, "-o", tmp_path / "a.xlsx", "--roster", pipe),
        ("new", tmp_path / "a.xlsx", "--last-year", pipe),
        ("template", "check", pipe),
        ("archive", "add", report, "--docx", tmp_path / "管道.docx", "--root", tmp_path / "archive"),
    ):
        if "--docx" in words:
            os.mkfifo(tmp_path / "管道.docx")
        result = nianbao(*words)
        first = (result.out + result.err).splitlines()[0]
        assert first == (told.replace(".xlsx", ".docx") if "--docx" in words else told), words
        assert result.code == 3


def test_a_folder_named_as_the_file_to_write_says_so(tmp_path: Path, folder: Path) -> None:
    report = folder / "年报.JSON"

    imported = nianbao("import", report, "-o", folder)
    begun = nianbao("new", folder, "--from", report)
    summed = nianbao("rollup", report, "-o", folder)

    hint = "各单位（这是文件夹，请在后面写明文件名）。用法见 nianbao --help"
    assert imported.err.rstrip() == f"导入的结果应是 .xlsx 或 .json，现为 {hint}"
    assert begun.err.rstrip() == summed.err.rstrip() == f"工作簿的文件名应以 .xlsx 结尾，现为 {hint}"
