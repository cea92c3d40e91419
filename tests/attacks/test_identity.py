"""Pretending to be somebody (S9-S14): forged and stolen cookies, guessed passwords, planted sessions, lying headers."""

import base64
import hashlib
import hmac
import pickle
import time
from pathlib import Path

import pytest
from pyramid.authentication import AuthTicket

from govrepo.security.accounts import open_session
from tests.govrepo.security.site import PASSWORD


class _Bomb:
    """Runs code when unpickled: it makes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (Path.touch, (Path(self.path),))


def _signed(key, payload):
    """A session cookie as Pyramid signs it, with the site's very key."""
    salted = hashlib.sha512(b"pyramid.session." + key).digest()
    signature = hmac.new(salted, payload, hashlib.sha512).digest()
    return base64.urlsafe_b64encode(signature + payload).rstrip(b"=").decode()


def _ticket(secret, account, serial, **named):
    encoded = base64.b64encode(account.encode()).decode()
    named = {"hashalg": "sha512", "user_data": "userid_type:b64unicode", **named}
    return AuthTicket(secret, encoded, "0.0.0.0", tokens=(serial,), **named).cookie_value()  # noqa: S104


def _with_ticket(web, value):
    browser = web.browser()
    browser.set_cookie("govrepo_ticket", value)
    return browser


def test_a_pickle_in_the_session_cookie_is_never_loaded(web, browser, tmp_path):
    bomb = tmp_path / "exploded"
    now = time.time()
    browser.set_cookie(
        "govrepo_session", _signed(web.registry.secrets.key("session"), pickle.dumps((now, now, _Bomb(bomb))))
    )
    assert browser.get("/token").status_int == 200
    assert not bomb.exists()


def test_a_ticket_needs_the_tickets_own_key(web):
    serial = web.change(lambda site: open_session(site.people["alice"], ""))
    right = web.registry.secrets.key("ticket").hex()
    assert _with_ticket(web, _ticket(right, "alice", serial)).get("/").status_int == 200
    for secret in ("", "s3cr3t", web.registry.secrets.key("session").hex()):
        assert _with_ticket(web, _ticket(secret, "alice", serial)).get("/").status_int == 303


def test_even_with_the_key_a_serial_must_be_the_accounts_own(web):
    """A leaked key alone opens nothing: sessions are kept on the server."""
    key = web.registry.secrets.key("ticket").hex()
    serial = web.change(lambda site: open_session(site.people["bob"], ""))
    for account, guess in (("alice", serial), ("alice", "s" + "0" * 48), ("nobody", serial), ("mallory", serial)):
        assert _with_ticket(web, _ticket(key, account, guess)).get("/greet").status_int == 303
    assert _with_ticket(web, _ticket(key, "bob", serial, hashalg="md5")).get("/greet").status_int == 303
    assert _with_ticket(web, _ticket(key, "bob", serial)).get("/greet").text == "<p>bob</p>"


def test_an_altered_ticket_is_nobodys(web, browser):
    browser.log_in("bob")
    genuine = browser.cookie("govrepo_ticket").value
    name = base64.b64encode(b"bob").decode()
    other = base64.b64encode(b"ali").decode()
    assert name in genuine
    assert _with_ticket(web, genuine).get("/greet").status_int == 200
    for altered in (genuine.replace(name, other), genuine[:-1], genuine + "!x", genuine.replace("!s", "!t")):
        assert _with_ticket(web, altered).get("/greet").status_int == 303


def test_two_tickets_at_once_are_not_two_persons(web, browser):
    browser.log_in()
    genuine = browser.cookie("govrepo_ticket").value
    answer = web.browser().get("/greet", headers={"Cookie": f"govrepo_ticket=x; govrepo_ticket={genuine}"})
    assert answer.status_int in {200, 303}
    assert "bob" not in answer.text


@pytest.mark.parametrize(
    "environ",
    [
        {"REMOTE_USER": "alice"},
        {"HTTP_X_REMOTE_USER": "alice"},
        {"HTTP_AUTHORIZATION": "Basic YWxpY2U6eA=="},
        {"HTTP_X_FORWARDED_USER": "alice"},
        {"AUTH_TYPE": "cookie", "REMOTE_USER_TOKENS": "s1"},
    ],
)
def test_no_header_makes_a_person(web, environ):
    assert web.browser(**environ).get("/greet").status_int == 303


def test_nobody_acts_for_another(web, browser):
    """SOD-11: no parameter, header or path changes whom a request counts for."""
    browser.log_in("bob")
    for path in ("/greet?person=alice", "/greet?login=alice&as=alice", "/greet?userid=alice&_su=alice"):
        assert browser.get(path, headers={"X-Sudo": "alice", "X-Acting-For": "person:alice"}).text == "<p>bob</p>"


def test_a_session_planted_before_the_login_gives_nothing(web, browser):
    attacker = web.browser()
    known = attacker.token()
    planted = attacker.cookie("govrepo_session").value
    browser.set_cookie("govrepo_session", planted)
    form = browser.get("/login").forms[0]
    assert form["csrf_token"].value == known
    form["login"], form["password"] = "alice", PASSWORD
    form.submit()
    assert browser.token() != known
    assert attacker.get("/greet").status_int == 303
    attacker.set_cookie("govrepo_session", browser.cookie("govrepo_session").value)
    assert attacker.get("/greet").status_int == 303


def test_guessing_is_slowed_and_every_guess_is_on_record(web, browser):
    answers = [browser.log_in("alice", f"guess-{n}").status_int for n in range(8)]
    assert answers == [401] * 5 + [429] * 3
    refused = [entry for entry in web.entries() if entry.result == "refused"]
    assert len(refused) == 8
    assert {entry.details["login"] for entry in refused} == {"alice"}


def test_spraying_one_password_over_many_names_is_slowed_too(browser):
    answers = [browser.log_in(f"name{n}", "spring-2013").status_int for n in range(22)]
    assert answers == [401] * 20 + [429] * 2


@pytest.mark.parametrize("password", ["x" * 80, "密" * 26, "x" * 5000, "x" * 9000, "\u202e", "a" + "é" * 600])
def test_no_password_is_too_long_to_be_wrong(browser, password):
    assert browser.log_in("alice", password).status_int == 401


@pytest.mark.parametrize(
    "login", ["x" * 5000, "<script>", "alice\n", "'; drop", "{}", "../alice", "alice%00", "__class__"]
)
def test_no_name_breaks_the_login(web, browser, login):
    answer = browser.log_in(login, "wrong")
    assert answer.status_int == 401
    assert "<script>" not in answer.text
    assert len(web.entries()[-1].details["login"]) <= 64


def test_the_page_does_not_tell_which_names_exist(web):
    pages = set()
    for name in ("alice", "mallory", "no-such-name"):
        browser = web.browser()
        page = browser.log_in(name, "wrong")
        pages.add((page.status, page.text.replace(page.forms[0]["csrf_token"].value, "")))
    assert len(pages) == 1


def test_a_lying_host_header_gets_into_no_page(browser):
    for path in ("/login", "/greet", "/no-such-page"):
        answer = browser.get(path, headers={"Host": "evil.example"})
        assert "evil.example" not in answer.text.partition("<body")[2]
