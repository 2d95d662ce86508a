"""An organ's part in an office, in Chromium: hand in, mend, answer, sign; by account and by link."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.attached import zipped
from tests.browser.conftest import PATIENCE
from tests.browser.office import Office
from tests.browser.test_everybody import violations
from tests.paths import DATA
from tests.reports import change

SAMPLE = DATA / "示例-2021.xlsx"
ORGAN, OTHER = "平潭综合实验区管委会", "某某市财政局"
KEY = "requests.received.natural_person"
BOX = f"[id='figure:{KEY}']"
REOPENED = "报告又可以填了。这个窗口里有没能保存的文字：请先复制下来，再刷新页面"
READ_ONLY = "报告现在是“已报”，只能看，不能改。要改的，请先撤回。"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with two organs, and thirty more that one person fills in for."""
    many = [f"某某市第{number}局" for number in range(30)]
    made = Office(
        tmp_path_factory.mktemp("office") / "office",
        organs=[(ORGAN, "地市级政府汇总", 5), (OTHER, "部门", -3), *((name, "部门", 9) for name in many)],
        people={
            "clerk": [("填报人", ORGAN)],
            "second": [("填报人", ORGAN)],
            "reviewer": [("审核人", None)],
            "many": [("填报人", name) for name in many],
        },
        links=[("good", OTHER, 5), ("old", OTHER, -5)],
    )
    yield made
    made.end()


@dataclass
class People:
    """Windows of several people, each with its own session; what goes wrong in one fails the test."""

    browser: Browser
    office: Office
    wrong: list[str]

    def window(self, *, script: bool = True, width: int = 1366) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, accept_downloads=True
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", self._listen)
        page.on("request", self._follow)
        return page

    def enter(self, login: str, *, script: bool = True, width: int = 1366) -> Page:
        page = self.window(script=script, width=width)
        page.goto(f"{self.office.address}login")
        page.fill("[name=username]", login)
        page.fill("[name=password]", f"{login}-password")
        page.click("main button")
        return page

    def _listen(self, message: object) -> None:
        text = str(getattr(message, "text", ""))
        if "Content Security Policy" in text:
            self.wrong.append(text)

    def _follow(self, request: object) -> None:
        address = str(getattr(request, "url", ""))
        if not address.startswith((self.office.address, "data:", "blob:")):
            self.wrong.append(address)


@pytest.fixture
def people(browser: Browser, office: Office) -> Iterator[People]:
    """Who takes part."""
    gathered = People(browser, office, [])
    yield gathered
    assert gathered.wrong == []


@pytest.fixture
def upload(tmp_path: Path) -> Callable[..., None]:
    """Hand in the sample, with other figures where a test wants some."""

    def send(page: Page, **figures: object) -> None:
        path = tmp_path / "年报.xlsx"
        shutil.copy(SAMPLE, path)
        change(path, {KEY: figures["figure"]}) if figures else None
        content = zipped({"材料/年报.xlsx": path.read_bytes(), "现场.png": b"\x89PNG"}, windows=True)
        file = {"name": "报送.zip", "mimeType": "application/zip", "buffer": content}
        page.set_input_files("[name=file]", file)  # type: ignore[arg-type]
        page.click("button:text-is('上传')")

    return send


def press(page: Page, word: str) -> None:
    page.locator(f"main button:text-is('{word}')").first.click()


def state(page: Page) -> str:
    return page.locator(".state").first.inner_text()


def narrow(page: Page) -> bool:
    """Whether nothing sticks out sideways at 390 px."""
    page.set_viewport_size({"width": 390, "height": 800})
    fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1366, "height": 900})
    return bool(fits)


def sound(page: Page) -> None:
    """Nothing that axe-core finds fault with, and nothing that sticks out of a telephone."""
    assert violations(page) == []
    assert narrow(page)


