from datetime import UTC, datetime

from govrepo import clock
from govrepo.security.sessions import cookie_name


def test_cookie_names():
    assert cookie_name("govrepo_session", secure=False) == "govrepo_session"
    assert cookie_name("govrepo_session", secure=True) == "__Host-govrepo_session"


def test_the_cookie_is_signed_json_out_of_reach_of_scripts(browser):
    answer = browser.get("/token")
    [cookie] = answer.headers.getall("Set-Cookie")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Strict")
    _renewed, _created, content = browser.session_content()
    assert content == {"csrf": answer.text}


def test_a_forged_cookie_counts_as_none(browser):
    token = browser.token()
    value = browser.cookie("govrepo_session").value
    browser.set_cookie("govrepo_session", value[:-4] + "AAAA")
    assert browser.token() != token


def test_a_static_file_sets_no_cookie(browser):
    browser.log_in()
    with clock.frozen(datetime(2013, 1, 4, tzinfo=UTC)):
        assert "Set-Cookie" not in browser.get("/static/favicon.svg").headers
