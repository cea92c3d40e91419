"""The shell in Chromium: axe finds nothing, keys and selection work, and an arrival is heard once (R-N3.2)."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import axe
from tests.views import sample_site

pytestmark = pytest.mark.browser
ARRIVAL = {
    "serial": 2,
    "boxes": {"b1": {"waiting": 2, "urgent": 1, "newest": ["d1", "d2"]}},
    "total": 2,
    "urgency": "urgent",
}


class Server(ThreadingMixIn, WSGIServer):
    """A thread a request, so that the alert's polls never hold up a page."""

    daemon_threads = True


class Handler(WSGIRequestHandler):
    """Says nothing on the terminal."""

    def log_message(self, *_words: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def app() -> Any:
    return sample_site.make()


@pytest.fixture
def address(app: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, server_class=Server, handler_class=Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_axe_finds_nothing(page: Page, address: str, language: str):
    page.context.add_cookies([{"name": "_LOCALE_", "value": language, "url": address}])
    for path in ("/", "/?empty=1", "/form?wrong=1", "/areas/records", "/nowhere", "/?visitor=1"):
        page.goto(address + path)
        assert axe(page) == [], path


def test_keys_move_tick_and_act(page: Page, address: str, app: Any):
    page.goto(address)
    for key in "jjx":
        page.keyboard.press(key)
    expect(page.locator(".gr-selected")).to_have_text("已选 1 件")
    page.keyboard.press("s")
    expect(page.locator("#confirm-text")).to_have_text("签收所选 1 件？")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert app.registry.acted == [["u2"]]
    expect(page.locator("#flash")).to_have_text("已签收")


def test_single_keys_can_be_switched_off(page: Page, address: str):
    page.goto(address)
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.locator("#keys-button").click()
    expect(page.locator("#keys-help")).to_be_visible()


def test_an_arrival_is_shown_heard_and_told_once(page: Page, address: str, app: Any):
    page.goto(address)
    page.locator("h1").click()
    expect(page.locator("#alert-sound")).to_have_attribute("data-state", "on")
    app.registry.pulse = ARRIVAL
    expect(page.locator("#alert-status")).to_have_text("新到 2 件，待签收共 2 件")
    expect(page.locator("#alert")).to_have_attribute("data-sounded", "1")
    expect(page.locator("[data-pulse-count=b1]")).to_have_text("2")
    assert page.title().startswith("(2) ")
    page.reload()
    page.locator("h1").click()
    expect(page.locator("#alert-bar")).to_be_visible()
    page.locator("#alert-ack").click()
    expect(page.locator("#alert-bar")).to_be_hidden()
    assert sorted(app.registry.alerted) == ["d1", "d2"]


def test_muting_is_shown_and_kept_and_nothing_sounds(page: Page, address: str, app: Any):
    page.goto(address)
    page.locator("#alert summary").click()
    page.locator("#alert-mute").click()
    page.reload()
    app.registry.pulse = ARRIVAL
    expect(page.locator("#alert-bar")).to_be_visible()
    expect(page.locator("#alert-sound")).to_have_text("本机已静音")
    expect(page.locator("#sound-bar")).to_be_hidden()
    assert page.locator("#alert").get_attribute("data-sounded") is None
    assert app.registry.alerted == []


def test_an_ended_session_is_said(page: Page, address: str, app: Any):
    app.registry.ended = True
    page.goto(address)
    expect(page.locator("#alert-problem")).to_have_text("会话已结束，请重新登录")
