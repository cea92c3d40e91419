"""The search in Chromium: from any page, by keys alone, with a document beside the list, clean by axe (domain.md part 6; R-20)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Clerk

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]


@pytest.fixture
def registry(clerk: AtWork) -> Clerk:
    """A clerk who has just keyed in a paper."""
    found = clerk("office.registry1")
    page = found.goto("/exchange/gd-office/enter")
    page.get_by_label("来文单位").fill("某隧道公司")
    page.get_by_label("标题").fill("关于隧道通风情况的报告")
    with page.expect_navigation():
        page.get_by_role("button", name="登记").click()
    if page.get_by_label("不是同一件").count():
        page.get_by_label("不是同一件").check()
        with page.expect_navigation():
            page.get_by_role("button", name="登记").click()
    return found


def test_a_paper_is_found_at_once_and_shown_beside_the_list_by_keys(registry: Clerk):
    page = registry.goto("/")
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("隧道通风")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("a.gr-hit").first).to_have_text("关于隧道通风情况的报告")
    registry.look()
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator("a.gr-hit").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#beside h2").first).to_have_text("关于隧道通风情况的报告")
    assert "/search" in page.url
    registry.look()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_facets_narrow_and_the_search_is_saved(registry: Clerk):
    page = registry.goto("/search?q=隧道")
    facet = page.get_by_role("navigation", name="缩小范围").get_by_role("link", name="厅文登记簿").first
    with page.expect_navigation():
        facet.click()
    expect(page.locator(".gr-chosen")).to_contain_text("登记簿：厅文登记簿")
    page.get_by_label("保存这次检索，名称").fill("隧道来文")
    with page.expect_navigation():
        page.get_by_role("button", name="保存", exact=True).click()
    registry.look()
    with page.expect_navigation():
        page.get_by_role("link", name="隧道来文", exact=True).click()
    expect(page.locator(".gr-chosen")).to_contain_text("登记簿：厅文登记簿")


def test_registers_and_statistics(clerk: AtWork):
    leader = clerk("office.leader")
    page = leader.goto("/registers")
    leader.look()
    for address in (
        "/registers/deliveries",
        "/registers/outgoing",
        "/registers/office",
        "/statistics",
        "/my_tasks",
        "/search_print?q=通知",
    ):
        page = leader.goto(address)
        expect(page.locator("h1")).not_to_be_empty()
        leader.look()


def test_the_catalog_in_the_management(clerk: AtWork):
    admin = clerk("admin")
    page = admin.goto("/@@catalog")
    expect(page.locator("h1")).not_to_be_empty()
    admin.look()
