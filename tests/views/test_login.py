# ruff: noqa: F811 - A fixture is imported and then named as a parameter.
from datetime import timedelta

import pytest

from govrepo import clock
from tests.govrepo.security.fixtures import browser, build, public, web  # noqa: F401 - pytest finds fixtures by name.
from tests.govrepo.security.site import PASSWORD
from views.login import own_path

NEW = "a-new-one-of-2013"


def test_the_form_comes_in_chinese_without_any_script(browser):
    page = browser.get("/login")
    assert page.status_int == 200
    assert page.html.html["lang"] == "zh-CN"
    assert [label.text for label in page.html.find_all("label")] == ["用户名", "密码"]
    assert not page.html.find_all(["script", "style"])
    assert "onclick" not in page.text
    assert {link["href"] for link in page.html.find_all("link", rel="stylesheet")} == {
        "/static/vendor/bootstrap.min.css",
        "/static/govrepo.css",
    }


def test_in_english_for_those_who_chose_it(browser):
    browser.set_cookie("_LOCALE_", "en")
    assert browser.get("/login").html.html["lang"] == "en"


def test_a_login_leads_where_the_visitor_wanted(browser):
    answer = browser.get("/greet?page=2")
    assert answer.location == "http://localhost/login?came_from=%2Fgreet%3Fpage%3D2"
    form = answer.follow().forms[0]
    form["login"], form["password"] = "alice", PASSWORD
    answer = form.submit()
    assert (answer.status_int, answer.location) == (303, "http://localhost/greet?page=2")


def test_who_is_logged_in_already_goes_on(browser):
    browser.log_in()
    assert browser.get("/login?came_from=/greet").location == "http://localhost/greet"


def test_wrong_credentials_are_answered_401_without_the_password(browser):
    answer = browser.log_in("alice", "a-secret-mistyped", came_from="/greet")
    assert answer.status_int == 401
    assert "用户名或密码不正确" in answer.html.find(role="alert").text
    assert "a-secret-mistyped" not in answer.text
    assert answer.forms[0]["came_from"].value == "/greet"


def test_too_many_tries_are_answered_429_even_with_the_right_password(browser):
    for _ in range(5):
        assert browser.log_in("alice", "wrong").status_int == 401
    answer = browser.log_in()
    assert answer.status_int == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert f"{answer.headers['Retry-After']} 秒" in answer.html.find(role="alert").text


def test_the_wait_is_the_same_for_names_that_do_not_exist(browser):
    waits = []
    with clock.frozen(clock.now()):
        for name in ("alice", "nobody"):
            for _ in range(6):
                answer = browser.log_in(name, "wrong")
            waits.append((answer.status_int, answer.headers["Retry-After"]))
    assert waits == [(429, "60"), (429, "60")]


def test_after_the_wait_the_right_password_gets_in(browser):
    now = clock.now()
    with clock.frozen(now):
        for _ in range(5):
            browser.log_in("alice", "wrong")
    with clock.frozen(now + timedelta(seconds=61)):
        assert browser.log_in().status_int == 303


def test_a_form_that_lay_open_too_long_comes_afresh(browser, web):
    answer = browser.post("/login", {"login": "alice", "password": PASSWORD, "came_from": "/greet"})
    assert answer.status_int == 400
    assert "页面已过期" in answer.text
    form = answer.forms[0]
    form["login"], form["password"] = "alice", PASSWORD
    assert form.submit().location == "http://localhost/greet"
    assert ("request.verify", "anonymous", "refused") in web.actions()


def test_a_file_in_place_of_the_name_is_no_name(browser):
    fields = {"csrf_token": browser.token(), "password": PASSWORD}
    assert browser.post("/login", fields, upload_files=[("login", "alice", b"alice")]).status_int == 401


def test_logout_by_get_does_not_exist(browser):
    browser.log_in()
    assert browser.get("/logout").status_int == 404
    assert browser.get("/greet").status_int == 200


