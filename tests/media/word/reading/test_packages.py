"""A Word file is read however its parts are called and packed, and whatever it embeds."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from nianbao.app import reading
from nianbao.app.build_id import TEMPLATES
from nianbao.media import webpage, word
from nianbao.report import Unreadable
from nianbao.report.published import Grid

from tests.media.word.reading.altered import (
    DOCUMENT,
    NAMES,
    RELATION,
    RELATIONS,
    W,
    left_out,
    pack,
    paragraph,
    parts,
    read,
    related,
    report,
    run,
    style,
    styled,
    with_cell,
)

ROOT, TYPES, STYLES = "_rels/.rels", "[Content_Types].xml", "word/styles.xml"
PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
AML = "http://schemas.microsoft.com/aml/2001/core"
HINT = "http://schemas.microsoft.com/office/word/2003/auxHint"


def renamed(found: dict[str, bytes], old: str, new: str) -> dict[str, bytes]:
    """The same parts with the document and its relations under another name."""
    folder, _, name = new.rpartition("/")
    moved = {old: new, RELATIONS: f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"}
    changed = {moved.get(part, part): content for part, content in found.items()}
    for part in (ROOT, TYPES):
        changed[part] = changed[part].replace(old.encode(), new.encode())
    absolute = changed[moved[RELATIONS]].replace(b'Target="', b'Target="/word/')
    return changed | {moved[RELATIONS]: absolute}


def test_the_document_may_have_any_name() -> None:
    for name in ("word/document2.xml", "content/text.xml", "main.xml"):
        assert read(pack(renamed(dict(parts()), DOCUMENT, name))) == (58, [], [])


def test_a_template_may_have_any_name() -> None:
    path = TEMPLATES / "2021.docx"
    with zipfile.ZipFile(path) as package:
        shipped = {name: package.read(name) for name in package.namelist()}
    template = word.Template(pack(renamed(shipped, DOCUMENT, "content/text.xml")), "模板.docx")

    merged = word.merge(template, report())

    assert (template.told, template.refused, read(merged)) == ((), (), (58, [], []))
    with zipfile.ZipFile(io.BytesIO(merged)) as package:
        assert DOCUMENT in package.namelist()


def test_the_content_type_tells_the_document_where_no_relation_does() -> None:
    changed = dict(parts())
    changed[ROOT] = (
        changed[ROOT]
        .replace(b"/officeDocument", b"/somethingElse", 2)
        .replace(b"somethingElse/2006", b"officeDocument/2006")
    )

    assert read(pack(changed)) == (58, [], [])


@pytest.mark.parametrize("target", ["/Word/STYLES.xml", r"\word\styles.xml", "./Styles.xml"])
def test_relations_may_spell_names_in_their_own_way(target: str) -> None:
    struck = with_cell(
        run("5", styled("Struck")) + run("58"), styles=style("character", "Struck", "<w:strike/>")
    )
    with zipfile.ZipFile(io.BytesIO(struck)) as package:
        changed = {name: package.read(name) for name in package.namelist()}
    changed[RELATIONS] = changed[RELATIONS].replace(b'"styles.xml"', f'"{target}"'.encode())
    assert changed[RELATIONS] != parts()[RELATIONS]

    assert read(pack(changed)) == (58, [], [left_out("删除线划去的文字", "5")])


def test_a_workbook_is_no_word_file() -> None:
    workbook = Path("data/示例-2021.xlsx").read_bytes()

    with pytest.raises(Unreadable) as caught:
        reading.read_content(workbook, "年报.docx")

    assert str(caught.value) == "年报.docx：扩展名是 .docx，内容却是 Excel 工作簿。请把扩展名改为 .xlsx。"


def flat() -> bytes:
    """The document as one XML file."""
    types = etree.fromstring(parts()[TYPES])
    kinds = {part.get("PartName"): part.get("ContentType") for part in types}
    written = []
    for name, part in parts().items():
        if name == TYPES:
            continue
        kind = kinds.get(f"/{name}", "application/vnd.openxmlformats-package.relationships+xml")
        opened = f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">'
        if name == STYLES:  # as pictures are
            content = f"<pkg:binaryData>{base64.b64encode(part).decode()}</pkg:binaryData>"
        else:
            root = etree.tostring(etree.fromstring(part), encoding="unicode")
            content = f"<pkg:xmlData>{root}</pkg:xmlData>"
        written.append(f"{opened}{content}</pkg:part>")
    start = '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    return f'{start}<pkg:package xmlns:pkg="{PKG}">{"".join(written)}</pkg:package>'.encode()


@pytest.mark.parametrize("name", ["年报.xml", "年报.doc", "年报.docx"])
def test_a_package_in_one_xml_file_is_read(name: str) -> None:
    assert read(flat(), name) == (58, [], [])


def of_2003(change: tuple[str, str] = ("", "")) -> bytes:
    """The document in the XML of Word 2003, with a text in it replaced."""
    document = etree.fromstring(parts()[DOCUMENT])
    body = str(etree.tostring(document[0], encoding="unicode"))
    styles = str(etree.tostring(etree.fromstring(parts()[STYLES]), encoding="unicode"))
    for new, old in (
        ("w:vMerge", "w:vmerge"), ('w:eastAsia="', 'w:fareast="'), ('w:hAnsi="', 'w:h-ansi="'),
        ('w:default="1"', 'w:default="on"'), ('w:lineRule="', 'w:line-rule="'),
        ('w:firstLineChars="', 'w:first-line-chars="'),
    ):  # fmt: skip
        body, styles = body.replace(new, old), styles.replace(new, old)
    assert change[0] in body
    body = body.replace(*change)
    inner = body[body.index(">") + 1 : body.rindex("</w:body>")]
    lists = (
        '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/>'
        '<w:lvlText w:val="（%1）"/></w:lvl></w:listDef>'
        '<w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
    )
    properties = "<o:DocumentProperties><o:Title>年报</o:Title></o:DocumentProperties>"
    whole = (
        f'<w:wordDocument xmlns:w="{W}" xmlns:r="{RELATION}" xmlns:wx="{HINT}" xmlns:aml="{AML}" xmlns:my="http://example.org/my"'
        f' xmlns:o="urn:schemas-microsoft-com:office:office">{properties}{lists}{styles}'
        f"<w:body><wx:sect><wx:sub-section>{inner}</wx:sub-section></wx:sect></w:body></w:wordDocument>"
    )
    return f'<?xml version="1.0"?><?mso-application progid="Word.Document"?>{whole.replace(W, OLD)}'.encode()


@pytest.mark.parametrize("name", ["年报.doc", "年报.xml"])
def test_the_xml_of_word_2003_is_read(name: str) -> None:
    assert read(of_2003(), name) == (58, [], [])


def test_cells_of_word_2003_are_merged_as_they_were() -> None:
    def grids(content: bytes) -> list[list[tuple[int, int]]]:
        blocks = reading.look(content, "年报.doc").blocks
        tables = [block for block in blocks if isinstance(block, Grid)]
        return [[(cell.rowspan, cell.colspan) for cell in table.cells] for table in tables]

    assert grids(of_2003()) == grids(pack(parts()))


def changed(kind: str, content: str) -> str:
    inner = f"<aml:content>{content}</aml:content>"
    return f'<aml:annotation aml:id="1" w:type="Word.{kind}">{inner}</aml:annotation>'


SENTENCE = "行政规范性文件印发后及时上网"
IN_2003 = {  # what is put in the place of a sentence's text, and what is read of that
    "a deletion and an insertion": (
        f"</w:t></w:r>{changed('Deletion', '<w:r><w:delText>旧</w:delText></w:r>')}"
        f"{changed('Insertion', run('新'))}<w:r><w:t>",
        "新",
    ),
    "somebody's own markup": (f"</w:t></w:r><my:name>{run('新')}</my:name><w:r><w:t>", "新"),
    "a comment": (
        "新</w:t></w:r><w:r><aml:annotation aml:id='1' w:type='Word.Comment'><aml:content>"
        f"{paragraph(run('注'))}</aml:content></aml:annotation></w:r><w:r><w:t>",
        "新",
    ),
}


@pytest.mark.parametrize(("markup", "text"), IN_2003.values(), ids=IN_2003)
def test_what_word_2003_says_in_other_words_is_understood(markup: str, text: str) -> None:
    found = read(of_2003((SENTENCE, markup)), "年报.doc")

    assert [(one[: len(text) + 1]) for one in found.texts] == [f"{text}，"]
    assert (found.number, found.told) == (58, [])


def test_struck_text_numbers_and_notes_of_word_2003_are_those_of_today() -> None:
    listed = paragraph(
        run("旧文", "<w:strike/>"), run("新文"),
        f"<w:r><w:footnote>{paragraph(run('脚注'))}</w:footnote></w:r>", run("。"),
        properties='<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr>',
    )  # fmt: skip
    content = of_2003((SENTENCE, f"甲。</w:t></w:r></w:p>{listed}<w:p><w:r><w:t>乙"))

    found = read(content, "年报.docx")

    assert found.texts[:2] == ["甲。", "（一）新文。"]
    assert [one.split("：", 1)[1] for one in found.told] == [
        "删除线划去的文字没有读入：“旧文”。请核对；要作为报告内容的，请改为普通文字。",
        "上标的注号没有读入：“1 脚注”。请核对；要作为报告内容的，请改为普通文字。",
    ]


def embedding(name: str, content: bytes) -> bytes:
    """A document that has nothing but another one in it."""
    body = f'<w:document {NAMES}><w:body><w:altChunk r:id="rIdChunk"/><w:sectPr/></w:body></w:document>'
    kind = f'<Override PartName="/word/{name}" ContentType="application/octet-stream"/></Types>'
    return pack(
        {
            **parts(),
            DOCUMENT: body.encode(),
            f"word/{name}": content,
            RELATIONS: related("rIdChunk", "aFChunk", name),
            TYPES: parts()[TYPES].replace(b"</Types>", kind.encode()),
        }
    )


def mail(page: str) -> bytes:
    encoded = base64.encodebytes(page.encode()).decode()
    head = 'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: base64'
    return (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
        f"--b\n{head}\n\n{encoded}\n--b--\n"
    ).encode()


def test_a_document_that_lies_in_another_is_read() -> None:
    page = webpage.write(report())

    for name, content in (
        ("chunk.html", page.encode()),
        ("chunk.mht", mail(page)),
        ("chunk.docx", pack(parts())),
        ("chunk.dat", pack(parts())),
    ):
        assert read(embedding(name, content)) == (58, [], [])


def test_one_that_cannot_be_read_is_named() -> None:
    inner = embedding("chunk.html", webpage.write(report()).encode())

    with pytest.raises(Unreadable) as caught:
        reading.read_content(embedding("chunk.docx", inner), "年报.docx")
    assert str(caught.value) == (
        "年报.docx：正文嵌在另一份文档里（chunk.docx），那一份读不出："
        "正文嵌在另一份文档里（chunk.html），读不出。请用 Word 打开，另存一份 .docx，使嵌入的内容成为正文。"
    )
    with pytest.raises(Unreadable) as caught:
        reading.read_content(embedding("chunk.txt", "一、总体情况".encode()), "年报.docx")
    assert str(caught.value).startswith(
        "年报.docx：正文嵌在另一份文档里（chunk.txt），那一份读不出：不能读 .txt 文件。"
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (f'<a xmlns="{OLD}"><b></a>'.encode(), "文件已损坏，不是完好的 Word XML 文档"),
        (f'<w:wordDocument xmlns:w="{OLD}"/>'.encode(), "文件已损坏，不是完好的 Word XML 文档"),
        (f'<pkg:package xmlns:pkg="{PKG}"/>'.encode(), "这不是 Word 文件（.docx）"),
        (f'<!DOCTYPE a [<!ENTITY b "c">]><w:wordDocument xmlns:w="{OLD}">&b;</w:wordDocument>'.encode(),
         "文件已损坏，不是完好的 Word XML 文档"),
    ],
)  # fmt: skip
def test_damaged_xml_is_told(content: bytes, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        reading.read_content(content, "年报.xml")

    assert str(caught.value).startswith(f"年报.xml：{what}。")
