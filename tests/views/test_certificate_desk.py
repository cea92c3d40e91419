"""The security officer's desk: folders, filters."""

import pytest

from policies.certificate import STATES
from tests.attacks import scene
from tests.desk import rows, words
from tests.pki import found_authorities
from tools import messages


@pytest.fixture(autouse=True, scope="module")
def _authority(shared_app):
    found_authorities(shared_app)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("review", "applied"),
        ("to_issue", "approved"),
        ("issued", "issued"),
        ("active", "active"),
        ("suspended", "suspended"),
        ("all", "noted"),
    ],
)
def test_each_folder_holds_its_states(shared_app, desk, folder, name):
    before = len(rows(desk("security").get(f"/certificates?state={folder}")))
    scene.make(shared_app, f"{name}_certificate")
    page = desk("security").get(f"/certificates?state={folder}")
    assert len(rows(page)) == before + 1
    assert page.html.select("a[aria-current=page] .gr-count")[0].text == str(before + 1)


def test_filters_of_person_and_end(shared_app, desk):
    scene.make(shared_app, "active_certificate")
    everything = len(rows(desk("security").get("/certificates?state=active")))
    assert everything > 0
    for query, number in (
        ("person=zh2.officer", everything),
        ("person=gz.clerk", 0),
        ("person=nobody", 0),
        ("until=2014-12-31", everything),
        ("until=2013-06-30", 0),
    ):
        assert len(rows(desk("security").get(f"/certificates?state=active&{query}"))) == number, query
    assert "没有符合条件" in words(desk("security").get("/certificates?state=active&person=nobody"))


@pytest.mark.parametrize("query", ["state=x", "until=x", "until=9999-12-31"])
def test_senseless_addresses_are_refused(desk, query):
    desk("security").get(f"/certificates?{query}", status=400)


def test_the_first_page_counts_what_waits(shared_app, desk):
    for name in ("applied", "approved", "suspended"):
        scene.make(shared_app, f"{name}_certificate")
    shown = words(desk("security").get("/"))
    assert all(text in shown for text in ("证书申请：待审核", "证书：待发放", "证书：挂失中"))
    assert "证书申请：待审核" in words(desk("tech").get("/"))
    assert "证书：待发放" not in words(desk("tech").get("/"))
    assert "待审核" not in words(desk("gz.clerk").get("/"))


def test_a_long_folder_is_shown_page_by_page_with_its_filter_kept(shared_app, desk, monkeypatch):
    monkeypatch.setattr("views.certificate_desk.PAGE", 2)
    for _each in range(3):
        scene.make(shared_app, "applied_certificate")
    security = desk("security")
    seen, address = [], "/certificates?state=review&person=zh2.officer"
    while address:
        page = security.get(address)
        seen += [each["href"] for each in page.html.select("tbody a[data-open]")]
        assert len(rows(page)) <= 2
        following = page.html.select_one("a[rel=next]")
        address = f"/certificates{following['href']}" if following else ""
    total = page.html.select_one("a[aria-current=page] .gr-count").text
    assert len(seen) == len(set(seen)) == int(total)
    assert page.html.select_one("a[rel=prev]")["href"] == "?state=review&person=zh2.officer"
    security.get("/certificates?state=review&after=x", status=400)


def test_in_english_a_revoked_certificate_is_called_so():
    """Not "closed", which an account is."""
    assert messages.translated(messages.ENGLISH)[STATES["revoked"]] == "Revoked"
