"""A whole January of an office with twelve organs, in Chromium: from the roster to the verified archive.

Three people are at it at once, each in a window of their own, beside the organs, which come by their links.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from nianbao.media import workbook
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.attached import mailed, zipped
from tests.browser.conftest import PATIENCE, Server, Visit
from tests.browser.test_office_admin import PASSWORD, book, go, log_in
from tests.browser.test_office_admin import server as begun
from tests.report.rollup.rollup_samples import COUNTY, organs
from tests.reports import take
from tests.runner import nianbao

server = begun
COUNT = 12
OVERVIEW = "全县各单位依法公开政府信息，及时答复申请。"
LATE = "2026年1月5日"


@dataclass
class January:
    """The office, its organs' reports and links, and everybody's windows."""

    browser: Browser
    server: Server
    documents: list[dict[str, Any]]
    made: Path
    links: dict[str, str] = field(default_factory=dict)
    windows: list[BrowserContext] = field(default_factory=list)

    def window(self) -> Page:
        context = self.browser.new_context(viewport={"width": 1366, "height": 900}, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        self.windows.append(context)
        return context.new_page()

    def name(self, number: int) -> str:
        return str(self.documents[number]["organ"])

    def organ(self, number: int) -> Page:
        """An organ that has come by its link."""
        page = self.window()
        page.goto(self.links[self.name(number)])
        page.click("main button")
        expect(page.locator("h1")).to_contain_text(self.name(number))
        return page

    def book(self, number: int, **changed: Any) -> bytes:
        return workbook.write(take(self.documents[number] | changed))[0]

    def printed(self, number: int, kind: str) -> bytes:
        """An organ's report as Word or PDF, made beforehand."""
        [path] = self.made.glob(f"2025/{self.name(number)}/*.{kind}")
        return path.read_bytes()


@pytest.fixture
def january(
    browser: Browser, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[January]:
    documents = organs(COUNT)
    monkeypatch.chdir(tmp_path)
    for number in (1, 2):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(documents[number], ensure_ascii=False), encoding="utf-8")
        assert nianbao("generate", path, "--pdf", "-o", tmp_path / "output")[0] == 0
    month = January(browser, server, documents, tmp_path / "output")
    yield month
    for context in month.windows:
        context.close()


