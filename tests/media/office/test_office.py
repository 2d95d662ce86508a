"""LibreOffice: nothing outside the document is opened, no process outlives its time, the same bytes again."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from nianbao.app.generate import RenderContext, prepare
from nianbao.media import fonts, office
from nianbao.media.word import merge
from nianbao.report import ProblemsFound, Unreadable

from tests.media.office.office_samples import (
    DOCX,
    chunk,
    dot,
    edited,
    field,
    linked,
    nested,
    parts,
    pictures,
    raw,
    text,
    to_pdf,
    with_soffice,
    word,
)


def told(document: bytes) -> list[str]:
    return [problem.what.partition("没有取用")[0] for problem in office.scrub(document, "甲.docx")[1]]


def test_a_plain_document_stays_as_it_is() -> None:
    document = word(lambda made: made.add_table(2, 2))

    clean, problems = office.scrub(document, "甲.docx")

    assert problems == ()
    assert list(parts(clean)) == list(parts(document))
    assert [one.text for one in docx.Document(io.BytesIO(clean)).paragraphs] == ["正文一行。"]


def test_a_linked_picture_is_taken_out_and_told() -> None:
    clean, problems = office.scrub(word(linked("file:///etc/passwd")), "甲.docx")

    assert [str(one) for one in problems] == [
        "甲.docx：链接的图片“file:///etc/passwd”没有取用：用 LibreOffice 转换时只用文件本身的内容。"
        "需要的话请在 Word 中把内容直接放进文件，不要用链接。"
    ]
    assert [(one.code, one.severity.value) for one in problems] == [("outside-removed", "warning")]
    assert b"passwd" not in b"".join(parts(clean).values())


def test_a_hyperlink_stays_where_it_is_clicked_and_goes_where_it_is_loaded() -> None:
    def click(document: Any) -> None:
        identity = document.part.relate_to(
            "https://example.org/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        spaces = nsdecls("w", "r")
        document.paragraphs[0]._p.append(
            parse_xml(f'<w:hyperlink {spaces} r:id="{identity}"><w:r><w:t>去</w:t></w:r></w:hyperlink>')
        )

    document = word(click, linked("http://127.0.0.1/a.png", "hyperlink"))
    clean = parts(office.scrub(document, "甲.docx")[0])

    assert told(document) == ["链接的图片“http://127.0.0.1/a.png”"]
    assert b"https://example.org/" in clean["word/_rels/document.xml.rels"]
    assert len(re.findall(rb"<w:hyperlink r:id=", clean["word/document.xml"])) == 1
    assert b"r:link" not in clean["word/document.xml"]


def test_an_address_is_outside_even_where_the_relation_does_not_say_so() -> None:
    document = edited(
        word(linked("http://127.0.0.1/a.png")),
        **{"word/_rels/document.xml.rels": lambda part: part.replace(b' TargetMode="External"', b"")},
    )

    assert told(document) == ["链接的图片“http://127.0.0.1/a.png”"]


@pytest.mark.parametrize(
    "instructions",
    [
        (' INCLUDEPICTURE "http://127.0.0.1/a.png" \\d ',),
        (" INCLUDE", 'TEXT "/etc/passwd" '),
        (" ddeauto ", 'excel "a.xlsx" '),
        (" LINK Excel.Sheet.12 a.xlsx ",),
    ],
)
def test_a_field_that_fetches_is_emptied_and_keeps_its_last_result(instructions: tuple[str, ...]) -> None:
    document = word(field(*instructions))
    body = parts(office.scrub(document, "甲.docx")[0])["word/document.xml"].decode()

    assert len(told(document)) == 1
    assert re.findall("<w:instrText[^>]*?(?:/>|>(.*?)</w:instrText>)", body) == [""] * len(instructions)
    assert "旧" in body


def test_a_field_of_our_own_stays() -> None:
    document = word(field(" PAGE "), field(' TOC \\o "1-3" '))

    assert told(document) == []
    assert b" PAGE " in parts(office.scrub(document, "甲.docx")[0])["word/document.xml"]


def test_fields_within_fields_are_judged_one_by_one() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph()
        for kind in ("begin", " IF 1 = 1 ", "begin", " INCLUDETEXT a ", "end", " x ", "separate", "end"):
            is_mark = kind in ("begin", "separate", "end")
            inner = (
                f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
                if is_mark
                else f'<w:instrText {nsdecls("w")} xml:space="preserve">{kind}</w:instrText>'
            )
            paragraph.add_run()._r.append(parse_xml(inner))

    clean = parts(office.scrub(word(fill), "甲.docx")[0])["word/document.xml"]

    assert re.findall(rb'<w:instrText xml:space="preserve">(.*?)</w:instrText>', clean) == [
        b" IF 1 = 1 ",
        b"",
        b" x ",
    ]


def test_a_simple_field_and_old_pictures_are_taken_out_too() -> None:
    def fill(document: Any) -> None:
        vml = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
        document.add_paragraph()._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" INCLUDETEXT &quot;/etc/passwd&quot; "/>')
        )
        document.add_paragraph().add_run()._r.append(
            parse_xml(
                f'<w:pict {nsdecls("w")} {vml}><v:shape><v:imagedata src="file:///a.png" o:href="http://b/"/>'
                "</v:shape></w:pict>"
            )
        )

    assert told(word(fill)) == [
        '取用外部内容的域“INCLUDETEXT "/etc/passwd"”',
        "链接的图片“file:///a.png”",
        "链接的图片“http://b/”",
    ]


def test_another_file_taken_in_is_left_out_and_told() -> None:
    document = chunk(b"<p>x</p>", "html", "text/html")

    assert told(document) == ["嵌入的其他文件内容“chunk.html”"]
    assert b"altChunk" not in parts(office.scrub(document, "甲.docx")[0])["word/document.xml"]


def test_a_document_with_macros_is_refused() -> None:
    with pytest.raises(ProblemsFound) as raised:
        office.scrub(edited(word(), **{"word/vbaProject.bin": lambda _: b"x"}), "甲.docx")

    assert [str(one) for one in raised.value.problems] == [
        "甲.docx：这是带宏的 Word 文件，没有转换。请在 Word 中另存为不带宏的 .docx。"
    ]


@pytest.mark.parametrize(
    "document",
    [b"PK", b'<office:document xmlns:office="x"/>', edited(word(), **{"word/a.xml": lambda _: b"<a"})],
)
def test_what_is_no_sound_word_document_is_refused(document: bytes) -> None:
    with pytest.raises(Unreadable) as raised:
        office.scrub(document, "甲.docx")

    assert [(one.code, one.places[0].file) for one in raised.value.problems] == [("damaged", "甲.docx")]


def test_a_document_that_is_an_odf_file_as_well_is_one_no_more() -> None:
    both = edited(word(), **{"mimetype": lambda _: b"odt", "META-INF/manifest.xml": lambda _: b"<a/>"})

    assert {"mimetype", "META-INF/manifest.xml"} & set(parts(office.scrub(both, "甲.docx")[0])) == set()


@with_soffice
@pytest.mark.parametrize("kind", ["image", "hyperlink"])
def test_no_address_is_called_though_the_document_would(
    kind: str, listener: tuple[str, list[bytes]], tmp_path: Path
) -> None:
    address, asked = listener
    document = word(linked(f"{address}/a.png", kind))

    converted = to_pdf(document, "甲.docx")

    assert (asked, text(converted.pdf).split()) == ([], ["正文一行。"])
    raw(document, tmp_path)
    assert b"GET /a.png HTTP/1.1" in asked


@with_soffice
def test_the_profile_alone_forbids_links_as_well(listener: tuple[str, list[bytes]], tmp_path: Path) -> None:
    address, asked = listener
    (tmp_path / "profile" / "user").mkdir(parents=True)
    settings = Path(office.__file__).with_name("settings.xcu")
    shutil.copy(settings, tmp_path / "profile" / "user" / "registrymodifications.xcu")
    (tmp_path / "linked.docx").write_bytes(word(linked(f"{address}/a.png")))

    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "linked.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)

    assert (tmp_path / "linked.pdf").exists()
    assert asked == []


@with_soffice
def test_the_pdf_of_a_report_is_tagged_and_says_that_it_is_chinese(sound: Any, read: Any) -> None:
    report = read(sound())
    document = merge(RenderContext(prepare()).template(report.mandate), report)

    with pikepdf.open(io.BytesIO(to_pdf(document, "甲.docx").pdf)) as opened:
        assert (bool(opened.Root.MarkInfo.Marked), str(opened.Root.Lang)) == (True, "zh-CN")
        assert str(opened.docinfo["/Title"]) == report.title


@with_soffice
def test_no_file_is_opened_though_the_document_would(tmp_path: Path) -> None:
    document = word(linked(dot(tmp_path).as_uri()))

    assert pictures(to_pdf(document, "甲.docx").pdf) == 0
    assert pictures(raw(document, tmp_path)) == 1


@with_soffice
def test_files_within_the_file_call_nobody_either(listener: tuple[str, list[bytes]], tmp_path: Path) -> None:
    address, asked = listener
    first, second = (word(linked(f"{address}/{name}.png", "hyperlink")) for name in "ab")
    documents = {
        "对象.docx": nested(first, preview=dot(tmp_path)),
        "内容.docx": chunk(second, "docx", DOCX),
    }

    made = office.convert_all(list(documents.items()))

    assert asked == []
    assert [pictures(one.pdf) for one in made if isinstance(one, office.Converted)] == [2, 0]
    for document, name in zip(documents.values(), "ab", strict=True):
        raw(document, tmp_path)
        assert f"GET /{name}.png HTTP/1.1".encode() in asked  # asked for once: LibreOffice keeps pictures


@with_soffice
def test_the_same_document_gives_the_same_bytes_at_another_time() -> None:
    first = to_pdf(word(), "甲.docx", fonts.configure()).pdf
    time.sleep(1.1)

    assert to_pdf(word(), "乙.docx", fonts.configure()).pdf == first
    with pikepdf.open(io.BytesIO(first)) as opened:
        assert str(opened.docinfo["/CreationDate"]) == "D:19800101000000Z'"
        assert opened.trailer["/ID"][0] == opened.trailer["/ID"][1]


@with_soffice
def test_other_documents_get_other_identifiers() -> None:
    other = word(lambda one: one.add_paragraph("另一行"))
    identifiers = []
    for one in office.convert_all([("甲.docx", word()), ("乙.docx", other)]):
        assert isinstance(one, office.Converted)
        with pikepdf.open(io.BytesIO(one.pdf)) as opened:
            identifiers.append(bytes(opened.trailer["/ID"][0]))

    assert len(set(identifiers)) == 2


def test_what_takes_too_long_is_ended_with_all_it_started(
    pretend: Callable[[str], None], tmp_path: Path
) -> None:
    pretend(f"sleep 300 & echo $! > {tmp_path}/child; sleep 300")

    start = time.monotonic()
    with pytest.raises(ProblemsFound) as raised:
        to_pdf(word(), "甲.docx", timeout=1)

    assert time.monotonic() - start < 5
    assert [str(one) for one in raised.value.problems] == [
        "甲.docx：LibreOffice 在 1 秒内没有转换完，已中止。"
        "请看文件里是否有很大的图片或表格；或在 LibreOffice 中打开它，导出为 PDF。"
    ]
    assert [one.code for one in raised.value.problems] == ["office-timeout"]
    assert not alive(int((tmp_path / "child").read_text()))


def alive(process: int) -> bool:
    """Whether a process still runs; one that is dead may wait a moment to be taken away."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True


