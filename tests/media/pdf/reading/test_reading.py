"""PDFs of other making: odd rules, running heads, pages on their side, and what cannot be read."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from types import ModuleType
from typing import Any

import pikepdf
import pytest
from nianbao.media import fonts
from nianbao.media.pdf.reading import read_blocks
from nianbao.report import Report, Unreadable, assemble
from nianbao.report.published import Grid, Line, sections, tables
from nianbao.report.published.enter import enter

from tests.media.webpage.page_samples import page
from tests.reports import sound, take
from tests.trials import trials

BASE = (
    "body{font:12pt 'Noto Serif CJK SC'} p{text-indent:2em;margin:0} td{border:.5pt solid}"
    " table{border-collapse:collapse}"
)
NUMBERED = "'第 ' counter(page) ' 页 共 ' counter(pages) ' 页'"


@pytest.fixture(scope="module")
def report() -> Report:
    return take(sound())


def printed(html: str, style: str = "") -> bytes:
    import weasyprint

    whole = html.replace("</head>", f"<style>{BASE}{style}</style></head>")
    with pytest.MonkeyPatch.context() as patch:  # in our fonts: what a process has looked up once, it keeps
        patch.setenv(fonts.ENVIRONMENT, str(fonts.configure()))
        return bytes(weasyprint.HTML(string=whole).write_pdf())


def read(content: bytes) -> Report:
    return assemble(enter(read_blocks(content, "年报.pdf")))


def figures(report: Report) -> dict[str, str]:
    return {key: figure.text for key, figure in report.figures.items()}


@pytest.mark.parametrize(
    "style",
    [
        "@page{size:A4}",
        "@page{size:A4 landscape}",
        "@page{size:A5;margin:8mm} body{font-size:7pt}",
        "@page{size:A4 landscape;@top-center{content:'年度报告'}@bottom-center{content:" + NUMBERED + "}}",
        "td{border:2pt double} table{border:3pt solid}",
        "td{border:0;outline:.4pt solid} table{border-spacing:0;border-collapse:separate}",
        "tr{break-inside:avoid} @page{size:210mm 120mm}",
    ],
)
def test_tables_of_many_makings_are_read_whole(style: str, report: Report) -> None:
    found = read(printed(page(report), style))

    assert figures(found) == figures(report)
    assert (found.organ, found.year, found.issued_by) == (report.organ, report.year, report.issued_by)


def counted(patch: pytest.MonkeyPatch, module: ModuleType, name: str) -> list[Any]:
    """A list that grows by each call of a module's function, which goes on as before."""
    function, calls = getattr(module, name), []

    def call(first: object, *others: object) -> object:
        calls.append(first)
        return function(first, *others)

    patch.setattr(module, name, call)
    return calls


