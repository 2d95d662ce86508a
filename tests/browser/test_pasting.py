"""Blocks of cells pasted into the tables: of Excel, WPS and LibreOffice Calc, and as text."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from nianbao.app import reading
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser, Page, expect

from tests.browser.clipboard import spreadsheets
from tests.browser.conftest import PATIENCE
from tests.browser.test_workbench import opened_blank, saved
from tests.libreoffice import with_soffice
from tests.reports import distinct, save
from tests.web.serving import Server

CLIPBOARD = Path(__file__).parent / "clipboard"
SYSTEM = Path("/usr/bin/python3")  # Debian's UNO is for Debian's Python
PASTE = """([box, html, text]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    data.setData("text/plain", text);
    document.getElementById(`figure:${box}`).dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
BOXES = """() => Object.fromEntries([...document.querySelectorAll("[data-figure]")]
    .map((box) => [box.dataset.figure, box.value]).filter(([, text]) => text))"""
PEOPLE = ("natural_person", "business", "research", "welfare", "legal_service", "other", "total")
HEADS = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"
ONE, TWO = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
RECEIVED = "requests.received"
FIRST = f"{RECEIVED}.natural_person"


@pytest.fixture(scope="module")
def form(browser: Browser, server: Server) -> Iterator[Page]:
    """A blank report, for all tests of this module."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(server.address)
    yield opened_blank(page, "某某市示例局", 2025)
    context.close()


@pytest.fixture(scope="module")
def old_form(browser: Browser, server: Server) -> Iterator[Page]:
    """A blank report of the edition of 2019, whose tables have other heads, one below the other."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(server.address)
    yield opened_blank(page, "某某市示例局", 2020)
    context.close()


@pytest.fixture
def page(form: Page) -> Iterator[Page]:
    """The same page, its boxes as blank again by one step back for each paste."""
    yield from blank_again(form)


@pytest.fixture
def old(old_form: Page) -> Iterator[Page]:
    """The page of the edition of 2019, likewise."""
    yield from blank_again(old_form)


def blank_again(form: Page) -> Iterator[Page]:
    form.evaluate("document.activeElement.blur()")
    yield form
    while form.locator("#undo").is_enabled():
        form.click("#undo")
    assert form.evaluate(BOXES) == {}


def paste(page: Page, box: str, text: str = "", html: str = "") -> dict[str, str]:
    """What stands in the boxes after a paste into one of them."""
    page.evaluate(PASTE, [box, html, text])
    boxes: dict[str, str] = page.evaluate(BOXES)
    return boxes


def line(name: str, *texts: str, start: int = 0) -> dict[str, str]:
    """Boxes of one line of the third table."""
    people = zip(PEOPLE[start:], texts, strict=False)
    return {f"requests.{name}.{person}": text for person, text in people if text}


def cells(*rows: str) -> str:
    """A table of HTML; a row is written as its cells."""
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


BLOCK = (
    line("received", "41", "6", "0", "0", "3", "1", "51")
    | line("carried_in", "2", "1", "0", "0", "0", "0", "3")
    | line("disclosed", "20", "4", "0", "0", "1", "0", "25")
)


@pytest.mark.parametrize("name", ["excel.html", "wps.html"])
@pytest.mark.parametrize("box", [FIRST, "requests.carried_out.total", "disputes.review.total"])
def test_a_block_with_heads_and_labels_falls_into_its_boxes_from_any_box(
    page: Page, name: str, box: str
) -> None:
    assert paste(page, box, html=(CLIPBOARD / name).read_text(encoding="utf-8")) == BLOCK


def test_what_is_pasted_twice_stands_there_once_and_goes_in_one_step(page: Page) -> None:
    html = (CLIPBOARD / "wps.html").read_text(encoding="utf-8")
    assert paste(page, FIRST, html=html) == paste(page, FIRST, html=html) == BLOCK
    page.keyboard.press("Control+z")
    assert page.evaluate(BOXES) == {}
    page.keyboard.press("Control+y")
    assert page.evaluate(BOXES) == BLOCK


def book(year: int, folder: Path) -> tuple[Path, dict[str, dict[str, str]], dict[str, str]]:
    """A workbook of ours: its figures by table, and the sheet of each table."""
    path = save(distinct(year), folder / f"{year}.xlsx")
    figures: dict[str, dict[str, str]] = {}
    sheets = {}
    for key, figure in reading.read(path).figures.items():
        figures.setdefault(key.split(".")[0], {})[key] = figure.text
        sheets[key.split(".")[0]] = figure.place.sheet
    return path, figures, sheets


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, str], dict[str, str]]:
    """What LibreOffice Calc copies of whole sheets of workbooks of ours, by year and table."""
    if subprocess.run([SYSTEM, "-c", "import uno"], capture_output=True, check=False).returncode:
        pytest.skip("needs python3-uno")
    folder = tmp_path_factory.mktemp("calc")
    copied: dict[tuple[int, str], dict[str, str]] = {}
    for year in (2025, 2020):
        path, _, sheets = book(year, folder)
        loaded = openpyxl.load_workbook(path)
        cells = [f"{sheet}!{loaded[sheet].dimensions}" for sheet in sheets.values()]
        command = [str(SYSTEM), str(CLIPBOARD / "calc.py"), str(path), str(folder / "profile"), *cells]
        done = subprocess.run(command, capture_output=True, check=True, timeout=120)
        blocks = json.loads(done.stdout)
        copied |= {(year, table): block for table, block in zip(sheets, blocks, strict=True)}
    return copied


