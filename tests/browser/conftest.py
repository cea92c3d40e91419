"""Fixtures of the browser tests: one Chromium for the run, a fresh profile for each test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import MISSING, executable, launched


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser process, started once."""
    if executable() is None:
        pytest.skip(MISSING)
    with launched() as browser:
        yield browser


@pytest.fixture
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh profile: no cookies, the office's usual screen, Chinese."""
    context = chromium.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
    )
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext) -> Page:
    """A tab of that profile; a page that takes longer than ten seconds has failed."""
    tab = profile.new_page()
    tab.set_default_timeout(10_000)
    return tab