def test_each_table_that_rules_show_is_understood_once(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = printed(page(report))
    read_tables, cuts = counted(monkeypatch, tables, "read"), counted(monkeypatch, sections, "cut")

    read(content)

    assert [form.key for form in read_tables] == list(report.mandate.tables)
    assert cuts == [report.mandate]


def test_tables_whose_shading_is_no_rule_are_understood_with_it_and_without(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = printed(page(report), "td{border:0} tr:nth-child(even) td{background:#eee}")
    read_tables = counted(monkeypatch, tables, "read")

    found = read(content)

    assert figures(found) == figures(report)
    assert [form.key for form in read_tables] == list(report.mandate.tables) * 2


@pytest.mark.parametrize("ground", ["white", "#fffdf5"])
def test_the_ground_of_a_page_is_no_table(ground: str, report: Report) -> None:
    style = f"@page{{size:A4}} .article{{background:{ground};padding:.5pt}}"

    assert figures(read(printed(page(report), style))) == figures(report)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read(turn: int, report: Report) -> None:
    with pikepdf.open(io.BytesIO(printed(page(report), "@page{size:A4}"))) as pdf:
        for one in pdf.pages:
            one.Rotate = turn
        out = io.BytesIO()
        pdf.save(out)

    found = read(out.getvalue())

    assert figures(found) == figures(report)
    assert found.reading == ()


NUMBERED_PAGES = (
    "@page{size:148mm 180mm;margin:12mm;@bottom-center{content:'— ' counter(page) ' —'}} body{font-size:11pt}"
)


def on_sheets(content: bytes, order: Callable[[int], list[int]], turn: int = 0, down: int = 1) -> bytes:
    """The pages of a PDF side by side on sheets, so many rows `down`; `order` says which go where."""
    with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as pdf:
        pages = list(source.pages)
        places = order(len(pages))
        width, height = (float(edge) for edge in pages[0].mediabox[2:])
        for start in range(0, len(places), 2 * down):
            pdf.add_blank_page(page_size=(2 * width, down * height))
            sheet = pdf.pages[-1]
            for part, at in enumerate(places[start : start + 2 * down]):
                if at < len(pages):
                    left, bottom = part % 2 * width, (down - 1 - part // 2) * height
                    sheet.add_overlay(
                        pages[at], pikepdf.Rectangle(left, bottom, left + width, bottom + height)
                    )
            sheet.obj.Rotate = turn
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def side_by_side(count: int) -> list[int]:
    return list(range(count))


def booklet(count: int) -> list[int]:
    whole = (count + 3) // 4 * 4
    order: list[int] = []
    for sheet in range(whole // 4):
        order += [whole - 1 - 2 * sheet, 2 * sheet, 2 * sheet + 1, whole - 2 - 2 * sheet]
    return order


@pytest.mark.parametrize("order", [side_by_side, booklet])
@pytest.mark.parametrize("turn", [0, 90, 180])
def test_two_pages_on_one_sheet_are_read_one_after_the_other(
    order: Callable[[int], list[int]], turn: int, report: Report
) -> None:
    found = read(on_sheets(printed(page(report), NUMBERED_PAGES), order, turn))

    assert figures(found) == figures(report)
    assert [problem.what for problem in found.reading if problem.code != "no-place"] == []


def paragraphs(report: Report) -> list[list[str]]:
    return [[one.text for one in texts] for texts in report.narratives.values()]


@pytest.mark.parametrize(
    ("style", "turn"),
    [(NUMBERED_PAGES, 0), (NUMBERED_PAGES, 270), (NUMBERED_PAGES.replace("counter(page)", "''"), 90)],
)
def test_four_pages_on_one_sheet_are_read_row_by_row(style: str, turn: int, report: Report) -> None:
    found = read(on_sheets(printed(page(report), style), side_by_side, turn, down=2))

    assert figures(found) == figures(report)
    assert paragraphs(found) == paragraphs(report)
    assert [problem.what for problem in found.reading if problem.code != "no-place"] == []


def test_running_heads_and_page_numbers_are_no_paragraphs(report: Report) -> None:
    heads = "@page{size:A4;@top-center{content:'某某市财政局'}@bottom-right{content:'— ' counter(page) ' —'}}"
    blocks = read_blocks(printed(page(report), heads), "年报.pdf").blocks
    lines = [block.text for block in blocks if isinstance(block, Line)]

    assert not any("—" in line for line in lines)
    assert lines.count("某某市财政局") == 1  # the signature


def test_paragraphs_go_on_over_pages(report: Report) -> None:
    text = "本局逐项核对公开内容，发现差错当日更正，并把核对记录按月归档备查。" * 30
    long = take(sound() | {"sections": sound()["sections"] | {"五": text}})
    found = read(printed(page(long), "@page{size:A5}"))

    assert [one.text for one in found.narratives["improvement"]] == [text]


@pytest.mark.parametrize("style", ["p{margin:6pt 0}", "p{margin:0 0 10pt;line-height:20pt}"])
def test_paragraphs_without_indents_are_told_by_the_distance_between_them(style: str) -> None:
    full = "来信来电均当日登记本报告在网站公布有疑问的请与办公室联系当面领取。"
    texts = [full * 3, full * 2, full, full * 4, "末段。"]
    html = "".join(f"<p>{text}</p>" for text in texts)
    lines = f"@page{{size:{12 * len(full) + 20}pt 800pt;margin:10pt}} body{{margin:0}} p{{text-indent:0}}"

    blocks = read_blocks(
        printed(f"<html><head></head><body>{html}</body></html>", lines + style), "年报.pdf"
    ).blocks

    assert [getattr(block, "text", None) for block in blocks] == texts


FULL = "本报告在网站公布，有疑问的请与办公室联系，来信来电均当日登记" * 2  # two lines of thirty characters
LINES = "@page{size:430pt 1100pt;margin:40pt 35pt} p{text-indent:0}"


@pytest.mark.parametrize(
    ("heading", "printed_as"),
    [
        ("一、总体情况", "一、总体情况"),
        ("一、总体情况", "一、基本情况"),
        ("五、存在的主要问题及改进情况", "五、不足与打算"),
        ("六、其他需要报告的事项", "六、其他需要报告的事项"),
    ],
)
def test_a_heading_below_a_full_line_begins_a_paragraph(heading: str, printed_as: str) -> None:
    full = FULL[:59] + "。"
    texts = {"引言": full, "五": full, "六": full}
    wanted = take(sound() | {"sections": sound()["sections"] | texts})

    found = read(printed(page(wanted).replace(f"<strong>{heading}</strong>", printed_as), LINES))

    assert [problem.code for problem in found.reading] == ["label-differs"] * (heading != printed_as)
    assert {key: [one.text for one in written] for key, written in found.narratives.items()} == {
        key: [one.text for one in written] for key, written in wanted.narratives.items()
    }


def test_a_numbered_line_that_a_text_goes_on_with_begins_no_paragraph(report: Report) -> None:
    text = (
        FULL[:59]
        + "。（一）这里不是标题，文字接着往下写，没有另起一段。"
        + FULL[:30]
        + "一、二月检查，三月改正。"
    )
    wanted = take(sound() | {"sections": sound()["sections"] | {"五": text}})

    found = read(printed(page(wanted), LINES))

    assert [one.text for one in found.narratives["improvement"]] == [text]


@pytest.mark.parametrize("height", [520, 548, 555, 590])
def test_heads_and_rows_that_the_end_of_a_page_cuts_are_read_whole(height: int, report: Report) -> None:
    """Of table two, three or four, a line of their heads on one page and the rest on the next."""
    cut = f"@page{{size:430pt {height}pt;margin:40pt 35pt}} td{{font-size:14pt}} p{{text-indent:0}}"

    found = read(printed(page(report), cut))

    assert figures(found) == figures(report)
    assert [problem.what for problem in found.reading if problem.code != "no-place"] == []


def drawn(rules: list[tuple[int, int, int, int]], words: dict[tuple[int, int], str]) -> bytes:
    """A page with these lines and words on it, as a program draws them that knows of no table."""
    lines = [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in rules]
    texts = [f"BT /F1 12 Tf {x} {y} Td ({word}) Tj ET" for (x, y), word in words.items()]
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    pdf.pages[0].Contents = pdf.make_stream("\n".join([*lines, *texts]).encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("top", "bottom"), [(780, 700), (800, 720), (800, 700), (780, 720)])
def test_a_row_whose_rule_the_end_of_a_page_has_cut_off_is_read(top: int, bottom: int) -> None:
    """Browsers draw the uprights of a table to where the page cuts it, and no rule there."""
    rules = [(100, level, 400, level) for level in (780, 760, 740, 720)]
    rules += [(across, bottom, across, top) for across in (100, 250, 400)]
    rows = range(top - 15, bottom, -20)
    content = drawn(rules, {(x, y): f"{y}.{x}" for y in rows for x in (110, 260)})

    [grid] = read_blocks(content, "年报.pdf").blocks

    assert isinstance(grid, Grid)
    assert [(cell.row, cell.column, cell.text) for cell in grid.cells] == [
        (row, column, f"{y}.{x}") for row, y in enumerate(rows) for column, x in enumerate((110, 260))
    ]


def test_underlined_words_that_fill_a_cell_are_no_rows_of_their_own() -> None:
    rules = [(100, level, 200, level) for level in (780, 740, 700)]
    rules += [(across, 700, across, 780) for across in (100, 150, 200)]
    lines = [(x, y) for y in (765, 750, 725, 710) for x in (101, 151)]
    underlines = [(x, y - 2, x + 47, y - 2) for x, y in lines]  # seven digits of Helvetica, 12 pt
    content = drawn(rules + underlines, {(x, y): f"{x}0{y}" for x, y in lines})

    [grid] = read_blocks(content, "年报.pdf").blocks

    assert isinstance(grid, Grid)
    assert [(cell.row, cell.column, cell.rowspan, cell.text) for cell in grid.cells] == [
        (0, 0, 1, "1010765\n1010750"),
        (0, 1, 1, "1510765\n1510750"),
        (1, 0, 1, "1010725\n1010710"),
        (1, 1, 1, "1510725\n1510710"),
    ]


def test_radicals_in_place_of_characters_are_read_as_characters(report: Report) -> None:
    """Browsers print 行 as U+2F8F where a font draws both with one glyph."""
    html = page(report).replace("行政许可", "\u2f8f政许可").replace("民", "\u2ea0")
    content = printed(html, "@page{size:A4}")
    found = read(content)

    assert figures(found) == figures(report)
    assert [str(one) for one in found.reading] == []
    assert "\u2f8f" not in "".join(str(block) for block in read_blocks(content, "年报.pdf").blocks)


def test_doubles_of_characters_are_read_as_simplified_chinese_has_them() -> None:
    """Chromium prints 门户 as 门⼾ in Noto Sans CJK SC; 更 and 落 have compatibility ideographs there."""
    content = printed("<html><head></head><body><p>门\u2f3e，\uf901新，\uf918实，\ufa0e</p></body></html>")
    lines = [block.text for block in read_blocks(content, "年报.pdf").blocks if isinstance(block, Line)]

    assert lines == ["门户，更新，落实，\ufa0e"]


def test_letters_printed_twice_count_once(report: Report) -> None:
    html = "<p style='text-shadow:.3pt 0 black'>一次就够</p><p>另一段。</p>"
    content = printed(f"<html><head></head><body>{html}</body></html>")
    lines = [block.text for block in read_blocks(content, "年报.pdf").blocks if isinstance(block, Line)]

    assert lines == ["一次就够", "另一段。"]


def test_places_name_page_table_row_and_column(report: Report) -> None:
    blocks = read_blocks(printed(page(report), "@page{size:A4}"), "年报.pdf").blocks
    grids = [block for block in blocks if isinstance(block, Grid)]

    assert [str(grid.place.cell) for grid in grids] == [f"表 {number}" for number in range(1, len(grids) + 1)]
    pages = [int(block.place.part.split()[1]) for block in blocks]
    assert all(one <= other for one, other in pairwise(pages))
    first = grids[0].cells[0]
    assert (first.place.file, first.place.cell) == ("年报.pdf", "表 1 第 1 行第 1 列")


def scanned() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    picture = pikepdf.Stream(pdf, b"\x80" * 100, Width=10, Height=10, BitsPerComponent=8)
    picture.Type, picture.Subtype, picture.ColorSpace = (
        pikepdf.Name.XObject,
        pikepdf.Name.Image,
        pikepdf.Name.DeviceGray,
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=picture))
    pdf.pages[0].Contents = pikepdf.Stream(pdf, b"q 500 0 0 700 50 50 cm /A Do Q")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def locked() -> bytes:
    with pikepdf.open(io.BytesIO(scanned())) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def portfolio() -> bytes:
    with pikepdf.open(io.BytesIO(drawn([], {(100, 700): "Open the files"}))) as pdf:
        pdf.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)
        pdf.attachments["年报.pdf"] = pikepdf.AttachedFileSpec(pdf, scanned())
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (portfolio(), "wrong-file", "文件包"),
        (scanned(), "scanned", "扫描件"),
        (locked(), "protected", "密码"),
        (b"", "damaged", "不是 PDF"),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "damaged", "不是 PDF"),
        (b"PK\x03\x04" + b"\0" * 99, "damaged", "不是 PDF"),
    ],
    ids=["portfolio", "scanned", "locked", "empty", "stump", "zip"],
)
def test_what_cannot_be_read_says_why(content: bytes, code: str, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_blocks(content, "年报.pdf")

    assert [one.code for one in caught.value.problems] == [code]
    assert words in caught.value.problems[0].what


def test_a_damaged_byte_anywhere_ends_in_a_report_or_in_words(report: Report) -> None:
    content = printed(page(report), "@page{size:A4}")
    for at in range(0, len(content), len(content) // trials(40)):
        spoilt = content[:at] + b"\0\0\0" + content[at + 3 :]
        with suppress(Unreadable):
            assert read_blocks(spoilt, "年报.pdf").blocks
