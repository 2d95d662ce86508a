"""Numbers are never wider than their cells: columns, then letters give way."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from nianbao.app import reading
from nianbao.media import word
from nianbao.media.word import layout
from nianbao.report import Figure, Report, State

from tests.media.word.templates import rewritten, shipped
from tests.paths import ROOT
from tests.random_reports import PLACE


def report(digits: int, only: str = "") -> Report:
    """The sample, all figures with so many digits, or only one of them."""
    base = reading.read(ROOT / "data" / "示例-2021.xlsx")
    long = Figure(State.NUMBER, "12345678"[:digits], 1, PLACE)
    short = Figure(State.NUMBER, "1", 1, PLACE)
    return replace(base, figures={key: long if key.startswith(only) else short for key in base.figures})


def tables(made: Report, content: bytes | None = None) -> list[Any]:
    document = word.merge(word.Template(content or shipped(), "模板.docx"), made)
    return [table._tbl for table in docx.Document(io.BytesIO(document)).tables]  # noqa: SLF001 - its XML


def widths(table: Any) -> list[int]:
    return [int(column.get(qn("w:w"))) for column in table.tblGrid.gridCol_lst]


def sizes(table: Any) -> set[float]:
    """The sizes that runs of a table name themselves, in points."""
    return {int(size.get(qn("w:val"))) / 2 for size in table.iter(qn("w:sz"))}


@pytest.mark.parametrize("digits", [1, 5])
def test_short_numbers_leave_the_tables_as_the_template_has_them(digits: int) -> None:
    statutory = [
        one
        for one in docx.Document(io.BytesIO(shipped())).tables
        if one.style and one.style.name == "Table Grid"
    ]
    template = [one._tbl for one in statutory]  # noqa: SLF001 - its XML

    for table, before in zip(tables(report(digits)), template, strict=True):
        assert (widths(table), sizes(table)) == (widths(before), set())


@pytest.mark.parametrize(("digits", "size", "column"), [(6, 9.5, 636), (7, 9.0, 696), (8, 8.0, 706)])
def test_of_long_numbers_columns_become_wide_and_all_letters_small(
    digits: int, size: float, column: int
) -> None:
    table = tables(report(digits))[1]

    assert sum(widths(table)) == layout.TYPE_AREA
    assert set(widths(table)[3:]) == {column}
    assert sizes(table) == {size}
    assert digits * 0.5 * size * 20 + 2 * layout.CELL_MARGIN <= column


def test_one_long_number_in_a_table_without_labels_takes_room_from_its_neighbours() -> None:
    table = tables(report(8, "disputes.review.upheld"))[2]

    assert sum(widths(table)) == layout.TYPE_AREA
    assert widths(table)[0] > 840 > max(widths(table)[1:])
    assert sizes(table) == set()


def test_eight_digits_in_fifteen_columns_are_set_close_in_the_smallest_letters() -> None:
    table = tables(report(8))[2]
    closer = {int(one.get(qn("w:val"))) for one in table.iter(qn("w:spacing"))}

    assert sizes(table) == {7.5}
    assert closer == {-4}
    assert 8 * (0.5 * 7.5 * 20 - 4) < min(widths(table)) == 589


def test_headings_of_columns_have_lines_of_equal_length() -> None:
    table = tables(report(8))[2]
    [heading] = {
        (cell.p_lst[0].pPr.ind.get(qn("w:left")), cell.p_lst[0].pPr.ind.get(qn("w:right")))
        for cell in table.iter(qn("w:tc"))
        if "".join(text.text for text in cell.iter(qn("w:t"))) == "结果维持"
    }

    assert heading[0] == heading[1]


def test_two_long_columns_take_room_from_the_others() -> None:
    base = report(1)
    long = Figure(State.NUMBER, "123456", 1, PLACE)
    keys = ("requests.received.natural_person", "requests.received.total")
    table = tables(replace(base, figures={**base.figures, **dict.fromkeys(keys, long)}))[1]
    wide = widths(table)

    assert (wide[3], wide[9], sizes(table)) == (696, 696, set())
    assert set(wide[4:9]) == {514}


def test_cells_say_the_widths_of_their_columns() -> None:
    table = tables(report(8))[1]
    wide = widths(table)

    for row in table.tr_lst:
        said = [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.tc_lst]
        spans = [cell.grid_span for cell in row.tc_lst]
        assert said == [sum(wide[sum(spans[:at]) : sum(spans[: at + 1])]) for at in range(len(spans))]


def test_in_another_s_table_numbers_become_small_and_widths_stay() -> None:
    content = rewritten(lambda said: said.replace('w:val="TableFigure"', 'w:val="Foreign"'))
    plain = tables(report(1), content)[1]
    table = tables(report(8), content)[1]

    assert widths(table) == widths(plain)
    assert len(sizes(table)) == 1
    labels = [cell for cell in table.iter(qn("w:tc")) if "重复申请" in "".join(cell.itertext())]
    assert [one for cell in labels for one in cell.iter(qn("w:sz"))] == []


def test_an_amount_with_six_decimals_has_its_room() -> None:
    base = report(1)
    amount = Figure(State.NUMBER, "12345678.123456", 1, PLACE)
    [key] = [key for key, slot in base.mandate.slots.items() if slot.kind.value == "amount"]
    made = replace(base, figures={**base.figures, key: amount})

    assert [sizes(table) for table in tables(made)] == [set(), set(), set()]


@pytest.mark.parametrize("width", ['w:w="12.5%"', 'w:w="many"', ""])
def test_a_table_whose_widths_nobody_can_read_is_left_alone(width: str) -> None:
    def change(said: str) -> str:
        return re.sub(r'<w:gridCol w:w="\d+"/>', f"<w:gridCol {width}/>", said).replace(
            "TableFigure", "Foreign"
        )

    assert sizes(tables(report(8), rewritten(change))[1]) == set()
