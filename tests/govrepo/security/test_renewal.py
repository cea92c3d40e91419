from datetime import timedelta

import pytest

from govrepo import clock


@pytest.fixture
def newcomer(web, browser):
    """A browser logged in with an initial password."""
    web.change(lambda site: setattr(site.people["alice"], "must_change_password", True))
    browser.log_in()
    return browser


@pytest.mark.parametrize("path", ["/", "/greet", "/locked", "/boom"])
def test_everything_leads_to_the_change_of_password(newcomer, path):
    answer = newcomer.get(path)
    assert (answer.status_int, answer.location) == (303, "http://localhost/password")


def test_nothing_can_be_posted_either(newcomer, web):
    token = newcomer.get("/password").forms["change"]["csrf_token"].value
    answer = newcomer.post("/write", {"csrf_token": token, "note": "x"})
    assert answer.status_int == 303
    assert web.change(lambda site: dict(site.notes)) == {}


@pytest.mark.parametrize("path", ["/password", "/static/favicon.svg"])
def test_what_stays_open(newcomer, path):
    assert newcomer.get(path).status_int == 200


def test_leaving_stays_open(newcomer, web):
    token = newcomer.get("/password").forms["change"]["csrf_token"].value
    assert newcomer.post("/logout", {"csrf_token": token}).location.endswith("/login")
    assert web.sessions("alice") == []


def test_an_old_password_is_due_again(web, browser):
    with clock.frozen(clock.now() + timedelta(days=91)):
        browser.log_in()
        assert browser.get("/").location.endswith("/password")


def test_strangers_are_not_asked(browser):
    assert browser.get("/login").status_int == 200
