from datetime import UTC, datetime, timedelta

import pytest

from govrepo import clock
from govrepo.security import tickets

NOW = datetime(2013, 1, 4, 9, tzinfo=UTC)


@pytest.fixture
def desk(browser):
    """Alice's browser, logged in on 4 January 2013."""
    with clock.frozen(NOW):
        browser.log_in()
    return browser


def _at(minutes):
    return clock.frozen(NOW + timedelta(minutes=minutes))


def test_principals_are_those_of_the_person_in_force(web):
    app = web.app
    request = app.request_factory.blank("/")
    request.registry = app.registry
    assert web.registry.ticket_policy.effective_principals(_with(request, None)) == ("system.Everyone",)


def _with(request, identity):
    app_extensions = request.registry.queryUtility(tickets.IAuthenticationPolicy)
    assert app_extensions is not None
    request.identity = identity
    request.principals = tickets._principals(request)
    return request


def test_a_logged_in_person_sees_what_the_principals_allow(desk):
    with _at(1):
        assert desk.get("/").text == "alice的姓名看None"
        assert desk.get("/locked").status_int == 403


def test_without_a_root_everybody_is_anonymous(web):
    request = web.app.request_factory.blank("/")
    request.ticket = tickets.Ticket("alice", "s1")
    assert tickets._identity(request) is None


def test_an_idle_session_ends(desk):
    with _at(30):
        assert desk.get("/").status_int == 200
    with _at(61):
        assert desk.get("/").location.endswith("/login?came_from=%2F")


def test_use_prolongs_a_session_up_to_its_longest_life(desk, web):
    for minutes in range(0, 12 * 60, 20):
        with _at(minutes):
            assert desk.get("/").status_int == 200, minutes
    with _at(12 * 60):
        assert desk.get("/").status_int == 303


def test_polling_never_prolongs_a_session(desk):
    with _at(15):
        answer = desk.get("/pulse")
        assert answer.json["serial"]
        assert "Set-Cookie" not in answer.headers
    with _at(29):
        assert desk.get("/pulse/box1").status_int == 404
    with _at(31):
        assert desk.get("/pulse").json["serial"] is None
        assert desk.get("/").status_int == 303


def test_a_young_ticket_is_not_reissued_and_an_older_one_is(desk):
    with _at(2):
        assert "Set-Cookie" not in desk.get("/").headers
    with _at(4):
        [cookie] = desk.get("/").headers.getall("Set-Cookie")
        assert cookie.startswith("govrepo_ticket=")


@pytest.mark.parametrize("act", ["revoke", "suspend"])
def test_revocation_and_suspension_work_with_the_next_request(desk, web, act):
    with _at(1):
        assert desk.get("/").status_int == 200
        getattr(web, act)("alice")
        assert desk.get("/").status_int == 303


def test_a_removed_account_is_nobody(desk, web):
    web.change(lambda site: site.people.pop("alice"))
    with _at(1):
        assert desk.get("/").status_int == 303


def test_the_ticket_is_one_cookie_for_this_host_alone(browser):
    answer = browser.log_in()
    [ticket] = [cookie for cookie in answer.headers.getall("Set-Cookie") if cookie.startswith("govrepo_ticket=")]
    assert ticket.endswith("; Path=/; HttpOnly; SameSite=Strict")
    assert "Domain" not in ticket


def test_over_tls_cookies_are_secure_and_bound_to_the_host(build):
    browser = build(secure_cookies="yes").browser(**{"wsgi.url_scheme": "https"})
    form = browser.get("/login").forms[0]
    form["login"], form["password"] = "alice", "office-2012-正确"
    answer = form.submit(headers={"Referer": "https://localhost/login"})
    cookies = answer.headers.getall("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-govrepo_ticket", "__Host-govrepo_session"}
    assert all("; secure;" in cookie.lower() for cookie in cookies)


def test_logging_in_again_ends_the_former_session_of_the_same_browser(desk, web):
    with _at(1):
        [former] = web.sessions("alice")
        token = desk.token()
        desk.post("/login", {"csrf_token": token, "login": "alice", "password": "office-2012-正确"})
        [present] = web.sessions("alice")
        assert present != former


def test_the_anonymous_predicate_names_itself():
    wanted = True
    assert tickets.AnonymousPredicate(wanted, None).phash() == "anonymous = True"


def test_the_ids_pyramid_asks_for(desk, web):
    request = web.app.request_factory.blank("/")
    request.ticket, request.identity = tickets.Ticket("alice", "s1"), None
    policy = web.registry.ticket_policy
    assert policy.unauthenticated_userid(request) == "alice"
    assert policy.authenticated_userid(request) is None
    request.ticket = None
    assert policy.unauthenticated_userid(request) is None
    with _at(1):
        assert desk.get("/greet").text == "<p>alice</p>"
