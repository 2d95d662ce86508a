"""The table and the names in braces by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from nianbao.mandate import load
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.test_workbench import opened
from tests.paths import DATA

COLUMNS = [slot.column_key for slot in load("2021").tables["requests"].slots[:7]]


def row(page: Page, name: str) -> list[str]:
    return [page.locator(f"[id='figure:requests.{name}.{column}']").input_value() for column in COLUMNS]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@pytest.fixture
def page(visit: Callable[..., Visit]) -> Page:
    return opened(visit(), DATA / "示例-2021.xlsx")


def test_enter_and_arrows_go_from_box_to_box(page: Page) -> None:
    page.focus("[id='figure:requests.received.natural_person']")
    ways = [
        ("Enter", "carried_in.natural_person"),
        ("ArrowRight", "carried_in.business"),
        ("ArrowDown", "disclosed.business"),
        ("ArrowDown", "partly_disclosed.business"),
        ("ArrowUp", "disclosed.business"),
        ("ArrowLeft", "disclosed.natural_person"),
        ("Shift+Enter", "carried_in.natural_person"),
        ("Tab", "carried_in.business"),
        ("Shift+Tab", "carried_in.natural_person"),
    ]
    for key, name in ways:
        page.keyboard.press(key)
        assert focused(page) == f"figure:requests.{name}", key
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    assert focused(page) == "figure:requests.carried_in.total"
    page.keyboard.press("ArrowRight")  # there is nothing further
    assert focused(page) == "figure:requests.carried_in.total"


def test_a_total_is_filled_by_one_key(page: Page) -> None:
    for column, text in zip(COLUMNS, ("1", "２", "3件", "", "一", "0", "99"), strict=True):
        page.fill(f"[id='figure:requests.received.{column}']", text)
    page.focus("[id='figure:requests.received.total']")
    page.keyboard.press("Alt+=")
    assert row(page, "received")[-1] == "6"  # 一 may be meant for a dash


def test_names_in_braces_are_offered_with_their_values(page: Page) -> None:
    page.fill("[id='figure:requests.received.total']", "4321")
    page.fill("[id='text:overview']", "")
    page.focus("[id='text:overview']")
    page.keyboard.type("收到{本年新收.总")
    option = page.locator("#names [role=option]").first
    assert option.inner_text() == "本年新收.总计 4321"
    page.keyboard.press("Enter")
    page.keyboard.type("件")
    assert page.locator("[id='text:overview']").input_value() == "收到{本年新收.总计}件"
    assert page.locator("[data-preview=overview]").inner_text().split("\n")[-1] == "收到4321件"


def test_the_next_finding_is_one_key_away(visit: Callable[..., Visit]) -> None:
    page = opened(visit(), DATA / "有错误的示例.xlsx")
    spots = []
    for _ in range(3):
        page.keyboard.press("F8")
        spots.append(focused(page))
    page.keyboard.press("Shift+F8")
    assert spots[1] == focused(page)
    assert spots == ["text:overview", "text:overview", "figure:disclosure.licences.decisions"]
