"""A unit's people, as its administrator sees them (P-17 to P-19; 7.2 "o unit")."""

from tests.desk import rows, words

NEW = {"login": "yf.second", "name": "某甲", "division": "", "post": "科员", "established": "yes"}


def test_p_18_the_administrator_sees_the_own_people_and_what_may_be_asked_for(desk):
    mine = desk("yf.admin")
    page = mine.get("/units/yunfu/people")
    assert len(rows(page)) == 3
    assert {each["href"] for each in page.html.select("a") if "request_change" in each.get("href", "")} >= {
        "/request_change?person=yf.clerk"
    }
    assert len(rows(mine.get("/units/yunfu/people?q=yf.clerk"))) == 1
    mine.get("/request_change?person=yf.clerk")
    mine.get("/units/jiangmen/people", status=403)
    desk("yf.clerk").get("/units/yunfu/people", status=403)
    assert len(rows(desk("admin").get("/units/yunfu/people"))) == 3


def test_p_17_an_account_for_the_own_unit_only(desk):
    mine = desk("yf.admin")
    mine.get("/units/yunfu/new_person")
    wrong = mine.post("/units/yunfu/new_person", NEW | {"login": "jm.clerk"}, status=422)
    assert {each["id"] for each in wrong.html.select(".gr-error")} == {"e-login"}
    made = mine.post("/units/yunfu/new_person", NEW | {"unit": "jiangmen"}, status=200)
    assert len(made.html.select_one("#temporary").text) >= 10
    assert any("yf.second" in line and "没有任职" in line for line in rows(mine.get("/units/yunfu/people")))
    mine.post("/units/jiangmen/new_person", NEW | {"login": "jm.x"}, status=403)
    mine.post("/@@new_person", NEW | {"login": "jm.x", "unit": "jiangmen"}, status=403)


def test_p_17_a_temporary_password_for_the_own_people_only(desk):
    mine = desk("yf.admin")
    page = mine.get("/units/yunfu/people?q=yf.approver")
    person = page.html.select_one("a[data-open]")["href"].removesuffix("/@@person")
    shown = mine.get(f"{person}/@@person")
    assert [each["href"] for each in shown.html.select("nav.gr-crumbs a")][-2:] == [
        "/units/yunfu/",
        "/units/yunfu/people",
    ]
    answer = mine.post(f"{person}/@@reset_password", status=200)
    assert answer.html.select_one("#temporary")
    desk("jm.admin").post(f"{person}/@@reset_password", status=404)
    assert "云浮" in words(shown)