def test_a_child_that_outlives_a_quick_end_is_ended_too(
    pretend: Callable[[str], None], tmp_path: Path
) -> None:
    pretend(f"sleep 300 & echo $! > {tmp_path}/child")

    with pytest.raises(ProblemsFound) as raised:
        to_pdf(word(), "甲.docx")

    assert [str(one) for one in raised.value.problems] == [
        "甲.docx：LibreOffice 没有转换出 PDF。"
        "请在 LibreOffice 中打开这份文件，看能否导出为 PDF；或不加 --engine libreoffice。"
    ]
    assert not alive(int((tmp_path / "child").read_text()))


def test_half_a_pdf_is_none(pretend: Callable[[str], None]) -> None:
    pretend('shift 8; printf "%%PDF-1.6" > "$1/0.pdf"')

    with pytest.raises(ProblemsFound) as raised:
        to_pdf(word(), "甲.docx")

    assert [one.code for one in raised.value.problems] == ["office-failed"]


def test_it_gets_a_profile_that_is_thrown_away_our_fonts_and_none_of_our_settings(
    pretend: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    pretend(
        f'env > {tmp_path}/env; echo "$1" > {tmp_path}/profile; mkdir -p "${{1#-env:UserInstallation=file://}}"'
    )

    with pytest.raises(ProblemsFound):
        to_pdf(word(), "甲.docx", tmp_path / "fonts.conf")

    lines = (tmp_path / "env").read_text().splitlines()
    environment = dict(line.split("=", 1) for line in lines if "=" in line)
    assert environment["FONTCONFIG_FILE"] == str(tmp_path / "fonts.conf")
    assert {"SECRET_TOKEN", "http_proxy"} & set(environment) == set()
    profile = (tmp_path / "profile").read_text().strip().removeprefix("-env:UserInstallation=file://")
    assert profile.endswith("/profile")
    assert not Path(profile).parent.exists()


def test_without_libreoffice_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ProblemsFound) as raised:
        to_pdf(word(), "甲.docx")

    assert [str(one) for one in raised.value.problems] == [
        "甲.docx：没有安装 LibreOffice，不能用它转换 PDF。在 Debian 上请运行 apt-get install"
        " libreoffice-writer-nogui，其他系统请从 LibreOffice 官方网站下载安装；或不加 --engine libreoffice。"
    ]
    assert [one.code for one in raised.value.problems] == ["office-missing"]
