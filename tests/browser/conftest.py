"""Fixtures of the browser tests: one Chromium and one site for the run, a fresh profile for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.chromium import MISSING, Clerk, executable, launched, new_profile
from tests.browser.server import served

# Other work on the same machine must not fail a page that is only slow.
expect.set_options(timeout=15_000)


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
    context = new_profile(chromium)
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext) -> Page:
    """A tab of that profile; a page that takes longer than ten seconds has failed."""
    tab = profile.new_page()
    tab.set_default_timeout(10_000)
    return tab


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, where the key file of the clerk with a certificate lies."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(chromium: Browser, key_folder: Path) -> Iterator[str]:
    """The address of the real site with the sample organisation; without a browser there is no need to start it."""
    assert chromium.is_connected()
    with served(key_folder) as address:
        yield address


@pytest.fixture
def clerk(chromium: Browser, site: str) -> Iterator[Callable[[str], Clerk]]:
    """Log in a sample person at a workstation of its own; at the end no page may have had an error on its console."""
    clerks: list[Clerk] = []

    def at_work(login: str) -> Clerk:
        clerks.append(Clerk(new_profile(chromium), site, login))
        return clerks[-1]

    yield at_work
    problems = [problem for each in clerks for problem in each.problems]
    for each in clerks:
        each.page.context.close()
    assert problems == []
