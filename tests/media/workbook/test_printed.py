"""What of a cell is printed is what is read: struck, hidden, raised, shown otherwise, covered."""

# ruff: noqa: E501 - what a clerk reads is asserted on one line

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from nianbao.app import reading
from nianbao.media import workbook
from nianbao.report import Report, State, check
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image as Picture
from openpyxl.formatting import rule as conditions
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from tests.media.workbook.reference import packed, parts_of
from tests.paths import REPORTS, ROOT
from tests.reports import published, sound, take

SHEET, SPOT = "二、主动公开政府信息情况", "C11"
KEY = "disclosure.licences.decisions"  # 23 in the sound report
OVERVIEW, PARTICULARS = "一、总体情况", "基本信息"
CELL = f"a.xlsx › {SHEET} › {SPOT}："
WHITE, BLACK = "FFFFFFFF", "FF000000"
NOTICE = "没有读入：“{}”。请核对；要作为报告内容的，请改为普通文字。"
Edit = Callable[[Worksheet], object]


@pytest.fixture(scope="module")
def content() -> bytes:
    """The bytes of a sound workbook."""
    return workbook.write(take(sound()))[0]


@pytest.fixture
def changed(content: bytes) -> Callable[..., Report]:
    """What is read of the workbook once a sheet of it has been changed."""

    def change(edit: Edit, sheet: str = SHEET) -> Report:
        book: Workbook = load_workbook(io.BytesIO(content), rich_text=True)
        edit(book[sheet])
        stream = io.BytesIO()
        book.save(stream)
        return reading.read_content(stream.getvalue(), "a.xlsx")

    return change


def runs(*parts: str | tuple[str, dict[str, Any]]) -> Edit:
    """Put a text of runs, each with its font, into the cell."""
    rich = CellRichText(
        *(part if isinstance(part, str) else TextBlock(InlineFont(**part[1]), part[0]) for part in parts)
    )
    return lambda sheet: sheet.__setitem__(SPOT, rich)


def style(**how: Any) -> Edit:
    """Give the cell a font, a ground, a number format."""

    def give(sheet: Worksheet) -> None:
        for name, value in how.items():
            setattr(sheet[SPOT], name, value)

    return give


def said(report: Report) -> list[str]:
    return [str(problem) for problem in report.reading]


CellIsRule: Any = conditions.CellIsRule  # which openpyxl's stubs leave untyped
FormulaRule: Any = conditions.FormulaRule
RAISED: dict[str, Any] = {"vertAlign": "superscript"}


@pytest.mark.parametrize(
    ("parts", "why", "left_out"),
    [
        (("23", ("1", RAISED)), "上标的注号", "1"),
        ((("23", {"b": True}), ("[2]", RAISED)), "上标的注号", "[2]"),
        ((("①", RAISED), "23"), "上标的注号", "①"),
        (("23", ("a", {"sz": 6})), "上标的注号", "a"),
        ((("5", {"strike": True}), "23"), "删除线划去的文字", "5"),
        (("2", ("7", {"strike": True}), "3"), "删除线划去的文字", "7"),
        (("23", ("4", {"color": WHITE})), "与底色同色或者透明的文字", "4"),
        (("23", ("4", {"color": "FFFFF9DB"})), "与底色同色或者透明的文字", "4"),
        (("23", ("4", {"sz": 1})), "隐藏的文字", "4"),
    ],
)
def test_what_is_no_part_of_the_figure_is_left_out_and_told(
    changed: Any, parts: Any, why: str, left_out: str
) -> None:
    report = changed(runs(*parts))

    assert report.figures[KEY].number == 23
    assert said(report) == [CELL + why + NOTICE.format(left_out)]


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (("2", ("4", RAISED), "3"), "其中的字高低不同"),
        (("10", ("2", RAISED)), "其中的字高低不同"),
        (("23", ("2", {"vertAlign": "subscript"})), "其中的字高低不同"),
        ((("23", RAISED),), "整格是上标或者下标"),
        (("2", ("3", {"sz": 6})), "其中的字大小不同"),
        (("2", ("3", {"color": "FFE0E0E0"})), "字的颜色太淡，几乎看不见"),
        (("2", ("3", {"rFont": "Wingdings"})), "用的是图形符号的字体，印出的不是数字"),
    ],
)
def test_characters_that_can_be_read_in_more_than_one_way_are_asked_about(
    changed: Any, parts: Any, why: str
) -> None:
    report = changed(runs(*parts))
    text = "".join(part if isinstance(part, str) else part[0] for part in parts)

    assert report.figures[KEY].state is State.UNREADABLE
    assert said(report) == [f"{CELL}这一格的“{text}”读不准：{why}，没有读入。请对照原件，填写这一格的数。"]


