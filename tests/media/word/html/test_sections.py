"""Sections: page size, headers and footers, page numbers, the watermark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from nianbao.media.word.html import convert

from tests.media.word.html.page_reading import Read
from tests.media.word.html.page_samples import official, paragraph, saved, stamped
from tests.media.word.html.page_xml import document, losses, page_of, printed
from tests.media.word.html.page_xml import paragraph as paragraph_of
from tests.media.word.html.page_xml import text as text_of_pdf


def rules(page: Read, page_name: str) -> list[str]:
    return [line for line in page.text.splitlines() if line.startswith(f"@page {page_name}")]


def test_paper_and_margins_are_the_documents() -> None:
    page = Read(convert(official(lambda document: paragraph(document, "文")), "报告.docx").html)

    assert rules(page, "s1")[0] == (
        "@page s1 { size: 595.3pt 841.9pt; margin: 104.9pt 73.7pt 99.2pt 79.35pt }"
    )


def test_odd_and_even_pages_have_their_own_page_numbers() -> None:
    page = Read(convert(official(lambda document: paragraph(document, "文")), "报告.docx").html)
    feet = page.tree.xpath("//body/div")

    assert [(foot.get("class"), foot.text_content()) for foot in feet] == [
        ("s1 s1-footer-default", "— " + " —"),
        ("s1 s1-footer-even", "— " + " —"),
    ]
    assert [len(foot.xpath(".//span[@class='page']")) for foot in feet] == [1, 1]
    assert [page.css(foot[0])["text-align"] for foot in feet] == ["right", "left"]
    assert [page.css(foot[0])["margin"] for foot in feet] == ["0 14pt 0 0", "0 0 0 14pt"]
    assert [
        "element(s1-footer-default)" in rules(page, "s1")[1],
        "element(s1-footer-even)" in rules(page, "s1:left")[0],
    ] == [True, True]


def test_a_section_has_its_own_paper_and_inherits_headers() -> None:
    def write(document: Any) -> None:
        paragraph(document, "竖")
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        paragraph(document, "横")

    page = Read(convert(official(write), "报告.docx").html)

    assert [each.get("class") for each in page.tree.xpath("//section")] == ["s1", "s2"]
    assert rules(page, "s2")[0].startswith("@page s2 { size: 841.9pt 595.3pt;")
    assert "element(s2-footer-default)" in rules(page, "s2")[1]


def test_a_continuous_section_goes_on_on_the_same_page() -> None:
    def write(document: Any) -> None:
        paragraph(document, "上")
        document.add_section(WD_SECTION.CONTINUOUS)
        paragraph(document, "下")

    page = Read(convert(official(write), "报告.docx").html)

    assert [each.get("class") for each in page.tree.xpath("//section")] == ["s1", "s1"]


def test_page_numbers_can_start_anywhere() -> None:
    def write(document: Any) -> None:
        document.sections[0]._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="4"/>'))
        paragraph(document, "文")

    page = Read(convert(official(write), "报告.docx").html)

    assert "@page s1:first { counter-reset: page 4 }" in page.text
    assert "html { break-before: left; }" in page.text


def test_a_first_page_may_have_headers_of_its_own() -> None:
    def write(document: Any) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "首页"
        paragraph(document, "文")

    page = Read(convert(official(write), "报告.docx").html)

    assert [
        each.text_content() for each in page.tree.xpath("//div[contains(@class, 's1-header-first')]")
    ] == ["首页"]
    assert "element(s1-header-first)" in rules(page, "s1:nth(1 of s1)")[0]


def test_a_watermark_is_drawn_on_the_page_and_is_no_text_of_the_header() -> None:
    def write(document: Any) -> None:
        stamped(document)
        paragraph(document, "文")

    page = convert(official(write), "报告.docx")
    read = Read(page.html)

    assert page.problems == ()
    assert [each.text_content() for each in read.tree.xpath("//div[contains(@class, 'header')]")] == ["", ""]
    assert ["data:image/svg+xml;base64," in rule for rule in rules(read, "s1")[1:]] == [True, True]


def test_mirrored_margins_change_places_on_left_pages() -> None:
    made = document(paragraph_of("一"), settings="<w:mirrorMargins/>")
    made.sections[0].left_margin = Pt(100)

    text = convert(saved(made), "报告.docx").html

    assert "@page s1 { size: 595pt 842pt; margin: 72pt 72pt 72pt 100pt }" in text
    assert "@page s1:left { margin: 72pt 100pt 72pt 72pt }" in text


def test_a_section_may_begin_on_an_odd_page(tmp_path: Path) -> None:
    made = document(
        paragraph_of("一", properties="<w:sectPr/>"),
        paragraph_of("三", properties='<w:sectPr><w:type w:val="oddPage"/></w:sectPr>'),
        paragraph_of("四"),
    )

    assert text_of_pdf(printed(made, tmp_path)) == "一||三|四|"


def test_what_a_section_says_beside_that_is_told() -> None:
    border = '<w:pgBorders><w:top w:val="apples" w:sz="8"/></w:pgBorders>'
    number = '<w:pgNumType w:chapStyle="1"/>'

    assert losses(page_of(paragraph_of("一"), section=border + number)) == [
        "页码中的章节号没有带入",
        "页面边框的图案改为实线",
    ]