def test_a_post_after_the_session_ended_is_refused_and_shows_the_form(browser, web):
    browser.log_in()
    token = browser.token()
    web.revoke("alice")
    answer = browser.post("/write", {"csrf_token": token, "note": "x"})
    assert answer.status_int == 403
    assert answer.forms[0]["came_from"].value == "/"
    assert web.change(lambda site: dict(site.notes)) == {}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/box/1?page=2#x", "/box/1?page=2#x"),
        ("/公文", "/公文"),
        ("", "/"),
        ("box", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("http://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        (" /box", "/"),
        ("/\tevil", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
        ("/\u202eevil", "/"),
        ("/login?came_from=/login", "/"),
        ("/logout", "/"),
        ("/" + "a" * 1000, "/"),
    ],
)
def test_redirects_stay_on_this_site(given, path):
    assert own_path(given) == path


@pytest.mark.parametrize("place", ["//evil.example", "http://evil.example/", "/\\evil.example"])
def test_no_login_leads_elsewhere(browser, place):
    assert browser.log_in(came_from=place).location == "http://localhost/"


def test_sample_logins_show_on_a_developers_machine_only(build):
    for developer, shown in (("yes", True), ("no", False)):
        web = build(developer=developer)
        assert "示例账户" not in web.browser().get("/login").text
        web.registry.sample_logins = lambda request: [("alice", "<sample>", "收文员")]
        page = web.browser().get("/login")
        assert ("收文员" in page.text) is shown
        assert "<sample>" not in page.text


def _change(browser, current=PASSWORD, new=NEW, repeated=NEW):
    form = browser.get("/password").forms["change"]
    form["current"], form["new"], form["repeated"] = current, new, repeated
    return form.submit()


def test_a_changed_password_is_the_only_one_and_ends_all_other_sessions(browser, web):
    other = web.browser()
    other.log_in()
    browser.log_in()
    answer = _change(browser)
    assert (answer.status_int, answer.location) == (303, "http://localhost/")
    assert browser.get("/").status_int == 200
    assert other.get("/").status_int == 303
    assert len(web.sessions("alice")) == 1
    assert web.actions()[-1] == ("password.change", "person:alice", "allowed")
    assert web.browser().log_in().status_int == 401
    assert web.browser().log_in(password=NEW).status_int == 303


def test_an_initial_password_is_changed_at_the_first_login(browser, web):
    web.change(lambda site: setattr(site.people["alice"], "must_change_password", True))
    browser.log_in()
    page = browser.get("/").follow()
    assert "首次登录或密码已到期" in page.text
    assert _change(browser).status_int == 303
    assert browser.get("/").text.startswith("alice")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"current": "wrong"}, "当前密码不正确"),
        ({"repeated": "another-one-of-2013"}, "两次输入的新密码不一致"),
        ({"new": "short", "repeated": "short"}, "新密码至少 10 个字符"),
        ({"new": "长" * 400, "repeated": "长" * 400}, "新密码过长"),
        ({"new": PASSWORD, "repeated": PASSWORD}, "新密码不能与当前密码相同"),
    ],
)
def test_a_change_that_is_not_made_says_why(browser, web, fields, problem):
    browser.log_in()
    answer = _change(browser, **fields)
    assert answer.status_int == 422
    assert problem in answer.html.find(role="alert").text
    assert not any(value in answer.text for value in fields.values() if value != "wrong")
    assert web.browser().log_in().status_int == 303


def test_guessing_the_current_password_is_throttled_and_journaled(browser, web):
    browser.log_in()
    answers = [_change(browser, current="wrong").status_int for _ in range(5)]
    assert answers == [422] * 5
    assert _change(browser).status_int == 429
    assert web.actions()[-6:] == [("password.change", "person:alice", "refused")] * 6


def test_strangers_are_asked_to_log_in_first(browser):
    assert browser.get("/password").location == "http://localhost/login?came_from=%2Fpassword"
    assert browser.post("/password", {"csrf_token": browser.token()}).status_int == 403


def test_an_old_password_must_differ_from_the_name(browser, web):
    web.change(lambda site: setattr(site.people["alice"], "login", NEW.upper()))
    web.change(lambda site: site.people.__setitem__(NEW.upper(), site.people["alice"]))
    browser.log_in(NEW.upper())
    assert "不能与用户名相同" in _change(browser).text