@pytest.mark.parametrize(
    "parts",
    [
        (("2", {"b": True}), "3"),
        (("2", {"color": "FFFF0000"}), ("3", {"rFont": "黑体", "sz": 12})),
        ("2", ("3", {"i": True, "u": "single"})),
        ("2", ("3", {"sz": 10})),
    ],
)
def test_digits_that_look_different_and_are_seen_are_read_without_a_word(changed: Any, parts: Any) -> None:
    report = changed(runs(*parts))

    assert (report.figures[KEY].number, report.reading) == (23, ())


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"font": Font(strike=True)}, "删除线划去的文字"),
        ({"font": Font(color=WHITE)}, "与底色同色或者透明的文字"),
        (
            {"font": Font(color=BLACK), "fill": PatternFill("solid", fgColor="FF0A0A0A")},
            "与底色同色或者透明的文字",
        ),
        ({"font": Font(sz=1)}, "隐藏的文字"),
        ({"number_format": ";;;"}, "隐藏的文字"),
        ({"number_format": '""'}, "隐藏的文字"),
        ({"number_format": "[White]0"}, "与底色同色或者透明的文字"),
    ],
)
def test_a_figure_that_nobody_sees_is_blank_and_told(changed: Any, how: Any, why: str) -> None:
    def give(sheet: Worksheet) -> None:
        sheet[SPOT].fill = PatternFill()
        style(**how)(sheet)

    report = changed(give)

    assert report.figures[KEY].state is State.BLANK
    assert said(report) == [CELL + why + NOTICE.format("23")]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('0"0"', "230"),
        ("0%", "2300%"),
        ("#,##0,", "0"),
        ('0"万"', "23万"),
        ("0.0,", "0.0"),
        ("0.00E+00", "2.30E+1"),
    ],
)
def test_a_format_that_shows_another_number_is_asked_about(changed: Any, code: str, shown: str) -> None:
    report = changed(style(number_format=code))

    assert said(report) == [
        f"{CELL}这一格的“23”读不准：单元格的格式把它显示为“{shown}”，没有读入。请对照原件，填写这一格的数。"
    ]


@pytest.mark.parametrize(
    "code",
    [
        '0"件"',
        "#,##0_ ",
        "0_);[Red]\\(0\\)",
        "[DBNum1][$-804]General",
        "00000",
        "0.00",
        "G/通用格式",
        "[>100]0;0",
    ],
)
def test_a_format_that_shows_the_same_number_says_nothing(changed: Any, code: str) -> None:
    report = changed(style(number_format=code))

    assert (report.figures[KEY].number, report.reading) == (23, ())


def test_nought_that_is_shown_as_a_dash_is_nought(changed: Any) -> None:
    code = '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ '
    report = changed(style(value=0, number_format=code))

    assert (report.figures[KEY].number, report.reading) == (0, ())


def test_a_fraction_that_is_rounded_on_the_screen_is_asked_about(changed: Any) -> None:
    report = changed(style(value=58.4, number_format="0"))

    assert said(report) == [
        f"{CELL}这一格的“58.4”读不准：单元格的格式把它显示为“58”，没有读入。请对照原件，填写这一格的数。"
    ]


@pytest.mark.parametrize(
    "words", ["23①", "23 ¹", "23*", "23[1]", "23†", "23a", "23注1", "23①②", "①23", "※23"]
)
def test_a_note_mark_that_is_a_character_of_its_own_is_left_out(changed: Any, words: str) -> None:
    report = changed(style(value=words))

    assert report.figures[KEY].number == 23
    assert said(report) == [f"{CELL}上标的注号{NOTICE.format(words.replace('23', '').strip())}"]


