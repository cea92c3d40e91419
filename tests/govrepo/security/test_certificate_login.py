"""Login by certificate from outside (R-25.1, R-27.1): the proof, whose it is, where else it is used, and what the journal keeps."""

from datetime import timedelta

import pytest

from govrepo import clock
from govrepo.security.certificate_login import WORDS
from govrepo.security.throttle import Throttle
from govrepo.trust import data
from govrepo.trust.authorities import serial_of
from tests.app import login, running, site
from tests.desk import journaled
from tests.pki import Authority, certificate_login, equip, found_authorities, new_key, signed_text


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with running(tmp_path_factory.mktemp("site")) as app:
        found_authorities(app)
        yield app
    clock.reset()


@pytest.fixture
def app(made):
    settings = made.registry.govrepo_settings
    made.registry.throttle = Throttle(settings.login_attempts, settings.login_wait_seconds)
    yield made
    clock.reset()
    with site(made) as root:
        for person in root["people"].values():
            person.sessions.clear()
            person.state = "active"
        root.trust.alarms.clear()


def refused(app, key, certificate, expected, **named):
    before = len(journaled(app, "session.login", "refused"))
    browser, answer = certificate_login(app, key, certificate, **named)
    assert answer.status_int == 401
    assert WORDS[expected] in answer.html.find(role="alert").text
    entries = journaled(app, "session.login", "refused")[before:]
    assert [(entry.reason, entry.details["certificate"]) for entry in entries] == [(expected, serial_of(certificate))]
    assert browser.get("/", status="*").status_int == 303


def test_r_25_1_the_certificate_stands_in_every_entry(app):
    key, certificate = equip(app, "gz.clerk")
    before = len(journaled(app))
    browser, answer = certificate_login(app, key, certificate)
    assert (answer.status_int, answer.location) == (303, "http://localhost/")
    assert browser.get("/").status_int == 200
    browser.get("/manage", status=403)
    page = browser.get("/assigned")
    token = page.html.find("input", {"name": "csrf_token"})["value"]
    browser.post("/exchange/guangzhou/report", {"words": "网络不通", "csrf_token": token}, status=303)
    browser.post("/logout", {"csrf_token": token}, status=303)
    entries = journaled(app)[before:]
    assert {entry.action for entry in entries} >= {"session.login", "page.get", "incident.report", "session.logout"}
    assert {entry.certificate for entry in entries} == {serial_of(certificate)}


def test_where_the_visitor_wanted_to_go(app):
    key, certificate = equip(app, "gz.clerk")
    browser, _answer = certificate_login(app, key, certificate)
    assert browser.get("/login/certificate?came_from=/assigned").location == "http://localhost/assigned"
    assert browser.get("/login/certificate?came_from=//evil.example").location == "http://localhost/"


def test_a_challenge_cannot_be_replayed(app):
    key, certificate = equip(app, "gz.clerk")
    browser, _answer = certificate_login(app, key, certificate)
    browser.reset()
    text = browser.get("/login/challenge").text
    assert certificate_login(app, key, certificate, text=text)[1].status_int == 303
    refused(app, key, certificate, "spent_challenge", text=text)


def test_a_challenge_of_another_place_or_time(app):
    key, certificate = equip(app, "gz.clerk")
    browser, _answer = certificate_login(app, key, certificate)
    browser.reset()
    elsewhere = browser.get("/login/challenge", headers={"Host": "phishing.example"}).text
    assert "origin: http://phishing.example\n" in elsewhere
    refused(app, key, certificate, "foreign_challenge", text=elsewhere)
    refused(app, key, certificate, "foreign_challenge", text="something else")
    late = browser.get("/login/challenge").text
    clock.travel(clock.now() + timedelta(minutes=3))
    refused(app, key, certificate, "late_challenge", text=late)


def test_who_has_the_certificate_but_not_the_key(app):
    _key, certificate = equip(app, "gz.clerk")
    refused(app, new_key(), certificate, "bad_signature")


def test_r_9_3_held_and_revoked_certificates(app):
    key, certificate = equip(app, "gz.clerk")
    with site(app) as root:
        data.hold(root, serial_of(certificate), clock.now())
    refused(app, key, certificate, "revoked")
    with site(app) as root:
        data.release(root, serial_of(certificate), clock.now())
    assert certificate_login(app, key, certificate)[1].status_int == 303


