"""Older and other kinds of Word file: read by way of LibreOffice, which calls nobody meanwhile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.app.generate import RenderContext, prepare
from nianbao.media import office
from nianbao.media.word import merge
from nianbao.report import Problem, Report, Unreadable
from nianbao.report.published import Line

from tests.media.office.office_samples import linked, raw, with_soffice, word

KINDS = {"doc": "doc:MS Word 97", "wps": "doc:MS Word 97", "rtf": "rtf", "odt": "odt"}
CALLED = KINDS | {"docx": "doc:MS Word 97"}  # somebody has only given it another name


def document(report: Report) -> bytes:
    return merge(RenderContext(prepare()).template(report.mandate), report)


def texts(report: Report) -> dict[str, list[str]]:
    return {key: [one.written for one in paragraphs] for key, paragraphs in report.narratives.items()}


def said(problems: tuple[Problem, ...]) -> list[str]:
    return [str(problem) for problem in problems]


@with_soffice
@pytest.mark.parametrize("ending", CALLED)
def test_a_report_in_another_kind_of_file_reads_as_it_was(
    ending: str, tmp_path: Path, sound: Any, read: Any
) -> None:
    report = read(sound())
    path = tmp_path / f"年报.{ending}"
    path.write_bytes(raw(document(report), tmp_path, CALLED[ending]))

    found = reading.read(path)

    assert (found.organ, found.year, found.title) == (report.organ, report.year, report.title)
    assert texts(found) == texts(report)
    assert {key: one.text for key, one in found.figures.items()} == {
        key: one.text for key, one in report.figures.items()
    }
    assert (found.issued_by, found.date_line) == (report.issued_by, report.date_line)
    assert said(found.reading) == [f"年报.{ending}：.{ending} 由 LibreOffice 转换后读入。请对照原文看一遍。"]
    assert found.figures["requests.received.total"].place.cell == "表 2 第 4 行第 10 列"


def page(title: str) -> bytes:
    return f"<html><title>{title}</title><p>{title}</p><p>一、总体情况</p><p>做了。</p></html>".encode()


def test_what_is_only_called_doc_is_read_as_what_it_is(tmp_path: Path, sound: Any, read: Any) -> None:
    report = read(sound())
    (tmp_path / "年报.doc").write_bytes(document(report))

    found = reading.read(tmp_path / "年报.doc")

    assert (texts(found), found.title, found.reading) == (texts(report), report.title, ())
    content = b"\xef\xbb\xbf\n" + page("甲局2025年政府信息公开工作年度报告")
    lines = ["甲局2025年政府信息公开工作年度报告", "一、总体情况", "做了。"]
    for name in ("年报.doc", "年报.html"):
        assert [one.text for one in reading.look(content, name).blocks if isinstance(one, Line)] == lines


@with_soffice
@pytest.mark.parametrize("ending", ["doc", "odt", "rtf"])
def test_nothing_is_fetched_though_the_document_would(
    ending: str, listener: tuple[str, list[bytes]], tmp_path: Path
) -> None:
    address, asked = listener
    content = raw(word(linked(f"{address}/a.png")), tmp_path, KINDS[ending])
    assert asked  # LibreOffice has asked while it made that
    asked.clear()

    made, problems = office.read_older(content, f"甲.{ending}")

    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert "正文一行。" in opened.read("word/document.xml").decode()
    assert (asked, [one.code for one in problems]) == ([], ["converted"])


@with_soffice
def test_a_file_that_is_damaged_or_locked_says_what_to_do(tmp_path: Path) -> None:
    for content in (b"", b"\x00" * 100, b"%PDF-1.4"):
        with pytest.raises(Unreadable) as caught:
            office.read_older(content, "甲.wps")
        assert said(caught.value.problems) == [
            "甲.wps：不是 .wps 文件，或者已损坏。请用 Word 或 WPS 打开，看是否完好，再另存为 .docx。"
        ]
    with pytest.raises(Unreadable) as caught:
        office.read_older(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "甲.doc")
    assert said(caught.value.problems) == [
        "甲.doc：LibreOffice 打不开这份文件：可能已损坏，或者有密码。"
        "请用 Word 或 WPS 打开它，另存为不带密码的 .docx。"
    ]


def test_without_libreoffice_and_when_it_hangs_the_clerk_is_told(
    pretend: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend("sleep 60")
    with pytest.raises(Unreadable) as caught:
        office.read_older(b"{\\rtf1}", "甲.rtf", timeout=0.5)
    assert said(caught.value.problems) == [
        "甲.rtf：LibreOffice 在 0.5 秒内没有读完，已中止。请用 Word 或 WPS 另存为 .docx。"
    ]
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("nianbao.media.office.running.USUAL", ())
    with pytest.raises(Unreadable) as caught:
        office.read_older(b"{\\rtf1}", "甲.rtf")
    assert said(caught.value.problems) == [
        "甲.rtf：读 .rtf 文件要用 LibreOffice，这台电脑没有安装。请用 Word 或 WPS 另存为 .docx；"
        "或安装 LibreOffice（Debian：apt-get install libreoffice-writer-nogui）。"
    ]
