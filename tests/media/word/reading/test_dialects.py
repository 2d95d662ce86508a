"""Word files as other people make them: numbers that Word counts itself, and the strict dialect."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree
from nianbao.app import reading
from nianbao.app.build_id import TEMPLATES
from nianbao.media import word
from nianbao.report import Report

from tests.media.webpage.page_samples import paragraphs, said, texts
from tests.reports import sound
from tests.reports import take as entered
from tests.values import the

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = {  # what stands in front, as a Word numbering: its format and its text
    re.compile("[一二三四五六七八九十]+、"): ("chineseCounting", "%1、"),
    re.compile("（[一二三四五六七八九十]+）"): ("chineseCounting", "（%1）"),
    re.compile(r"[0-9]+\."): ("decimal", "%1."),
}
FIRST = ("一、", "（一）", "1.")
NUMBERING = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"


@pytest.fixture(scope="module")
def report() -> Report:
    sections = {
        "一": "（一）主动公开\n发布信息若干条。\n1.政策文件\n发布文件。\n2.解读\n发布解读。\n"
        "（二）依申请公开\n逐件登记。",
        "五": "（一）主要问题。公开不够及时。\n（二）改进措施。每月查一次网站。",
    }
    return entered(sound() | {"sections": sound()["sections"] | sections})


@pytest.fixture(scope="module")
def document(report: Report) -> bytes:
    path = TEMPLATES / "2021.docx"
    return word.merge(word.Template(path.read_bytes(), path.name), report)


def changed(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A docx with each part as `change` makes it; one that it makes empty is left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in [*old.namelist(), "word/numbering.xml"]:
            part = change(name, old.read(name) if name in old.namelist() else b"")
            if part and name not in new.namelist():
                new.writestr(name, part)
    return out.getvalue()


def automatic(content: bytes) -> bytes:
    """The same document with every number in front of a paragraph taken out and counted by Word."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    lists: list[tuple[str, str, bool]] = []
    for paragraph in root.iter(f"{W}p"):
        runs = [one for one in paragraph.iter(f"{W}t") if one.text]
        for pattern, kind in KINDS.items():
            match = pattern.match(the(runs[0].text)) if runs else None
            if match is None:
                continue
            one = (*kind, next(paragraph.iterancestors(f"{W}tbl"), None) is not None)
            if match[0] in FIRST:
                lists.append(one)
            number = len(lists) - lists[::-1].index(one)
            runs[0].text = the(runs[0].text)[match.end() :]
            properties = paragraph.find(f"{W}pPr")
            if properties is None:
                properties = etree.Element(f"{W}pPr")
                paragraph.insert(0, properties)
            numbered = etree.SubElement(properties, f"{W}numPr")
            etree.SubElement(numbered, f"{W}ilvl").set(f"{W}val", "0")
            etree.SubElement(numbered, f"{W}numId").set(f"{W}val", str(number))
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{said}"/></w:lvl></w:abstractNum>'
        for at, (kind, said, _) in enumerate(lists, 1)
    )
    numbers = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(lists) + 1)
    )
    part = f'<w:numbering xmlns:w="{W[1:-1]}">{definitions}{numbers}</w:numbering>'

    def change(name: str, old: bytes) -> bytes:
        if name == "word/document.xml":
            return etree.tostring(root)
        if name == "word/numbering.xml":
            return part.encode()
        if name == "[Content_Types].xml":
            own = f'<Override PartName="/word/numbering.xml" ContentType="{NUMBERING}"/></Types>'
            return old.replace(b"</Types>", own.encode())
        if name == "word/_rels/document.xml.rels":
            own = f'<Relationship Id="rIdN" Type="{RELATION}" Target="numbering.xml"/></Relationships>'
            return old.replace(b"</Relationships>", own.encode())
        return old

    return changed(content, change)


def strict(name: str, part: bytes) -> bytes:
    """A part in the dialect that Word calls Strict Open XML."""
    return re.sub(
        rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006",
        rb"http://purl.oclc.org/ooxml/\1",
        part,
    )


def test_numbers_that_word_counts_itself_are_read(report: Report, document: bytes) -> None:
    made = automatic(document)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        written = "".join(map(str, etree.fromstring(package.read("word/document.xml")).itertext()))
    assert not re.search("（一）主动公开|一、总体情况|1.属于国家秘密", written)

    found = reading.read_content(made, "年报.docx")

    assert said(found) == []
    assert texts(found) == texts(report)
    assert paragraphs(found) == paragraphs(report)


def test_the_signs_of_bullets_are_no_text(report: Report, document: bytes) -> None:
    made = changed(
        automatic(document),
        lambda name, part: (
            part.replace(b"decimal", b"bullet").replace(b"%1.", "•".encode())
            if name == "word/numbering.xml"
            else part
        ),
    )

    found = reading.read_content(made, "年报.docx")

    assert [one.text for one in found.narratives["overview"]][2:5] == ["政策文件", "发布文件。", "解读"]


def test_a_file_in_the_strict_dialect_is_read(report: Report, document: bytes) -> None:
    found = reading.read_content(changed(document, strict), "年报.docx")

    assert said(found) == []
    assert texts(found) == texts(report)
    assert paragraphs(found) == paragraphs(report)


def test_a_report_within_a_table_that_arranges_the_page_is_read(report: Report, document: bytes) -> None:
    """As a word processor makes it of a page whose article stands in a table."""

    def within(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        root = etree.fromstring(part)
        body = the(root.find(f"{W}body"))
        cell = etree.Element(f"{W}tc")
        cell.extend(block for block in list(body) if block.tag != f"{W}sectPr")
        table, row = etree.Element(f"{W}tbl"), etree.Element(f"{W}tr")
        table.append(row)
        row.append(cell)
        body.insert(0, table)
        return etree.tostring(root)

    found = reading.read_content(changed(document, within), "年报.docx")

    assert said(found) == []
    assert texts(found) == texts(report)
    assert paragraphs(found) == paragraphs(report)
