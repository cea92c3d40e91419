"""Explain over HTTP: who may what, who may this, how far a person reaches; now or then."""

import pytest

from govrepo import clock
from policies.permissions import Permission as P
from tests.attacks import scene
from tests.desk import rows, words
from tests.policies.bench import later


def test_may_a_person_do_this_here_and_why(shared_app, desk):
    path = scene.make(shared_app, "opened_office")["opened_office"]
    page = desk("auditor").get(f"/@@explain?q=may&person=office.registry1&object={path}")
    read = next(row for row in rows(page) if P.DELIVERY_READ in row)
    assert "可以" in read
    assert "机要档案科收文员" in read
    assert "权变〔2012〕" in read, "the appointment's basis"
    assert any("ask_recall" in row and "不可以" in row for row in rows(page))
    assert "春运" not in page.text, "R-8.3"
    one = desk("auditor").get(f"/@@explain?q=may&person=gz.clerk&object={path}&permission={P.DELIVERY_READ}")
    assert "没有任职被列入" in words(one)


def lines(page):
    """The rows of the page's tables, cell by cell."""
    return [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in page.html.select("tbody tr")]


def test_who_can_read_this(desk):
    page = desk("tech").get(f"/@@explain?q=who&object=/exchange/foshan&permission={P.DELIVERY_READ}")
    assert sorted(row[1] for row in lines(page)) == ["fs.approver", "fs.clerk"]
    nobody = desk("tech").get(f"/@@explain?q=who&object=/exchange/foshan&permission={P.OFFLINE_ENTER}")
    assert "没有人有这项权限" in words(nobody)


def test_what_a_person_can_reach(desk):
    page = desk("admin").get("/@@explain?q=reach&person=zh1.officer")
    assert any("综合一处" in row and "经办人" in row for row in rows(page))
    assert any("本人" in row for row in rows(page))


def test_a_past_day_is_answered_and_says_what_is_not_known(desk):
    past = "/@@explain?q=who&object=/exchange/foshan&permission=exchange:box:view&date=2012-06-01"
    page = desk("admin").get(past)
    assert "没有留存" in words(page)
    assert any("fs.clerk" in row for row in rows(page))
    before = desk("admin").get(past.replace("2012-06-01", "2011-06-01"))
    assert "没有人有这项权限" in words(before), "nobody was appointed yet"
    later(days=0)
    today = clock.today().isoformat()
    assert "没有留存" not in words(desk("admin").get(past.replace("2012-06-01", today)))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=may&person=&object=/exchange/foshan", "请填写账号"),
        ("q=may&person=nobody&object=/exchange/foshan", "没有这个人"),
        ("q=may&person=admin&object=/nowhere", "没有这个路径"),
        ("q=may&person=admin&object=/units/foshan/nothing/x", "没有这个路径"),
        ("q=may&person=gz.clerk&object=/units/foshan/@@contents", "已登录人员"),
        ("q=who&object=/exchange/foshan", "请选择权限"),
        ("q=reach&person=admin&date=2099-01-01", "将来"),
        ("q=reach&person=admin&date=yesterday", "日期的写法"),
        ("q=nonsense", "请填写账号"),
    ],
)
def test_a_wrong_question_says_what_to_mend(desk, query, said):
    assert said in words(desk("admin").get(f"/@@explain?{query}"))


def test_the_form_alone_answers_nothing(desk):
    page = desk("admin").get("/@@explain")
    assert rows(page) == []
    assert page.html.find("input", id="f-person") is not None
