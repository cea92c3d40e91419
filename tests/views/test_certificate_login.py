"""The pages of the login by certificate; the login itself is tested in tests/govrepo/security/test_certificate_login.py."""

import pytest
from webtest import TestApp, Upload

from tests.app import running
from tests.pki import equip, found_authorities, signed_text


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("site")) as made:
        found_authorities(made)
        yield made


@pytest.fixture
def browser(app):
    return TestApp(app, extra_environ={"REMOTE_ADDR": "10.0.0.7"})


def test_the_login_page_leads_to_it_and_keeps_the_way_back(browser):
    page = browser.get("/login?came_from=/assigned%3Fpage%3D2%26x%3D1")
    there = page.click("数字证书登录")
    assert there.forms[0]["came_from"].value == "/assigned?page=2&x=1"
    assert there.forms[1]["came_from"].value == "/assigned?page=2&x=1"
    assert not [script for script in there.html.find_all("script") if script.text.strip()]


def test_the_key_is_never_sent(browser):
    """The fields of the key and the certificate have no name."""
    page = browser.get("/login/certificate").html
    assert not page.find(id="key-file").get("name")
    assert not page.find(id="certificate-file").get("name")


def test_a_new_text_to_sign_each_time_and_asking_writes_nothing(app, browser):
    before = app.registry._zodb_databases[""].lastTransaction()
    answers = [browser.get("/login/challenge") for _ in range(2)]
    assert answers[0].text != answers[1].text
    assert answers[0].content_type == "text/plain"
    assert answers[0].headers["Content-Disposition"] == 'attachment; filename="govrepo-login.txt"'
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert app.registry._zodb_databases[""].lastTransaction() == before


@pytest.mark.parametrize("how", ["pasted", "file"])
def test_a_signature_made_elsewhere(app, browser, how):
    key, certificate = equip(app, "gz.clerk")
    words = signed_text(browser.get("/login/challenge").text, key, certificate)
    form = browser.get("/login/certificate?came_from=/assigned").forms[1]
    if how == "pasted":
        form["signed"] = words.replace("\n", "\r\n")
    else:
        form["signed_file"] = Upload("govrepo-login.txt.signed", words.encode())
    answer = form.submit()
    assert (answer.status_int, answer.location) == (303, "http://localhost/assigned")
    assert browser.get("/assigned").status_int == 200


def test_the_form_needs_its_token(browser):
    assert browser.post("/login/certificate", {"signed": ""}, status="*").status_int == 400


def test_a_site_without_it(tmp_path):
    with running(tmp_path, organisation=False, certificate_login="off") as app:
        browser = TestApp(app)
        page = browser.get("/login")
        assert "数字证书登录" not in page.text
        for path in ("/login/certificate", "/login/challenge"):
            assert browser.get(path, status="*").status_int == 404
        form = {"csrf_token": page.forms[0]["csrf_token"].value, "signed": ""}
        assert browser.post("/login/certificate", form, status="*").status_int == 404
