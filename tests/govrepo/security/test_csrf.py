import pytest

NOTE = {"note": "登记"}


@pytest.fixture
def alice(browser):
    browser.log_in()
    return browser


def _write(browser, token=None, **headers):
    fields = NOTE if token is None else {**NOTE, "csrf_token": token}
    return browser.post("/write", fields, headers={name.replace("_", "-"): value for name, value in headers.items()})


def _notes(web):
    return web.change(lambda site: dict(site.notes))


def test_a_form_with_its_token_is_accepted(alice, web):
    assert _write(alice, alice.token()).text == "written"
    assert _notes(web) == NOTE


def test_the_header_serves_as_well_as_the_field(alice, web):
    assert _write(alice, X_CSRF_Token=alice.token()).text == "written"


def test_a_put_needs_it_too(alice, web):
    assert alice.put("/write", NOTE).status_int == 400
    assert alice.put("/write", NOTE, headers={"X-CSRF-Token": alice.token()}).text == "written"


@pytest.mark.parametrize("token", [None, "", "x", "0" * 64, "口令" * 32])
def test_without_the_right_token_nothing_happens(alice, web, token):
    alice.token()
    assert _write(alice, token).status_int == 400
    assert _notes(web) == {}
    assert web.actions()[-1] == ("request.verify", "person:alice", "refused")


def test_a_file_in_place_of_the_token_is_refused(alice):
    alice.token()
    answer = alice.post("/write", NOTE, upload_files=[("csrf_token", "t.txt", b"x")])
    assert answer.status_int == 400


def test_before_a_token_was_given_none_fits(alice):
    assert _write(alice, "").status_int == 400


def test_a_token_in_the_address_does_not_count(alice):
    assert alice.post(f"/write?csrf_token={alice.token()}", NOTE).status_int == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_another_origin_is_refused_even_with_the_token(alice, web, headers):
    assert _write(alice, alice.token(), **headers).status_int == 400
    assert _notes(web) == {}


@pytest.mark.parametrize("headers", [{"Origin": "http://localhost"}, {"Sec_Fetch_Site": "same-origin"}])
def test_our_own_origin_is_accepted(alice, headers):
    assert _write(alice, alice.token(), **headers).text == "written"


def test_a_token_from_before_the_login_is_void(web, browser):
    before = browser.token()
    browser.log_in()
    assert _write(browser, before).status_int == 400
    assert browser.token() != before


def test_a_planted_session_cookie_brings_no_token_along(web, alice):
    """An attacker who plants his own session cookie knows its token, but it belongs to another serial."""
    attacker = web.browser()
    attacker.log_in("bob")
    token = attacker.token()
    alice.set_cookie("govrepo_session", attacker.cookie("govrepo_session").value)
    assert _write(alice, token).status_int == 400
