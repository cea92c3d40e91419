"""The auditor's pages in Chromium: checkpoints to countersign, one of them, gaps; by keys, and clean by axe (SOD-12)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Clerk
from tests.browser.server import GAP

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=name).first.click()


def test_the_newest_checkpoint_is_put_forward_and_shown(clerk: AtWork):
    auditor = clerk("auditor")
    page = auditor.goto("/")
    follow(page, "检查点待复签")
    expect(page.get_by_role("heading", level=1)).to_have_text("检查点复签")
    auditor.look()
    with page.expect_navigation():
        page.get_by_role("button", name="现在就复签最新的检查点").click()
    expect(page.locator("main pre")).to_contain_text("govrepo journal checkpoint 1")
    # The sample auditor of this site has no certificate: the button rests and says why.
    expect(page.get_by_role("button", name="复签检查点")).to_be_disabled()
    page.get_by_text("为什么不能“复签检查点”").click()
    expect(page.locator("main")).to_contain_text("复签须用您本人的数字证书")
    auditor.look()
    page.goto(f"{auditor.address}/countersignatures")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("检查点（")


def test_a_gap_is_opened_by_keys_and_explained(clerk: AtWork):
    auditor = clerk("auditor")
    page = auditor.goto("/journal_gaps")
    expect(page.locator("main tbody tr", has_text=GAP)).to_contain_text("对象的状态与日志不同")
    auditor.look()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    auditor.look()
    page.get_by_role("textbox", name="查明的情况和依据").fill("试验数据，已核实")
    with page.expect_navigation():
        page.get_by_role("button", name="登记查明情况").click()
    expect(page.locator(".gr-lead")).to_contain_text("已查明")
    expect(page.locator("main")).to_contain_text("试验数据，已核实")
    auditor.look()
