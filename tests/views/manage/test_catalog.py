"""The catalog pages: sizes, times, slow queries; check and rebuild by the worker, with progress, one at a time."""

import pytest

from govrepo.catalog import run as runs
from govrepo.catalog.timing import timing_of
from govrepo.database import database
from tests.app import drain, site
from tests.desk import journaled, lines, words

PEOPLE = "/@@catalog_register?name=people"


@pytest.fixture
def admin(desk):
    return desk("admin")


def test_every_register_has_its_line(shared_app, desk):
    text = words(desk("auditor").get("/@@catalog"))
    for name in shared_app.registry.govrepo_registers:
        assert name in text
    assert "不一致" not in text
    assert "登记簿索引" in words(desk("tech").get("/@@manage"))


def test_a_register_shows_its_indexes_and_times(desk):
    tech = desk("tech")
    tech.get("/@@people")
    page = tech.get(PEOPLE)
    found = lines(page)
    assert any(line.split()[:2] == ["state", "单值"] for line in found)
    assert any(line.startswith("一页 ") for line in found)


def test_slow_queries_are_explained_without_what_was_asked_for(shared_app, desk, monkeypatch):
    timing = timing_of(shared_app.registry, "people")
    monkeypatch.setattr(timing, "slow_seconds", 0)
    admin = desk("admin")
    admin.get("/@@people?unit=jiangmen")
    text = words(admin.get(PEOPLE))
    assert "逐行核对最小的条件" in text
    assert "jiangmen" not in text
    timing.slow.clear()


@pytest.mark.parametrize(("act", "done"), [("check", "全部相符"), ("rebuild", "列入")])
def test_a_run_is_asked_for_done_and_told(shared_app, admin, act, done):
    page = admin.post("/@@catalog_register", {"name": "people", "act": act}).follow()
    assert page.html.find("progress")["value"] == "0"
    again = admin.post("/@@catalog_register", {"name": "people", "act": "rebuild"}, status=422)
    assert "请等它完成" in again.html.find(id="e-act").text
    assert again.html.find("button", attrs={"value": "rebuild"}) is None
    drain(shared_app)
    page = admin.get(PEOPLE)
    assert page.html.find("progress") is None
    assert done in next(line for line in lines(page) if done in line)
    entry = journaled(shared_app, "catalog.checked" if act == "check" else "catalog.rebuilt")[-1]
    assert entry.actor == "system"


def test_the_progress_bar_renews_itself_by_reading_only(shared_app, admin):
    admin.post("/@@catalog_register", {"name": "people", "act": "rebuild"})
    before = database(shared_app.registry).lastTransaction()
    poll = admin.get("/@@catalog_progress?name=people")
    assert poll.html.find(id="progress")["hx-get"] == "/@@catalog_progress?name=people"
    assert "HX-Refresh" not in poll.headers
    assert database(shared_app.registry).lastTransaction() == before
    drain(shared_app)
    over = admin.get("/@@catalog_progress?name=people")
    assert over.headers["HX-Refresh"] == "true"
    assert "hx-get" not in over.html.find(id="progress").attrs


def test_a_run_is_broken_off(shared_app, admin):
    admin.post("/@@catalog_register", {"name": "units", "act": "rebuild"})
    page = admin.post("/@@catalog_register", {"name": "units", "act": "break_off"}).follow()
    assert "已中止" in next(line for line in lines(page) if line.startswith("重建"))
    assert "没有核对或重建" in admin.post("/@@catalog_register", {"name": "units", "act": "break_off"}, status=422).text
    drain(shared_app)


def test_what_is_wrong_is_told(shared_app, admin):
    with site(shared_app) as root:
        main = root.registers.by_name["people"].main
        row = main.rows.minKey()
        main.forward("state")[main.reverse("state")[row]].remove(row)
    admin.post("/@@catalog_register", {"name": "people", "act": "check"})
    drain(shared_app)
    assert "1 处不符" in admin.get(PEOPLE).text
    assert f"索引 state 漏列第 {row} 行" in admin.get(PEOPLE).text
    admin.post("/@@catalog_register", {"name": "people", "act": "rebuild"})
    drain(shared_app)
    admin.post("/@@catalog_register", {"name": "people", "act": "check"})
    drain(shared_app)
    with site(shared_app) as root:
        assert root.registers.by_name["people"].runs[-1].act == runs.CHECK
        assert root.registers.by_name["people"].runs[-1].number == 0


def test_only_the_administrator_is_offered_the_buttons(desk):
    assert 'value="rebuild"' in desk("admin").get(PEOPLE).text
    assert 'value="rebuild"' not in desk("auditor").get(PEOPLE).text


def test_what_is_not_there_is_not_found(admin):
    admin.get("/@@catalog_register?name=nothing", status=404)
    admin.get("/@@catalog_progress", status=404)
    admin.post("/@@catalog_register", {"name": "people", "act": "burn"}, status=404)
