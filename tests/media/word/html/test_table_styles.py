"""Table styles with their conditions, columns without widths, text that runs downwards."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from nianbao.media.word.html import convert

from tests.media.word.html.page_reading import Read, read
from tests.media.word.html.page_samples import saved, table
from tests.media.word.html.page_xml import document, element, losses


def test_a_table_style_speaks_for_the_first_row_and_for_every_second_one() -> None:
    made = Document()
    style = made.styles.add_style("条纹", 3)
    for kind, fill in (("firstRow", "112233"), ("band2Horz", "AABBCC")):
        style.element.append(
            parse_xml(
                f'<w:tblStylePr {nsdecls("w")} w:type="{kind}"><w:rPr><w:b/></w:rPr>'
                f'<w:tcPr><w:shd w:fill="{fill}"/></w:tcPr></w:tblStylePr>'
            )
        )
    filled = made.add_table(4, 1, style="条纹")
    for row in filled.rows:
        row.cells[0].text = "文"

    page = read(made)

    assert [page.css(cell).get("background-color") for cell in page.tree.xpath("//td")] == [
        "#112233", None, "#aabbcc", None,
    ]  # fmt: skip
    assert [page.css(block)["font-weight"] for block in page.blocks()] == ["bold", "normal", "bold", "normal"]


def test_columns_without_a_width_share_the_measure() -> None:
    made = Document()
    filled = made.add_table(1, 2)
    for column in filled._tbl.tblGrid.gridCol_lst:
        column.attrib.clear()
    for cell in filled.rows[0].cells:
        cell._tc.remove(cell._tc.tcPr)

    widths = [column.get("style") for column in read(made).tree.xpath("//col")]

    assert widths == ["width: 216pt", "width: 216pt"]


def test_chinese_that_runs_downwards_stands_letter_below_letter() -> None:
    def write_table(document: Any) -> None:
        cell = table(document, 1, [1000]).rows[0].cells[0]
        cell.paragraphs[0].add_run("申请人")
        cell._tc.tcPr.append(parse_xml(f'<w:textDirection {nsdecls("w")} w:val="tbRlV"/>'))

    page = read(write_table)

    assert page.css(page.tree.xpath("//th/div | //td/div")[0])["width"] == "1.1em"


def test_a_table_style_says_where_a_table_and_its_text_stand_and_what_is_lost_of_it_is_told() -> None:
    made = document()
    style = made.styles.add_style("居中", 3)
    for said in (
        '<w:tblPr><w:jc w:val="right"/><w:tblInd w:w="300"/><w:tblCellSpacing w:w="20"/></w:tblPr>',
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr>',
    ):
        style.element.append(element(said))
    made.add_table(1, 1, style="居中")

    converted = convert(saved(made), "报告.docx")
    page = Read(converted.html)
    [cell] = page.tree.xpath("//td")

    assert page.css(cell)["vertical-align"] == "middle"
    assert page.css(page.tree.find(".//table"))["margin-left"] == "auto"
    assert losses(converted) == ["单元格之间的间距没有带入"]
