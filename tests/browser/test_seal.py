"""A seal in Chromium from its application to its loss: each next step is in sight, every page is clean by axe (P-70 to P-73)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Clerk
from tests.desk import pdf

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def applied(admin: Clerk, scan: Path) -> str:
    """Apply through the form; the address of the seal."""
    page = admin.goto("/")
    with page.expect_navigation():
        page.get_by_role("link", name="申请印章：广州市").click()
    admin.look()
    page.select_option("#f-kind", "special")
    fields = {
        "name": "广州市人民政府收文专用章",
        "diameter_mm": "40",
        "physical": "收文章第1号",
        "letter": "穗府函〔2013〕1号",
    }
    for name, words in fields.items():
        page.fill(f"#f-{name}", words)
    page.set_input_files("#f-scan", scan)
    page.locator("input[name=scan_upload]").wait_for(state="attached")
    page.select_option("#f-keeper", index=1)
    press(page, "提交申请")
    expect(page.get_by_text("申请已提交")).to_be_visible()
    admin.look()
    return page.url.removeprefix(admin.address)


def test_p_70_a_seal_is_applied_for_approved_made_used_and_lost(clerk: AtWork, tmp_path: Path):
    scan = tmp_path / "申请.pdf"
    scan.write_bytes(pdf("申请"))
    admin = clerk("gz.admin")
    path = applied(admin, scan)

    leader = clerk("office.leader")
    page = leader.goto("/my_tasks")
    leader.look()
    with page.expect_navigation():
        page.get_by_role("link", name="广州市人民政府收文专用章").click()
    press(page, "批准制作印章")

    officer = clerk("security")
    page = officer.goto(path)
    press(page, "制作印章")
    expect(page.get_by_role("img", name="印模：广州市人民政府收文专用章")).to_be_visible()
    assert page.locator("img.gr-imprint").evaluate("picture => picture.naturalWidth") > 0
    officer.look()

    keeper = clerk("gz.seal")
    page = keeper.goto(path)
    press(page, "启用印章")
    expect(page.get_by_text("印章已启用。")).to_be_visible()
    keeper.look()
    with page.expect_navigation():
        page.get_by_role("link", name="挂失印章").click()
    keeper.look()
    page.fill("#f-note", "介质丢失")
    press(page, "挂失印章")
    expect(page.get_by_text("印章即刻停用")).to_be_visible()
    keeper.look()
    page = keeper.goto("/registers/seals")
    expect(page.locator("tbody tr").first).to_contain_text("已挂失")
    keeper.look()
