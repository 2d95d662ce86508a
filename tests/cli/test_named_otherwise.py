"""A file of another kind than its name says is told as what it is, with what to do: one reason, not many."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.app.build_id import TEMPLATES
from nianbao.app.template_check import held_against
from nianbao.mandate import load
from nianbao.media import webpage, word, workbook
from nianbao.report import Unreadable

from tests.paths import ROOT
from tests.reports import distinct, take

PICTURE = "报告是扫描件的，请用有文字的文件，或在工作簿中填写"
UNPACK = "请解压缩，给出里面的报告"


@cache
def contents() -> dict[str, bytes]:
    """A file of each kind."""
    report = take(distinct())
    template = TEMPLATES / "2021.docx"
    html = webpage.write(report).encode()
    return {
        " Excel 工作簿": workbook.write(report)[0],
        " JSON": json.dumps(distinct()).encode(),
        " Word 文档": word.merge(word.Template(template.read_bytes(), template.name), report),
        "网页": html,
        "保存的网页": b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html,
        " PDF": b"%PDF-1.7\n",
        "图片": b"\x89PNG\r\n\x1a\n" + bytes(40),
        "压缩包": b"Rar!\x1a\x07\x00" + bytes(40),
        " RTF 文档": rb"{\rtf1\ansi hello}",
        "旧的 Office 文件，或者设有密码的文件": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }


OWN = {  # what the readers themselves take under this name, or tell in their own words
    ".xlsx": (" Excel 工作簿", "旧的 Office 文件，或者设有密码的文件"),
    ".json": (" JSON",),
    ".docx": (" Word 文档", "网页", "保存的网页", " RTF 文档", "旧的 Office 文件，或者设有密码的文件"),
    ".html": ("网页", "保存的网页"),
    ".mht": ("网页", "保存的网页"),
    ".pdf": (" PDF",),
}
SUFFIX = {
    " Excel 工作簿": ".xlsx",
    " JSON": ".json",
    " Word 文档": ".docx",
    "网页": ".html",
    "保存的网页": ".mhtml",
}
SUFFIX |= {" PDF": ".pdf", " RTF 文档": ".rtf"}
MEND = {"图片": PICTURE, "压缩包": UNPACK} | {
    "旧的 Office 文件，或者设有密码的文件": "请用 Word、Excel 或 WPS 打开，去掉密码后另存"
}
MEND |= {kind: f"请把扩展名改为 {suffix}" for kind, suffix in SUFFIX.items()}


def test_every_kind_under_every_other_name_is_told_as_what_it_is() -> None:
    for kind, content in contents().items():
        for suffix, own in OWN.items():
            if kind in own:
                continue
            with pytest.raises(Unreadable) as caught:
                reading.read_content(content, f"年报{suffix}")
            told = f"年报{suffix}：扩展名是 {suffix}，内容却是{kind}。{MEND[kind]}。"
            assert [str(one) for one in caught.value.problems] == [told]


BY_NAME = "扩展名是 {0.suffix}，内容却是{1}。{2}。"
BY_USE = {
    ".docx": "要的是 Word 文档，内容却是{1}。请给出 Word 文档（.docx）。",
    ".xlsx": "要的是 Excel 工作簿，内容却是{1}。请给出 Excel 工作簿（.xlsx）。",
}
OPENING: dict[str, tuple[str, str, dict[str, str] | None]] = {  # each command, with a file of another kind
    "check 甲.xlsx": (" PDF", "请把扩展名改为 .pdf", None),
    "check 甲.docx": (" Excel 工作簿", "请把扩展名改为 .xlsx", None),
    "check 好.json --last-year 甲.xlsx": (" Word 文档", "请把扩展名改为 .docx", None),
    "check 甲.xlsx --mark 标注.xlsx": (" Word 文档", "请把扩展名改为 .docx", None),
    "import 甲.docx -o 出.json": ("图片", PICTURE, None),
    "import 甲.pdf -o 出.json": ("网页", "请把扩展名改为 .html", None),
    "export 甲.json": (" PDF", "请把扩展名改为 .pdf", None),
    "generate 甲.xlsx -o 出": ("压缩包", UNPACK, None),
    "generate 好.json --template 甲.docx -o 出": (" PDF", "", BY_USE),
    "generate 好.json --charts --last-year 甲.json -o 出": ("网页", "请把扩展名改为 .html", None),
    "pdf 甲.docx": (" PDF", "请把扩展名改为 .pdf", None),
    "pdf 好.docx --against 甲.xlsx": (" JSON", "请把扩展名改为 .json", None),
    "template check 甲.docx": (" Excel 工作簿", "", BY_USE),
    "fonts 甲.xlsx": (" PDF", "请把扩展名改为 .pdf", None),
    "new 出.xlsx --year 2026 --last-year 甲.docx": (" Excel 工作簿", "请把扩展名改为 .xlsx", None),
    "compare 好.json 甲.html": (" PDF", "请把扩展名改为 .pdf", None),
    "rollup 甲.xlsx 好.json -o 出.xlsx": (" RTF 文档", "请把扩展名改为 .rtf", None),
    "rollup 好.json --roster 甲.xlsx -o 出.xlsx": (" Word 文档", "", BY_USE),
    "archive add 甲.xlsx": (" PDF", "请把扩展名改为 .pdf", None),
    "archive add 好.json --docx 甲.docx": (" PDF", "请把扩展名改为 .pdf", None),
    "archive add 好.json --pdf 甲.pdf": (" Word 文档", "请把扩展名改为 .docx", None),
}


@pytest.mark.parametrize("command", OPENING)
def test_every_command_tells_what_a_file_really_is(
    command: str, tmp_path: Path, nianbao: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, mend, use = OPENING[command]
    files, words = contents(), command.split()
    [given] = [Path(word) for word in words if Path(word).stem == "甲"]
    monkeypatch.chdir(tmp_path)
    given.write_bytes(files[kind])
    Path("好.json").write_bytes(files[" JSON"])
    Path("好.docx").write_bytes(files[" Word 文档"])

    result = nianbao(*words)

    told = (use[given.suffix] if use else BY_NAME).format(given, kind, mend)
    errors = [
        line for line in (result.out + result.err).splitlines() if given.name in line and "错误" in line[:3]
    ]
    assert errors == [f"错误 {given}：{told}"]
    assert result.code in (1, 2, 3)


@pytest.mark.parametrize("kind", contents())
def test_a_template_of_another_kind_is_told_as_what_it_is(kind: str) -> None:
    if kind in (" Word 文档", "旧的 Office 文件，或者设有密码的文件"):
        return
    with pytest.raises(Unreadable) as caught:
        held_against(contents()[kind], "模板.docx", [load("2021")])

    assert [str(one) for one in caught.value.problems] == [f"模板.docx：{BY_USE['.docx'].format('', kind)}"]


@pytest.mark.parametrize("name", ["年报.html", "年报.mht"])
def test_bytes_that_are_nothing_are_one_reason(name: str) -> None:
    with pytest.raises(Unreadable) as caught:
        reading.read_content(bytes(range(256)) * 8, name)

    assert [one.what for one in caught.value.problems] == ["文件已损坏，或者不是网页"]


def test_a_folder_where_a_file_is_asked_for(tmp_path: Path, nianbao: Callable[..., Any]) -> None:
    for name in ("各单位", "年报.xlsx"):
        (tmp_path / name).mkdir()

        result = nianbao("import", tmp_path / name, "-o", tmp_path / "a.xlsx")

        assert result.err == f"错误 {tmp_path / name}：这是文件夹，不是文件。请给出文件。\n"
        assert result.code == 3


def test_samples_are_what_their_names_say() -> None:
    for path in (ROOT / "data").glob("*.xlsx"):
        assert reading.read(path).organ


def test_a_revision_of_the_archive_is_one_report_and_its_manifest_none(
    tmp_path: Path, nianbao: Callable[..., Any]
) -> None:
    (tmp_path / "年报.json").write_text(json.dumps(distinct(), ensure_ascii=False), encoding="utf-8")
    assert nianbao("archive", "add", tmp_path / "年报.json", "--root", tmp_path / "归档").code == 0
    [revision] = (tmp_path / "归档").glob("*/2025/r1")

    checked = nianbao("check", revision)
    manifest = nianbao("import", revision / "清单.json", "-o", tmp_path / "a.xlsx")

    assert checked.out == "报告数据.json：没有问题\n"
    mend = "请给出同一文件夹里的报告数据或填报文件"
    assert manifest.err == f"错误 清单.json：扩展名是 .json，内容却是归档的清单，不是报告。{mend}。\n"
