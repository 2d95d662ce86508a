"""What cannot be carried over is named; what could harm is never touched."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from nianbao.media.word.html import convert
from nianbao.report.problem import ProblemsFound
from PIL import Image

from tests.media.word.html.page_reading import Read
from tests.media.word.html.page_samples import fill, official, paragraph, table

IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
MEND = "这一处在 PDF 中会与 Word 不同；如不能接受，请在 Word 中改用别的做法，或用 --engine libreoffice 生成。"


def run(xml: str) -> Any:
    return parse_xml(f"<w:r {nsdecls('w', 'r', 'a', 'wp')}>{xml}</w:r>")


def drawing(relation: str) -> str:
    return (
        '<w:drawing><wp:inline><wp:extent cx="635000" cy="317500"/>'
        '<wp:docPr id="1" name="图" descr="单位&lt;徽&gt;"/>'
        f'<a:graphic><a:graphicData uri="p"><a:blip {relation}/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 2), "red").save(stream, kind)
    return stream.getvalue()


def changed(document: bytes, part: str, content: bytes) -> bytes:
    """The same file with one part replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
        after.writestr(part, content)
    return stream.getvalue()


def test_equal_losses_become_one_problem_with_every_place() -> None:
    def write(document: Any) -> None:
        paragraph(document, "一")
        for _ in range(2):
            paragraph(document, "二")._p.append(run("<w:noSuchThing/>"))
        made = table(document, 2, [1000, 1000], header=0)
        fill(made, [["", ""], ["甲", "乙"]])
        made.rows[1].cells[1].paragraphs[0]._p.append(run("<w:noSuchThing/>"))

    page = convert(official(write), "报告.docx")

    assert [str(problem) for problem in page.problems] == [
        f"报告.docx › 正文 › 第 2 段、第 3 段、表 1 第 2 行第 2 列：文字中的 w:noSuchThing 没有带入。{MEND}"
    ]
    assert [(problem.code, problem.severity.value) for problem in page.problems] == [
        ("not-carried-over", "warning")
    ]


def test_a_loss_in_cells_that_hold_the_same_is_told_of_each() -> None:
    def write(document: Any) -> None:
        made = table(document, 2, [1000, 1000], header=0)
        fill(made, [["同", "同"], ["异", "同"]])
        for cell in (made.rows[0].cells[0], made.rows[0].cells[1], made.rows[1].cells[1]):
            cell.paragraphs[0]._p.get_or_add_pPr().append(OxmlElement("w:bidi"))

    page = convert(official(write), "报告.docx")

    assert [str(problem) for problem in page.problems] == [
        f"报告.docx › 正文 › 表 1 第 1 行第 1 列、第 2 列、第 2 行第 2 列：从右向左的段落按从左向右排。{MEND}"
    ]


def test_losses_in_a_footer_name_the_footer() -> None:
    def write(document: Any) -> None:
        document.sections[0].footer.paragraphs[0]._p.append(run('<w:sym w:font="Webdings" w:char="F0FC"/>'))

    page = convert(official(write), "报告.docx")

    assert [str(problem) for problem in page.problems] == [
        f"报告.docx › 页脚 › 第 1 段：符号字体“Webdings”中的字符 F0FC 没有带入。{MEND}"
    ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_images_in_the_document_are_carried_along(kind: str) -> None:
    def write(document: Any) -> None:
        relation, _ = document.part.get_or_add_image(io.BytesIO(picture(kind)))
        paragraph(document, "图")._p.append(run(drawing(f'r:embed="{relation}"')))

    page = convert(official(write), "报告.docx")
    [image] = Read(page.html).tree.xpath("//img")

    assert page.problems == ()
    assert image.get("alt") == "单位<徽>"
    assert image.get("style") == "width: 50pt; height: 25pt"
    assert image.get("src").startswith(f"data:image/{kind.lower()};base64,")


def flipped(content: bytes) -> bytes:
    """The same image with one byte of its pixels changed."""
    place = content.index(b"IDAT") + 6
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize(
    "damage",
    [picture("PNG")[:-20], flipped(picture("PNG")), b"GIF89a", picture("JPEG")[:100], b""],
    ids=["cut", "flipped", "other kind", "cut jpeg", "empty"],
)
def test_a_damaged_image_is_a_warning(damage: bytes) -> None:
    def write(document: Any) -> None:
        relation, _ = document.part.get_or_add_image(io.BytesIO(picture("PNG")))
        paragraph(document, "图")._p.append(run(drawing(f'r:embed="{relation}"')))

    page = convert(changed(official(write), "word/media/image1.png", damage), "报告.docx")

    assert Read(page.html).tree.xpath("//img") == []
    assert [str(problem) for problem in page.problems] == [
        "报告.docx › 正文 › 第 1 段：图片已损坏或格式不支持，没有带入。请在 Word 中换成 PNG 或 JPEG 图片。"
    ]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:1/x.png", "\\\\host\\share\\x.png"]
)
@pytest.mark.parametrize("how", ["embed", "link"])
def test_nothing_outside_the_document_is_fetched(address: str, how: str) -> None:
    def write(document: Any) -> None:
        relation = document.part.relate_to(address, IMAGE, is_external=True)
        paragraph(document, "图")._p.append(run(drawing(f'r:{how}="{relation}"')))

    page = convert(official(write), "报告.docx")

    assert Read(page.html).tree.xpath("//img") == []
    assert address not in page.html
    assert ["链接的外部图片没有带入" in str(problem) for problem in page.problems] == [True]


def test_an_embedded_foreign_document_is_named_and_left_alone() -> None:
    def write(document: Any) -> None:
        paragraph(document, "文")._p.addnext(parse_xml(f'<w:altChunk {nsdecls("w", "r")} r:id="rId99"/>'))

    page = convert(official(write), "报告.docx")

    assert [str(problem) for problem in page.problems] == [
        "报告.docx › 正文：嵌入的其他格式文档（altChunk）没有带入。请在 Word 中打开并重新保存，使其成为正文。"
    ]


def test_a_part_that_declares_entities_is_refused() -> None:
    evil = (
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>甲&x;乙</w:t></w:r></w:p></w:body></w:document>"
    )
    document = changed(official(lambda document: None), "word/document.xml", evil.encode())

    with pytest.raises(ProblemsFound) as raised:
        convert(document, "坏.docx")

    assert [problem.what for problem in raised.value.problems] == ["不是 Word 文档（.docx），或者文档已损坏"]


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (b"", "不是 Word 文档（.docx）"),
        (b"PK\x03\x04 broken", "不是 Word 文档（.docx）"),
        (
            changed(official(lambda document: None), "word/document.xml", b"<broken"),
            "不是 Word 文档（.docx），或者文档已损坏",
        ),
    ],
)
def test_what_is_no_word_document_is_refused(document: bytes, what: str) -> None:
    with pytest.raises(ProblemsFound) as raised:
        convert(document, "坏.docx")

    assert [str(problem) for problem in raised.value.problems] == [
        f"坏.docx：{what}。请用 Word 或 WPS 打开并另存为 .docx 后重试。"
    ]


def test_a_zip_bomb_is_not_opened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"0" * 20_000_000)

    with pytest.raises(ProblemsFound) as raised:
        convert(stream.getvalue(), "弹.docx")

    assert [problem.what for problem in raised.value.problems] == [
        "文件展开后有 19 MB、1 个部件，不像正常的文件，没有打开"
    ]
