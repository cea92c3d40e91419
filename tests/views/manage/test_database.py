"""The database page: sizes, a pack done by the worker, one at a time; the steps that start-up has run."""

from tests.app import drain, site
from tests.desk import journaled, lines, words


def test_sizes_and_steps(desk):
    text = words(desk("auditor").get("/@@database"))
    for said in ("数据库", "审计日志", "磁盘剩余", "人员登记簿和任职登记簿"):
        assert said in text
    assert "没有完成" not in text


def test_a_pack_is_asked_for_done_and_told(shared_app, desk):
    admin = desk("admin")
    assert "等待或进行中" in admin.post("/@@database", {"days": "30"}).follow().text
    again = admin.post("/@@database", {"days": "30"}, status=422)
    assert "已有一次压缩" in again.html.find(id="e-days").text
    head = journaled(shared_app)
    drain(shared_app)
    line = next(row for row in lines(desk("auditor").get("/@@database")) if "完成" in row)
    assert " 30 " in line
    assert journaled(shared_app)[: len(head)] == head, "packing never touches the journal"
    assert journaled(shared_app, "database.packed")[-1].actor == "system"
    with site(shared_app) as root:
        assert root.upkeep.running is None


def test_the_days_must_fit(desk):
    answer = desk("admin").post("/@@database", {"days": "0"}, status=422)
    assert "1 至 3650" in answer.html.find(id="e-days").text


def test_only_the_administrator_is_offered_a_pack(desk):
    assert 'name="days"' in desk("admin").get("/@@database").text
    assert 'name="days"' not in desk("tech").get("/@@database").text
