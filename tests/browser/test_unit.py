"""Units, divisions, people and leavers in Chromium: each next step is in sight, by keys, and clean by axe (5.8, P-10 to P-21, S-13)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Clerk

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def fits(page: Page) -> bool:
    """Nothing stands out at the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_p_10_an_application_by_keys_and_its_way_to_the_approval(clerk: AtWork):
    liaison = clerk("liaison")
    page = liaison.goto("/unit_list")
    liaison.look()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("广东省人民政府")
    liaison.look()
    page.goto(f"{liaison.address}/unit_application")
    liaison.look()
    page.locator("#f-form").select_option("organ")
    page.locator("#f-kind").select_option("other")
    words = {
        "letter": "粤府函〔2013〕9号", "name": "广东省试航管理局", "short_name": "省试航局", "code": "shihang",
        "document_codes": "粤航", "contact": "甲某", "office_phone": "020-00000000",
    }  # fmt: skip
    for name, text in words.items():
        page.locator(f"#f-{name}").fill(text)
    page.locator("#f-planned").focus()
    page.keyboard.press("Tab")  # Past the day's parts to the button, as a clerk does it.
    press(page, "登记")
    expect(page.locator("li[aria-current=step]")).to_contain_text("厅领导批准")
    liaison.look()
    leader = clerk("office.leader")
    page = leader.goto("/unit_list?show=waiting")
    leader.look()
    with page.expect_navigation():
        page.get_by_role("link", name="广东省试航管理局").click()
    button = page.get_by_role("button", name="批准", exact=True)
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("li[aria-current=step]")).to_contain_text("任命单位管理员")
    leader.look()
    admin = clerk("admin")
    page = admin.goto("/units/shihang/")
    expect(page.locator("main")).to_contain_text("尚未任命单位收发员")
    admin.look()
    assert fits(page)


def test_p_12_a_renaming_says_at_each_step_what_comes_next(clerk: AtWork):
    mine = clerk("yj.admin")
    page = mine.goto("/units/yangjiang/do?act=request_rename")
    mine.look()
    page.locator("#f-new_name").fill("新阳江市人民政府")
    page.locator("#f-new_short_name").fill("新阳江")
    page.locator("#f-letter").fill("阳府函〔2013〕3号")
    press(page, "申请更名")
    expect(page.locator("li[aria-current=step]")).to_contain_text("厅领导批准")
    mine.look()
    leader = clerk("office.leader")
    press(leader.goto("/units/yangjiang/"), "批准更名")
    admin = clerk("admin")
    page = admin.goto("/unit_list?show=agreed")
    admin.look()
    with page.expect_navigation():
        page.get_by_role("link", name="阳江市人民政府").click()
    admin.look()
    page.get_by_role("button", name="更名", exact=True).click()
    with page.expect_navigation():
        page.locator("#confirm-yes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("新阳江市人民政府")
    expect(page.locator("main")).to_contain_text("曾用名")
    admin.look()


def test_p_18_p_21_a_unit_administrators_pages(clerk: AtWork):
    mine = clerk("zj.admin")
    page = mine.goto("/units/zhanjiang/")
    expect(page.get_by_role("heading", name="每日核对")).to_be_visible()
    mine.look()
    press(page, "今日已核对")
    expect(page.locator("main")).to_contain_text("今天已经核对过")
    for path in ("people", "supervision", "new_person", "do?act=set_contacts"):
        page.goto(f"{mine.address}/units/zhanjiang/{path}")
        assert fits(page)
        mine.look()
    page.goto(f"{mine.address}/units/zhanjiang/people")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="岗位变动")).to_be_visible()
    mine.look()
    page.get_by_label("职务").fill("主任科员")
    press(page, "保存")
    expect(page.locator("#flash")).to_contain_text("已更新")


def test_r_11_1_the_pages_of_a_division(clerk: AtWork):
    admin = clerk("admin")
    page = admin.goto("/units/zhanjiang/new_division")
    admin.look()
    page.locator("#f-name").fill("办公室")
    page.locator("#f-code").fill("zhanjiang-office")
    press(page, "建立")
    expect(page.locator("main")).to_contain_text("为处室指定收文员")
    admin.look()
    page.locator("#f-new_name").fill("综合科")
    press(page, "更名")
    expect(page.get_by_role("heading", level=1)).to_have_text("综合科")
    press(page, "撤销处室")
    expect(page.locator("main")).to_contain_text("已撤销")


def test_s_13_a_leaver_step_by_step(clerk: AtWork):
    head = clerk("rsc.head")
    admin = clerk("admin")
    page = admin.goto("/@@people?q=rsc.officer")
    with page.expect_navigation():
        page.locator("a[data-open]").first.click()
    path = page.url.removeprefix(admin.address).rpartition("/")[0]
    page = head.goto(f"{path}/leave")
    expect(page.locator("li[aria-current=step]")).to_contain_text("开始交接")
    head.look()
    page.get_by_label("离岗原因").fill("调离")
    page.get_by_role("button", name="开始交接").click()
    with page.expect_navigation():
        page.locator("#confirm-yes").click()
    expect(page.locator("li[aria-current=step]")).to_contain_text("撤销任职")
    head.look()
    with page.expect_navigation():
        page.get_by_role("link", name="申请撤销").click()
    expect(page.locator("#f-kind")).to_have_value("revoke")
    head.look()


def test_r_11_3_the_auditors_list_of_designations(clerk: AtWork):
    auditor = clerk("auditor")
    page = auditor.goto("/designations")
    expect(page.get_by_role("heading", level=1)).to_have_text("指定代收")
    auditor.look()
    assert fits(page)
