"""Sheets as programs may write them, by hand: each read as openpyxl reads it, and what that is."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from nianbao.media.workbook.rows import MOST_COLUMNS, MOST_ROWS, SMALL

from tests.media.workbook.by_hand import LINKS, MAIN, OFFICE, SHEET, TYPES, book, sheet
from tests.media.workbook.reference import (
    agrees,
    as_read,
    by_openpyxl,
    by_ours,
    packed,
    parts_of,
    told_keyless,
)

KEY = "#columns"


def values(content: bytes) -> list[dict[str, Any]]:
    """What the cells of each sheet hold, by row and column, where openpyxl has the same."""
    agrees(content)
    return [
        {f"R{row}C{column}": value for row, column, _, value, _, _ in cells} for _, cells in by_ours(content)
    ]


def one(cells: str, **rest: Any) -> list[Any]:
    """What the cells of a single row hold."""
    return list(values(book(sheet(f"<row>{cells}</row>"), **rest))[0].values())


# ---------------------------------------------------------------- values


def test_strings_are_their_runs_without_the_phonetic_guide() -> None:
    strings = [
        '<t xml:space="preserve"> 甲 </t><rPh sb="0" eb="1"><t>よみ</t></rPh><phoneticPr fontId="0"/>',
        "<r><rPr><b/></rPr><t>甲</t></r><r><t> 乙</t></r>",
        "<r><t>乙</t></r><t>甲</t>",
        "<t/>",
        "<t>甲_x000D_\n乙</t>",
    ]
    inline = "".join(f'<c t="inlineStr"><is>{string}</is></c>' for string in strings)
    shared = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(5))

    assert one(inline + shared, strings=strings) == [" 甲 ", "甲 乙", "甲乙", "", "甲\r\n乙"] * 2


def test_booleans_errors_and_texts_of_formulas_are_what_they_are() -> None:
    cells = '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#DIV/0!</v></c><c t="str"><v>甲</v></c>'

    assert one(f"{cells}<c><v>1.50</v></c><c><v>1E2</v></c><c><v>007</v></c>") == [
        *[True, False, "#DIV/0!", "甲"],
        *[1.5, 100.0, 7],
    ]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (0, 45000.25),
        (1, datetime(2023, 3, 15, 6)),
        (3, timedelta(days=45000, hours=6)),
        (5, datetime(2023, 3, 15, 6)),
        (6, timedelta(days=45000, hours=6)),
        (7, 45000.25),
        (9, 45000.25),
        (99, 45000.25),
    ],
)
def test_a_number_is_a_date_by_its_format(style: int, expected: Any) -> None:
    assert one(f'<c s="{style}"><v>45000.25</v></c>') == [expected]


def test_the_first_style_may_be_a_date_and_a_cell_without_style_has_it() -> None:
    assert one("<c><v>45000</v></c>", first_style=1) == [datetime(2023, 3, 15)]


def test_dates_of_1904_hours_and_impossible_dates() -> None:
    cells = (
        '<c s="1"><v>45000</v></c><c s="1"><v>0.5</v></c><c s="1"><v>-1E9</v></c><c s="1"><v>1E999</v></c>'
    )

    assert one(cells) == [datetime(2023, 3, 15), time(12), "#VALUE!", "#VALUE!"]
    assert one(cells, epoch_1904=True) == [datetime(2027, 3, 16), time(12), "#VALUE!", "#VALUE!"]


def test_dates_of_the_standard_are_dates() -> None:
    said = ["2025-01-02", "2025-01-02T03:04:05", "03:04:05", "PT26H"]

    assert one("".join(f'<c t="d"><v>{word}</v></c>' for word in said)) == [
        date(2025, 1, 2),
        datetime(2025, 1, 2, 3, 4, 5),
        time(3, 4, 5),
        timedelta(hours=26),
    ]


def test_formulas_have_what_they_last_gave_and_whether_they_gave_anything() -> None:
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="str"><f>""</f><v></v></c>'
        '<c r="D1" t="str"><f t="array" ref="D1">"甲"</f><v>甲</v></c>'
        '<c r="E1"><f t="shared" ref="E1:F1" si="0">A1</f><v>3</v></c><c r="F1"><f t="shared" si="0"/></c>'
        '<c r="G1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="H1" s="1"><f>A1</f><v>45000</v></c>'
        '<c r="I1" t="inlineStr"><f>A1</f><is><t>乙</t></is></c><c r="J1"/><c r="K1"><v/></c>'
    )
    content = book(sheet(f'<row r="1">{cells}</row>'))

    agrees(content)
    [(_, found)] = by_ours(content)
    assert [(column, value, calculated) for _, column, _, value, formula, calculated in found if formula] == [
        *[(1, 2, True), (2, None, False), (3, None, True), (4, "甲", True), (5, 3, True), (6, None, False)],
        *[(7, "#DIV/0!", True), (8, datetime(2023, 3, 15), True), (9, "乙", True)],
    ]
    assert len(found) == 9


# openpyxl takes every x005F_ out of strings in the table, though not out of those in cells: what was an
# escape of an escape becomes an escape, and a text that has these letters loses them.
def test_an_escaped_escape_in_the_table_of_strings_is_the_same_as_in_a_cell() -> None:
    inline = '<c t="inlineStr"><is><t>_x005F_x000D_</t></is></c>'
    content = book(
        sheet(f'<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c>{inline}</row>'),
        strings=["<t>_x005F_x000D_</t>", "<t>x005F_</t>"],
    )

    assert [cell[3] for cell in by_ours(content)[0][1]] == ["_x000D_", "x005F_", "_x000D_"]
    assert [cell[3] for cell in by_openpyxl(content)[0][1]] == ["\r", "", "_x000D_"]


# ---------------------------------------------------------------- places


def test_rows_and_cells_without_places_follow_one_another() -> None:
    rows = (
        '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="5"><c><v>4</v></c></row><row>'
    )

    assert values(book(sheet(f"{rows}<c><v>5</v></c></row>"))) == [
        {"R1C1": 1, "R1C4": 2, "R1C5": 3, "R5C1": 4, "R6C1": 5}
    ]


def test_a_row_that_comes_too_late_does_not_count_and_a_row_ends_with_its_last_cell() -> None:
    rows = (
        '<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="4.0"><c r="C4"><v>4</v></c>'
        '<c r="B4"><v>5</v></c></row><row r="7"><c r="A9"><v>6</v></c><c r="A9"/><c r="a9"><v>7</v></c></row>'
    )

    assert values(book(sheet(rows))) == [{"R3C1": 1, "R4C2": 5, "R7C1": 7}]


def test_a_part_that_is_no_cell_takes_a_place_all_the_same() -> None:
    assert values(book(sheet("<row><c><v>1</v></c><extLst/><c><v>2</v></c></row>"))) == [
        {"R1C1": 1, "R1C3": 2}
    ]


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576", "C3:D4"])
def test_the_stated_dimension_changes_nothing(dimension: str) -> None:
    plain = sheet('<row r="2"><c r="B2"><v>1</v></c></row>')
    stated = plain.replace("<sheetData>", f'<dimension ref="{dimension}"/><sheetData>')

    assert values(book(stated)) == [{"R2C2": 1}]


def test_nothing_is_read_beyond_the_most_rows_and_columns() -> None:
    rows = "".join(
        f'<row r="{row}"><c r="BH{row}"><v>1</v></c><c r="BI{row}"><v>2</v></c><c r="XFD{row}"/></row>'
        for row in (1, MOST_ROWS, MOST_ROWS + 1, 1_048_576)
    )

    assert values(book(sheet(rows))) == [{f"R1C{MOST_COLUMNS}": 1, f"R{MOST_ROWS}C{MOST_COLUMNS}": 1}]


def test_a_large_sheet_is_read_row_by_row_and_no_further_than_its_last_row_of_interest() -> None:
    row = "".join(f"<c><v>{number}</v></c>" for number in range(10))
    rows = "".join(f"<row>{row}</row>" for _ in range(MOST_ROWS + 2_000))
    content = book(sheet(rows))
    assert len(parts_of(content)["xl/worksheets/sheet1.xml"]) > SMALL

    [found] = values(content)

    assert (len(found), found[f"R{MOST_ROWS}C10"]) == (MOST_ROWS * 10, 9)


# ---------------------------------------------------------------- XML


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "gbk", "iso-8859-1"])
def test_any_encoding_that_xml_may_have(code: str) -> None:
    text = "é" if code == "iso-8859-1" else "甲"
    said = "utf-8" if code == "utf-8-sig" else code
    xml = f'<?xml version="1.0" encoding="{said}"?>' + sheet(
        f'<row><c t="str"><v>{text}</v></c><c t="inlineStr"><is><t>{KEY}</t></is></c></row>'
    )
    content = book(xml.encode(code))
    if code == "gbk":  # expat knows no encodings of several bytes but Unicode's; openpyxl stumbles likewise
        assert as_read(content) is None
        with pytest.raises(ValueError, match="could not read worksheets"):
            by_openpyxl(content)
    else:
        assert values(content) == [{"R1C1": text, "R1C2": KEY}]
        assert as_read(content) == by_openpyxl(content)


def test_another_prefix_comments_and_instructions_change_nothing() -> None:
    cells = (
        '<x:c r="A1" t="inlineStr"><x:is><x:t>甲<!-- 乙 -->丙<?y?><![CDATA[<丁>]]></x:t></x:is></x:c><!-- -->'
    )
    number = '<x:c r="B1"><!-- --><x:v>1<!-- -->2</x:v></x:c><?y?>'

    assert values(book(sheet(f"<x:row>{cells}{number}</x:row>", prefix="x"))) == [
        {"R1C1": "甲丙<丁>", "R1C2": 12}
    ]


def test_rows_of_the_strict_namespace_are_none_to_openpyxl_either() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"

    assert values(book(sheet("<row><c><v>1</v></c></row>").replace(MAIN, strict))) == [{}]


# ---------------------------------------------------------------- the package


def test_sheets_are_in_the_order_of_the_workbook_wherever_they_lie() -> None:
    sheets = [sheet(f"<row><c><v>{number}</v></c></row>") for number in range(3)]
    content = book(*sheets, targets=["/other/b.xml", "worksheets/../worksheets/a.xml", "/xl/c.xml"])
    parts = parts_of(content)
    parts["xl/worksheets/a.xml"] = parts.pop("xl/worksheets/../worksheets/a.xml")

    assert values(packed(parts)) == [{"R1C1": 0}, {"R1C1": 1}, {"R1C1": 2}]


def test_hidden_sheets_are_read_sheets_of_charts_and_missing_ones_are_not() -> None:
    content = book(*[sheet(f"<row><c><v>{number}</v></c></row>") for number in range(4)])
    parts = parts_of(content)
    chart = (
        f'<chartsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>'
    )
    parts["xl/worksheets/sheet2.xml"] = chart.encode()
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    parts["xl/_rels/workbook.xml.rels"] = links.replace(
        f'Id="rId2" Type="{OFFICE}/worksheet"', f'Id="rId2" Type="{OFFICE}/chartsheet"'
    ).encode()
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = f'<Relationships xmlns="{LINKS}"/>'.encode()
    del parts["xl/worksheets/sheet3.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b'sheetId="1"', b'sheetId="1" state="veryHidden"'
    )

    assert values(packed(parts)) == [{"R1C1": 0}, {"R1C1": 3}]


def test_strings_and_styles_may_be_missing() -> None:
    parts = parts_of(book(sheet('<row><c s="1"><v>45000</v></c></row>')))
    del parts["xl/sharedStrings.xml"], parts["xl/styles.xml"]
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="{SHEET}.sheet.main+xml"/></Types>'
    ).encode()

    assert values(packed(parts)) == [{"R1C1": 45000}]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{LINKS}"/>'),
        ("xl/workbook.xml", "<workbook><sheets><sheet/></sheets></workbook>"),
        ("xl/styles.xml", "<styleSheet"),
        ("xl/sharedStrings.xml", "<sst><si></sst>"),
        ("xl/worksheets/sheet1.xml", sheet(f'<row><c t="s"><v>{KEY}</v></c></row>')),
        ("xl/worksheets/sheet1.xml", sheet(f'<row><c t="str"><v>{KEY}</v></c><c t="s"><v>7</v></c></row>')),
        ("xl/worksheets/sheet1.xml", sheet(f'<row><c t="str"><v>{KEY}</v></c><c t="b"><v>x</v></c></row>')),
        ("xl/worksheets/sheet1.xml", sheet(f'<row><c t="str"><v>{KEY}</v></c><c t="d"><v>x</v></c></row>')),
        ("xl/worksheets/sheet1.xml", sheet(f'<row r="x"><c t="str"><v>{KEY}</v></c></row>')),
        ("xl/worksheets/sheet1.xml", sheet(f'<row r="1.5"><c t="str"><v>{KEY}</v></c></row>')),
        ("xl/worksheets/sheet1.xml", sheet(f'<row><c r="A" t="str"><v>{KEY}</v></c></row>')),
        ("xl/worksheets/sheet1.xml", sheet(f'<row><c r="1" t="str"><v>{KEY}</v></c></row>')),
        ("xl/worksheets/sheet1.xml", sheet(f'<row><c t="str"><v>{KEY}</v></c><c><v>1,5</v></c></row>')),
        ("xl/worksheets/sheet1.xml", sheet("<row><c><v>1</v></row>")),
        ("xl/worksheets/sheet1.xml", sheet("<y:row/>")),
    ],
)
def test_what_openpyxl_cannot_take_is_called_damaged(name: str, part: Any) -> None:
    content = book(sheet(""), changes={name: part.encode()})

    assert as_read(content) is None
    with pytest.raises(Exception):  # noqa: B017, PT011 - openpyxl raises whatever it stumbles over
        by_openpyxl(content)


# ---------------------------------------------------------------- sheets without keys

SPELT = [
    f'<c t="inlineStr"><is><t>{KEY}</t></is></c>',
    f'<c t="str"><v>{KEY}</v></c>',
    '<c t="inlineStr"><is><t>&#35;columns</t></is></c>',
    '<c t="inlineStr"><is><t>&#x23;col&#117;mns</t></is></c>',
    '<c t="inlineStr"><is><t>_x0023_columns</t></is></c>',
    '<c t="inlineStr"><is><t>&#95;x0023_columns</t></is></c>',
    '<c t="inlineStr"><is><t>#col_x0075_mns</t></is></c>',
    '<c t="inlineStr"><is><t>#<![CDATA[columns]]></t></is></c>',
    '<c t="inlineStr"><is><t>#col<!-- -->umns</t></is></c>',
    '<c t="inlineStr"><is><r><t>#col</t></r>\n<rPh sb="0" eb="1"><t>x</t></rPh><r><t>umns</t></r></is></c>',
    '<c t="inlineStr"><is><t>#findings</t></is></c>',
    '<c t="s"><v>2</v></c>',
    "<c t='s'><v>2</v></c>",
    '<c t = "s"><v> 2\n</v></c>',
    '<c t="s" s="1">\n<v>02</v></c>',
    '<c t="s"><v>+2</v></c>',
    '<c t="s"><v>-2</v></c>',
    '<c t="s"><v>&#50;</v></c>',
    '<c t="s"><v><![CDATA[2]]></v></c>',
    '<c t="s"><v><?y?>2</v></c>',
    '<c t="&#115;"><v>2</v></c>',
    '<c t="s"><extLst/><v>2</v></c>',
    '<c t="s"><y:f xmlns:y="y"/><v>2</v></c>',
    '<c t="s"><f xmlns="y"/><v>2</v></c>',
    '<c r="B1" t="s" x="a&gt;b"><v>2</v></c>',
    '<c x="a>b" t="s"><v>2</v></c>',
    '<c t="s"><v>3</v></c>',
]


@pytest.mark.parametrize("spelt", SPELT)
@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_a_key_is_found_however_it_is_spelt(spelt: Any, code: str) -> None:
    strings = ["<t>甲</t>", "<t>乙</t>", f"<t>{KEY}</t>", "<r><t>_x0023_col</t></r><r><t>umns</t></r>"]
    xml = sheet(f"<row><c><v>5</v></c>{spelt}</row>")
    content = book(f'<?xml version="1.0" encoding="{code}"?>{xml}'.encode(code), strings=strings)

    agrees(content)
    assert told_keyless(content) == []
    [(_, cells)] = as_read(content) or []
    assert len(cells) == 2


@pytest.mark.parametrize(
    "cells",
    [
        "<c><v>2</v></c>",
        '<c r="A1" s="3"><f>1+1</f><v>2</v></c>',
        '<c t="s"><f>A2</f><v>2</v></c>',
        '<c t="s"><f t="shared" si="0"/><v>2</v></c>',
        '<c t="s"><v>1</v></c><c t="n"><v>2</v></c>',
        '<c t="inlineStr"><is><t>甲&#20057;</t></is></c>',
    ],
)
def test_a_number_that_might_be_that_of_a_key_and_is_none_costs_nothing(cells: str) -> None:
    content = book(sheet(f"<row>{cells}</row>"), strings=["<t>甲</t>", "<t>乙</t>", f"<t>{KEY}</t>"])

    assert told_keyless(content) == ["表1"]
    assert as_read(content) == [("表1", [])]


def test_a_formula_that_gives_a_key_makes_no_sheet_of_keys() -> None:
    content = book(sheet(f'<row><c t="str"><f>A2</f><v>{KEY}</v></c></row>'))

    agrees(content)
    assert as_read(content) == [("表1", [])]


def test_a_sheet_that_is_passed_over_is_damaged_all_the_same() -> None:
    sound = sheet('<row><c t="inlineStr"><is><t>甲</t></is></c></row>')
    chance = random.Random(1)
    for _ in range(30):
        assert as_read(book(sound[: chance.randrange(len(sound))])) is None