def send(page: Page, name: str, content: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("main [name=file]", file)
    page.click("main button:text-is('上传')")


def submit(page: Page) -> None:
    page.click("main button:text-is('报送')")
    expect(page.locator(".state").first).to_have_text("已报")


def fill_by_hand(page: Page, document: Mapping[str, Any]) -> None:
    """Everything typed into the boxes of the window, one after another."""
    report = take(document)
    page.click("main button:text-is('开始填报')")
    expect(page.locator("#state")).to_have_text("已保存")
    for key, word in {"issued_by": report.issued_by, "date_line": str(document["date_line"])}.items():
        page.fill(f"[data-particular='{key}']", word)
    for key, figure in report.figures.items():
        page.fill(f"[data-figure='{key}']", str(figure.value))
    for section, paragraphs in report.narratives.items():
        page.fill(f"[data-text='{section}']", "\n".join(paragraph.text for paragraph in paragraphs))
    expect(page.locator("#state")).to_have_text("已保存")
    expect(page.locator("#findings .error")).to_have_count(0)
    page.click("header a.button")


def account(admin: Page, month: January, login: str, role: str) -> Page:
    """A new account, whose person has come in and changed the first password."""
    go(admin, "帐户")
    admin.click("text=新增帐户")
    admin.fill("[name=login]", login)
    admin.select_option("[name=role]", role)
    admin.click("main button.primary")
    first = admin.locator("dd.address b").inner_text()
    page = month.window()
    page.goto(f"{month.server.address}login")
    page.fill("[name=username]", login)
    page.fill("[name=password]", first)
    page.click("main button")
    page.fill("[name=old]", first)
    page.fill("[name=new]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("main button")
    expect(page.locator("[role=status]")).to_have_text("密码已改。")
    return page


def review(reviewer: Page, organ: str, *, accept: bool) -> None:
    """Open a report from the board, and accept it or send it back with a remark on a figure."""
    go(reviewer, "一览")
    reviewer.click(f"#rows a:text-is('{organ}')")
    reviewer.click("button:text-is('开始审核')")
    if accept:
        for button in reviewer.get_by_role("button", name="了结").all():
            button.click()
        reason = reviewer.locator(".act.accept [name=reason]")
        if reason.count():  # where a warning is open
            reason.fill("已核对")
        reviewer.click("button:text-is('通过')")
        expect(reviewer.locator(".tag").first).to_have_text("通过")
    else:
        reviewer.select_option("#target", "figure:requests.received.total")
        reviewer.fill("#remark-text", "请再核对收到申请的总数")
        reviewer.click("button:text-is('添加')")
        reviewer.click("button:text-is('退回')")
        expect(reviewer.locator(".tag").first).to_have_text("退回")


def add_up(adder: Page) -> None:
    go(adder, "汇总")
    adder.click("section.card form button.primary")
    expect(adder.locator("[role=status]")).to_contain_text("做好了", timeout=60_000)
    go(adder, "汇总")


def test_a_whole_january(january: January, visit: Callable[..., Visit], server: Server) -> None:
    month = january
    admin = log_in(visit().page, server)
    rows = [(COUNTY, "县级政府汇总", "", "")]
    rows += [(month.name(n), "部门" if n < 10 else "", COUNTY, LATE if n == 9 else "") for n in range(COUNT)]
    go(admin, "名册")
    admin.set_input_files("[name=file]", book(tuple(rows)))
    admin.click("button:text-is('导入名册')")
    admin.click("button:text-is('照此导入')")
    expect(admin.locator("[role=status]")).to_have_text(f"名册已导入，共 {COUNT + 1} 个机关")
    go(admin, "填报链接")
    admin.click("button[value=without]")
    slips = admin.locator(".slip").all()
    month.links = {
        slip.locator("h2").inner_text(): slip.locator(".address").inner_text().strip() for slip in slips
    }
    assert len(month.links) == COUNT + 1
    reviewer = account(admin, month, "shenhe", "审核人")
    adder = account(admin, month, "huizong", "汇总人")
    archivist = account(admin, month, "dangan", "档案员")

    # Handed in as whatever they have; what is wrong is refused with its reason, and handed in anew.
    pages = {number: month.organ(number) for number in range(COUNT)}
    send(pages[0], "年报.xlsx", month.book(0))
    send(pages[1], "年报.docx", month.printed(1, "docx"))
    send(pages[2], "年报.pdf", month.printed(2, "pdf"))
    send(pages[3], "报送.zip", zipped({"材料/年报.xlsx": month.book(3), "说明.txt": b"x"}, windows=True))
    send(pages[4], "年报.eml", mailed({"年报.xlsx": month.book(4)}))
    send(pages[5], "年报.xlsx", workbook.write(take(organs(COUNT, year=2024)[5]))[0])
    expect(pages[5].locator("[role=alert]")).to_contain_text("这是 2024 年的报告，这里报送的是 2025 年的")
    send(pages[5], "年报.xlsx", month.book(5))
    send(pages[6], "年报.xlsx", month.book(7))
    expect(pages[6].locator("[role=alert]")).to_contain_text(f"这是“{month.name(7)}”的报告")
    send(pages[6], "年报.xlsx", month.book(6))
    send(pages[7], "年报.xlsx", month.book(7))
    send(pages[7], "再发一次.xlsx", month.book(7))
    expect(pages[7].locator("[role=alert]")).to_contain_text("没有重复登记")
    faulty = json.loads(json.dumps(month.documents[8]))
    row = next(iter(faulty["table3"].values()))
    row[1] += 100
    send(pages[8], "年报.xlsx", workbook.write(take(faulty))[0])
    expect(pages[8].locator("button:text-is('报送')")).to_be_visible()
    pages[8].click("button:text-is('报送')")
    expect(pages[8].locator("[role=alert]")).to_contain_text("处错误，改正后才能报送")
    send(pages[8], "年报.xlsx", month.book(8))
    send(pages[9], "年报.xlsx", month.book(9))
    for number in (10, 11):
        fill_by_hand(pages[number], month.documents[number])
    for page in pages.values():
        submit(page)

    go(reviewer, "一览")
    expect(reviewer.locator("#rows tr", has_text=month.name(9))).to_contain_text("晚报")
    review(reviewer, month.name(0), accept=False)
    for number in range(1, COUNT):
        review(reviewer, month.name(number), accept=True)
    go(adder, "汇总")
    adder.click("section.card form button.primary")
    expect(adder.locator("[role=alert]")).to_contain_text(f"{month.name(0)}（退回）")
    pages[0].reload()
    expect(pages[0].locator(".remark")).to_contain_text("请再核对收到申请的总数")
    pages[0].click("main button:text-is('继续填报')")
    expect(pages[0].locator("#remarks")).to_contain_text("请再核对收到申请的总数")
    pages[0].fill("[data-text='overview']", pages[0].input_value("[data-text='overview']") + "\n已经核对。")
    expect(pages[0].locator("#state")).to_have_text("已保存")
    pages[0].click("header a.button")
    submit(pages[0])
    review(reviewer, month.name(0), accept=True)

    # Summed up, written, one sent back: the sum is stale, and made anew with the texts kept.
    add_up(adder)
    adder.click("text=填写文字")
    adder.click("main a:text-is('继续填报')")
    adder.fill("[data-text='overview']", OVERVIEW)
    expect(adder.locator("#state")).to_have_text("已保存")
    go(admin, "一览")
    admin.click(f"#rows a:text-is('{month.name(3)}')")
    admin.fill(".act.reopen [name=reason]", "数字有误")
    admin.click("button:text-is('重新打开')")
    adder.goto(f"{server.address}sums")
    expect(adder.locator(".card .wrong")).to_contain_text("已过时")
    pages[3].reload()
    pages[3].click("main button:text-is('继续填报')")
    expect(pages[3].locator("#state")).to_have_text("已保存")
    pages[3].click("header a.button")
    submit(pages[3])
    review(reviewer, month.name(3), accept=True)
    add_up(adder)
    expect(adder.locator(".card")).to_contain_text(f"改报：{month.name(3)}（第 1 次 → 第 2 次）")
    adder.click("text=填写文字")
    adder.click("main a:text-is('继续填报')")
    expect(adder.locator("[data-text='overview']")).to_have_value(OVERVIEW)
    total = sum(take(one).figures["requests.received.total"].number or 0 for one in month.documents)
    expect(adder.locator("[data-figure='requests.received.total']")).to_have_value(str(total))

    # Published, kept, and proved.
    adder.goto(f"{server.address}publication")
    row_of_one = adder.locator("tr", has_text=month.name(1))
    row_of_one.locator("[name=day]").fill("2026-01-28")
    row_of_one.locator("[name=address]").fill("https://www.example.gov.cn/1.html")
    row_of_one.locator("button").click()
    adder.goto(f"{server.address}publication")
    expect(adder.locator("tr", has_text=month.name(1))).to_contain_text("https://www.example.gov.cn/1.html")
    go(archivist, "公布与归档")
    archivist.click("button:text-is('归档')")
    expect(archivist.locator("[role=status]")).to_contain_text(f"已归档 {COUNT}", timeout=120_000)
    archivist.click("nav a:text-is('归档')")
    archivist.click("main button")
    expect(archivist.locator(".big")).to_contain_text("全部完好")