def test_a_power_of_ten_is_no_figure_with_a_note(changed: Any) -> None:
    assert changed(style(value="10²")).figures[KEY].state is State.TEXT


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("23\n", 23),
        ("\u202d23\u202c", 23),
        ("2\u200b3", 23),
        ("23\n件", 23),
        ("2\n3", None),
        ("1\n234", None),
    ],
)
def test_a_figure_on_two_lines_is_asked_about_and_one_before_a_line_is_not(
    changed: Any, words: str, outcome: int | None
) -> None:
    report = changed(style(value=words))

    assert report.figures[KEY].number == outcome
    assert [problem.code for problem in report.reading] == ([] if outcome else ["unclear-figure"])


def test_signs_in_a_figure_are_named(changed: Any) -> None:
    report = changed(style(value="\u202d23\u202c"))

    assert [str(problem) for problem in check(report)] == [
        f"{CELL}行政许可 / 本年处理决定数量：写作“\u202d23\u202c”（带看不见的字符 U+202D、U+202C），按 23 计算和印出。"
        "请核对；改为半角数字，不带单位和别的符号，就不再提示。"
    ]


CONCEALING: Any = (
    {"font": Font(color="FFFFF9DB")},
    {"font": Font(strike=True)},
    {"fill": PatternFill("solid", bgColor="FF000000")},
)


@pytest.mark.parametrize("how", CONCEALING)
@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        (lambda how: CellIsRule("equal", ["23"], **how), State.BLANK),
        (lambda how: CellIsRule("between", ["40", "20"], **how), State.BLANK),
        (lambda how: CellIsRule("greaterThan", ["23"], **how), State.NUMBER),
        (lambda how: FormulaRule(["MOD(ROW(),2)=1"], **how), State.UNREADABLE),
    ],
)
def test_a_condition_conceals_a_figure_or_may_or_does_not(
    changed: Any, how: Any, rule: Any, outcome: State
) -> None:
    report = changed(lambda sheet: sheet.conditional_formatting.add("B10:D12", rule(how)))

    assert report.figures[KEY].state is outcome
    assert len(report.reading) == (outcome is not State.NUMBER)


def test_a_condition_that_only_colours_says_nothing(changed: Any) -> None:
    rule = FormulaRule(["C11>0"], font=Font(color="FFFF0000"), fill=PatternFill("solid", bgColor="FFFFEB9C"))
    report = changed(lambda sheet: sheet.conditional_formatting.add("C11", rule))

    assert (report.figures[KEY].number, report.reading) == (23, ())


def test_a_value_under_a_merged_cell_is_not_read(content: bytes) -> None:
    parts = parts_of(content)
    name = "xl/worksheets/sheet4.xml"
    merge = b'<mergeCell ref="C10:C11"/></mergeCells>'
    parts[name] = parts[name].replace(b"</mergeCells>", merge)
    report = reading.read_content(packed(parts), "a.xlsx")

    assert report.figures[KEY].state is State.BLANK
    assert said(report) == [f"{CELL}隐藏的文字{NOTICE.format('23')}"]


HIDDEN = "“23”在隐藏的行、列或表里，照样读入。不属于报告的，请删去内容；属于报告的，请取消隐藏。"


@pytest.mark.parametrize("how", ['hidden="1"', 'hidden="true"', 'ht="0.0" customHeight="1"'])
def test_what_stands_in_a_hidden_row_is_read_and_told(content: bytes, how: str) -> None:
    parts = parts_of(content)
    name = "xl/worksheets/sheet4.xml"
    [row] = re.findall(rb'<row r="11"[^>]*>', parts[name])
    parts[name] = parts[name].replace(row, f'<row r="11" {how}>'.encode())
    report = reading.read_content(packed(parts), "a.xlsx")

    assert (report.figures[KEY].number, said(report)) == (23, [CELL + HIDDEN])


def test_hidden_columns_and_sheets_are_told_with_all_their_cells(changed: Any) -> None:
    hidden = changed(lambda sheet: setattr(sheet.column_dimensions["D"], "hidden", True))
    away = changed(lambda sheet: setattr(sheet, "sheet_state", "veryHidden"), OVERVIEW)

    assert said(hidden) == [
        f"a.xlsx › {SHEET} › D6、D7：“13”等 2 格在隐藏的行、列或表里，照样读入。不属于报告的，请删去内容；属于报告的，请取消隐藏。"
    ]
    assert [(problem.code, problem.severity.name.lower()) for problem in away.reading] == [
        ("hidden-cells", "warning")
    ]
    assert {place.sheet for place in away.reading[0].places} == {OVERVIEW}


