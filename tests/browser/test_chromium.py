"""The browser tests' own tools: Chromium starts, and axe judges a page that keeps our content security policy."""

import pytest
from playwright.sync_api import Page, Route

from tests.browser.chromium import axe

pytestmark = pytest.mark.browser

GOOD = """<!doctype html><html lang="zh-CN"><head><title>收件箱</title></head>
<body><main><h1>收件箱</h1><p>没有待签收的文件。</p></main></body></html>"""
BAD = GOOD.replace(' lang="zh-CN"', "").replace("<p>", '<img src="/x.png"><p>')


def show(page: Page, html: str) -> None:
    """Show a page as our server sends it: under the strict content security policy."""

    def answer(route: Route) -> None:
        headers = {"Content-Security-Policy": "default-src 'self'", "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=html, headers=headers)

    page.route("http://govrepo.test/**", answer)
    page.goto("http://govrepo.test/")


def test_a_good_page_has_no_violations(page: Page):
    show(page, GOOD)
    assert axe(page) == []
    assert page.title() == "收件箱"


def test_a_bad_page_is_named_with_its_elements(page: Page):
    show(page, BAD)
    found = axe(page)
    assert [line.partition(" ")[0] for line in found] == ["html-has-lang", "image-alt"]
    assert '<img src="/x.png">' in found[1]


def test_each_test_has_its_own_profile(page: Page):
    show(page, GOOD)
    assert page.evaluate("[document.cookie, localStorage.length, innerWidth]") == ["", 0, 1366]
    assert page.evaluate("navigator.language") == "zh-CN"
