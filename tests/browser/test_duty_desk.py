"""The duty desk in Chromium: what arrives shows and sounds without a reload until it is acknowledged, by keys alone; axe finds nothing (R-16)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Clerk
from tests.desk import pdf

pytestmark = pytest.mark.browser
AtWork = Callable[[str], Clerk]
DESK = "/exchange/gd-office"
TITLE = "关于水库险情的紧急通知"


def token(clerk: Clerk) -> str:
    """The token that forms carry."""
    return clerk.goto("/assigned").locator("input[name=csrf_token]").first.get_attribute("value") or ""


def post(clerk: Clerk, path: str, **fields: object) -> str:
    """Post a form as the clerk; the address it leads to."""
    answer = clerk.page.request.post(clerk.address + path, multipart={"csrf_token": token(clerk), **fields})  # type: ignore[dict-item]
    assert answer.ok, answer.status
    return answer.url.removeprefix(clerk.address)


def send(clerk: Clerk, approver: Clerk) -> None:
    """Send what is most urgent to the office; at night without a call (R-16.3)."""
    scan = {"name": "扫描.pdf", "mimeType": "application/pdf", "buffer": pdf("扫描")}
    text = {"name": "正文.txt", "mimeType": "text/plain", "buffer": "正文".encode()}
    elements = {
        "title": TITLE,
        "kind": "通知",
        "number": "江府〔2013〕77号",
        "date": "2013-01-05",
        "urgency": "most_urgent",
    }
    more = {
        "signer": "",
        "note": "",
        "special": "",
        "classification": "",
        "quota": "1",
        "mains": "gd-office",
        "then": "save",
    }
    path = post(clerk, "/exchange/jiangmen/compose", scan=scan, editable=text, **elements, **more)
    path = path.split("?")[0].removesuffix("/edit")
    page = clerk.goto(path)
    expect(page.locator("main")).to_contain_text(TITLE)
    clerk.page.wait_for_timeout(2_000)  # The worker inspects the files.
    post(clerk, f"{path}/act", act="submit")
    post(approver, f"{path}/act", act="release")
    post(clerk, f"{path}/act", act="send", not_notified="yes")


def fill_roster(clerk: Clerk) -> None:
    """Plan the month by a pattern."""
    page = clerk.goto(f"{DESK}/roster")
    expect(page.locator(".alert-warning")).to_contain_text("空班")
    clerk.look()
    first = page.locator("#f-first").input_value()
    page.fill("#f-last", f"{first[:8]}28" if first[8:] < "28" else first)
    page.locator("input[name=officers]").first.check()
    with page.expect_navigation():
        page.locator("button[name=fill]").click()
    expect(page.locator("#flash")).to_contain_text("班")
    clerk.look()
    page.locator("td a[href*=duty_shifts]").first.click()
    expect(page.locator("h1")).to_have_text("值班记录")
    clerk.look()


def tones(page: Page) -> int:
    """How many tones have been started on the page."""
    return int(page.evaluate("window.tonesStarted"))


def test_what_arrives_shows_and_sounds_until_it_is_acknowledged(clerk: AtWork):
    duty = clerk("office.duty")
    fill_roster(clerk("office.registry1"))
    page = duty.goto(f"{DESK}/duty")
    expect(page.locator("#alert")).to_have_attribute("data-repeats", "yes")
    expect(page.locator("#sound-bar")).to_be_visible()
    duty.look()
    page.locator("h1").click()
    expect(page.locator("#alert-sound")).to_have_attribute("data-state", "on")
    expect(page.locator("#sound-bar")).to_be_hidden()
    send(clerk("jm.clerk"), clerk("jm.approver"))
    expect(page.locator("#now")).to_contain_text(TITLE, timeout=30_000)
    expect(page.locator("#alert")).to_have_attribute("data-sounded", re.compile("[2-9]"), timeout=30_000)
    duty.look()
    page.locator("#alert-ack").click()
    before = tones(page)
    page.wait_for_timeout(6_000)
    assert tones(page) == before
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(TITLE)


def test_a_muted_desk_says_so_and_a_call_is_taken_by_keys(clerk: AtWork):
    duty = clerk("office.duty")
    page = duty.goto(f"{DESK}/duty")
    page.locator("#alert summary").click()
    page.locator("#alert-mute").click()
    expect(page.locator("#sound-bar")).to_be_visible()
    page.locator("#sound-on").click()
    expect(page.locator("#sound-bar")).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("p")
    page.wait_for_url(f"**{DESK}/phone")
    duty.look()
    page.select_option("#f-unit", "foshan")
    page.fill("#f-caller", "佛山 甲")
    page.keyboard.press("Enter")
    expect(page.locator("#now")).to_contain_text("佛山 甲")
    page.get_by_role("link", name="未说明").click()
    duty.look()
