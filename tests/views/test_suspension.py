"""The pages of emergency suspensions: nothing typed is lost, each reader sees the own part, what is refused says why (R-39.2)."""

import pytest

from tests.app import site
from tests.desk import path_of, rows, words

BASE = {"reason": "违规外接设备", "equipment": "", "basis": ""}


@pytest.fixture(scope="module")
def path(shared_app, desk):
    made = desk("tech").post("/suspend", BASE | {"login": "zs.clerk"})
    return path_of(made).rstrip("/")


def test_what_was_typed_is_kept(desk):
    page = desk("tech").post("/suspend", BASE | {"login": "nobody", "equipment": "硬盘"}, status=422)
    assert page.html.select_one("#f-equipment")["value"] == "硬盘"
    assert "违规外接设备" in page.html.select_one("#f-reason").text
    assert desk("tech").get("/suspend?login=zh.clerk").html.select_one("#f-login")["value"] == "zh.clerk"


def test_the_list_and_the_page_show_what_happened(desk, path):
    (line,) = rows(desk("auditor").get("/suspensions"))
    assert "违规外接设备" in line
    assert "待复核" in line
    page = desk("auditor").get(path + "/")
    assert "已停用，待厅领导决定" in words(page)
    assert [each.text for each in page.html.select("button[name=act]") if not each.has_attr("disabled")] == ["事后复核"]
    assert "为什么不能" in words(page)
    leader = desk("office.leader").get(path + "/")
    assert [each.text for each in leader.html.select("button[name=act]") if not each.has_attr("disabled")] == [
        "维持停用",
        "解除停用",
    ]


def test_those_whom_it_does_not_concern_see_nothing(desk, path):
    for login in ("gz.clerk", "security"):
        desk(login).get("/suspensions", status=403)
        desk(login).get(path + "/", status=403)


def test_a_unit_administrator_orders_for_the_own_unit(shared_app, desk):
    from content_types.appointment import Appointment  # noqa: PLC0415 - Only here.
    from govrepo import clock  # noqa: PLC0415 - Same.

    with site(shared_app) as root:
        root.logins["mm.approver"].appoint(Appointment("unit_administrator", "unit:maoming", clock.now(), basis="test"))
    administrator = desk("mm.approver")
    assert "没有停用记录" in words(administrator.get("/suspensions"))
    administrator.post("/suspend", BASE | {"login": "gz.clerk"}, status=403)
    made = administrator.post("/suspend", BASE | {"login": "MM.clerk"})
    assert "已停用" in words(made.follow())
    assert len(rows(administrator.get("/suspensions"))) == 1


def test_a_late_review_is_marked(desk, path, shared_app):
    from govrepo import clock  # noqa: PLC0415 - Only here.
    from tests.policies.bench import local  # noqa: PLC0415 - Same.

    with clock.frozen(local("2013-01-10 09:00")):
        from tests.desk import Desk  # noqa: PLC0415 - A login of that day.

        assert "逾期未复核" in words(Desk(shared_app, "auditor").get("/suspensions"))


def test_an_act_of_no_such_name(desk, path):
    desk("office.leader").post(f"{path}/act", {"act": "delete"}, status=400)
    desk("office.leader").post(f"{path}/act", {"act": "maintain", "note": "继续核查"})
    assert "厅领导决定维持停用" in words(desk("office.leader").get(path + "/"))