@with_soffice
@pytest.mark.parametrize("kind", ["text/html", "text/plain;charset=utf-16"])
@pytest.mark.parametrize("table", ["disclosure", "requests", "disputes"])
def test_a_whole_sheet_of_calc_falls_into_its_boxes(
    page: Page, calc: dict[tuple[int, str], dict[str, str]], tmp_path: Path, table: str, kind: str
) -> None:
    block = {"html" if "html" in kind else "text": calc[2025, table][kind]}
    assert paste(page, "requests.carried_in.other", **block) == book(2025, tmp_path)[1][table]


@with_soffice
@pytest.mark.parametrize("kind", ["text/html", "text/plain;charset=utf-16"])
@pytest.mark.parametrize("table", ["disclosure", "requests", "disputes"])
def test_a_whole_sheet_of_calc_falls_into_the_boxes_of_the_earlier_edition(
    old: Page, calc: dict[tuple[int, str], dict[str, str]], tmp_path: Path, table: str, kind: str
) -> None:
    block = {"html" if "html" in kind else "text": calc[2020, table][kind]}
    assert paste(old, "requests.carried_in.other", **block) == book(2020, tmp_path)[1][table]


@pytest.mark.parametrize("program", [spreadsheets.excel, spreadsheets.wps])
@pytest.mark.parametrize("table", ["disclosure", "requests", "disputes"])
def test_a_whole_sheet_falls_into_the_boxes_of_the_earlier_edition(
    old: Page, tmp_path: Path, table: str, program: Callable[[Worksheet], str]
) -> None:
    path, figures, sheets = book(2020, tmp_path)
    sheet = openpyxl.load_workbook(path)[sheets[table]]
    for key, figure in reading.read(path).figures.items():
        if key in figures[table]:
            sheet[figure.place.cell] = figure.number  # what a total's formula comes to
    assert paste(old, "requests.carried_in.other", html=program(sheet)) == figures[table]


@pytest.mark.parametrize(
    ("box", "text", "boxes"),
    [
        (f"{RECEIVED}.business", "1,234\t１２\n-\t/\n",
         line("received", "1,234", "１２", start=1) | line("carried_in", "-", "/", start=1)),
        (f"{RECEIVED}.business", '7\t8\r\n"1\n2"\t9\r\n',
         line("received", "7", "8", start=1) | line("carried_in", "1 2", "9", start=1)),
        (f"{RECEIVED}.total", "51\n3\n",
         line("received", "51", start=6) | line("carried_in", "3", start=6)),
        ("requests.carried_out.total", f"{ONE}\t\t\t1\t2\t3\t4\t5\t6\t21",
         line("received", "1", "2", "3", "4", "5", "6", "21")),
        (f"{RECEIVED}.research", f"{TWO}\t7\t8\n{ONE}\t1\t2\n",
         line("received", "1", "2", start=2) | line("carried_in", "7", "8", start=2)),
        ("requests.carried_in.other", f"{HEADS}\n1\t2\t3\t4\t5\t6\t21\n",
         line("carried_in", "1", "2", "3", "4", "5", "6", "21")),
        (f"{RECEIVED}.total", "总计\t自然人\n21\t4\n",
         line("received", "4") | line("received", "21", start=6)),
        (f"{RECEIVED}.natural_person", "(一) 予以公开\t8\n８、属于行政查询事项\t7",
         line("disclosed", "8") | line("administrative_query", "7")),
        ("disputes.litigation_direct.upheld", "结果维持\t结果纠正\n1\t2\n",
         {"disputes.litigation_direct.upheld": "1", "disputes.litigation_direct.corrected": "2"}),
        ("disclosure.licences.decisions", "12\t\t\n", {"disclosure.licences.decisions": "12"}),
    ],
    ids=["signs", "line-break-in-a-cell", "one-column", "labels-on-the-left", "rows-in-another-order",
         "heads-only", "heads-in-another-order", "labels-written-otherwise",
         "heads-of-three-groups", "merged-box"],
)  # fmt: skip
def test_text_with_tabs_falls_into_its_boxes(page: Page, box: str, text: str, boxes: dict[str, str]) -> None:
    assert paste(page, box, text) == boxes


