"""Permission changes on the screen: who sees what, forms that come back, filters, and the way through (R-7.4, R-8.2)."""

import pytest

from tests.app import site
from tests.desk import path_of, rows, words

FORM = {"kind": "grant", "role": "receiver", "scope": "division:zh3", "capacity": "regular", "reason": "试验"}


def ask(desk, login="admin", person="zh3.officer", **fields):
    return path_of(desk(login).post("/request_change", {"person": person, **FORM, **fields})).rstrip("/")


def test_everybody_sees_the_own_requests_only(desk):
    change = ask(desk, "zh3.head")
    (mine,) = (line for line in rows(desk("zh3.head").get("/changes")) if "收文员" in line and "待审核" in line)
    assert "综合三处" in mine
    assert any("综合三处" in line for line in rows(desk("zh3.officer").get("/changes"))), "the subject sees it"
    assert not any("综合三处" in line for line in rows(desk("gz.clerk").get("/changes")))
    desk("gz.clerk").get(change, status=404)
    assert "权限变更登记簿" in words(desk("auditor").get("/changes"))


def test_a_form_begins_with_whom_and_an_unknown_name_comes_back(desk):
    assert "人员（用户名）" in words(desk("admin").get("/request_change"))
    page = desk("admin").get("/request_change?person=nobody")
    assert "没有这个用户名" in words(page)
    page = words(desk("admin").get("/request_change?person=security"))
    assert "现有的任职" in page
    assert "培训记录" in page
    assert "没有这个用户名" in words(desk("admin").get("/changes?person=nobody"))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("kind", "", "请选择变更种类"),
        ("kind", "golf", "请选择变更种类"),
        ("capacity", "golf", "请选择身份"),
        ("role", "", "请选择角色"),
        ("scope", "", "的范围应当是"),
        ("appointment", "p0001/none", "请选择列出的任职"),
        ("appointment", "nobody", "请选择列出的任职"),
        ("since", "yesterday", "请填写日期"),
        ("until", "9999-12-31", "请填写日期"),
        ("until", "2012-12-31", "止期应晚于起期"),
        ("reason", " ", "请写明申请理由"),
    ],
)
def test_bad_input_comes_back_at_its_field(desk, field, value, message):
    page = desk("admin").post("/request_change", {"person": "zh4.officer", **FORM, field: value}, status=422)
    assert message in words(page)
    assert page.html.find(id=f"e-{field}"), "the message stands at the field"


def test_a_head_is_told_whose_rights_he_may_ask_for(desk):
    page = desk("zh1.head").post("/request_change", {"person": "zh3.officer", **FORM}, status=422)
    assert "只能由本人、本处室或本单位负责人" in words(page)


def test_a_rejection_needs_its_reason(desk):
    change = ask(desk, person="zh2.officer", scope="division:zh2")
    page = desk("auditor").act(change, "reject", status=422)
    assert "请写明理由" in words(page)
    desk("auditor").act(change, "reject", note="编制已满")
    assert "编制已满" in words(desk("zh2.officer").get(change))
    desk("auditor").act(change, "golf", status=400)


def test_a_revocation_names_an_appointment(shared_app, desk):
    with site(shared_app) as root:
        person = root.logins["hyc.receiver"]
        (held,) = [each for each in person.values() if hasattr(each, "basis")]
        chosen = f"{person.id}/{held.uid}"
    page = desk("admin").get("/request_change?person=hyc.receiver")
    assert page.html.select(f"option[value='{chosen}']")
    change = ask(desk, person="hyc.receiver", kind="revoke", appointment=chosen)
    assert "失去" in words(desk("auditor").get(change))
    desk("auditor").act(change, "approve")
    assert "前执行，过期失效" in words(desk("admin").get(change))
    desk("admin").act(change, "execute")
    assert desk("hyc.receiver").get("/exchange/gd-office-hyc/waiting", status="*").status_int in (403, 404)


def test_a_wrong_page_key_is_refused(desk):
    desk("auditor").get("/changes?after=x", status=400)


def test_a_long_register_has_pages(desk):
    page = desk("auditor").get("/changes?state=verified")
    assert len(rows(page)) == 50
    following = page.html.select_one("a[rel=next]")["href"]
    second = desk("auditor").get(f"/changes{following}")
    assert set(rows(page)).isdisjoint(rows(second))
    assert second.html.select_one("a[rel=prev]")
