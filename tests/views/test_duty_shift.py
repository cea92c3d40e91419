"""The duty roster on screen (R-16.1; 7.2)."""

import pytest

from govrepo import clock
from tests.app import site
from tests.desk import Desk, words
from tests.policies.bench import local

ROSTER = "/exchange/gd-office/roster"


def person(app, login):
    with site(app) as root:
        return root.logins[login].id


@pytest.fixture
def one(shared_app):
    """The fields of one shift."""

    def of(starts, ends, officer="office.duty"):
        return {"starts": starts, "ends": ends, "officer": person(shared_app, officer), "phone": "020-1"}

    return of


def test_r_16_1_gaps_are_flagged_on_roster_home_tasks_and_management(desk):
    assert "今后几天有 1 处空班" in words(desk("office.registry1").get(ROSTER))
    for page in ("/", "/my_tasks"):
        assert "值班表有空班" in words(desk("office.registry1").get(page))
    assert "处值班空班" in words(desk("liaison").get("/@@manage"))
    assert "空班" not in words(desk("office.duty").get("/my_tasks"))


def test_r_16_1_a_shift_is_planned_and_cancelled(desk, one):
    registry = desk("office.registry1")
    registry.post(ROSTER, one("2013-01-07T12:00", "2013-01-07T20:00"))
    assert "2013-01-07 12:00 — 2013-01-07 20:00" in words(registry.get(ROSTER))
    wrong = registry.post(ROSTER, one("2013-01-07T19:00", "2013-01-07T22:00"), status=422)
    assert "此段时间已经排了班" in words(wrong)
    assert wrong.html.select_one("#f-starts")["value"] == "2013-01-07T19:00"
    link = next(each["href"] for each in registry.get(ROSTER).html.select("a") if "duty_shifts" in each.get("href", ""))
    assert "请写明取消的原因" in words(registry.act(link.rstrip("/"), "cancel", status=422, note=""))
    desk("tech").act(link.rstrip("/"), "cancel", note="换人")
    assert "已取消" in words(registry.get(link))
    assert "2013-01-07 12:00 — 2013-01-07 20:00" not in words(registry.get(ROSTER))


def test_r_16_1_a_pattern_is_filled_by_the_liaison(desk, shared_app):
    people = [("officers", person(shared_app, login)) for login in ("office.duty", "office.registry1")]
    fields = [("first", "2013-02-01"), ("last", "2013-02-02"), ("turns", "08:30 17:30"), ("fill", "yes")]
    liaison = desk("liaison")
    away = liaison.post(ROSTER, [*fields, *people])
    assert away.location.endswith("?month=2013-02")
    page = words(liaison.get(f"{ROSTER}?month=2013-02"))
    assert page.count("2013-02-01 08:30 — 2013-02-01 17:30") == 1
    assert "2013-02-02 17:30 — 2013-02-03 08:30" in page
    bad = liaison.post(ROSTER, [("first", "x"), ("last", ""), ("turns", "night"), ("fill", "yes")], status=422)
    assert "请填写起日和止日" in words(bad)
    assert "请按先后填写换班时间" in words(bad)
    assert "请至少选择一名值班人员" in words(bad)


def test_r_16_1_nonsense_is_refused_at_its_field(desk):
    wrong = desk("admin").post(ROSTER, {"starts": "x", "ends": "y", "officer": "nobody"}, status=422)
    assert "请选择届时担任值班员" in words(wrong)
    assert desk("office.registry1").get(f"{ROSTER}?month=nonsense")
    desk("office.registry1").get("/exchange/gd-government/roster", status=404)


def test_7_2_the_management_leads_to_the_roster_and_shows_no_document(desk):
    assert "空班" in words(desk("security").get("/duty_roster"))
    page = words(desk("auditor").get(ROSTER))
    assert "按规律排班" not in page
    assert "值班表" in words(desk("admin").get("/@@manage"))


def test_r_16_1_one_shift_hands_on_to_the_next(desk, one, shared_app):
    registry = desk("office.registry1")
    registry.post(ROSTER, one("2013-01-07T10:01", "2013-01-07T12:00"))
    registry.post(ROSTER, one("2013-01-07T12:00", "2013-01-07T14:00", "office.registry1"))
    clock.travel(local("2013-01-07 11:50"))
    duty = Desk(shared_app, "office.duty")
    form = duty.get("/exchange/gd-office/duty").html.find("form", action=lambda each: each and "duty_shifts" in each)
    shift = form["action"].removesuffix("/act")
    assert "请写明交接事项" in words(duty.act(shift, "hand_on", status=422, note=" "))
    duty.act(shift, "hand_on", note="一切正常")
    duty.act(shift, "take", status=403)
    clock.travel(local("2013-01-07 12:01"))
    registry, auditor = Desk(shared_app, "office.registry1"), Desk(shared_app, "auditor")
    assert "一切正常" in words(registry.get("/my_tasks"))
    assert "一切正常" in words(registry.get("/exchange/gd-office/duty"))
    registry.act(shift, "take")
    log = words(registry.get(f"{shift}/"))
    assert "本班到达" in log
    assert "本班到达" not in words(auditor.get(f"{shift}/"))
    registry.act(shift, "nonsense", status=400)
    assert "一切正常" in words(auditor.get("/registers/duty"))
