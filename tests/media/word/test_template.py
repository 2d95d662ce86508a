"""What `template build` makes: the form, in Word's own means, as another reader sees it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from nianbao.mandate import Mandate, Table, editions, load
from nianbao.media import word

from tests.paths import ROOT
from tests.values import the

VALIDATOR = ROOT / ".cache" / "ooxml-validator"


@pytest.fixture(params=editions())
def mandate(request: pytest.FixtureRequest) -> Mandate:
    return load(request.param)


@pytest.fixture
def template(mandate: Mandate) -> Document:
    return docx.Document(io.BytesIO(word.build(mandate)))


def cells(table: WordTable) -> dict[tuple[int, int, int, int], str]:
    """Text by row, column, rowspan, colspan, read from gridSpan and vMerge without our own reader."""
    spans: dict[tuple[int, int], list[int]] = {}
    texts: dict[tuple[int, int], str] = {}
    above: dict[int, tuple[int, int]] = {}
    for row, line in enumerate(table._tbl.tr_lst):
        column = 0
        for cell in line.tc_lst:
            if cell.vMerge == "continue":
                spans[above[column]][0] += 1
            else:
                above[column] = (row, column)
                spans[row, column] = [1, cell.grid_span]
                texts[row, column] = "".join(text.text or "" for text in cell.iter(qn("w:t")))
            column += cell.grid_span
    return {(*place, spans[place][0], spans[place][1]): text for place, text in texts.items()}


def form(table: Table) -> dict[tuple[int, int, int, int], str]:
    return {
        (cell.row, cell.column, cell.rowspan, cell.colspan): cell.text or f"{{{{ {cell.key} }}}}"
        for cell in table.cells
    }


def statutory(template: Document) -> list[WordTable]:
    """The tables of the form; 版记 is one too."""
    return [table for table in template.tables if the(table.style).name == "Table Grid"]


def rows_marked(table: WordTable, mark: str) -> list[int]:
    return [row for row, line in enumerate(table._tbl.tr_lst) if line.find(f".//{qn(mark)}") is not None]


def test_the_committed_templates_are_what_build_gives(mandate: Mandate) -> None:
    committed = (ROOT / "templates" / f"{mandate.edition.key}.docx").read_bytes()

    assert word.build(mandate) == committed


def test_every_cell_has_the_text_and_the_merges_of_the_mandate(mandate: Mandate, template: Document) -> None:
    assert [cells(table) for table in statutory(template)] == [
        form(table) for table in mandate.tables.values()
    ]


def test_every_figure_has_its_tag_once_and_in_a_cell_of_its_own(mandate: Mandate, template: Document) -> None:
    tags = [text for table in statutory(template) for text in cells(table).values() if "{" in text]

    assert sorted(tags) == sorted(f"{{{{ {key} }}}}" for key in mandate.slots)


def test_the_tags_of_figures_are_so_small_that_the_tables_look_as_they_will(template: Document) -> None:
    runs = [run for table in statutory(template) for row in table.rows for cell in row.cells
            for line in cell.paragraphs for run in line.runs]  # fmt: skip
    named = {run.style.name for run in runs if "{{" in run.text}

    assert named == {"数据标签"}
    assert {run.style.name for run in runs if "{{" not in run.text} == {"Default Paragraph Font"}
    assert template.styles["数据标签"].font.size.pt == 1


def test_the_mandated_headings_are_first_level_headings_of_word(mandate: Mandate, template: Document) -> None:
    styles = {"Heading 1", "表前标题", "表间标题", "表后标题"}
    named = [(line.text, the(line.style).name) for line in template.paragraphs]
    headings = [(text, style) for text, style in named if style in styles]

    assert [text for text, _ in headings] == [section.heading for section in mandate.sections]
    assert [style for _, style in headings] == [
        "Heading 1", "表前标题", "表间标题", "表间标题", "表后标题", "Heading 1",
    ]  # fmt: skip
    for _, style in headings[1:5]:
        assert template.styles[style].base_style.name == "Heading 1"


def test_paragraphs_have_real_styles_and_no_lettering_of_their_own(template: Document) -> None:
    direct = {node.tag for run in template.element.body.iter(qn("w:rPr")) for node in run}

    assert direct == {qn("w:rFonts"), qn("w:rStyle")}
    assert {node.get(qn("w:eastAsia")) for node in template.element.body.iter(qn("w:rFonts"))} == {None}
    assert {the(line.style).name for line in template.paragraphs} >= {
        "Title", "Heading 1", "Body Text", "Signature", "Date",
        "发文机关标志", "发文字号", "版头分隔线", "主送机关", "附注",
    }  # fmt: skip


def test_the_page_is_that_of_gb_t_9704(template: Document) -> None:
    [section] = template.sections
    wide, high = the(section.page_width), the(section.page_height)
    left, right = the(section.left_margin), the(section.right_margin)
    sides = (the(section.top_margin), the(section.bottom_margin), left, right)

    assert [round(side.mm) for side in (wide, high)] == [210, 297]
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert wide - left - right == pytest.approx(156 * 36000, abs=2000)


def test_body_text_is_third_size_fangsong_on_22_lines_of_28_characters(template: Document) -> None:
    defaults = template.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    normal = template.styles["Normal"].paragraph_format

    assert defaults.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert defaults.find(qn("w:sz")).get(qn("w:val")) == "32"
    assert round(225 / normal.line_spacing.mm, 2) == 22.03
    pitch = 16 + int(defaults.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int(156 / 25.4 * 72 / pitch) == 28


def test_header_rows_repeat_and_no_row_splits(mandate: Mandate, template: Document) -> None:
    for table, printed in zip(mandate.tables.values(), statutory(template), strict=True):
        assert rows_marked(printed, "w:tblHeader") == list(range(table.header_rows))
        assert rows_marked(printed, "w:cantSplit") == list(range(table.row_count))


PAGE_ENDS = {  # the rows before which a page may end: between blocks, and between groups of labels
    "2021": [[7, 11], [5, 15, 18, 23, 26], []],
    "2019": [[8, 12, 15], [5, 15, 18, 23, 24], []],
}


def test_a_page_ends_between_blocks_and_groups_of_a_table_and_never_below_its_heading(
    mandate: Mandate, template: Document
) -> None:
    assert template.styles["Heading 1"].paragraph_format.keep_with_next is True
    loose = []
    for table in statutory(template):
        # python-docx gives a merged cell's paragraphs for each of its rows: the rows' own are asked
        own = [
            {one.find(qn("w:pPr")).find(qn("w:keepNext")) is not None for one in row._tr.iter(qn("w:p"))}
            for row in table.rows
        ]
        assert all(len(one) == 1 for one in own)
        loose.append([row + 1 for row, one in enumerate(own[:-1]) if one == {False}])

    assert loose == PAGE_ENDS[mandate.edition.key]


def test_digits_of_figures_are_of_one_width(template: Document) -> None:
    figures = template.styles["表格数字"]

    assert figures.element.rPr.rFonts.get(qn("w:ascii")) == "仿宋_GB2312"


def test_odd_and_even_pages_have_their_numbers_outside(template: Document) -> None:
    [section] = template.sections
    odd, even = section.footer.paragraphs, section.even_page_footer.paragraphs

    assert template.settings.odd_and_even_pages_header_footer is True
    assert [[one.text for one in part] for part in (odd, even)] == [["— 1 —"], ["— 1 —"]]
    assert [part[0].style.name for part in (odd, even)] == ["单页页码", "双页页码"]
    for part in (odd, even):
        assert [one.text for one in part[0]._p.iter(qn("w:instrText"))] == [" PAGE "]


def test_language_title_and_author_are_set(template: Document) -> None:
    defaults = template.styles.element.find(f".//{qn('w:rPrDefault')}")
    properties = template.core_properties

    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"
    assert (properties.title, properties.author, properties.language) == (
        "{{ title }}",
        "{{ organ }}",
        "zh-CN",
    )


def test_cells_that_hold_figures_are_wide_enough_for_eight_digits(
    mandate: Mandate, template: Document
) -> None:
    disclosure = template.tables[0]
    half = 10.5 / 2 * 20  # twips of one digit in 5号

    assert min(int(the(one.get(qn("w:w")))) for one in disclosure._tbl.tblGrid.gridCol_lst) > 8 * half


def test_the_template_of_each_edition_is_found_sound(mandate: Mandate) -> None:
    assert word.check(word.Template(word.build(mandate), "模板.docx"), mandate) == ()


@pytest.mark.skipif(not VALIDATOR.exists(), reason="needs .cache/ooxml-validator: run setup/validator")
def test_the_template_is_valid_by_the_open_xml_sdk(mandate: Mandate) -> None:
    path = ROOT / "templates" / f"{mandate.edition.key}.docx"
    said = subprocess.run([VALIDATOR, path, "Office2019"], capture_output=True, check=True).stdout

    assert json.loads(said)["ok"] is True


def test_a_foreign_linter_finds_nothing_in_the_template(mandate: Mandate) -> None:
    path = ROOT / "templates" / f"{mandate.edition.key}.docx"
    linter = [str(Path(sys.executable).with_name("docxtpl-lint")), str(path), "--fail-on", "warning"]

    assert subprocess.run(linter, capture_output=True).returncode == 0
