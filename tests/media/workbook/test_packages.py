"""Workbooks that other programs open are opened: strict, spelt otherwise, older; the rest has true reasons."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.media import exchange, workbook
from nianbao.media.workbook.read import enter
from nianbao.report import Report, Unreadable, assemble, check

from tests.libreoffice import convert, with_soffice
from tests.media.workbook.reference import packed, parts_of
from tests.reports import sound, take

Parts = dict[str, bytes]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def content() -> bytes:
    """The bytes of a sound workbook."""
    return workbook.write(take(sound()))[0]


def read(parts: Parts) -> Report:
    return assemble(enter(packed(parts), "a.xlsx"))


def same(report: Report) -> bool:
    return exchange.write(report) == exchange.write(take(sound()))


def renamed(parts: Parts, change: Callable[[str], str]) -> Parts:
    return {change(name): part for name, part in parts.items()}


def strict(parts: Parts) -> Parts:
    usual = rb"http://schemas\.openxmlformats\.org/(officeDocument|spreadsheetml|drawingml)/2006"
    return {name: re.sub(usual, rb"http://purl.oclc.org/ooxml/\1", part) for name, part in parts.items()}


def prefixed(parts: Parts) -> Parts:
    """The sheets with a prefix on every element."""

    def prefix(part: bytes) -> bytes:
        return re.sub(rb"<(/?)(?=\w)(?!/?\?)", rb"<\1x:", part).replace(b" xmlns=", b" xmlns:x=")

    return {
        name: prefix(part) if "worksheets/sheet" in name and "_rels" not in name else part
        for name, part in parts.items()
    }


def absolute(parts: Parts) -> Parts:
    name = "xl/_rels/workbook.xml.rels"
    return parts | {name: re.sub(rb'Target="(?!/)', b'Target="/xl/', parts[name])}


def backslashed(parts: Parts) -> Parts:
    name = "xl/_rels/workbook.xml.rels"
    changed = re.sub(rb'Target="[^"]*"', lambda match: match[0].replace(b"/", b"\\"), parts[name])
    return renamed(parts | {name: changed}, lambda name: name.replace("/", "\\"))


def other_book(parts: Parts) -> Parts:
    names = {"xl/workbook.xml": "xl/book7.xml", "xl/_rels/workbook.xml.rels": "xl/_rels/book7.xml.rels"}
    moved = renamed(parts, lambda name: names.get(name, name))
    return moved | {
        name: moved[name].replace(b"xl/workbook.xml", b"xl/book7.xml")
        for name in ("_rels/.rels", "[Content_Types].xml")
    }


def without_types(parts: Parts) -> Parts:
    name = "[Content_Types].xml"
    return parts | {name: re.sub(rb"<Override [^>]*/>", b"", parts[name])}


def macros(parts: Parts) -> Parts:
    name = "[Content_Types].xml"
    usual, with_macros = b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    return parts | {name: parts[name].replace(usual, with_macros), "xl/vbaProject.bin": OLE}


@pytest.mark.parametrize(
    "change",
    [
        strict,
        prefixed,
        absolute,
        backslashed,
        other_book,
        without_types,
        macros,
        lambda parts: renamed(parts, str.upper),
        lambda parts: renamed(parts, lambda name: name.replace("xl/", "XL/").replace("sheet4", "Sheet4")),
        lambda parts: renamed(parts, lambda name: f"/{name}"),
        lambda parts: {name: part for name, part in parts.items() if "theme" not in name},
        lambda parts: {name: part for name, part in parts.items() if name != "xl/styles.xml"},
        lambda parts: strict(renamed(backslashed(parts), str.lower)),
    ],
)
def test_a_package_that_is_spelt_otherwise_says_the_same(content: bytes, change: Any) -> None:
    report = read(change(parts_of(content)))

    assert same(report)
    assert report.reading == ()


def test_two_parts_of_one_name_are_damage(content: bytes) -> None:
    parts = parts_of(content)

    with pytest.raises(Unreadable) as caught:
        read(parts | {"XL/Workbook.xml": parts["xl/workbook.xml"]})
    assert [problem.code for problem in caught.value.problems] == ["damaged"]


REFUSALS = [
    (b"\x62\x14\x23\x65" + bytes(12) + b"...E-SafeNet\0LOCK" + bytes(3000),
     "文件被单位的文档加密软件加密，别的程序打不开。请在装有这种软件的电脑上解密，或另存为不加密的文件。"),
    (b"%TSD-Header-###%" + bytes(3000),
     "文件被单位的文档加密软件加密，别的程序打不开。请在装有这种软件的电脑上解密，或另存为不加密的文件。"),
    (OLE + bytes(600) + "EncryptionInfo\0EncryptedPackage\0".encode("utf-16-le"),
     "文件设有打开密码。请去掉打开密码，另存为 Excel 工作簿（.xlsx）。"),
    (OLE + bytes(600) + "WordDocument\0".encode("utf-16-le"),
     "文件是旧的 .doc 格式，不是 Excel 工作簿（.xlsx），只是用了它的扩展名。请用 Word、Excel 或 WPS 打开，另存为 Excel 工作簿（.xlsx）。"),
    (b"\xef\xbb\xbf\n<HTML><table></table></HTML>",
     "文件里是网页或 XML，不是 Excel 工作簿（.xlsx），只是用了它的扩展名。请用 Word、Excel 或 WPS 打开，另存为 Excel 工作簿（.xlsx）。"),
    (b"PK\x03\x04" + bytes(300),
     "文件已损坏，或者不是 Excel 工作簿（.xlsx）。请用 Word、Excel 或 WPS 打开并另存一份，或换用完好的备份。"),
]  # fmt: skip


@pytest.mark.parametrize(("junk", "reason"), REFUSALS)
def test_what_is_no_package_is_called_what_it_is(junk: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        enter(junk, "a.xlsx")
    assert [str(problem) for problem in caught.value.problems] == [f"a.xlsx：{reason}"]


def test_a_binary_workbook_is_called_that(content: bytes) -> None:
    parts = renamed(parts_of(content), lambda name: name.replace("xl/workbook.xml", "xl/workbook.bin"))
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"workbook.xml", b"workbook.bin")

    with pytest.raises(Unreadable) as caught:
        read(parts)
    assert [str(problem) for problem in caught.value.problems] == [
        "a.xlsx：这是二进制的 Excel 工作簿（.xlsb）。请用 Excel 或 WPS 另存为 .xlsx。"
    ]


@with_soffice
def test_older_workbooks_are_read_by_way_of_libreoffice_whatever_they_are_called(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(content)
    [xls] = convert(tmp_path / "xls", path, kind="xls")
    [ods] = convert(tmp_path / "ods", path, kind="ods")
    usual = reading.read(path)

    for name, made in (("年报.et", xls), ("年报.xlsx", xls), ("年报.ods", ods)):
        report = reading.read_content(made.read_bytes(), name)
        assert exchange.write(report) == exchange.write(usual)
        ending = name[name.rfind(".") :]
        assert [str(problem) for problem in check(report)] == [
            f"{name}：{ending} 由 LibreOffice 转换后读入。请对照原文看一遍。"
        ]


@with_soffice
def test_an_older_workbook_of_somebody_else_is_called_that(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    [xls] = convert(tmp_path, path, kind="xls")

    with pytest.raises(Unreadable) as caught:
        reading.read(xls)
    assert [problem.code for problem in caught.value.problems] == ["foreign-workbook"]


def test_an_older_workbook_without_libreoffice_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("nianbao.media.office.running.USUAL", ())

    with pytest.raises(Unreadable) as caught:
        reading.read_content(OLE + bytes(600) + "Workbook\0".encode("utf-16-le"), "年报.xls")
    assert [str(problem) for problem in caught.value.problems] == [
        "年报.xls：读 .xls 文件要用 LibreOffice，这台电脑没有安装。请用 Excel 或 WPS 另存为 .xlsx；"
        "或安装 LibreOffice（Debian：apt-get install libreoffice-calc-nogui）。"
    ]


@pytest.mark.parametrize(
    ("attribute", "value"),
    [("fontId", "9" * 5000), ("fillId", "9" * 5000), ("s", "9" * 5000)],
)
def test_a_number_of_thousands_of_digits_names_no_look(content: bytes, attribute: str, value: str) -> None:
    parts = parts_of(content)
    wanted = rb"(?<= %b=)\"[0-9]+\"" % attribute.encode()
    for name in parts:
        if name.startswith("xl/worksheets/sheet") if attribute == "s" else name == "xl/styles.xml":
            parts[name] = re.sub(wanted, f'"{value}"'.encode(), parts[name])

    assert same(read(parts))


@pytest.mark.parametrize("colour", ['theme="%s"', 'indexed="%s"', 'theme="1" tint="%s"'])
@pytest.mark.parametrize("value", ["9" * 5000, "x", "NaN"])
def test_a_colour_that_is_none_is_not_asked_for(content: bytes, colour: str, value: str) -> None:
    parts = parts_of(content)
    wanted = f"<color {colour % value}/>".encode()
    parts["xl/styles.xml"] = re.sub(rb"<color [^<>]*/>", wanted, parts["xl/styles.xml"])

    assert same(read(parts))