def test_a_blank_cell_blanks_its_box(page: Page) -> None:
    paste(page, FIRST, "1\t2\t3\n")
    assert paste(page, FIRST, "4\t\t6\n") == line("received", "4", "", "6")
    page.keyboard.press("Control+z")
    assert page.evaluate(BOXES) == line("received", "1", "2", "3")


@pytest.mark.parametrize(
    ("rows", "boxes"),
    [
        (["<td>1<td rowspan=2>5", "<td>2"], line("received", "1", "5") | line("carried_in", "2")),
        (["<td rowspan=2>5<td>1", "<td>2"], line("received", "5", "1") | line("carried_in", "2", start=1)),
        (["<td colspan=2>1<td colspan=2>2", "<td colspan=2>3<td colspan=2>4"],
         line("received", "1", "2") | line("carried_in", "3", "4")),
        (["<td>1<td style='display: none'>9<td>2", "<td>3<td style='display:none'>9<td>4"],
         line("received", "1", "2") | line("carried_in", "3", "4")),
        (["<td>1<td>2", "<td>9<td>9", "<td>3<td>4"],
         line("received", "1", "2") | line("carried_in", "9", "9") | line("disclosed", "3", "4")),
    ],
    ids=["last-merged-down", "first-merged-down", "merged-beside", "hidden-column", "three-rows"],
)  # fmt: skip
def test_a_merged_cell_counts_once_and_a_hidden_one_not(
    page: Page, rows: list[str], boxes: dict[str, str]
) -> None:
    assert paste(page, FIRST, html=cells(*rows)) == boxes


@pytest.mark.parametrize(
    ("box", "text", "told"),
    [
        ("requests.carried_out.other", "1\t2\t3\n4\t5\t6\n",
         "已粘贴 2 格；另有 4 个数在表里没有对应的格，没有粘贴"),
        (FIRST, f"{TWO}\t1\n本年撤回申请数量\t2\n",
         "已粘贴 1 格；另有 1 个数在表里没有对应的格，没有粘贴"),
        (FIRST, f"{TWO}\t1\n（三）不予公开\t9\n",  # which of its eight rows
         "已粘贴 1 格；另有 1 个数在表里没有对应的格，没有粘贴"),
        (FIRST, "自然人\t法人或其他组织\n1\t9\n", "已粘贴 1 格；另有 1 个数在表里没有对应的格，没有粘贴"),
        (FIRST, f"{HEADS}\n", "剪贴板里没有能填进这张表的数，没有粘贴"),
    ],
    ids=["too-large", "an-unknown-row", "a-group-of-rows", "a-group-of-columns", "heads-only"],
)  # fmt: skip
def test_what_found_no_box_is_told_until_the_next_change(page: Page, box: str, text: str, told: str) -> None:
    paste(page, box, text)
    count = told.startswith("已粘贴")
    expect(page.locator("#state")).to_have_text(f"已保存。{told}" if count else told)
    page.keyboard.press("Control+z" if count else "Escape")
    if not count:
        paste(page, FIRST, "1\t2")
    saved(page)


def test_a_single_text_is_left_to_the_browser(page: Page) -> None:
    assert paste(page, FIRST, "12") == {}
