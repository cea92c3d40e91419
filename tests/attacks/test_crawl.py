"""A crawl of everything, by several roles, over a site whose every text is an attack: escaped everywhere, protected everywhere.

The same crawl holds that no GET writes, that no page fails and that no link leads nowhere.
"""

import html
import re
from collections import Counter

import pytest

from govrepo import clock
from govrepo.database import database
from tests.app import drain, running
from tests.desk import Desk, path_of, pdf, row_link
from tests.policies.bench import local

PAYLOAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>${7654321*1234567}"
# The product is long enough to stand in no digest or signature by chance.
RAW = ("<script>alert(1)", "<img src=x", str(7654321 * 1234567))
ROLES = (
    "jm.clerk",
    "jm.approver",
    "office.registry1",
    "office.leader",
    "zh2.officer",
    "zh2.receiver",
    "admin",
    "auditor",
)
OFFICE = "/exchange/gd-government"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("crawl")) as app:
        clock.travel(local("2013-01-07 10:00"))
        yield app
    clock.reset()


@pytest.fixture(scope="module")
def desks(app):
    desks = {login: Desk(app, login) for login in ROLES}
    _poison(app, desks)
    return desks


def _send(app, desks, number):
    clerk = desks["jm.clerk"]
    files = {
        "scan": (f"{PAYLOAD}.pdf", pdf(PAYLOAD)),
        "editable": (f"{PAYLOAD}.txt", b"text"),
        "attachment": ("附件.txt", b"text"),
    }
    texts = dict.fromkeys(("note", "signer", "special"), PAYLOAD) | {"title": f"{PAYLOAD}{number}通知"}
    path = path_of(
        clerk.compose(
            "jiangmen", ["gd-government"], ["caizheng"], files=files, number=f"江府〔2013〕{number}号", **texts
        )
    ).removesuffix("/edit")
    drain(app)
    clerk.act(path, "submit")
    desks["jm.approver"].act(path, "send_back", reason=PAYLOAD)
    clerk.act(path, "submit")
    desks["jm.approver"].act(path, "release")
    clerk.act(path, "send")
    drain(app)
    return path


def _poison(app, desks):
    """Put the payload wherever a person may type."""
    registry, clerk = desks["office.registry1"], desks["jm.clerk"]
    for number in (1, 2, 3):
        sent = _send(app, desks, number)
        delivery = row_link(registry.get(f"{OFFICE}/waiting"), PAYLOAD)
        registry.post(f"{delivery}/open")
        if number == 1:
            clerk.post(f"{sent}/ask", {"box": "gd-government", "note": PAYLOAD})
            registry.act(delivery, "refuse_recall", note=PAYLOAD)
            registry.act(delivery, "sign_for")
        elif number == 2:
            registry.act(delivery, "return", reason="other", note=PAYLOAD)
        else:
            clerk.post(f"{sent}/ask", {"box": "gd-government", "note": PAYLOAD})
    clerk.compose("jiangmen", ["gd-government"], title=PAYLOAD, number=PAYLOAD, note=PAYLOAD)
    _distribute(desks)
    for box in ("gd-government", "jiangmen"):
        desk = registry if box == "gd-government" else clerk
        desk.post(f"/exchange/{box}/report", {"words": PAYLOAD})
        desk.post(f"/exchange/{box}/check_in")


def _distribute(desks):
    registry = desks["office.registry1"]
    page = registry.get(f"{OFFICE}/signed")
    chosen = page.html.select_one("input[name=selected]")["value"]
    targets = registry.get(f"{OFFICE}/distribute?d={chosen}").html
    person = next(each["value"] for each in targets.select("input[name=people]") if "厅领导" in each.parent.text)
    fields = [("d", chosen), ("targets", "division:zh2"), ("people", person), ("note", PAYLOAD)]
    registry.post(f"{OFFICE}/distribute", fields)
    leader = desks["office.leader"]
    task = row_link(leader.get("/assigned"), PAYLOAD)
    leader.act(task, "open")
    leader.act(task, "close", note=PAYLOAD)


def _links(page):
    """Every address of this site that a page names, without the static files."""
    found = {html.unescape(link).partition("#")[0] for link in re.findall(r'\b(?:href|src)="([^"]*)"', page.text)}
    return [link for link in found if link and not link.startswith("/static/")]


def _crawl(desk, most=45, start=("/no-such-page", "/manage", "/faults", "/assigned?state=closed", "/")):
    """The pages within reach, few of each shape, by address; a link that is shown must lead somewhere."""
    seen, shapes, waiting = {}, Counter(), list(start)
    while waiting and len(seen) < most:
        address = waiting.pop()
        shape = re.sub(r"[0-9a-f-]{8,}|(?<=[/=])\w*[0-9]\w*", "*", address)
        if address in seen or shapes[shape] >= 3:
            continue
        page = seen[address] = desk.browser.get(address, status="*")
        shapes[shape] += 1
        if page.status_int == 303:
            waiting.append(path_of(page))
        elif page.content_type == "text/html":
            waiting += _links(page)
    return seen


@pytest.mark.parametrize("login", ROLES)
def test_crawl(app, desks, login):
    before = database(app.registry).lastTransaction()
    pages = _crawl(desks[login])
    assert database(app.registry).lastTransaction() == before, "a GET wrote"
    assert len(pages) > 10
    escaped = 0
    for address, page in pages.items():
        assert page.status_int in (200, 303) or address in ("/no-such-page", "/faults", "/manage"), address
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        if page.content_type == "text/html":
            assert not [raw for raw in RAW if raw in page.text], address
            escaped += "&lt;script&gt;alert(1)" in page.text
    assert escaped > 1 or login in ("zh2.officer", "admin", "auditor"), "the crawl met no payload"


def test_static_files_and_errors_are_protected_too(desks):
    page = desks["jm.clerk"].get("/")
    assets = {each.get("href") or each.get("src") for each in page.html.select("link[href], script[src]")}
    assert len(assets) > 5
    for address in (*assets, "/static/no-such-file.js"):
        headers = desks["jm.clerk"].get(address, status="*").headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "\thttps://evil.example", "javascript:alert(1)"],
)
def test_nothing_leads_away(app, desks, address):
    answer = desks["jm.clerk"].post("/language", {"locale": "zh_CN", "return_to": address})
    assert answer.location == "http://localhost/"
    page = Desk(app, "gz.clerk").browser.get("/login", {"came_from": address}, status="*")
    assert "evil" not in page.headers.get("Location", "")
