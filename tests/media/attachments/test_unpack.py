"""Zips and mails: every file by its name, whatever coding it is in; limits hold."""

from __future__ import annotations

import base64

import pytest
from nianbao.media.attachments import Limits, unpack
from nianbao.report import Unreadable

from tests.attached import forwarded, mailed, mailed_by_old_program, zipped

NAME = "某局/2025年度报告.xlsx"


@pytest.mark.parametrize("windows", [False, True])
def test_names_in_utf_8_and_in_gbk_are_read(windows: bool) -> None:
    content = zipped({NAME: b"1", "说明.txt": b"2"}, windows=windows)

    assert [(one.name, one.content) for one in unpack(content, "报.zip")] == [
        ("报.zip › 某局/2025年度报告.xlsx", b"1"),
        ("报.zip › 说明.txt", b"2"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        b"=?gb2312?B?" + base64.b64encode("年报.xlsx".encode("gbk")) + b"?=",
        b"=?UTF-8?B?" + base64.b64encode("年报.xlsx".encode()) + b"?=",
        "年报.xlsx".encode("gbk"),
        "年报.xlsx".encode(),
    ],
    ids=["RFC 2047 GBK", "RFC 2047 UTF-8", "raw GBK", "raw UTF-8"],
)
def test_a_mails_files_have_their_names_however_they_are_written(name: bytes) -> None:
    [file] = unpack(mailed_by_old_program(name, b"content"), "信.eml")

    assert (file.name, file.content) == ("信.eml › 年报.xlsx", b"content")


def test_a_zip_on_a_forwarded_mail_is_unpacked() -> None:
    mail = forwarded(mailed({"年报.zip": zipped({NAME: b"1"}), "函.pdf": b"%PDF-"}))

    assert [one.name for one in unpack(mail, "转发.eml")] == [
        "转发.eml › 年报.zip › 某局/2025年度报告.xlsx",
        "转发.eml › 函.pdf",
    ]


def test_zips_in_zips_end_at_the_third() -> None:
    content = b"1"
    for _ in range(4):
        content = zipped({"a.zip" if content != b"1" else "a.xlsx": content})

    assert [(one.name, one.closed) for one in unpack(content, "外.zip")] == [
        ("外.zip › a.zip › a.zip › a.zip", "套了 3 层还没有到底，没有打开")
    ]


@pytest.mark.parametrize(
    "files",
    [{f"{number}.xlsx": b"" for number in range(501)}, {"0.xlsx": bytes(81 * 1024 * 1024)}],
    ids=["501 files", "81 MB"],
)
def test_a_bomb_is_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(Unreadable) as caught:
        unpack(zipped(files), "报.zip")

    assert str(caught.value.problems[0]) == (
        "报.zip：里面的文件多于 500 个，或者展开后大于 80 MB，没有打开。请把报告单独上传。"
    )


def test_a_bomb_within_is_refused_whole() -> None:
    inner = zipped({"0.xlsx": bytes(81 * 1024 * 1024)})

    with pytest.raises(Unreadable):
        unpack(zipped({"内.zip": inner}), "外.zip")


def test_limits_are_of_all_together() -> None:
    pair = zipped({"一.zip": zipped({"a.xlsx": b"1"}), "二.zip": zipped({"b.xlsx": b"2"})})

    assert len(unpack(pair, "报.zip", Limits(files=4))) == 2
    with pytest.raises(Unreadable):
        unpack(pair, "报.zip", Limits(files=3))


def test_a_file_behind_a_password_and_a_damaged_one_are_told() -> None:
    content = bytearray(zipped({"a.xlsx": b"1" * 100, "b.xlsx": b"2" * 100}))
    first, second = (place for place in range(len(content)) if content[place : place + 4] == b"PK\x01\x02")
    content[first + 8] |= 1  # the flag of a password, in the directory
    content[second + 16] ^= 0xFF  # the checksum

    assert [(one.name, one.closed) for one in unpack(bytes(content), "报.zip")] == [
        ("报.zip › a.xlsx", "设有密码，没有打开"),
        ("报.zip › b.xlsx", "已损坏，没有打开"),
    ]


@pytest.mark.parametrize(("name", "word"), [("报.zip", "压缩包（zip）"), ("信.eml", "邮件")])
def test_what_is_none_is_refused(name: str, word: str) -> None:
    content = b"PK\x03\x04" + bytes(50) if name.endswith("zip") else b"A: " + b"x" * 9000 + b"\n\nx"

    with pytest.raises(Unreadable) as caught:
        unpack(content, name)

    assert str(caught.value.problems[0]) == f"{name}：文件已损坏，或者不是{word}。请把报告单独上传。"


def test_a_name_cannot_turn_the_writing_round() -> None:
    [file] = unpack(zipped({"a\u202excod.xlsx": b""}), "报.zip")

    assert file.name == "报.zip › axcod.xlsx"


def test_no_more_is_unpacked_than_a_zip_says() -> None:
    content = bytearray(zipped({"a.xlsx": b"1" * 1000}))
    entry = next(place for place in range(len(content)) if content[place : place + 4] == b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    [file] = unpack(bytes(content), "报.zip")

    assert (file.content, file.closed) == (b"", "已损坏，没有打开")  # zipfile stops at what was said