def test_a_hidden_paragraph_is_asked_about(changed: Any) -> None:
    report = changed(lambda sheet: setattr(sheet.row_dimensions[6], "hidden", True), OVERVIEW)

    assert said(report) == [
        f"a.xlsx › {OVERVIEW} › C6：“全年公开信息若干条。”在隐藏的行、列或表里，照样读入。不属于报告的，请删去内容；属于报告的，请取消隐藏。"
    ]


def test_noughts_that_a_sheet_does_not_show_are_read_and_told(changed: Any) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.sheet_view.showZeros = False
        sheet[SPOT] = 0

    assert said(changed(hide)) == [
        f"{CELL}“0”是 0，这张表不显示零值，按 0 读入。请在“选项”里勾选“在具有零值的单元格中显示零”，再核对。"
    ]


def test_a_picture_over_figures_is_told(changed: Any) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (30, 10)).save(stream, "png")
    report = changed(lambda sheet: sheet.add_image(Picture(stream), SPOT))

    assert report.figures[KEY].number == 23
    assert said(report) == [f"{CELL}“23”被图形、文本框或者控件盖住，照样读入。请移开图形后核对。"]


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
SHAPE = (
    '<xdr:twoCellAnchor xmlns:xdr="{0}"><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>10</xdr:row>'
    "<xdr:rowOff>9</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>10</xdr:row>"
    '<xdr:rowOff>99</xdr:rowOff></xdr:to><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框"{1}/></xdr:nvSpPr></xdr:sp>'
    "</xdr:twoCellAnchor>"
)
CONTROL = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shape><x:ClientData ObjectType="{}"><x:Anchor>\n 2, 0, 10, 3, 3, 0, 10, 15</x:Anchor></x:ClientData></v:shape></xml>'
)


@pytest.mark.parametrize(
    ("kind", "drawing", "told"),
    [
        ("drawing", SHAPE.format(DRAWING, ""), True),
        ("drawing", SHAPE.format(DRAWING, ' hidden="1"'), False),
        ("vmlDrawing", CONTROL.format("Drop"), True),
        ("vmlDrawing", CONTROL.format("Note"), False),
        ("vmlDrawing", "<xml", False),
    ],
)
def test_boxes_and_controls_over_figures_are_told_and_comments_are_none(
    content: bytes, kind: str, drawing: str, told: bool
) -> None:
    parts = parts_of(content)
    name, rels = "xl/worksheets/sheet4.xml", "xl/worksheets/_rels/sheet4.xml.rels"
    parts["xl/drawings/d.xml"] = drawing.encode()
    link = f'<Relationship Id="x7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="/xl/drawings/d.xml"/>'
    parts[rels] = parts[rels].replace(b"</Relationships>", f"{link}</Relationships>".encode())
    element = f'<{kind.replace("vml", "legacy")} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="x7"/>'
    parts[name] = parts[name].replace(b"</worksheet>", f"{element}</worksheet>".encode())
    report = reading.read_content(packed(parts), "a.xlsx")

    assert [problem.code for problem in report.reading] == ["covered-cells"][: int(told)]
    assert not told or [place.cell for place in report.reading[0].places] == [SPOT]


# ---------------------------------------------------------------- texts and particulars


@pytest.mark.parametrize(
    ("parts", "text", "told"),
    [
        (("甲乙", ("丙", {"strike": True}), "丁。"), "甲乙丁。", "删除线划去的文字"),
        (("甲乙", ("丙", {"color": WHITE}), "丁。"), "甲乙丁。", "与底色同色或者透明的文字"),
        (("收到5件", ("1", RAISED), "。"), "收到5件。", "上标的注号"),
        (("建成120m", ("2", RAISED), "。"), "建成120m²。", ""),
        (("约3×10", ("4", RAISED), "件。"), "约3×10⁴件。", ""),
        (("甲", ("乙", {"b": True}), "丙。"), "甲乙丙。", ""),
    ],
)
def test_a_text_is_what_is_printed_of_it(changed: Any, parts: Any, text: str, told: str) -> None:
    rich = CellRichText(
        *(part if isinstance(part, str) else TextBlock(InlineFont(**part[1]), part[0]) for part in parts)
    )

    def put(sheet: Worksheet) -> None:
        sheet["C6"].fill = PatternFill()
        sheet["C6"] = rich

    report = changed(put, OVERVIEW)

    assert report.narratives["overview"][1].text == text
    assert [problem.what.partition("没有读入")[0] for problem in report.reading] == [told][: bool(told)]