def test_a_report_goes_to_the_office_comes_back_and_goes_again(
    people: People, upload: Callable[..., None]
) -> None:
    clerk = people.enter("clerk")
    sound(clerk)
    assert (state(clerk), clerk.locator(".near").inner_text()) == ("未报", "还有 5 天")
    upload(clerk, figure=99_999)
    expect(clerk.locator(".uploads")).to_contain_text("已读入其中的 材料/年报.xlsx")
    expect(clerk.locator(".uploads")).to_contain_text("现场.png：这 1 个图片没有读")
    sound(clerk)
    press(clerk, "报送")
    expect(clerk.locator("#refusal")).to_contain_text("改正后才能报送")
    sound(clerk)

    clerk.locator(".findings a").first.click()  # to the box itself
    expect(clerk.locator(BOX)).to_be_focused()
    clerk.fill(BOX, "151")
    clerk.fill("[id='figure:requests.received.total']", "154")  # was worked out from the other by its formula
    expect(clerk.locator("#state")).to_have_text("已保存")
    expect(clerk.locator("#findings li.error")).to_have_count(0)
    second = people.enter("second")
    second.goto(clerk.url)
    expect(second.locator("#state")).to_have_text("已保存")
    clerk.click("text=返回我的报告")
    second.route("**/news*", lambda route: route.abort())  # who types before the news has come
    press(clerk, "报送")
    assert state(clerk) == "已报"
    second.fill(BOX, "152")
    expect(second.locator("#state")).to_have_text(READ_ONLY)
    second.unroute("**/news*")
    expect(second.locator(BOX)).to_have_attribute("readonly", "")

    reviewer = people.enter("reviewer")
    reviewer.goto(f"{people.office.address}submissions/{people.office.submissions[ORGAN]}")
    press(reviewer, "开始审核")
    token = reviewer.locator("[name=csrfmiddlewaretoken]").first.input_value()
    for target, text in ((f"figure:{KEY}", "请再核对"), ("paragraph:overview:2", "太短"), ("", "请盖章")):
        answer = reviewer.request.post(
            f"{people.office.address}versions/1/remarks",
            form={"csrfmiddlewaretoken": token, "text": text, "target": target},
            headers={"Referer": people.office.address},
        )
        assert answer.ok
    reviewer.reload()
    press(reviewer, "退回")

    clerk.reload()
    assert state(clerk) == "退回"
    spots = clerk.locator(".remark .spot a, .remark .spot b").all_inner_texts()
    assert spots == ["三 › 本年新收 › 自然人", "一 › 第 2 段", "整份报告"]
    sound(clerk)
    press(clerk, "继续填报")
    expect(clerk.locator("#tab-remarks")).to_have_attribute("aria-selected", "true")
    expect(second.locator("#state")).to_have_text(REOPENED)
    assert second.locator(BOX).input_value() == "152"  # it is nowhere else
    second.reload()
    assert clerk.locator(".pinned").all_inner_texts() == [
        "一 › 第 2 段 太短",
        "三 › 本年新收 › 自然人 请再核对",
    ]
    sound(clerk)
    clerk.locator("#remarks .spot a").nth(1).click()
    expect(clerk.locator("[id='text:overview']")).to_be_focused()
    selected = clerk.evaluate(
        "getSelection().toString() || document.activeElement.value.slice("
        "document.activeElement.selectionStart, document.activeElement.selectionEnd)"
    )
    assert selected == clerk.locator("[id='text:overview']").input_value().split("\n")[1]
    top = clerk.locator("[id='text:overview']").evaluate("box => box.getBoundingClientRect().top")
    assert top > 0  # its second paragraph is in sight, not the middle of a text longer than the window
    clerk.locator(".pinned").nth(1).click()
    field = clerk.locator("#remarks .remark").nth(0).locator("textarea")
    expect(field).to_be_focused()
    field.fill("已核对，无误")
    clerk.keyboard.press("Tab")
    clerk.keyboard.press("Enter")
    expect(clerk.locator("#remarks .remark").nth(0).locator(".answer")).to_contain_text("已核对，无误")
    clerk.fill("[id='particular:issued_by']", "平潭综合实验区管委会办公室")
    expect(clerk.locator("#state")).to_have_text("已保存")
    clerk.click("text=返回我的报告")
    press(clerk, "报送")
    with clerk.context.expect_page() as opened:
        clerk.click("text=与上一次的变化")
    expect(opened.value.locator("body")).to_contain_text("平潭综合实验区管委会办公室")
    for word, suffix in (("Word", ".docx"), ("PDF", ".pdf"), ("工作簿", ".xlsx")):
        with clerk.expect_download(timeout=60_000) as file:
            clerk.locator(".list").get_by_role("link", name=word, exact=True).first.click()
        assert file.value.suggested_filename.endswith(suffix)
        clerk.goto(f"{people.office.address}mine")
    expect(second.locator("#state")).to_have_text(READ_ONLY)
    press(clerk, "撤回")
    assert state(clerk) == "填报中"
    expect(second.locator("#state")).to_have_text("已保存")  # by itself: it may be changed again


def test_a_link_leads_to_one_report_without_a_script(people: People) -> None:
    page = people.window(script=False)
    page.goto(f"{people.office.address}enter/good")
    page.click("main button")
    assert (state(page), page.locator(".facts .late").inner_text()) == ("未报", "已逾期 3 天")
    page.set_input_files("[name=file]", SAMPLE)
    press(page, "上传")
    expect(page.locator("#refusal")).to_contain_text(f"这是“{ORGAN}”的报告")
    page.goto(f"{people.office.address}enter/old")
    expect(page.locator("h1")).to_have_text("这个链接不能用了")
    page.goto(f"{people.office.address}board")
    expect(page.locator("main")).to_contain_text("您的角色不能做这件事")


def test_the_list_of_many_reports_is_for_everybody(people: People) -> None:
    page = people.enter("many")
    expect(page.locator("tbody tr")).to_have_count(30)
    sound(page)
    link = people.window()
    link.goto(f"{people.office.address}enter/good")
    sound(link)
