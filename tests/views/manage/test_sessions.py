"""Sessions: shown with address and time; an ended one is out with its next request (R-39.2)."""

from tests.app import login, site
from tests.desk import journaled, lines, words


def test_who_is_logged_in_from_where(shared_app, desk):
    login(shared_app, "zs.clerk", "10.0.0.41")
    line = next(row for row in lines(desk("auditor").get("/@@sessions")) if "zs.clerk" in row)
    assert "10.0.0.41" in line
    assert "中山市" in line
    assert "2013-01-07" in line


def ending(shared_app, login_name, serial=None, act="end"):
    with site(shared_app) as root:
        person = root.logins[login_name]
        return {"act": act, "person": person.id, "session": serial or next(iter(person.sessions), "")}


def test_r_39_2_an_ended_session_is_out_at_once(shared_app, desk):
    browser = login(shared_app, "zs.approver")
    assert browser.get("/").status_int == 200
    fields = ending(shared_app, "zs.approver")
    assert "会话已结束" in desk("tech").post("/@@sessions", fields).follow().text
    assert "/login" in browser.get("/", status=303).location
    assert journaled(shared_app, "session.end")[-1].details == {"ended": fields["session"]}
    assert "已经不在" in desk("tech").post("/@@sessions", fields).follow().text


def test_r_39_2_all_of_a_person_and_back_to_the_page(shared_app, desk):
    browsers = [login(shared_app, "dg.clerk", f"10.0.0.{number}") for number in (51, 52)]
    fields = ending(shared_app, "dg.clerk", act="end_all") | {"back": "person"}
    answer = desk("admin").post("/@@sessions", fields)
    assert answer.location.endswith(f"/people/{fields['person']}/@@person")
    assert "2 个会话" in answer.follow().text
    assert all("/login" in browser.get("/", status=303).location for browser in browsers)


def test_ones_own_session_has_no_button_here(desk):
    page = desk("admin").get("/@@sessions")
    assert "您的当前会话" in words(page)


def test_who_only_looks_has_no_buttons(shared_app, desk):
    login(shared_app, "zs.clerk")
    assert 'value="end"' in desk("admin").get("/@@sessions").text
    assert 'value="end"' not in desk("auditor").get("/@@sessions").text


def test_nonsense(desk):
    desk("admin").post("/@@sessions", {"act": "end", "person": "nobody"}, status=400)
    desk("admin").post("/@@sessions", {"act": "keep", "person": "p0001"}, status=400)
