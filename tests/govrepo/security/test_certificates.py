"""What a certificate means for a session: blocked with the next request (R-9.3), needed for everything where the site says so (SOD-14)."""

from datetime import timedelta

import pytest
from webtest import TestApp

from govrepo import clock
from govrepo.security import accounts, certificates
from govrepo.trust import data
from govrepo.trust.authorities import serial_of
from tests.app import login, running, site
from tests.desk import journaled
from tests.pki import certificate_login, equip, found_authorities


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with running(tmp_path_factory.mktemp("site")) as app:
        found_authorities(app)
        yield app


@pytest.fixture
def app(made):
    yield made
    clock.reset()


@pytest.fixture
def strict(made):
    values = made.registry.govrepo_settings._values
    values["certificate_required"] = True
    yield made
    values["certificate_required"] = False


def is_out(browser):
    answer = browser.get("/", status="*")
    return answer.status_int == 303 and "/login" in answer.location


@pytest.mark.parametrize("how", ["hold", "revoke"])
def test_r_9_3_a_blocked_certificate_acts_no_more_from_the_next_request_on(app, how):
    key, certificate = equip(app, "gz.clerk")
    browser, _answer = certificate_login(app, key, certificate)
    page = browser.get("/exchange/guangzhou/report")
    with site(app) as root:
        act = {"hold": data.hold, "revoke": lambda *given: data.revoke(given[0], given[1], "keyCompromise", given[2])}
        act[how](root, serial_of(certificate), clock.now())
    reported = len(journaled(app, "incident.report"))
    form = next(form for form in page.forms.values() if "words" in form.fields)
    form["words"] = "被挂失的证书"
    assert form.submit(status="*").status_int in (400, 403)
    assert len(journaled(app, "incident.report")) == reported
    assert is_out(browser)


def test_a_session_ends_when_its_certificate_does(app):
    key, certificate = equip(app, "gz.clerk", days=1)
    browser, _answer = certificate_login(app, key, certificate)
    assert not is_out(browser)
    with site(app) as root:
        person = root.logins["gz.clerk"]
        (serial,) = [
            each for each in person.sessions if person.sessions[each].get("certificate") == serial_of(certificate)
        ]
        with clock.frozen(clock.now() + timedelta(days=1, hours=1)):
            person.sessions[serial] |= {"opened": clock.micros(clock.now())}
            data.renew_crl(root, app.registry, clock.now())
            assert not certificates.stands(app.registry, root, person, serial)
        person.sessions[serial] |= {"opened": clock.micros(clock.now())}
        data.renew_crl(root, app.registry, clock.now())
        assert certificates.stands(app.registry, root, person, serial)


def test_a_session_ends_when_the_certificate_is_somebody_elses(app):
    key, certificate = equip(app, "gz.clerk")
    browser, _answer = certificate_login(app, key, certificate)
    with site(app) as root:
        root.trust.bindings[serial_of(certificate)] = root.logins["jm.clerk"].id
    assert is_out(browser)


def test_a_session_ends_when_the_list_of_revoked_ones_is_stale(app):
    """Fail closed: without a valid list nobody knows."""
    key, certificate = equip(app, "gz.clerk")
    browser, _answer = certificate_login(app, key, certificate)
    with site(app) as root, clock.frozen(clock.now() - timedelta(days=8)):
        data.renew_crl(root, app.registry, clock.now())
    assert is_out(browser)
    with site(app) as root:
        data.renew_crl(root, app.registry, clock.now())
    assert not is_out(browser)


def test_a_password_session_minds_no_certificate(app):
    browser = login(app, "gz.clerk")
    assert not is_out(browser)
    with site(app) as root:
        person = root.logins["gz.clerk"]
        assert certificates.certificate_of(person, accounts.open_session(person, "10.0.0.7")) == ""


def test_sod_14_a_password_alone_opens_nothing(strict):
    browser = login(strict, "gz.clerk")
    for path in ("/", "/assigned", "/exchange/guangzhou", "/no-such-page", "/uploads", "/pulse"):
        answer = browser.get(path, status=403)
        assert "须用数字证书登录" in answer.text
        assert "SOD-14" in answer.text
        assert "广州" not in answer.text
    entry = journaled(strict, "session.certificate")[-1]
    assert (entry.result, entry.subject) == ("refused", "/pulse")


def test_sod_14_what_stays_open(strict):
    browser = login(strict, "gz.clerk")
    for path in ("/password", "/login/certificate", "/trust/users.crl", "/trust/root.cer", "/static/govrepo.css"):
        assert browser.get(path).status_int == 200
    form = browser.get("/", status=403).forms[0]
    assert form.submit().status_int == 303
    assert is_out(browser)


def test_sod_14_with_the_certificate_everything_opens(strict):
    key, certificate = equip(strict, "gz.clerk")
    first = login(strict, "gz.clerk")
    browser, answer = certificate_login(strict, key, certificate, browser=first)
    assert answer.status_int == 303
    assert browser.get("/exchange/guangzhou/waiting").status_int == 200
    assert is_out(TestApp(strict, extra_environ={"REMOTE_ADDR": "10.0.0.7"}))


def test_sod_14_a_due_password_comes_first(strict):
    browser = login(strict, "gz.clerk")
    with site(strict) as root:
        root.logins["gz.clerk"].must_change_password = True
    assert browser.get("/").location == "http://localhost/password"
    with site(strict) as root:
        root.logins["gz.clerk"].must_change_password = False
