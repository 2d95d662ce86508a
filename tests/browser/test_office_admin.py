"""The administrator's pages in Chromium: roster, links, accounts, log; with hostile names, too."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from nianbao.app import office_lists
from nianbao.mandate import for_year
from openpyxl import Workbook, load_workbook
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Server, Visit
from tests.browser.test_everybody import AXE, violations
from tests.web.office.test_deployment import run

pytest.importorskip("axes", reason="needs the extra web")
PASSWORD = "the-own-password"
HOSTILE = "<img src=x onerror=\"document.title='script'\">局"
ROWS = (
    ("某某县人民政府", "县级政府汇总"),
    ("某某县人民政府", "政府本机关", "某某县人民政府"),
    ("某某县财政局", "部门", "某某县人民政府"),
    (HOSTILE, "部门", "某某县人民政府", "2026年1月20日", HOSTILE),
)
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An office as it is begun; its first password becomes PASSWORD."""
    folder = tmp_path_factory.mktemp("office") / "office"
    told = run(folder, "--new", "--year", "2025").stdout
    first = re.search(r"初始密码：(\S+)", told)
    assert first, told
    command = [sys.executable, "-m", "nianbao.entry", "serve", "--office", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    started = Server(folder, process=process, address=process.stdout.readline().strip())
    assert started.address.startswith("http://127.0.0.1:")
    (folder / "first").write_text(first[1], encoding="ascii")
    yield started
    started.end()


def book(rows: tuple[tuple[str, ...], ...]) -> FilePayload:
    made = Workbook()
    for row in (("机关", "类型", "上级", "截止日期", "备注"), *rows):
        made.worksheets[0].append(row)
    content = BytesIO()
    made.save(content)
    return {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": content.getvalue()}


def log_in(page: Page, server: Server) -> Page:
    """Come in as the administrator; the first one changes the password."""
    first = (server.folder / "first").read_text(encoding="ascii")
    page.goto(server.address + "login")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", first or PASSWORD)
    page.click("main button")
    if first:
        expect(page.locator("h1")).to_have_text("改密码")
        page.fill("[name=old]", first)
        page.fill("[name=new]", PASSWORD)
        page.fill("[name=again]", PASSWORD)
        page.click("main button")
        expect(page.locator("[role=status]")).to_have_text("密码已改。")
        (server.folder / "first").write_text("", encoding="ascii")
    return page


def go(page: Page, word: str) -> None:
    page.click(f"nav a:text-is('{word}')")
    expect(page.locator("h1")).to_contain_text(word)


@pytest.fixture
def admin(visit: Callable[..., Visit], server: Server) -> Callable[[int], Page]:
    """The administrator's window of a width, on an office with a roster."""

    def open_window(width: int) -> Page:
        page = log_in(visit(width).page, server)
        go(page, "名册")
        if page.locator(".empty").count():
            page.set_input_files("[name=file]", book(ROWS))
            page.click("button:text-is('导入名册')")
            page.click("button:text-is('照此导入')")
            expect(page.locator("[role=status]")).to_have_text("名册已导入，共 4 个机关")
        return page

    return open_window


def test_a_roster_goes_out_is_changed_and_comes_in_again(
    admin: Callable[[int], Page], tmp_path: Path
) -> None:
    page = admin(1366)
    with page.expect_download() as download:
        page.click("text=导出名册")
    assert download.value.suggested_filename == "名册-2025.xlsx"
    path = tmp_path / "名册.xlsx"
    download.value.save_as(path)
    opened = load_workbook(path)
    sheet = opened.worksheets[0]
    names = {str(row[0].value): row for row in sheet.iter_rows(min_row=4) if row[0].value}
    names["某某县财政局"][0].value = "某某县财政金融局"
    opened.save(path)
    page.set_input_files("[name=file]", path)
    page.click("button:text-is('导入名册')")
    expect(page.locator(".tallies")).to_have_text("新增 1 有变动 0 没有变动 3 名册上没有了 1")
    expect(page.locator("select option:checked")).to_have_text("改名，原来叫 某某县财政局")
    page.click("button:text-is('照此导入')")
    expect(page.locator("tbody th a")).to_have_text(
        ["某某县人民政府", "某某县人民政府", "某某县财政金融局", HOSTILE]
    )
    page.set_input_files("[name=file]", book((("甲局", "部们"), ("乙局", "部门", "丙局"))))
    page.click("button:text-is('导入名册')")
    expect(page.locator("#problems p")).to_contain_text(["名册.xlsx › Sheet › B2：没有“部们”这一类机关"])
    path.write_bytes(page.request.get(page.url.split("/organs")[0] + "/organs/roster.xlsx").body())
    read = office_lists.read_roster(path.read_bytes(), "名册.xlsx", for_year(2025))
    assert [row.organ for row in read.expected][2] == "某某县财政金融局"


def test_slips_are_printed_three_on_a_page_and_let_in(
    admin: Callable[[int], Page], visit: Callable[..., Visit]
) -> None:
    page = admin(1366)
    go(page, "填报链接")
    page.click("button[value=without]")
    expect(page.locator(".slip h2")).to_have_count(4)
    expect(page.locator("#print")).to_be_visible()
    page.emulate_media(media="print")
    box = page.locator(".slip").first.bounding_box()
    assert box is not None
    assert round(box["height"] / 96 * 25.4) == 88
    assert page.locator(".unprinted, .bar").evaluate_all("all => all.every(one => !one.offsetHeight)")
    page.emulate_media(media="screen")
    with page.expect_download() as download:
        page.click("text=导出 Excel")
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).worksheets[0]
    organ, link = (page.locator(f".slip {part}").nth(2).inner_text() for part in ("h2", ".address"))
    assert [cell.value for cell in sheet[6]][:3] == [organ, "部门", link]
    clerk = visit().page
    clerk.goto(link)
    clerk.click("text=进入填报")
    expect(clerk.locator(".bar .person")).to_contain_text(f"{organ}（链接）")
    go(page, "填报链接")
    page.locator("tr", has_text=organ).locator("button").click()
    expect(page.locator("[role=status]")).to_contain_text("用它进来的人已经退出")
    clerk.reload()
    expect(clerk.locator("h1")).to_have_text("这个链接不能用了")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
@pytest.mark.parametrize("width", [390, 1366])
def test_no_page_shuts_anybody_out_or_is_too_wide(
    admin: Callable[[int], Page], server: Server, width: int
) -> None:
    page, seen = admin(width), {}

    def look(name: str) -> None:
        page.wait_for_load_state()  # a click is over before its page has its style
        seen[name] = [*violations(page), *(["wide"] if page.evaluate(TOO_WIDE) else [])]
        assert page.title() != "script"
        assert page.locator("img").count() == 0

    for word in ("名册", "年度与期限", "填报链接", "帐户", "设置"):
        go(page, word)
        look(word)
    go(page, "名册")
    page.set_input_files("[name=file]", book(((HOSTILE, "部门"), ("某某县 财政局", "部门"))))
    page.click("button:text-is('导入名册')")
    look("import")
    page.goto(server.address + "organs")
    page.set_input_files("[name=file]", book(((HOSTILE, "部们"),)))
    page.click("button:text-is('导入名册')")
    look("import refused")
    page.goto(server.address + "organs")
    page.locator("tbody th a").last.click()
    look("organ")
    page.fill("[name=superior]", HOSTILE * 3)
    page.click("main button.primary")
    look("organ refused")
    go(page, "填报链接")
    page.locator("tbody [type=checkbox]").last.check()
    page.click("button[value=chosen]")
    look("slips")
    page.goto(server.address + "accounts/new")
    look("new account")
    page.fill("[name=login]", f"auditor{width}")
    page.fill("[name=name]", HOSTILE)
    page.select_option("[name=role]", "日志员")
    page.click("main button.primary")
    look("password sheet")
    first = page.locator(".slip b").inner_text()
    page.goto(server.address + "accounts")
    page.click(f"text=auditor{width}")
    look("account")
    for path in ("password", "nothing", "log"):
        page.goto(server.address + path)
        look(path)
    page.click("text=退出")
    look("login")
    page.fill("[name=username]", f"auditor{width}")
    page.fill("[name=password]", "wrong")
    page.click("main button")
    look("login refused")
    page.fill("[name=password]", first)
    page.click("main button")
    page.fill("[name=old]", first)
    page.fill("[name=new]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("main button")
    go(page, "日志")
    look("the log")
    page.click("text=核对日志")
    look("verified")
    assert {name: found for name, found in seen.items() if found} == {}
