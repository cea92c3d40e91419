"""A receipt in Chromium: its code is drawn under the strict policy of content, the check page answers; clean by axe (4.9, R-7.2)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Clerk

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]


def test_a_delivered_receipt_shows_its_code_and_is_checked(clerk: AtWork):
    receiver = clerk("gz.clerk")
    page = receiver.goto("/exchange/guangzhou/waiting")
    with page.expect_navigation():
        page.locator("main tbody a[data-open]").first.click()
    with page.expect_navigation():
        page.get_by_role("link", name="回执").click()
    picture = page.locator("section.gr-receipt img").first
    expect(picture).to_be_visible()
    page.wait_for_function(
        "() => [...document.querySelectorAll('section.gr-receipt img')].every(each => each.complete && each.naturalWidth > 0)"
    )
    receiver.look()
    address = (picture.get_attribute("alt") or "").partition("/check_receipt")[2]
    receiver.goto(f"/check_receipt{address}")
    expect(page.get_by_role("status").filter(has_text="本系统出具过这份回执")).to_be_visible()
    receiver.look()
    receiver.goto("/check_receipt?r=nothing&d=0")
    expect(page.locator("main")).to_contain_text("没有出具过")
    receiver.look()
