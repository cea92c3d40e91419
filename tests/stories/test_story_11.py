"""Story 11: a permission change (R-7.4, R-8.2, R-6.2, SOD-1, SOD-4), clause by clause over HTTP."""

import pytest

from govrepo.catalog import Eq, register
from tests.app import site
from tests.desk import Desk, journaled, path_of, row_link, rows, words

NEW = {
    "kind": "grant",
    "role": "receiver",
    "scope": "division:zh1",
    "capacity": "regular",
    "reason": "新来同志任收文员",
}
BOX = "/exchange/gd-office-zh1"


@pytest.fixture
def desk(app, at):
    at("2013-01-07 09:40")
    known = {}

    def of(login):
        if login not in known:
            known[login] = Desk(app, login)
        return known[login]

    return of


@pytest.fixture
def change(desk):
    """The division head's request, as the head's form makes it."""
    head = desk("zh1.head")
    assert "权限申请" in words(head.get("/"))
    form = head.get("/request_change?person=zh1.officer")
    assert "综合一处" in words(form)
    return path_of(head.post("/request_change", {"person": "zh1.officer", **NEW})).rstrip("/")


def stored(app):
    """How many changes of 2013 there are."""
    with site(app) as root:
        return len(root["admin"]["changes"].get("2013", {}))


def refusals(app, action):
    return [entry.result for entry in journaled(app, action, "refused")]


def train(desk, login, kind, person_id):
    desk("security").post(f"/people/{person_id}/trainings", {"kind": kind, "day": "2012-12-20", "passed": "yes"})


def test_a_division_head_requests_the_auditor_approves_the_administrator_executes_the_auditor_verifies(
    app, desk, change
):
    auditor, admin, officer = desk("auditor"), desk("admin"), desk("zh1.officer")
    assert change == "/admin/changes/2013/1"
    assert "权变〔2013〕1号" in words(desk("zh1.head").get(change))
    officer.get(f"{BOX}/waiting", status=403)

    # The administrator tries to execute before review: refused.
    page = admin.act(change, "execute", status=403)
    assert "当前状态是“待审核”，不能“执行”" in page.text
    assert refusals(app, "permission_change.execute") == ["refused"]
    officer.get(f"{BOX}/waiting", status=403)

    # What it would do stands there before anybody decides.
    assert row_link(auditor.get("/changes?state=submitted"), "权变〔2013〕1号") == change
    before = words(auditor.get(change))
    assert "执行后的影响" in before
    assert "签收" in before
    assert "职责分离检查 通过" in before
    assert "现有的任职 经办人，省府办公厅 综合一处" in before

    auditor.act(change, "approve", note="同意")
    officer.get(f"{BOX}/waiting", status=403)
    assert "1 权限变更待执行" in words(admin.get("/"))
    admin.act(change, "execute")
    assert officer.get(f"{BOX}/waiting").status_int == 200, "the change works with the next request"
    assert "1 权限变更待复核" in words(auditor.get("/"))
    auditor.act(change, "verify")

    page = words(desk("zh1.head").get(change))
    for step in ("提出申请", "批准", "同意", "执行", "复核", "已复核"):
        assert step in page
    done = [entry.action for entry in journaled(app, result="allowed") if entry.subject == change]
    assert done == [f"permission_change.{name}" for name in ("request", "approve", "execute", "verify")]
    assert any(
        "zh1.officer" in line and "权变〔2013〕1号" in line
        for line in rows(auditor.get("/registers/appointments?role=receiver"))
    )


def test_making_the_auditor_also_administrator_is_refused_at_submission(app, desk):
    """SOD-1, R-5.2: a message at the field, an entry with result refused, and nothing stored."""
    request = NEW | {"person": "auditor", "role": "administrator", "scope": "site"}
    page = desk("admin").post("/request_change", request, status=422)
    assert "同期担任审计员，不得担任管理员" in words(page)
    assert page.html.select_one("textarea[name=reason]").text.strip() == NEW["reason"], "nothing typed is lost"
    assert refusals(app, "permission_change.request") == ["refused"]
    assert stored(app) == 0


def test_the_auditor_does_not_approve_a_request_about_himself(app, desk):
    """SOD-4: whoever asked."""
    admin = desk("admin")
    request = NEW | {"person": "auditor", "role": "liaison", "scope": "site"}
    change = path_of(admin.post("/request_change", request)).rstrip("/")
    page = desk("auditor").act(change, "approve", status=403)
    assert "不得审核、执行、复核关于本人的申请" in page.text
    assert refusals(app, "permission_change.approve") == ["refused"]
    assert "为什么不能“批准”" in words(desk("auditor").get(change))
    desk("auditor").act(change, "reject", note="x", status=403)


def test_an_administrator_without_the_confidentiality_training_is_refused(app, desk):
    """R-6.2: with the skills alone the second administrator is refused; with both trainings the request is taken."""
    with site(app) as root:
        person_id = root.logins["tech"].id
    request = NEW | {"person": "tech", "role": "administrator", "scope": "site"}
    train(desk, "tech", "skills", person_id)
    page = desk("admin").post("/request_change", request, status=422)
    assert "没有保密安全培训合格的记录" in words(page)
    assert stored(app) == 0
    train(desk, "tech", "confidentiality", person_id)
    desk("admin").post("/request_change", request)
    assert stored(app) == 1


def test_a_substitute_form_and_the_register_are_true(app, desk, change):
    """The register finds it by state and person; a withdrawn request can no longer be approved."""
    desk("zh1.head").act(change, "withdraw")
    assert "权变〔2013〕1号" in rows(desk("auditor").get("/changes?state=withdrawn&person=zh1.officer"))[0]
    assert rows(desk("auditor").get("/changes?state=submitted&person=zh1.officer")) == []
    desk("auditor").act(change, "approve", status=403)
    with site(app) as root:
        assert register(root, "permission_changes", app.registry).count(Eq("state", "withdrawn")) == 1
