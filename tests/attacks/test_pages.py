"""Smuggling script, frames and foreign requests into pages (S4-S8, S13, S15)."""

import pytest

MARKUP = '"><script>alert(1)</script>'


@pytest.fixture
def alice(public):
    browser = public.browser()
    browser.log_in()
    return browser


@pytest.mark.parametrize("path", ["/login?came_from=/{}", "/login?x={}", "/{}", "/locked/{}", "/greet/{}"])
@pytest.mark.parametrize("who", ["stranger", "alice"])
def test_markup_in_an_address_never_comes_back_as_markup(public, alice, path, who):
    browser = alice if who == "alice" else public.browser()
    answer = browser.get(path.format(MARKUP), headers={"Accept": "text/html"})
    assert answer.status_int in {200, 303, 403, 404}
    assert "<script" not in answer.text


def test_markup_in_a_failed_login_never_comes_back_as_markup(public):
    browser = public.browser()
    answer = browser.log_in(MARKUP, MARKUP, came_from=f"/{MARKUP}")
    assert answer.forms[0]["came_from"].value == f"/{MARKUP}"
    assert "<script" not in answer.text


@pytest.mark.parametrize("path", ["/login", "/password", "/", "/no-such-page", "/static/favicon.svg"])
def test_no_page_may_be_framed_sniffed_or_scripted_from_outside(alice, path):
    headers = alice.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("SAMEORIGIN", "nosniff")


@pytest.mark.parametrize("path", ["/login", "/logout", "/password", "/write"])
@pytest.mark.parametrize("fields", [{}, {"csrf_token": ""}, {"csrf_token": "0" * 64}])
def test_no_post_works_from_a_foreign_page(web, path, fields):
    """The browser sends the cookies along, but the foreign page knows no token."""
    browser = web.browser()
    browser.log_in()
    before = web.sessions("alice")
    answer = browser.post(path, {"note": "x", "login": "bob", **fields}, headers={"Origin": "http://evil.example"})
    assert answer.status_int == 400
    assert web.sessions("alice") == before
    assert browser.get("/greet").text == "<p>alice</p>"


def test_a_get_never_logs_out_or_changes_anything(web):
    browser = web.browser()
    browser.log_in()
    state = web.change(lambda site: site._p_jar.db().lastTransaction())
    for path in ("/", "/logout", "/password?new=x", "/write?note=x", "/login?login=alice&password=x", "/pulse"):
        browser.get(path)
    assert web.change(lambda site: site._p_jar.db().lastTransaction()) == state


def test_a_big_selection_never_meets_the_cookies_limit(alice):
    rows = "/".join(f"n{number:04d}" for number in range(1100))
    answer = alice.post("/write", {"csrf_token": alice.token(), "note": rows})
    assert answer.text == "written"
    assert all(len(value) < 1000 for name, value in answer.headers.items() if name == "Set-Cookie")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_no_method_gets_around_the_token(alice, method):
    assert alice.request("/write", method=method).status_int in {400, 404}


def test_overriding_the_method_does_not_get_around_it(alice):
    assert alice.get("/write?_method=POST&note=x", headers={"X-HTTP-Method-Override": "POST"}).status_int == 404