def test_an_expired_and_a_foreign_certificate(app):
    key, certificate = equip(app, "gz.clerk", days=1)
    clock.travel(clock.now() + timedelta(days=2))
    refused(app, key, certificate, "expired")
    refused(app, key, Authority("用户CA").issue("p1", key), "foreign")


def test_r_27_1_another_persons_certificate(app):
    """The name inside and the site's own index must say the same person."""
    with site(app) as root:
        victim, other = root.logins["gz.clerk"], root.logins["jm.clerk"]
        key = new_key()
        certificate = app.registry.authorities.issue_user(key.public_key(), victim.id, "某人", 365)
        root.trust.bind(serial_of(certificate), other.id)
    refused(app, key, certificate, "other_person")


def test_a_certificate_that_nobody_was_given(app):
    with site(app) as root:
        person = root.logins["gz.clerk"]
        key = new_key()
        certificate = app.registry.authorities.issue_user(key.public_key(), person.id, person.name, 365)
    refused(app, key, certificate, "not_bound")
    with site(app) as root:
        root.trust.bind(serial_of(certificate), "nobody")
    refused(app, key, certificate, "not_bound")


def test_r_39_2_a_suspended_account(app):
    key, certificate = equip(app, "gz.clerk")
    with site(app) as root:
        root.logins["gz.clerk"].state = "suspended"
    refused(app, key, certificate, "no_account")


@pytest.mark.parametrize("words", ["", "nonsense", "-----BEGIN SIGNATURE-----\nAAAA\n-----END SIGNATURE-----\n"])
def test_what_is_no_signature(app, words):
    key, certificate = equip(app, "gz.clerk")
    browser, _answer = certificate_login(app, key, certificate)
    browser.reset()
    form = browser.get("/login/certificate").forms[0]
    form["signed"] = words
    answer = form.submit(status=401)
    assert WORDS["bad_envelope"] in answer.html.find(role="alert").text


def test_what_is_no_certificate(app):
    key, certificate = equip(app, "gz.clerk")
    browser, _answer = certificate_login(app, key, certificate)
    browser.reset()
    form = browser.get("/login/certificate").forms[0]
    form["signed"] = signed_text("text", key, certificate).replace(
        "BEGIN CERTIFICATE-----\nMII", "BEGIN CERTIFICATE-----\nAII"
    )
    answer = form.submit(status=401)
    assert WORDS["malformed"] in answer.html.find(role="alert").text


def test_too_many_tries_wait(app):
    key, certificate = equip(app, "zs.clerk")
    for _ in range(5):
        refused(app, new_key(), certificate, "bad_signature", address="10.0.0.99")
    answer = certificate_login(app, key, certificate, address="10.0.0.99")[1]
    assert answer.status_int == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert certificate_login(app, key, certificate, address="10.0.0.98")[1].status_int == 303


def test_r_27_1_two_addresses_at_once_raise_an_alarm(app):
    key, certificate = equip(app, "gz.clerk")
    first, _answer = certificate_login(app, key, certificate, "10.0.0.1")
    certificate_login(app, key, certificate, "10.0.0.1")
    assert journaled(app, "certificate.alarm") == []
    second, answer = certificate_login(app, key, certificate, "10.0.0.2")
    assert answer.status_int == 303
    assert first.get("/").status_int == second.get("/").status_int == 200
    (entry,) = journaled(app, "certificate.alarm")
    assert entry.certificate == serial_of(certificate)
    assert entry.details == {"here": "10.0.0.2", "elsewhere": ["10.0.0.1"], "refused": False}
    security = login(app, "security")
    assert "证书使用警报" in security.get("/").text
    listed = security.get("/faults").html.find(id="alarms").parent.text
    assert "10.0.0.1" in listed
    assert "10.0.0.2" in listed
    assert serial_of(certificate) in listed


def test_r_27_1_two_addresses_at_once_are_refused_where_the_site_says_so(app):
    key, certificate = equip(app, "gz.clerk")
    values = app.registry.govrepo_settings._values
    values["concurrent_certificate"] = "refuse"
    try:
        first, _answer = certificate_login(app, key, certificate, "10.0.0.1")
        refused(app, key, certificate, "elsewhere", address="10.0.0.2")
        assert first.get("/").status_int == 200
        with site(app) as root:
            assert [alarm["refused"] for alarm in root.trust.alarms.values()] == [True]
        clock.travel(clock.now() + timedelta(hours=13))
        assert certificate_login(app, key, certificate, "10.0.0.2")[1].status_int == 303
    finally:
        values["concurrent_certificate"] = "alarm"
