"""The auditor's pages of evidence in Chromium: ticked in the journal, made, and clean by axe (R-7.3, R-7.5)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Clerk

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]


def test_entries_are_ticked_and_become_a_package(clerk: AtWork):
    auditor = clerk("auditor")
    page = auditor.goto("/@@journal")
    page.locator("input[name=pick]").nth(0).check()
    page.locator("input[name=pick]").nth(1).check()
    auditor.look()
    with page.expect_navigation():
        page.get_by_role("button", name="提取证据").click()
    expect(page.locator("main")).to_contain_text("选中的日志记录共 2 条")
    auditor.look()
    page.get_by_role("textbox", name="用途").fill("抽查一案")
    with page.expect_navigation():
        page.get_by_role("button", name="制作证据包").click()
    expect(page.locator("main")).to_contain_text("抽查一案")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    auditor.look()


def test_the_lists_and_the_draft_of_a_finding(clerk: AtWork):
    auditor = clerk("auditor")
    for path in ("/evidence", "/findings", "/finding_new", "/content_releases"):
        page = auditor.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        auditor.look()
