import pytest
from webob import Request

from govrepo.security import paths


@pytest.fixture
def ask(public):
    def request(path, method="GET"):
        made = Request.blank(path, method=method)
        made.registry = public.registry
        return made

    return request


@pytest.mark.parametrize(
    ("path", "static", "quiet"),
    [
        ("/static/govrepo.css", True, False),
        ("/favicon.ico", True, False),
        ("/statics", False, False),
        ("/pulse", False, True),
        ("/pulse/box/7", False, True),
        ("/pulses", False, False),
        ("/box/pulse", False, False),
    ],
)
def test_public_and_quiet_paths(ask, path, static, quiet):
    assert (paths.is_public(ask(path)), paths.is_quiet(ask(path))) == (static, quiet)


@pytest.mark.parametrize(
    ("path", "method", "needed"),
    [
        ("/", "GET", True),
        ("/login", "GET", False),
        ("/login", "POST", True),
        ("/login/x", "GET", True),
        ("/pulse", "GET", False),
        ("/static/govrepo.css", "GET", False),
    ],
)
def test_what_the_journal_must_be_writable_for(ask, path, method, needed):
    assert paths.needs_journal(ask(path, method)) is needed


def test_a_page_that_refreshes_itself_keeps_no_session_alive_but_needs_the_journal(ask):
    request = ask("/exchange/guangzhou/outbox/2013-01/s1/status")
    assert not paths.is_poll(request)
    request.headers["X-Poll"] = "yes"
    assert paths.is_poll(request)
    assert paths.needs_journal(request)
    assert paths.is_poll(ask("/pulse"))


@pytest.mark.parametrize(("method", "reading"), [("GET", True), ("HEAD", True), ("POST", False), ("PATCH", False)])
def test_reading_methods(ask, method, reading):
    assert paths.is_reading(ask("/", method)) is reading


def test_an_undecodable_path_can_be_asked_about(ask):
    request = ask("/")
    request.environ["PATH_INFO"] = "/\xff"
    assert not paths.is_public(request)
