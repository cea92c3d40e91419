"""A unit's people, as its administrator sees them (P-17 to P-19; 7.2 "o unit")."""

from tests.app import login, site
from tests.desk import path_of, rows, words

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
    unwritten = mine.post(f"{person}/@@reset_password", status=422)
    assert {each["id"] for each in unwritten.html.select(".gr-error")} == {"e-basis"}
    answer = mine.post(f"{person}/@@reset_password", {"basis": "云府办函〔2013〕1号"}, status=200)
    assert answer.html.select_one("#temporary")
    desk("jm.admin").post(f"{person}/@@reset_password", {"basis": "x"}, status=404)
    assert "云浮" in words(shown)


def test_p_19_a_change_of_post_through_the_page(desk):
    mine = desk("caizheng.admin")
    page = mine.get("/units/caizheng/people?q=caizheng.clerk")
    person = page.html.select_one("a[data-open]")["href"].removesuffix("/@@person")
    mine.post(f"{person}/@@adjust", {"division": "cz-budget", "post": "主任科员"})
    shown = mine.get(f"{person}/@@person")
    assert shown.html.select_one("#f-division option[selected]")["value"] == "cz-budget"
    assert shown.html.select_one("#f-post")["value"] == "主任科员"
    wrong = mine.post(f"{person}/@@adjust", {"division": "", "post": "长" * 41}, status=422)
    assert {each["id"] for each in wrong.html.select(".gr-error")} == {"e-post"}
    mine.post(f"{person}/@@adjust", {"division": "zh1", "post": ""}, status=400)
    desk("jm.admin").post(f"{person}/@@adjust", {"division": "", "post": ""}, status=404)
    desk("caizheng.approver").post(f"{person}/@@adjust", {"division": "", "post": ""}, status=403)


def test_p_17_a_first_login_leads_to_the_password_and_nowhere_else(desk, shared_app):
    mine = desk("yf.admin")
    made = mine.post("/units/yunfu/new_person", NEW | {"login": "yf.first", "name": "某乙"}, status=200)
    password = made.html.select_one("#temporary").text
    assert "/request_change?person=yf.first" in {each["href"] for each in made.html.select("a.btn")}
    first = login(shared_app, "yf.first", password=password)
    for path in ("/", "/help", "/units/yunfu/"):
        assert first.get(path, status=303).location.endswith("/password")
    form = next(each for each in first.get("/password").forms.values() if "new" in each.fields)
    assert form


def test_7_2_trainings_and_inspections_of_the_own_people_are_there_to_read(desk):
    tech, mine = desk("tech"), desk("sg.admin")
    for who in ("sg.clerk", "gz.clerk"):
        tech.post("/inspect", {"login": who, "kind": "random", "equipment": f"{who}的计算机", "day": "2013-01-07"})
    person = mine.get("/units/shaoguan/people?q=sg.clerk").html.select_one("a[data-open]")["href"].rpartition("/")[0]
    tech.post(f"{person}/trainings", {"kind": "skills", "day": "2012-12-20", "passed": "yes", "subject": "上机培训"})
    page = words(mine.get("/units/shaoguan/supervision"))
    assert "sg.clerk的计算机" in page
    assert "上机培训" in page
    assert "gz.clerk的计算机" not in page
    assert not mine.get("/units/shaoguan/supervision").html.select("main form")
    mine.get("/units/guangzhou/supervision", status=403)
    desk("sg.clerk").get("/units/shaoguan/supervision", status=403)
    assert "培训和抽查" in mine.get("/units/shaoguan/").text


def test_p_18_foreign_units_are_out_of_reach_by_address(desk, shared_app):
    """Whatever a unit's administrator tries about another unit's people is refused, most of it as if it were not there."""
    mine, admin = desk("jy.admin"), desk("admin")
    with site(shared_app) as root:
        person = f"/people/{root.logins['cz.clerk'].id}"
    for path in ("@@person", "leave", "trainings", "@@properties"):
        mine.get(f"{person}/{path}", status=404)
    tries = {
        "@@reset_password": {"basis": "x"}, "@@adjust": {"post": "x"}, "leave": {"act": "begin_handover", "note": "x"},
        "trainings": {"kind": "skills", "day": "2012-12-20", "passed": "yes"},
    }  # fmt: skip
    for path, form in tries.items():
        mine.post(f"{person}/{path}", form, status=404)
    for path in ("people", "supervision", "new_person", "do?act=request_cancel", ""):
        mine.get(f"/units/chaozhou/{path}", status=403)
    mine.post("/units/chaozhou/do", {"act": "request_cancel", "letter": "x"}, status=403)
    assert "只能由技术服务组" in words(mine.post("/suspend", {"login": "cz.clerk", "reason": "x"}, status=403))
    asked = {"person": "cz.clerk", "kind": "grant", "role": "unit_archivist", "scope": "unit:chaozhou", "reason": "x"}
    assert mine.post("/request_change", asked, status="*").status_int in (403, 422)
    foreign = path_of(admin.post("/request_change", asked)).rstrip("/")
    desk("auditor").post(f"{foreign}/act", {"act": "approve"})
    mine.get(foreign + "/", status=404)
    mine.post(f"{foreign}/act", {"act": "execute"}, status=404)
    desk("cz.admin").post(f"{foreign}/act", {"act": "execute"})
