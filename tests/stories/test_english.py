"""The English site: on no page that people reach by its links does a text of the catalogue still show in Chinese.

What is data stays Chinese: titles, names, numbers, and what bears ``lang="zh-CN"``. So only whole texts count, those of the catalogue and those with values in them.
"""

import re

import pytest
from bs4 import BeautifulSoup
from bs4.element import PreformattedString

from tests.app import login, running
from tests.attacks import scene
from tools import messages
from tools.unmarked import HAN
from views.i18n import COOKIE

READERS = (
    "office.registry1",
    "office.leader",
    "zh2.head",
    "zh2.officer",
    "jm.clerk",
    "jm.approver",
    "admin",
    "auditor",
)
STANDING = (
    "asked_office",
    "submitted",
    "released",
    "sent_returned",
    "signed_zh2",
    "read_task",
    "pending_jm",
    "signed_office",
)
SPOKEN = ("aria-label", "title", "alt", "placeholder")
HOLE = re.compile(r"\$?\{\w+\}")
MOST_PAGES = 25


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("english")) as app:
        for name in STANDING:
            scene.make(app, name)
        yield app


def patterns():
    """The texts of the catalogue as they may stand on a page; short ones with values would fit any sentence of data."""
    for text in messages.translated(messages.ENGLISH):
        if len(HAN.findall(HOLE.sub("", text))) > 1:
            yield re.compile(".+".join(re.escape(part) for part in HOLE.split(text)))


def shown(page):
    """What a page says: its texts and the attributes that are read out or used by scripts."""
    for text in page.find_all(string=lambda found: not isinstance(found, PreformattedString)):
        told_chinese = text.find_parent(lang="zh-CN")  # Data that is Chinese and says so, for screen readers too.
        if text.parent.name not in ("script", "style", "pre", "code") and told_chinese is None:
            yield " ".join(text.split())
    for tag in page.find_all(name=True):
        yield from (str(value) for name, value in tag.attrs.items() if name in SPOKEN or name.startswith("data-"))


def pages(browser):
    """The pages a person reaches from the first one, each once."""
    waiting, seen = ["/"], set()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address not in seen:
            seen.add(address)
            answer = browser.get(address).maybe_follow()
            if answer.content_type != "text/html":
                continue  # A file to take away.
            page = answer.html
            yield address, page
            links = (link["href"].partition("#")[0] for link in page.find_all("a", href=True))
            waiting += [link for link in links if link.startswith("/") and link.count("@@contents") < 2]


@pytest.mark.parametrize("reader", READERS)
def test_no_text_of_the_screen_stays_chinese(app, reader):
    browser, known, visited = login(app, reader), list(patterns()), []
    browser.set_cookie(COOKIE, "en")
    left = set()
    for address, page in pages(browser):
        assert page.html["lang"] == "en", address
        chinese = {text for text in shown(page) if HAN.search(text)}
        left |= {(text, address) for text in chinese if any(each.fullmatch(text) for each in known)}
        visited.append(address)
    assert left == set()
    assert len(visited) > 5


def test_a_text_that_stayed_chinese_would_be_found():
    page = BeautifulSoup(
        '<p title="签收后退文">共 7 件 <b>乙丑 <i>签收所选 3 件？</i></b></p><pre>收文单位</pre>', "html.parser"
    )
    known = list(patterns())
    found = {text for text in shown(page) if any(each.fullmatch(text) for each in known)}
    assert found == {"签收后退文", "共 7 件", "签收所选 3 件？"}
