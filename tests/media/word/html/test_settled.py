"""What is printed where a document says a thing twice, hides it, or has it in another colour or dialect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from nianbao.media.word.html import convert

from tests.media.word.html.page_reading import Read
from tests.media.word.html.page_samples import saved
from tests.media.word.html.page_xml import document, drawn, letters, losses, page_of, paragraph, printed

BY = 'w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'
FRACTION = (
    "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
)


def alternatives(requires: str, choice: str, fallback: str) -> str:
    return (
        '<mc:AlternateContent xmlns:odd="http://example.org/odd">'
        f'<mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


@pytest.mark.parametrize(
    ("blocks", "texts"),
    [
        ([alternatives("w14", paragraph("新"), paragraph("旧"))], ["新"]),
        ([alternatives("odd", paragraph("新"), paragraph("旧"))], ["旧"]),
        ([paragraph("甲", alternatives("w14", letters("新"), letters("旧")), "乙")], ["甲新乙"]),
        ([paragraph(f"<w:r>{alternatives('odd', '<w:t>新</w:t>', '<w:t>旧</w:t>')}</w:r>")], ["旧"]),
    ],
)
def test_of_alternatives_exactly_one_is_printed(blocks: list[str], texts: list[str]) -> None:
    page = page_of(*blocks)

    assert (Read(page.html).texts(), page.problems) == (texts, ())


@pytest.mark.parametrize(
    ("blocks", "texts"),
    [
        ([paragraph("甲", f"<w:del {BY}><w:r><w:delText>旧</w:delText></w:r></w:del>")], ["甲"]),
        (
            [
                f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{letters('甲')}</w:p>",
                f"<w:sdt><w:sdtContent>{paragraph('乙')}</w:sdtContent></w:sdt>",
            ],
            ["甲乙"],
        ),
        (
            [
                f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel {BY}/></w:tcPr>{paragraph('旧')}</w:tc>"
                f"<w:tc>{paragraph('新')}</w:tc></w:tr></w:tbl>"
            ],
            ["新"],
        ),
    ],
)
def test_revisions_are_printed_as_accepted(blocks: list[str], texts: list[str]) -> None:
    assert Read(page_of(*blocks).html).texts() == texts


def styled(*says: tuple[str, str, str]) -> Any:
    """A document with styles: their kind, name, and what they say."""
    made = document(
        paragraph(letters("甲", '<w:rStyle w:val="C"/>'), letters("乙"), properties='<w:pStyle w:val="P"/>')
    )
    for kind, name, format in says:
        style = f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
        made.styles.element.append(parse_xml(f"{style}<w:rPr>{format}</w:rPr></w:style>"))
    return made


def test_what_two_styles_hide_is_shown() -> None:
    made = styled(("paragraph", "P", "<w:vanish/>"), ("character", "C", "<w:vanish/>"))

    assert Read(convert(saved(made), "报告.docx").html).texts() == ["甲"]


def test_what_two_styles_make_bold_is_not() -> None:
    made = styled(("paragraph", "P", "<w:b/>"), ("character", "C", "<w:b/>"))
    read = Read(convert(saved(made), "报告.docx").html)

    weights = {
        span.text: (read.css(read.block("甲乙")) | read.css(span))["font-weight"]
        for span in read.block("甲乙").iter("span")
    }

    assert weights["甲"] == "normal"


@pytest.mark.parametrize(
    ("properties", "color"),
    [
        ('<w:color w:val="000000" w:themeColor="background1"/>', "#ffffff"),
        ('<w:color w:val="000000" w:themeColor="background1" w:themeShade="80"/>', "#808080"),
        ('<w:color w:val="1F497D" w:themeColor="text2"/>', "#1f497d"),
        ("<w14:textFill><w14:noFill/></w14:textFill>", "transparent"),
        (
            '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FF0000"/></w14:solidFill></w14:textFill>',
            "#ff0000",
        ),
    ],
)
def test_colours_of_a_theme_and_of_effects_are_printed(properties: str, color: str) -> None:
    read = Read(page_of(paragraph(letters("甲", properties))).html)

    assert read.css(read.block("甲"))["color"] == color


def test_white_letters_on_black_have_their_ground(tmp_path: Path) -> None:
    black = letters("公开", '<w:highlight w:val="black"/>')
    image = drawn(printed(document(paragraph(black)), tmp_path))

    grounds = {image.getpixel((x, y)) for x in range(72, 120) for y in range(60, 100)}

    assert (0, 0, 0) in grounds


def test_an_equation_is_a_line_of_text_and_one_that_loses_its_form_is_told() -> None:
    plain = page_of(paragraph("为", "<m:oMath><m:r><m:t>96.1%</m:t></m:r></m:oMath>", "。"))
    other = page_of(paragraph("占", FRACTION, "。"))

    assert (Read(plain.html).texts(), losses(plain)) == (["为96.1%。"], [])
    assert (Read(other.html).texts(), losses(other)) == (["占1/3。"], ["公式没有照样排，改为一行文字"])


def test_a_letter_of_a_font_of_signs_is_its_sign() -> None:
    signs = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'

    assert Read(page_of(paragraph(letters("\uf0fc", signs), "已办")).html).texts() == ["✓已办"]
