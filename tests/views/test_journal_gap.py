"""Gaps on the screen (SOD-12, R-7.5): what is missing where, with the entries and the object; the auditor explains."""

import pytest

from content_types.journal_gap import Discrepancy
from policies.actor import system_actor
from policies.journal_gap import open_gap
from tests.app import site
from tests.desk import rows, words
from views.journal_gap import KINDS

EVERY_KIND = tuple(Discrepancy(kind, number, f"日志{number}", f"库{number}") for number, kind in enumerate(KINDS))


def gap(app, *found, uid="r1"):
    with site(app) as root:
        made = open_gap(root, system_actor(app.registry), "/exchange/x", uid, "关于春运工作的通知", found or EVERY_KIND)
        return f"/admin/journal_gaps/{made.year}/{made.number}"


def test_listed_shown_and_explained(shared_app, desk):
    path = gap(shared_app)
    auditor = desk("auditor")
    assert "日志缺口待查明" in auditor.get("/").text
    (row,) = [each for each in rows(auditor.get("/journal_gaps")) if "关于春运" in each]
    assert "对象的状态与日志不同" in row
    page = words(auditor.get(f"{path}/"))
    for words_of in KINDS.values():
        assert str(words_of) in page
    assert "/exchange/x" in page
    assert "日志4" in page
    assert "库4" in page
    again = auditor.act(path, "explain", status=422, note=" ")
    assert "请写明查明的情况和依据" in words(again)
    auditor.act(path, "explain", note="误操作，已更正")
    page = words(auditor.get(f"{path}/"))
    assert "已查明" in page
    assert "误操作，已更正" in page
    auditor.act(path, "nothing", status=400)


def test_an_entry_is_linked_where_there_is_one(shared_app, desk):
    path = gap(
        shared_app, Discrepancy("state", 1), Discrepancy("journal_replayed", 10**9), Discrepancy("missing_entry")
    )
    links = [each["href"] for each in desk("auditor").get(f"{path}/").html.select("main tbody a")]
    assert links == ["/@@journal_entry?seq=1"]


@pytest.mark.parametrize("login", ["admin", "security", "tech", "office.leader", "jm.clerk"])
def test_nobody_else_sees_them(shared_app, desk, login):
    path = gap(shared_app, uid=login)
    other = desk(login)
    other.get(f"{path}/", status=403)
    other.post(f"{path}/act", {"act": "explain", "note": "x"}, status=403)
    for name in ("prepare", "sign"):
        other.post(f"{path}/{name}", {"act": "explain"}, status=403)


def test_a_word_about_the_object_is_shown_as_text(shared_app, desk):
    path = gap(shared_app, Discrepancy("state", 1, "<b>signed</b>", "<script>"))
    assert "<b>signed</b>" in words(desk("auditor").get(f"{path}/"))
