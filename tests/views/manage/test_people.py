"""People: found by name, login, unit, role and state; accounts are made with a temporary password shown once (P-17)."""

import pytest

from tests.app import login as log_in
from tests.app import site
from tests.desk import journaled, lines, words
from views.manage.people import query_of

NEW = {
    "login": "gz.third",
    "name": "欧阳明远",
    "unit": "guangzhou",
    "division": "",
    "post": "收发员",
    "established": "yes",
}


def test_found_by_what_is_typed(desk):
    admin = desk("admin")
    assert [row.split()[1] for row in lines(admin.get("/@@people?q=fs.cl"))] == ["fs.clerk"]
    assert [row.split()[1] for row in lines(admin.get("/@@people?unit=foshan&role=unit_approver"))] == ["fs.approver"]
    assert "没有符合条件的人员" in admin.get("/@@people?q=nobody-at-all").text
    assert "没有符合条件的人员" in admin.get("/@@people?unit=nowhere&role=nothing&state=none").text


def test_several_words_narrow_the_search():
    assert query_of({"q": "甲 fs", "unit": "", "role": "", "state": ""}) != query_of(
        {"q": "甲", "unit": "", "role": "", "state": ""}
    )


def test_paged_by_key(desk):
    admin = desk("auditor")
    seen, page = [], admin.get("/@@people")
    while True:
        seen += [row.split()[1] for row in lines(page)]
        following = page.html.find("a", rel="next")
        if following is None:
            break
        page = admin.get(f"/@@people{following['href']}")
    assert len(seen) == len(set(seen)) > 100
    assert page.html.find("a", string="回到第一页")["href"] == "/@@people?"


@pytest.mark.parametrize("after", ["x", "x~y", "~", "x~-1", "x~99999999999999999999"])
def test_a_page_key_that_is_none(desk, after):
    desk("auditor").get(f"/@@people?after={after}", status=400)


def test_only_the_administrator_is_offered_new_accounts(desk):
    assert "/@@new_person" in desk("admin").get("/@@people").text
    assert "/@@new_person" not in desk("auditor").get("/@@people").text


def test_a_new_account_logs_in_and_must_change_its_password(shared_app, desk):
    answer = desk("admin").post("/@@new_person", NEW, status=200)
    password = answer.html.find(id="temporary").text
    assert "只在这里显示一次" in answer.text
    assert password not in desk("admin").get("/@@people?q=gz.third").text
    assert password not in str(journaled(shared_app))
    browser = log_in_with(shared_app, "gz.third", password)
    assert browser.get("/", status=303).location.endswith("/password")
    assert [entry.action for entry in journaled(shared_app, "person.create")] == ["person.create"]


def log_in_with(app, name, password):
    from webtest import TestApp  # noqa: PLC0415 - tests.app.login knows one password only.

    browser = TestApp(app, extra_environ={"REMOTE_ADDR": "10.0.0.9"})
    form = browser.get("/login").forms[0]
    form["login"], form["password"] = name, password
    assert form.submit(status=303)
    return browser


def test_what_must_be_mended_stands_at_its_field_and_nothing_is_lost(shared_app, desk):
    answer = desk("admin").post("/@@new_person", {**NEW, "login": "gz.clerk", "name": ""}, status=422)
    assert "这个账号已有人使用" in answer.html.find(id="e-login").text
    assert answer.html.find(id="e-name")
    assert answer.html.find(id="f-post")["value"] == "收发员"
    assert answer.html.find(id="f-unit").select_one("[selected]")["value"] == "guangzhou"
    with site(shared_app) as root:
        assert root.logins["gz.clerk"].name


def test_a_namesake_is_asked_about(shared_app, desk):
    with site(shared_app) as root:
        name = root.logins["zq.clerk"].name
    fields = {**NEW, "login": "zq.third", "name": name, "unit": "zhaoqing"}
    asked = desk("admin").post("/@@new_person", fields, status=422)
    assert asked.html.find("input", {"name": "namesake"})
    assert "账号已建" in desk("admin").post("/@@new_person", {**fields, "namesake": "yes"}, status=200).text


def test_of_a_division(shared_app, desk):
    fields = {
        **NEW,
        "login": "zh1.third",
        "name": "司徒清",
        "unit": "gd-office",
        "division": "zh1",
        "established": "no",
    }
    assert "账号已建" in words(desk("admin").post("/@@new_person", fields, status=200))
    with site(shared_app) as root:
        person = root.logins["zh1.third"]
        assert (person.division.code, person.established) == ("zh1", False)
    wrong = {**fields, "login": "zh1.fourth", "unit": "foshan"}
    assert "不属于该单位" in desk("admin").post("/@@new_person", wrong, status=422).text


def test_the_sample_password_still_opens_other_accounts(shared_app):
    assert log_in(shared_app, "fs.clerk").get("/").status_int == 200
