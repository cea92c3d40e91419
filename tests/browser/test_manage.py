"""The management of objects in Chromium: the tree by keys, the grid, a change of access from proposal to execution, explain."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from policies.permissions import Permission as P
from tests.browser.chromium import Clerk

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]


def press(page: Page, name: str) -> None:
    """Press a button of the work and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_the_tree_opens_by_keys_level_by_level(clerk: AtWork):
    admin = clerk("admin")
    page = admin.goto("/exchange/jiangmen/@@contents")
    here = page.locator(".gr-objects [aria-current]")
    expect(here).to_have_text("jiangmen 江门市")
    expect(here).to_be_in_viewport()
    units = page.locator(".gr-objects li:has(> a[title=units])")
    expect(units.locator("> details > ul > li")).to_have_count(0)
    units.locator("> a").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    office = units.get_by_role("link", name="gd-office 广东省人民政府办公厅")
    expect(office).to_be_visible()
    admin.look()
    office.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    division = units.get_by_role("link", name="zh1 综合一处")
    expect(division).to_be_visible()
    division.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("综合一处（zh1）")
    admin.look()


@pytest.mark.parametrize("tab", ["访问权限", "流程", "历史", "引用", "索引", "属性"])
def test_every_tab_of_a_box_is_clean(clerk: AtWork, tab: str):
    admin = clerk("admin")
    page = admin.goto("/exchange/gd-office/@@contents")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=tab, exact=True).click()
    admin.look()


def test_a_change_of_access_is_proposed_reviewed_and_executed(clerk: AtWork):
    admin, auditor = clerk("admin"), clerk("auditor")
    page = admin.goto("/exchange/heyuan/@@security")
    recall = page.locator(".gr-grid tbody tr", has=page.get_by_text(str(P.DISPATCH_RECALL), exact=True))
    expect(recall.get_by_text("本级给予")).to_have_count(1)
    page.get_by_role("radio", name="取消").check()
    page.select_option("#f-role", label="单位收发员")
    expect(page.locator("#f-scope")).to_have_value("unit:heyuan")
    page.select_option("#f-permission", str(P.DISPATCH_RECALL))
    page.fill("#f-basis", "粤府办〔2013〕1号")
    page.fill("#f-reason", "试点期间不得撤回")
    page.fill("#f-until", "2000-01-01")
    press(page, "提交审核")
    expect(page.locator("#e-until")).to_contain_text("截止日期")
    expect(page.locator("#f-reason")).to_have_value("试点期间不得撤回")
    admin.look()
    page.fill("#f-until", "")
    press(page, "提交审核")
    expect(page.get_by_role("button", name="执行")).to_have_count(0)
    admin.look()
    path = page.url.removeprefix(admin.address)
    review = auditor.goto("/@@manage")
    auditor.look()
    review.get_by_role("main").get_by_role("link", name="项访问控制变更待审核").click()
    auditor.look()
    review.get_by_role("link", name="撤回、请求撤回").first.click()
    expect(review.get_by_text("heyuan.clerk").or_(review.get_by_text("hy.clerk"))).to_be_visible()
    auditor.look()
    press(review, "批准")
    admin.goto(path)
    press(page, "执行")
    expect(page.locator(".gr-lead")).to_contain_text("执行中")
    admin.goto("/exchange/heyuan/@@security")
    expect(recall.locator("[data-differs=removed]")).to_have_count(1)
    admin.look()


def test_explain_says_who_and_why(clerk: AtWork):
    auditor = clerk("auditor")
    page = auditor.goto("/exchange/zhuhai/@@security")
    page.fill("#f-who", "zh.clerk")
    press(page, "他能在这里做什么，为什么")
    row = page.get_by_role("row", name=str(P.DELIVERY_SIGN_FOR))
    expect(row).to_contain_text("可以")
    expect(row).to_contain_text("珠海市 单位收发员")
    auditor.look()
    page.get_by_role("radio", name="谁有这项权限").check()
    page.select_option("#f-permission", str(P.DELIVERY_READ))
    press(page, "回答")
    expect(page.get_by_role("row", name="zh.approver")).to_be_visible()
    auditor.look()
    page.get_by_role("radio", name="这个人能到哪里").check()
    page.fill("#f-date", "2012-06-01")
    press(page, "回答")
    expect(page.get_by_role("row", name="珠海市 珠海市 单位收发员")).to_be_visible()
    page.fill("#f-object", "/exchange/zhuhai")
    page.get_by_role("radio", name="谁有这项权限").check()
    page.select_option("#f-permission", str(P.BOX_VIEW))
    press(page, "回答")
    auditor.look()
    page.get_by_role("radio", name="这个人能到哪里").check()
    page.fill("#f-person", "nobody")
    press(page, "回答")
    expect(page.locator("#e-person")).to_have_text("没有这个人。")
    auditor.look()
