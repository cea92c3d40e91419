"""A real Chromium for the browser tests, driven by Playwright, and axe's judgement of a page.

The machine's own Chromium is used; Playwright downloads nothing. Where there is none the tests skip and say which
package is missing.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from policies.sample.people import PASSWORD

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",  # Tests may run as root, where Chromium's own sandbox refuses to start.
    "--disable-gpu",
    "--disable-dev-shm-usage",  # A container's /dev/shm is often too small for a page.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=document-user-activation-required",  # As at a real workstation: no sound before a click or a key.
)
# The rules a page must keep: WCAG 2.0 to 2.2, levels A and AA, and axe's best practices.
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def executable() -> str | None:
    """The path of this machine's Chromium or Chrome; None if it has none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


MISSING = "no Chromium on this machine: apt install chromium (and fonts-noto-cjk)"


@contextmanager
def launched(**options: Any) -> Iterator[Browser]:
    """A headless browser, closed at the end of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS), **options)
        try:
            yield browser
        finally:
            browser.close()


def new_profile(browser: Browser) -> BrowserContext:
    """A fresh profile: no cookies, the office's usual screen, Chinese."""
    return browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
    )


class Clerk:
    """A sample person at a workstation: logged in through the form, with what the browser complained of."""

    def __init__(self, profile: BrowserContext, address: str, login: str) -> None:
        self.address = address
        self.problems: list[str] = []
        self.page = profile.new_page()
        self.page.set_default_timeout(10_000)
        self.page.add_init_script(COUNT_TONES)
        self.page.on("console", lambda message: self._complain(message.type, message.text))
        self.page.on("pageerror", lambda error: self._complain("error", str(error)))
        self._log_in(login)

    def _log_in(self, login: str) -> None:
        self.page.goto(f"{self.address}/login")
        self.page.fill("#login", login)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_url(f"{self.address}/")

    def _complain(self, kind: str, words: str) -> None:
        """Keep errors; that a form came back as 422 is what the browser logs of a refusal, and is meant."""
        if kind == "error" and "422" not in words:
            self.problems.append(words)

    def goto(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(self.address + path)
        return self.page

    def look(self) -> None:
        """Judge the page by axe: nothing may be wrong with it."""
        found = axe(self.page)
        assert found == [], f"{self.page.url} {found}"


COUNT_TONES = """
window.tonesStarted = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.tonesStarted += 1; return start.apply(this, when); };
"""
"""Counts the tones a page starts; they are started all the same."""


def axe(page: Page) -> list[str]:
    """What axe finds wrong with a page: one line a violation, naming the rule, its weight and the elements."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", list(AXE_TAGS))
    return [_line(violation) for violation in found["violations"]]


def _line(violation: dict[str, Any]) -> str:
    elements = "; ".join(str(node["html"])[:160] for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}: {elements}"
