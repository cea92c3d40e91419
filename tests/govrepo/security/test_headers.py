import pytest
from pyramid.interfaces import ITweens

from govrepo.security.headers import ALWAYS


@pytest.fixture
def browser(public):
    public.registry.throttle._counts.clear()
    return public.browser()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/login", 200),
        ("/", 303),
        ("/static/favicon.svg", 200),
        ("/static/no-such-file", 404),
        ("/no/such/page", 404),
        ("/refuse_plainly", 403),
        ("/refuse", 403),
        ("/boom", 500),
        ("/always_conflict", 500),
        ("/%00", 400),
    ],
)
def test_every_answer_carries_them(browser, path, status):
    answer = browser.get(path)
    if path == "/refuse":
        status = 303  # A stranger is asked to log in.
    assert answer.status_int == status
    for name, value in ALWAYS.items():
        assert answer.headers.getall(name) == [value]


def test_no_script_or_style_may_stand_in_a_page():
    assert "unsafe" not in ALWAYS["Content-Security-Policy"]


def test_personal_pages_are_kept_nowhere_and_static_ones_may_be(browser):
    assert browser.get("/login").headers["Cache-Control"] == "no-store"
    assert "no-store" not in browser.get("/static/favicon.svg").headers.get("Cache-Control", "")


def test_a_view_may_be_stricter(browser):
    answer = browser.get("/own_headers")
    assert answer.headers.getall("Content-Security-Policy") == ["sandbox"]
    assert answer.headers.getall("Cache-Control") == ["private, no-cache"]


def test_tls_is_demanded_only_where_it_is_configured(build):
    assert "Strict-Transport-Security" not in build().browser().get("/login").headers
    answer = build(secure_cookies="on").browser(**{"wsgi.url_scheme": "https"}).get("/login")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_an_unexpected_error_is_logged_and_keeps_its_cause_to_itself(browser, caplog):
    answer = browser.get("/boom")
    assert answer.status_int == 500
    assert "服务器出错" in answer.text
    assert "the cause stays inside" not in answer.text
    assert "the cause stays inside" in caplog.text


def test_the_tween_is_the_outermost(web):
    names = [name for name, _factory in web.registry.queryUtility(ITweens).implicit()]
    ours = [name.rpartition(".")[2] for name in names]
    expected = [
        "headers_tween",
        "proxy_tween",
        "urlspace_tween",
        "refusals_tween",
        "networks_tween",
        "tm_tween_factory",
    ]
    assert ours[: len(expected)] == expected
