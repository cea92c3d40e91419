"""The officers' own pages in Chromium, clean by axe: permission changes with their effect, suspension, certificates, outside authorities (R-7.4, R-39.2, 5.6)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Clerk

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def agree(page: Page, name: str) -> None:
    """Press a button that asks first, if it asks, and say yes."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    if page.locator("#confirm-dialog[open]").count():
        page.locator("#confirm-yes").click()
    page.wait_for_load_state()


def test_r_7_4_a_change_is_asked_for_shown_with_its_effect_and_decided(clerk: AtWork):
    head = clerk("zh2.head")
    page = head.goto("/request_change")
    head.look()
    page.fill("#f-person", "zh2.officer")
    press(page, "下一步")
    head.look()
    page.select_option("#f-kind", "grant")
    page.select_option("#f-role", "receiver")
    page.select_option("#f-scope", "division:zh2")
    page.fill("#f-reason", "收文员休假，临时增加一人")
    press(page, "提交")
    head.look()
    address = page.url.removeprefix(head.address)

    auditor = clerk("auditor")
    page = auditor.goto("/changes")
    auditor.look()
    page = auditor.goto(address)
    expect(page.locator("main")).to_contain_text("综合二处")
    expect(page.locator("main")).to_contain_text("签收")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    auditor.look()
    press(page, "批准")
    expect(page.locator(".gr-lead")).to_contain_text("前执行，过期失效")
    admin = clerk("admin")
    page = admin.goto(address)
    admin.look()
    press(page, "执行")
    auditor.page.reload()
    press(auditor.page, "复核")
    expect(auditor.page.locator(".gr-lead")).to_contain_text("已复核")
    auditor.look()


def test_r_39_2_the_pages_of_a_suspension(clerk: AtWork):
    tech = clerk("tech")
    tech.goto("/suspensions")
    tech.look()
    page = tech.goto("/suspend")
    tech.look()
    page.fill("#f-login", "sg.clerk")
    page.fill("#f-reason", "在非工作设备上登录")
    agree(page, "立即停用")
    expect(page.get_by_role("heading", level=1)).to_contain_text("停用")
    tech.look()
    leader = clerk("office.leader")
    leader.goto("/")
    leader.look()
    leader.goto(page.url.removeprefix(tech.address))
    expect(leader.page.get_by_role("button", name="解除停用")).to_be_visible()
    leader.look()


def test_5_6_a_certificate_from_the_application_to_the_desk(clerk: AtWork):
    officer = clerk("zh1.officer")
    page = officer.goto("/my_certificates")
    officer.look()
    page = officer.goto("/certificate_application")
    officer.look()
    page.select_option("#f-kind", "personal")
    page.fill("#f-purpose", "登录和签收")
    press(page, "提交申请")
    officer.look()
    security = clerk("security")
    page = security.goto("/certificates?state=review")
    security.look()
    with page.expect_navigation():
        page.locator("main tbody a[data-open]").first.click()
    security.look()
    page.locator("h1").click()
    security.goto("/authorities")
    security.look()
