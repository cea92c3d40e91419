"""The management home: what each officer has to do next, and only the pages that officer may open."""

import pytest

from govrepo.catalog import register
from policies.permissions import Permission as P
from tests.app import site
from tests.desk import words
from views.manage.home import AREAS, TASKS


def links(page):
    return {each["href"] for each in page.html.find("main").select("table a")}


def test_every_page_is_open_to_some_officer_and_the_administrator_has_all_but_the_auditors(desk):
    every = {page.url for _label, pages in AREAS for page in pages}
    others = {
        "/@@journal",
        "/@@journal_periods",
        "/certificates",
        "/registers/seals",
        "/separation",
        "/countersignatures",
        "/journal_gaps",
        "/evidence",
        "/findings",
        "/content_releases",
        "/@@alarms",
        "/designations",
    }
    assert links(desk("admin").get("/@@manage")) == every - others - {"/authorities"}, "the security officer's"
    assert links(desk("auditor").get("/@@manage")) >= others


@pytest.mark.parametrize(
    ("login", "seen", "unseen"),
    [
        ("tech", "/@@work", "/@@new_person"),
        ("auditor", "/@@sessions", "/@@work"),
        ("security", "/@@people", "/@@settings"),
        ("liaison", "/faults", "/@@people"),
    ],
)
def test_each_officer_sees_the_own_pages_and_can_open_them(desk, login, seen, unseen):
    found = links(desk(login).get("/@@manage"))
    assert seen in found
    assert unseen not in found
    for address in found:
        assert desk(login).get(address).status_int == 200


def test_the_side_column_stands_on_every_page_and_marks_the_one_shown(desk):
    admin = desk("admin")
    for address in sorted(links(admin.get("/@@manage"))):
        (here,) = admin.get(address).html.find("nav", class_="gr-side").select("a[aria-current=page]")
        assert here["href"] == address


def test_what_waits_is_counted(shared_app, desk):
    assert "个处室没有收文员" in words(desk("tech").get("/@@manage"))
    assert "个账号已停用" not in words(desk("tech").get("/@@manage"))
    with site(shared_app) as root:
        person = root.logins["sz.approver"]
        person.state = "suspended"
        register(root, "people", shared_app.registry).changed(person)
    page = desk("tech").get("/@@manage")
    assert "1 个账号已停用" in words(page)
    assert "sz.approver" in words(desk("tech").get("/@@people?state=suspended"))


def test_a_year_without_holidays_waits_for_the_administrator_alone(desk):
    assert "还没有设节假日" in words(desk("admin").get("/@@manage"))
    assert "还没有设节假日" not in words(desk("auditor").get("/@@manage"))


def test_every_task_leads_to_a_page(desk):
    auditors = (P.SEPARATION_VIEW, P.CHECKPOINT_COUNTERSIGN, P.GAP_EXPLAIN, P.ALARM_ACKNOWLEDGE)
    for task in TASKS:
        login = "auditor" if task.permission in auditors else "admin"
        assert desk(login).get(task.url).status_int == 200


def test_the_first_page_leads_here(desk):
    assert desk("security").get("/").html.find("main").select_one("a[href='/@@manage']")
    assert not desk("gz.clerk").get("/").html.find("main").select_one("a[href='/@@manage']")


def test_r_7_2_administrator_and_auditor_are_warned_before_the_journal_stops(shared_app, desk, monkeypatch):
    monkeypatch.setitem(shared_app.registry.govrepo_settings.__dict__["_values"], "journal_free_mb", 10**9)
    for login, warned in (("admin", True), ("auditor", True), ("tech", False), ("security", False)):
        page = words(desk(login).get("/@@manage"))
        assert ("审计日志所在的磁盘只剩" in page) == warned, login
