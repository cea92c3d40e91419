"""The auditor's journal and alarms in Chromium: searched, opened by keys, acknowledged, clean by axe (R-7.1)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Clerk

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]


def test_the_journal_is_searched_and_an_entry_shown(clerk: AtWork):
    auditor = clerk("auditor")
    page = auditor.goto("/@@journal")
    auditor.look()
    page.select_option("#f-module", label="进程")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="查询", exact=True).click()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("process.start")
    expect(page.get_by_role("main")).to_contain_text("改动过的设置")
    auditor.look()


def test_an_alarm_is_opened_by_keys_and_acknowledged(clerk: AtWork):
    auditor = clerk("auditor")
    page = auditor.goto("/@@alarms")
    auditor.look()
    words = page.locator("tbody tr").first.locator(".gr-main-cell").inner_text()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text(words)
    auditor.look()
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name="打开有关的页面").or_(
            page.locator("main a[href*=journal_entry]")
        ).first.click()
    page.go_back()
    page.get_by_label("核实和处理的情况").fill("已核实")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="确认警报").click()
    expect(page.get_by_text("警报已确认")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name="全部").click()
    expect(page.locator("tbody tr", has_text=words).first).to_contain_text("已处理")
    auditor.look()