def test_a_struck_paragraph_is_no_part_of_the_report(changed: Any) -> None:
    report = changed(lambda sheet: setattr(sheet["C6"], "font", Font(strike=True)), OVERVIEW)

    assert "全年公开信息若干条。" not in [one.text for one in report.narratives["overview"]]
    assert said(report) == [
        f"a.xlsx › {OVERVIEW} › C6：删除线划去的文字{NOTICE.format('全年公开信息若干条。')}"
    ]


@pytest.mark.parametrize(
    ("value", "name"), [("#REF!", "错误值 #REF!"), ("全年#N/A件。", "错误值 #N/A"), (True, "逻辑值 TRUE")]
)
def test_an_error_value_is_no_text(changed: Any, value: Any, name: str) -> None:
    def put(sheet: Worksheet) -> None:
        sheet["C6"].number_format = "General"
        sheet["C6"] = value

    assert said(changed(put, OVERVIEW)) == [
        f"a.xlsx › {OVERVIEW} › C6：这一格是{name}，不是文字。请改正公式，或者直接填写文字。"
    ]


def test_particulars_are_shown_as_they_are_printed(changed: Any) -> None:
    def put(sheet: Worksheet) -> None:
        sheet["C4"] = "某某市\u200b\n财政局"
        sheet["C6"].number_format = '0"年度"'
        sheet["C9"].number_format = "yyyy-mm-dd"
        sheet["C9"] = date(2026, 3, 10)
        sheet["C11"].number_format = "000000"
        sheet["C11"] = 56

    report = changed(put, PARTICULARS)

    assert (report.organ, report.year, report.date_line) == ("某某市财政局", 2025, "2026年3月10日")
    assert "000056" in report.contact.values()
    assert said(report) == [
        "a.xlsx › 基本信息 › C4：文字里有看不见的字符 U+200B，已略去。请核对；重新输入这几格的文字，就不再提示。"
    ]


@pytest.mark.parametrize("number", [27, 31, 36, 50, 58])
def test_the_date_formats_of_east_asian_excel_are_dates(content: bytes, number: int) -> None:
    book = load_workbook(io.BytesIO(content))
    book[PARTICULARS]["C9"].number_format = "0.000000"
    book[PARTICULARS]["C9"] = 46091
    stream = io.BytesIO()
    book.save(stream)
    parts = parts_of(stream.getvalue())
    styles = parts["xl/styles.xml"].decode()
    code = next(word for word in styles.split("<numFmt ") if "0.000000" in word).partition('numFmtId="')[2]
    own = code.partition('"')[0]
    parts["xl/styles.xml"] = styles.replace(
        f'numFmtId="{own}" fontId', f'numFmtId="{number}" fontId'
    ).encode()

    assert reading.read_content(packed(parts), "a.xlsx").date_line == "2026年3月10日"


# ---------------------------------------------------------------- nothing is said of what is as usual


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("*.xlsx")), ids=lambda path: path.stem)
def test_nothing_is_left_out_of_the_samples(path: Path) -> None:
    report = reading.read(path)

    assert {problem.code for problem in report.reading}.isdisjoint(CODES)


CODES = {"not-read", "unclear-figure", "hidden-cells", "covered-cells", "hidden-noughts", "invisible-sign"}


@pytest.mark.skipif(not list(REPORTS.glob("*.json")), reason="the published reports are not here")
def test_nothing_is_left_out_of_the_published_reports_as_workbooks() -> None:
    for path in sorted(REPORTS.glob("*.json")):
        again = reading.read_content(published(path)[0], "a.xlsx")
        assert {problem.code for problem in again.reading}.isdisjoint(CODES), path
