"""Evidence packages over HTTP: chosen in the journal, refused to everybody else; the whole way is tests/stories/test_story_13_evidence.py."""

import pytest

from tests.desk import drain_work, journaled, path_of, words


def made(shared_app, desk):
    auditor = desk("auditor")
    path = path_of(auditor.post("/evidence_new", [("pick", "1"), ("pick", "2"), ("purpose", "一案")])).rstrip("/")
    drain_work(shared_app)
    return auditor, path


def test_entries_are_ticked_in_the_journal(shared_app, desk):
    auditor = desk("auditor")
    form = auditor.get("/@@journal?module=site").html.find(id="prove")
    assert form["action"] == "/evidence_new"
    assert "选中的日志记录共 2 条" in words(auditor.get("/evidence_new?pick=1&pick=2&module=site"))
    assert "符合查询条件" in words(auditor.get("/evidence_new?module=site"))
    auditor.get("/evidence_new?since=x", status=400)
    path = made(shared_app, desk)[1]
    page = words(auditor.get(path + "/"))
    assert "2条" in page.replace(" ", "")
    assert "待签名" in page
    assert path.rsplit("/", 1)[0] in auditor.get("/evidence").text


def test_what_is_missing_is_said_and_kept(desk):
    page = desk("auditor").post("/evidence_new", [("pick", "1"), ("purpose", "")], status=422)
    assert "请写明用途" in words(page)
    assert page.html.select('input[name=pick][value="1"]')


@pytest.mark.parametrize("login", ["admin", "security", "tech", "office.leader", "jm.clerk"])
def test_r_7_3_nobody_else_sees_or_makes_one(shared_app, desk, login):
    path = made(shared_app, desk)[1]
    other = desk(login)
    other.post("/evidence_new", {"pick": "1", "purpose": "x"}, status=403)
    other.get(path + "/", status=403)
    for name in ("act", "download", "prepare", "sign"):
        other.post(f"{path}/{name}", {"act": "seal"}, status=403)


def test_unsigned_it_is_not_handed_out(shared_app, desk):
    auditor, path = made(shared_app, desk)
    auditor.post(f"{path}/download", status=403)
    auditor.post(f"{path}/act", {"act": "order"}, status=400)
    auditor.post(f"{path}/act", {"act": "seal"}, status=403)
    assert journaled(shared_app, "evidence_package.seal", "refused")
