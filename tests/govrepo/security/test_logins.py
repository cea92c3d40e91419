from argon2 import PasswordHasher

from govrepo.security import logins
from tests.govrepo.security.site import PASSWORD


def test_a_login_is_journaled_with_its_session_in_the_same_commit(web, browser):
    browser.log_in()
    entry = web.entries()[-1]
    assert (entry.action, entry.actor, entry.subject) == (logins.LOGIN, "person:alice", "person:alice")
    assert [entry.session] == web.sessions("alice")
    assert entry.address == "10.0.0.7"


def test_the_journal_tells_failures_apart_though_the_page_does_not(web, browser):
    pages = {browser.log_in("alice", "wrong").text.replace(token, "") for token in [browser.token()]}
    pages |= {browser.log_in(name, PASSWORD).text.replace(browser.token(), "") for name in ("nobody", "mallory")}
    assert len(pages) == 1
    told = [(entry.action, entry.actor, entry.reason, entry.details["login"]) for entry in web.entries()[-3:]]
    assert told == [
        (logins.LOGIN, "anonymous", "wrong password", "alice"),
        (logins.LOGIN, "anonymous", "unknown name", "nobody"),
        (logins.LOGIN, "anonymous", "account is suspended", "mallory"),
    ]


def test_no_password_reaches_the_journal(web, browser):
    browser.log_in("alice", "a-secret-mistyped")
    browser.log_in()
    assert "a-secret-mistyped" not in str(web.entries())
    assert PASSWORD not in str(web.entries())


def test_an_old_hash_is_renewed_at_login(web, browser):
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    web.change(lambda site: setattr(site.people["alice"], "password_hash", weak))
    assert browser.log_in().status_int == 303
    assert web.change(lambda site: site.people["alice"].password_hash).startswith("$argon2id$v=19$m=19456,t=2")
    assert web.browser().log_in().status_int == 303


def test_logging_out_ends_this_session_only(web, browser):
    other = web.browser()
    browser.log_in()
    other.log_in()
    answer = browser.post("/logout", {"csrf_token": browser.token()})
    assert answer.location.endswith("/login")
    assert browser.get("/").status_int == 303
    assert other.get("/").status_int == 200
    assert web.actions()[-1] == (logins.LOGOUT, "person:alice", "allowed")
    assert [entry.session for entry in web.entries()][-1] not in web.sessions("alice")


def test_a_stolen_ticket_is_worthless_after_logout(web, browser):
    browser.log_in()
    stolen = browser.cookie("govrepo_ticket").value
    browser.post("/logout", {"csrf_token": browser.token()})
    thief = web.browser()
    thief.set_cookie("govrepo_ticket", stolen)
    assert thief.get("/").status_int == 303


def test_a_stranger_may_log_out_without_a_trace(web, browser):
    before = len(web.entries())
    assert browser.post("/logout", {"csrf_token": browser.token()}).status_int == 303
    assert len(web.entries()) == before
