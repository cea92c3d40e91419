"""A long register is made by the worker, its page tells how far it is, and only whoever ordered it gets it (design.md sect. 10)."""

import csv
import io

import pytest

from policies.register_export import MOST
from tests.desk import drain_work, journaled, path_of, words

URL = "/registers/changes"


@pytest.fixture
def export(desk, shared_app, monkeypatch):
    """The sample's permission changes, ordered by the auditor; they are more than a request writes here."""
    monkeypatch.setattr("views.register_page.MOST_AT_ONCE", 10)
    monkeypatch.setattr("policies.register_export.STEP", 100)
    return path_of(desk("auditor").post(f"{URL}/export", {"format": "csv", "sort": "order"})).rstrip("/")


def test_it_is_made_in_the_background_and_downloaded(desk, shared_app, export):
    auditor = desk("auditor")
    page = auditor.get(f"{export}/")
    assert page.html.select_one("progress")["value"] == "0"
    assert page.html.select_one("#progress")["hx-get"] == f"{export}/progress"
    assert "正在制作" in words(page)
    auditor.post(f"{export}/download", status=403)
    drain_work(shared_app)
    part = auditor.get(f"{export}/progress")
    bar = part.html.select_one("progress")
    assert int(bar["value"]) == int(bar["max"]) > 200
    assert "hx-get" not in part.html.select_one("#progress").attrs
    answer = auditor.post(f"{export}/download", status=200)
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    _head, *lines = csv.reader(io.StringIO(answer.body.decode("utf-8-sig")))
    assert len(lines) == int(bar["max"])
    assert lines[0][0].endswith("1号")
    assert [each.actor for each in journaled(shared_app, "register_export.download", "allowed")][-1] == journaled(
        shared_app, "register_export.order"
    )[-1].actor


def test_nobody_else_learns_of_it(desk, shared_app, export):
    drain_work(shared_app)
    for other in ("admin", "jm.clerk", "office.leader", "tech"):
        desk(other).get(f"{export}/", status=404)
        desk(other).get(f"{export}/progress", status=404)
        desk(other).post(f"{export}/download", status=404)
    assert "我的导出" in words(desk("auditor").get("/registers"))
    assert "我的导出" not in words(desk("admin").get("/registers"))


def test_too_many_rows_are_refused_in_words(desk, monkeypatch):
    monkeypatch.setattr("views.register_page.MOST_AT_ONCE", 10)
    monkeypatch.setitem(MOST, "xlsx", 20)
    answer = desk("auditor").post(f"{URL}/export", {"format": "xlsx"}, status=403)
    assert "一次最多导出20行" in words(answer)
