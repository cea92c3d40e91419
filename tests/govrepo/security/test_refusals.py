import pytest

from govrepo.security import refusals


@pytest.fixture
def alice(browser):
    browser.log_in()
    return browser


def _refusals(web):
    return [entry for entry in web.entries() if entry.result == "refused"]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/locked", 403, ("page.get", "/locked", "failed permission check")),
        ("/refuse", 403, ("delivery.sign_for", "/box/1", "not the receiver")),
        ("/refuse_silently", 500, ("delivery.recall", "/box/2", "too late")),
        ("/refuse_plainly", 403, ("page.get", "/refuse_plainly", "forbidden")),
        ("/hide", 404, ("delivery.read", "/box/9", "another box")),
        ("/conflict_then_refuse", 403, ("page.get", "/conflict_then_refuse", "in the end")),
    ],
)
def test_a_refusal_leaves_exactly_one_entry(alice, web, path, status, told):
    action, subject, reason = told
    assert alice.get(path).status_int == status
    [entry] = _refusals(web)
    assert (entry.action, entry.subject, entry.actor) == (action, subject, "person:alice")
    assert reason in entry.reason
    assert entry.address == "10.0.0.7"
    assert [entry.session] == web.sessions("alice")
    assert entry.details["method"] == "GET"


def test_what_is_answered_in_the_end_was_not_refused(alice, web):
    assert alice.get("/conflict_then_answer").text == "at last"
    assert alice.get("/always_conflict").status_int == 500
    assert _refusals(web) == []


def test_asking_a_stranger_to_log_in_is_no_refusal(browser, web):
    assert browser.get("/").status_int == 303
    assert _refusals(web) == []


def test_a_stranger_who_posts_is_refused(browser, web):
    answer = browser.post("/write", {"note": "x", "csrf_token": browser.token()})
    assert answer.status_int == 403
    [entry] = _refusals(web)
    assert (entry.action, entry.actor, entry.details["method"]) == ("page.post", "anonymous", "POST")


def test_a_strange_method_is_not_taken_over_as_an_action(alice, web):
    assert alice.get_raw("/locked", method="PROP.FIND").status_int == 403
    assert alice.get_raw("/refuse_plainly", method="TRACE").status_int == 403
    assert [entry.action for entry in _refusals(web)] == ["page.request", "page.request"]
    assert [entry.details["method"] for entry in _refusals(web)] == ["PROP.FIND", "TRACE"]


def test_flagging_takes_plain_values_only():
    with pytest.raises(TypeError):
        refusals.flag(None, action="a.b", when=object())


def test_what_cannot_be_journaled_is_not_answered(build):
    web = build()
    alice = web.browser()
    alice.log_in()
    web.break_journal()
    for path in ("/", "/locked", "/no/such/page"):
        answer = alice.get(path)
        assert answer.status_int == 503, path
        assert "审计日志暂时无法写入" in answer.text
        assert answer.headers["Retry-After"] == "60"


def test_static_files_polls_and_the_login_form_need_no_journal(build):
    web = build()
    browser = web.browser()
    web.break_journal()
    for path in ("/static/favicon.svg", "/login", "/pulse"):
        assert browser.get(path).status_int == 200, path
    assert browser.log_in().status_int == 503


def test_a_refusal_that_cannot_be_written_is_answered_503(alice, web, monkeypatch):
    def fail(entry):
        raise refusals.JournalUnavailableError("full")

    monkeypatch.setattr(web.registry.journal, "append_now", fail)
    assert alice.get("/locked").status_int == 503
    assert alice.get("/").status_int == 200


def test_a_journal_that_fails_at_commit_undoes_the_act(browser, web, monkeypatch):
    """The login has set its session when the journal's vote fails: neither may remain."""

    def fail(*args):
        raise refusals.JournalUnavailableError("disk full")

    monkeypatch.setattr(web.registry.journal._store, "prepare", fail)
    answer = browser.log_in()
    assert answer.status_int == 503
    assert "govrepo_ticket" not in str(answer.headers.getall("Set-Cookie"))
    assert web.sessions("alice") == []
