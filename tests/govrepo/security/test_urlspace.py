import pytest

from govrepo.security.urlspace import MAX_PATH, MAX_QUERY, MAX_SEGMENT


@pytest.fixture
def browser(public):
    public.registry.throttle._counts.clear()
    return public.browser()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/%00", 400),
        ("/a%01b", 400),
        ("/?q=%ff", 400),
        ("/?q=%00", 400),
        ("/?%c3%28=1", 400),
        (f"/{'a' * MAX_SEGMENT}", 404),
        (f"/{'a' * (MAX_SEGMENT + 1)}", 404),
        (f"/{'a/' * MAX_PATH}", 414),
        (f"/?q={'a' * MAX_QUERY}", 414),
        ("/%3Cscript%3Ealert(1)%3C/script%3E", 404),
        ("/..%2f..%2fetc/passwd", 404),
        ("/static/..%2f..%2fsetup.py", 404),
        ("/static/%5c..%5csetup.py", 404),
        ("/@@greet%3C", 404),
        ("/people/__class__", 404),
        ("//evil.example", 404),
    ],
)
def test_no_address_breaks_the_site(browser, path, status):
    browser.log_in()
    answer = browser.get(path, headers={"Accept": "text/html"})
    assert answer.status_int == status
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", ["/\xff\xfe", "/\xed\xa0\x80", "/\xe5\x85", "\x80"])
def test_octets_that_are_no_text_are_refused(browser, path):
    assert browser.get_raw(path).status_int == 400


def test_an_empty_path_is_the_front_page(browser):
    assert browser.get_raw("").status_int == 303


@pytest.mark.parametrize("query", ["q=a%0Ab%09c", "q=%E5%85%AC%E6%96%87", "", "q=100%"])
def test_ordinary_queries_pass(browser, query):
    assert browser.get(f"/login?{query}").status_int == 200


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("login=%ff&password=x", "application/x-www-form-urlencoded"),
        ("login=a%00b&password=x", "application/x-www-form-urlencoded"),
        ("a%00=b", "application/x-www-form-urlencoded"),
        ("no parts at all", "multipart/form-data"),
        ("--\r\n", "multipart/form-data; boundary="),
        ("x", "multipart/form-data; boundary=\xff"),
        ("login=x", "application/x-www-form-urlencoded; charset=no-such-charset"),
        (
            '--b\r\nContent-Disposition: form-data; name="login"\r\n\r\n\xff\xfe\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
    ],
)
def test_no_form_breaks_the_site(browser, body, content_type):
    answer = browser.post("/login", body.encode("latin-1"), headers={"Content-Type": content_type})
    assert answer.status_int == 400


@pytest.mark.parametrize(
    "value",
    [
        "\xff",
        "口令",
        "x" * 3000,
        '"',
        "a!b!c",
        "-1" * 70,
        "0" * 128 + "zzzzzzzz!",
        '"' + r"\303\251" * 128 + '00000000bob!"',
    ],
)
@pytest.mark.parametrize("name", ["govrepo_ticket", "govrepo_session"])
def test_no_cookie_breaks_the_site(browser, name, value):
    cookie = f"{name}={value}".encode().decode("latin-1")
    assert browser.get("/", headers={"Cookie": cookie}).status_int == 303
    answer = browser.post("/login", {"login": "x"}, headers={"Cookie": cookie})
    assert answer.status_int == 400


@pytest.mark.parametrize("header", ["X-CSRF-Token", "Origin", "Referer", "Sec-Fetch-Site", "If-None-Match", "Range"])
def test_no_header_breaks_the_site(browser, header):
    browser.log_in()
    assert browser.post("/write", {"note": "x"}, headers={header: "\xff\xfe"}).status_int == 400
    assert browser.get("/", headers={header: "\xff\xfe"}).status_int == 200
