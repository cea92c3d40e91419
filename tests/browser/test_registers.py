"""The registers in Chromium: paper is keyed in, proposed on, found again, by keys and clean by axe (R-19, R-N4.4, 5.5)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Clerk

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]
TITLE = "关于桥梁检测情况的报告"


def test_paper_is_registered_and_handled_by_forms(clerk: AtWork):
    registry = clerk("office.registry1")
    page = registry.goto("/")
    with page.expect_navigation():
        page.get_by_role("navigation").get_by_role("link", name="收文登记").click()
    registry.look()
    with page.expect_navigation():
        page.get_by_role("link", name="登记纸质来文").click()
    registry.look()
    page.get_by_label("来文单位").fill("某桥梁公司")
    page.get_by_label("标题").fill(TITLE)
    with page.expect_navigation():
        page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    registry.look()
    with page.expect_navigation():
        page.get_by_role("link", name="拟办").click()
    registry.look()
    page.get_by_label("拟办意见").fill("拟请综合二处阅研")
    with page.expect_navigation():
        page.get_by_role("button", name="拟办").click()
    with page.expect_navigation():
        page.get_by_role("link", name="交办").click()
    page.get_by_label("主办").select_option(label="综合二处")
    registry.look()
    with page.expect_navigation():
        page.get_by_role("button", name="交办").click()
    expect(page.locator("main")).to_contain_text("承办中")
    _it_is_found_by_words_and_opened_by_keys(registry)


def _it_is_found_by_words_and_opened_by_keys(registry: Clerk) -> None:
    page = registry.goto("/exchange/gd-office/entries")
    page.get_by_placeholder("标题、来文单位或者字号").fill("桥梁检测")
    with page.expect_navigation():
        page.get_by_role("button", name="查找").click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    page.locator("h1").click()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_numbers_are_reserved_and_void(clerk: AtWork):
    receiver = clerk("zh1.receiver")
    page = receiver.goto("/exchange/gd-office-zh1/series")
    page.get_by_text("建立序列").first.click()
    page.get_by_label("代字").fill("综一函")
    page.get_by_label("用途").select_option(label="发文字号")
    receiver.look()
    with page.expect_navigation():
        page.get_by_role("button", name="建立序列").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("综一函")
    receiver.look()
