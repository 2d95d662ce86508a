"""Tables: the grid with its merged cells, header rows, borders, heights, keeping together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.media.word.html.page_reading import Read, read
from tests.media.word.html.page_samples import fill, paragraph, requests_table, reviews_table, table
from tests.media.word.html.page_xml import colors, document, drawn, page_of, printed
from tests.media.word.html.page_xml import paragraph as xml_paragraph


def shape(page: Read) -> list[list[tuple[str, str | None, str | None]]]:
    """Of every row, its cells as (tag, colspan, rowspan)."""
    return [
        [(cell.tag, cell.get("colspan"), cell.get("rowspan")) for cell in row]
        for row in page.tree.xpath("//tr")
    ]


def cell_properties(cell: Any, xml: str) -> None:
    for each in parse_xml(f"<w:tcPr {nsdecls('w')}>{xml}</w:tcPr>"):
        cell._tc.get_or_add_tcPr().append(each)


def test_merged_cells_span_columns_and_rows() -> None:
    page = read(requests_table)
    rows = shape(page)

    assert rows[:3] == [
        [("th", "3", "3"), ("th", "7", None)],
        [("th", None, "2"), ("th", "5", None), ("th", None, "2")],
        [("th", None, None)] * 5,
    ]
    assert rows[5] == [("td", None, "21"), ("td", "2", None)] + [("td", None, None)] * 7
    assert [len(row) for row in rows] == [
        2, 3, 5, 8, 8, 9, 8, 9, 8, 8, 8, 8, 8, 8, 8, 9, 8, 8, 9, 8, 8, 8, 8, 9, 8, 8, 8, 8,
    ]  # fmt: skip


def test_rows_marked_as_header_are_repeated_and_name_their_columns() -> None:
    page = read(requests_table)

    assert len(page.tree.xpath("//thead/tr")) == 3
    assert len(page.tree.xpath("//tbody/tr")) == 25
    assert {cell.get("scope") for cell in page.tree.xpath("//thead//th")} == {"col"}
    assert page.tree.xpath("//tbody//th") == []


def test_columns_have_the_widths_of_the_grid() -> None:
    page = read(lambda document: table(document, 1, [1000, 2000, 3000]))

    assert [column.get("style") for column in page.tree.xpath("//col")] == [
        "width: 50pt",
        "width: 100pt",
        "width: 150pt",
    ]
    assert page.css(page.tree.find(".//table"))["width"] == "300pt"


def test_a_centred_table_wider_than_the_measure_stands_out_on_both_sides() -> None:
    page = read(lambda document: table(document, 1, [5000, 5000]))

    assert page.css(page.tree.find(".//table"))["margin-left"] == "-28.875pt"


def test_a_cell_has_its_own_borders_before_the_tables() -> None:
    def write(document: Any) -> None:
        made = table(document, 1, [1000, 1000])
        cell_properties(
            made.rows[0].cells[0],
            '<w:tcBorders><w:top w:val="double" w:sz="8" w:color="FF0000"/>'
            '<w:left w:val="nil"/></w:tcBorders>',
        )

    page = read(write)
    first, second = page.tree.xpath("//tr/*")
    edges = ("border-top", "border-left", "border-bottom", "border-right")

    assert [page.css(first)[edge] for edge in edges] == [
        "3pt double #ff0000",
        "none",
        "0.5pt solid #000",
        "0.5pt solid #000",
    ]
    assert [page.css(second)[edge] for edge in edges] == ["0.5pt solid #000"] * 4


def test_the_lower_border_of_a_vertical_merge_is_that_of_its_last_cell() -> None:
    def write(document: Any) -> None:
        made = table(document, 2, [1000, 1000], header=0)
        made.rows[0].cells[0].merge(made.rows[1].cells[0])
        for row, edge in zip(made._tbl.tr_lst, ("top", "bottom"), strict=True):
            row.tc_lst[0].tcPr.append(
                parse_xml(
                    f"<w:tcBorders {nsdecls('w')}>"
                    f'<w:{edge} w:val="single" w:sz="24" w:color="auto"/></w:tcBorders>'
                )
            )

    page = read(write)
    css = page.css(page.tree.xpath("//td[@rowspan]")[0])

    assert (css["border-top"], css["border-bottom"]) == ("3pt solid #000", "3pt solid #000")


def test_a_lower_border_within_a_vertical_merge_does_not_count() -> None:
    def write(document: Any) -> None:
        made = table(document, 2, [1000, 1000], header=0)
        made.rows[0].cells[0].merge(made.rows[1].cells[0])
        cell_properties(
            made.rows[0].cells[0],
            '<w:tcBorders><w:bottom w:val="single" w:sz="24" w:color="auto"/></w:tcBorders>',
        )

    page = read(write)

    assert page.css(page.tree.xpath("//td[@rowspan]")[0])["border-bottom"] == "0.5pt solid #000"


def test_a_margin_is_measured_from_the_middle_of_the_heavier_border() -> None:
    def write(document: Any) -> None:
        made = table(document, 1, [2000, 2000])
        left, right = made.rows[0].cells
        cell_properties(left, '<w:tcBorders><w:right w:val="single" w:sz="16" w:color="auto"/></w:tcBorders>')
        cell_properties(right, '<w:tcBorders><w:left w:val="nil"/></w:tcBorders>')

    page = read(write)

    assert [page.css(cell)["padding"] for cell in page.tree.xpath("//tr/*")] == [
        "0 4.4pt 0 5.15pt",
        "0 5.15pt 0 4.4pt",
    ]


def test_row_heights_are_the_least_height_of_cells_of_one_row() -> None:
    page = read(lambda document: table(document, 1, [1000], height=400))

    assert page.css(page.tree.xpath("//tr/*")[0])["height"] == "19.5pt"


def test_an_exact_row_cuts_off_what_does_not_fit() -> None:
    def write(document: Any) -> None:
        made = table(document, 1, [1000], height=400)
        made._tbl.tr_lst[0].trPr.find(qn("w:trHeight")).set(qn("w:hRule"), "exact")

    page = read(write)

    assert page.css(page.tree.xpath("//tr/*/div")[0]) == {"max-height": "19.5pt", "overflow": "hidden"}


def test_a_table_whose_rows_are_all_kept_with_the_next_stays_on_one_page() -> None:
    def write(document: Any) -> None:
        reviews_table(document)
        paragraph(document, "间")
        requests_table(document)

    page = read(write)

    assert [page.css(each).get("break-inside") for each in page.tree.xpath("//table")] == ["avoid", None]


def test_a_row_stays_with_the_next_one_where_the_style_of_its_paragraphs_says_so() -> None:
    def write(document: Any) -> None:
        document.styles["表格文字"].paragraph_format.keep_with_next = True
        fill(table(document, 3, [3000]), [["甲"], ["乙"], ["丙"]])
        loose = table(document, 3, [3000])
        fill(loose, [["丁"], ["戊"], ["己"]])
        for row in loose.rows:
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = False

    page = read(write)

    assert [
        [page.css(row).get("break-after") for row in each.xpath(".//tr")]
        for each in page.tree.xpath("//table")
    ] == [
        ["avoid", "avoid", None],
        [None, None, None],
    ]


def test_cells_keep_their_paragraphs_shading_and_alignment() -> None:
    def write(document: Any) -> None:
        made = table(document, 1, [3000])
        fill(made, [["甲"]])
        made.rows[0].cells[0].add_paragraph("乙", style="表格文字")
        cell_properties(made.rows[0].cells[0], '<w:shd w:val="clear" w:fill="C6D9F1"/>')

    page = read(write)
    [cell] = page.tree.xpath("//tr/*")

    assert [block.text_content() for block in cell] == ["甲", "乙"]
    assert (page.css(cell)["background-color"], page.css(cell)["vertical-align"]) == ("#c6d9f1", "middle")


def test_nested_tables_are_written_where_they_stand() -> None:
    def write(document: Any) -> None:
        outer = table(document, 1, [4000], header=0)
        inner = outer.rows[0].cells[0].add_table(1, 2)
        fill(inner, [["内左", "内右"]])

    page = read(write)

    assert [cell.text_content() for cell in page.tree.xpath("//td//td")] == ["内左", "内右"]


def grid(*rows: str, columns: int = 3) -> str:
    """A table with single borders, of rows of cells."""
    edges = "".join(f'<w:{side} w:val="single" w:sz="8"/>' for side in BORDERS)
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{COLUMN * columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


COLUMN = '<w:gridCol w:w="1000"/>'
BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


def row(*cells: tuple[str, str], properties: str = "") -> str:
    written = (
        f"<w:tc><w:tcPr>{said}</w:tcPr>{xml_paragraph(*filter(None, [text]))}</w:tc>" for text, said in cells
    )
    return f"<w:tr>{properties}{''.join(written)}</w:tr>"


START, ON = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
DOWN, UNDER = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_cells_are_merged_as_old_word_did() -> None:
    page = Read(
        page_of(
            grid(
                row(("一", START), ("", ON), ("", ON)),
                row(("二", ""), ("三", START + DOWN), ("", ON + DOWN)),
                row(("四", ""), ("", START + UNDER), ("", ON + UNDER)),
                row(("五", ON), ("六", ""), ("七", "")),
            )
        ).html
    )

    assert [
        [(cell.text_content(), cell.get("colspan"), cell.get("rowspan")) for cell in each]
        for each in page.tree.xpath("//tr")
    ] == [
        [("一", "3", None)],
        [("二", None, None), ("三", "2", "2")],
        [("四", None, None)],
        [("五", None, None), ("六", None, None), ("七", None, None)],
    ]  # fmt: skip


def test_rules_run_from_corner_to_corner(tmp_path: Path) -> None:
    rule = '<w:tcBorders><w:{} w:val="single" w:sz="24" w:color="FF0000"/></w:tcBorders>'
    high = '<w:trPr><w:trHeight w:val="1000"/></w:trPr>'
    cells = (("", rule.format("tl2br")), ("", rule.format("tr2bl")), ("", ""))
    image = drawn(printed(document(grid(row(*cells, properties=high))), tmp_path))

    # The table begins where its text stands at the margin: 5.4 points to the left.
    left, top = 72 - 5.4, 72
    places = [
        (left + 50 * cell + x, top + y)
        for cell in range(3)
        for x, y in ((12.5, 12.5), (37.5, 12.5), (25, 25))
    ]
    assert colors(image, *places) == "r.r.rr..."


def test_hidden_and_deleted_rows_are_not_printed() -> None:
    hidden, deleted = "<w:trPr><w:hidden/></w:trPr>", "<w:trPr><w:del w:id='1' w:author='x'/></w:trPr>"
    rows = (row(("一", "")), row(("二", ""), properties=hidden), row(("三", ""), properties=deleted))

    assert Read(page_of(grid(*rows, columns=1)).html).texts() == ["一"]


def test_a_row_may_have_borders_and_margins_of_its_own() -> None:
    said = "".join(f'<w:{side} w:val="nil"/>' for side in BORDERS)
    margin = '<w:tblCellMar><w:left w:w="200"/></w:tblCellMar>'
    own = f"<w:tblPrEx><w:tblBorders>{said}</w:tblBorders>{margin}</w:tblPrEx>"
    page = Read(page_of(grid(row(("一", "")), row(("二", ""), properties=own), columns=1)).html)
    first, second = (page.css(cell) for cell in page.tree.xpath("//td"))

    assert [first[f"border-{side}"] for side in ("top", "left")] == ["1pt solid #000"] * 2
    assert [second[f"border-{side}"] for side in ("top", "left")] == ["none"] * 2
    assert [cell["padding"].split()[3] for cell in (first, second)] == ["4.9pt", "10pt"]


def test_an_empty_cell_may_take_no_height() -> None:
    page = Read(page_of(grid(row(("", "<w:hideMark/>"), ("字", "<w:hideMark/>")), columns=2)).html)

    assert [len(cell) for cell in page.tree.xpath("//td")] == [0, 1]


def test_a_row_that_is_aligned_otherwise_is_told_with_its_place() -> None:
    page = page_of(
        grid(row(("一", "")), row(("二", ""), properties='<w:trPr><w:jc w:val="right"/></w:trPr>'), columns=1)
    )

    assert [str(problem).partition("。")[0] for problem in page.problems] == [
        "报告.docx › 正文 › 表 1 第 2 行：与表格不同的行对齐方式没有带入"
    ]


def test_cells_that_hold_the_same_are_alike_within_a_table_only() -> None:
    """A table's own style, and a picture, note or bookmark in a cell, is each cell's own."""

    def write(document: Any) -> None:
        for style in ("表格文字", "公文正文"):
            made = table(document, 1, [1000, 1000, 1000], header=0)
            fill(made, [["同", "同", "同"]])
            for cell in made.rows[0].cells:
                cell.paragraphs[0].style = style
            mark = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="1" w:name="{style}"/>')
            made.rows[0].cells[1].paragraphs[0]._p.append(mark)

    page = read(write)
    cells = [[paragraph.get("class") for paragraph in row.iter("p")] for row in page.tree.iter("tr")]

    assert [len({*row}) for row in cells] == [1, 1]
    assert cells[0] != cells[1]
    assert [len(cell.xpath(".//*[@id]")) for cell in page.tree.xpath("//td/p")] == [0, 1, 0, 0, 1, 0]


def test_equal_tables_in_equal_cells_have_names_of_their_own() -> None:
    def write(document: Any) -> None:
        for cell in table(document, 1, [3000, 3000], header=0).rows[0].cells:
            cell.add_table(1, 1)

    page = read(write)

    assert len({each.get("id") for each in page.tree.iter("table")}) == 3
