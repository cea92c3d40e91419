"""Story 13, the suspension part (R-39.2 to R-39.4): stopped at once, reported, reviewed, lifted by the leader's decision."""

from tests.app import login, site
from tests.desk import Desk, journaled, path_of, words


def test_a_violation_is_stopped_at_once_and_only_the_leader_lifts_it(app, at):
    at("2013-01-08 09:00")
    victim, tech = Desk(app, "jm.clerk"), Desk(app, "tech")
    victim.get("/exchange/jiangmen/waiting")
    at("2013-01-08 09:05")
    fields = {
        "login": "jm.clerk",
        "reason": "违规外接存储设备",
        "equipment": "计算机一台，编号JM-07",
        "basis": "抽查〔2013〕1号",
    }
    path = path_of(tech.post("/suspend", fields)).rstrip("/")

    at("2013-01-08 09:06")
    assert "/login" in victim.get("/exchange/jiangmen/waiting", status=303).location, "the open session has ended"
    form = victim.browser.get("/login").forms[0]
    form["login"], form["password"] = "jm.clerk", "yangli-2013"
    assert form.submit(status=401)

    leader = Desk(app, "office.leader")
    assert "停用待决定" in words(leader.get("/")), "the report to the leader is open (R-39.3)"
    page = words(leader.get(path + "/"))
    assert "计算机一台，编号JM-07" in page
    assert "尚未决定" in page

    refused = tech.post(f"{path}/act", {"act": "lift", "note": "已整改"}, status=403)
    assert "只能由厅领导办理" in words(refused)
    assert journaled(app, "suspension.lift", "refused")

    at("2013-01-08 15:00")
    Desk(app, "auditor").post(f"{path}/act", {"act": "review", "note": "程序合规"})
    assert journaled(app, "permission_change.verify", "allowed")

    at("2013-01-10 10:00")
    leader = Desk(app, "office.leader")
    again = leader.post(f"{path}/act", {"act": "lift", "note": " "}, status=422)
    assert "请写明理由" in words(again)
    leader.post(f"{path}/act", {"act": "lift", "note": "已教育，恢复使用"})
    assert "停用待决定" not in words(leader.get("/"))
    assert login(app, "jm.clerk")
    line = words(leader.get(path + "/"))
    for each in ("紧急停用", "事后复核", "解除停用", "已教育，恢复使用"):
        assert each in line
    with site(app) as root:
        history = root.logins["jm.clerk"].suspension
    assert history is None


def test_who_may_not_is_told_why(app, at):
    at("2013-01-08 09:00")
    Desk(app, "gz.clerk").get("/suspend", status=403)
    Desk(app, "gz.clerk").get("/suspensions", status=403)
    tech = Desk(app, "tech")
    assert "没有这个账号" in words(tech.post("/suspend", {"login": "nobody", "reason": "x"}, status=422))
    mistake = tech.post("/suspend", {"login": "auditor", "reason": ""}, status=422)
    assert "唯一的审计员" in words(mistake)
    assert "请写明违规情况" in words(mistake)
    assert journaled(app, "suspension.order", "refused")


def test_the_inspection_that_finds_the_violation_is_closed_after_the_decision(app, at):
    at("2013-01-08 09:00")
    victim, tech = Desk(app, "jm.clerk"), Desk(app, "tech")
    form = {"login": "jm.clerk", "kind": "random", "equipment": "计算机", "day": "2013-01-08"}
    inspection = path_of(tech.post("/inspect", form)).rstrip("/")
    found = {"act": "violation", "note": "违规外接存储设备", "sealed": "计算机一台"}
    tech.post(f"{inspection}/act", found)
    assert "/login" in victim.get("/exchange/jiangmen/waiting", status=303).location
    assert "厅领导对停用尚未作出决定" in words(tech.post(f"{inspection}/act", {"act": "close"}, status=403))
    leader = Desk(app, "office.leader")
    suspension = leader.get("/suspensions").html.select_one("a[data-open]")["href"].rstrip("/")
    assert "抽查〔2013〕1号" in words(leader.get(suspension + "/"))
    leader.post(f"{suspension}/act", {"act": "lift", "note": "已教育"})
    tech.post(f"{inspection}/act", {"act": "close"})
    assert "已办结" in words(tech.get(inspection + "/"))
