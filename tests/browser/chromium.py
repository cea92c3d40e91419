"""A real Chromium for the browser tests, driven by Playwright, and axe's judgement of a page.

The machine's own Chromium is used; Playwright downloads nothing. Where there is none the tests skip and say which
package is missing.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

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


def axe(page: Page) -> list[str]:
    """What axe finds wrong with a page: one line a violation, naming the rule, its weight and the elements."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", list(AXE_TAGS))
    return [_line(violation) for violation in found["violations"]]


def _line(violation: dict[str, Any]) -> str:
    elements = "; ".join(str(node["html"])[:160] for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}: {elements}"
