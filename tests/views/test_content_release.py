"""Content opened to the auditor over HTTP: refused before, readable while it lasts, journaled (domain.md 7.2, R-7.6)."""

import pytest

from tests.attacks import scene
from tests.desk import journaled, path_of, words


@pytest.fixture(scope="module")
def made(shared_app):
    return scene.make(shared_app, "signed_office")


def test_the_whole_way(shared_app, made, desk):
    auditor, leader, document = desk("auditor"), desk("office.leader"), made["signed_office"]
    auditor.get(f"{document}/page?file={made['f']}&n=0", status=404)
    asking = auditor.get(f"/@@document_life?path={document}").html.find("a", string="申请调阅内容")["href"]
    assert "申请调阅" in words(auditor.get(asking))
    assert "请写明调阅理由" in words(auditor.post("/content_ask", {"path": document, "reason": " "}, status=422))
    path = path_of(auditor.post("/content_ask", {"path": document, "reason": "查证一案"})).rstrip("/")
    auditor.get(f"{path}/content", status=403)
    auditor.post(f"{path}/act", {"act": "grant", "days": "2"}, status=403)
    assert "内容调阅待决定" in words(leader.get("/"))
    assert "请填写天数" in words(leader.post(f"{path}/act", {"act": "grant", "days": "99"}, status=422))
    leader.post(f"{path}/act", {"act": "grant", "days": "2"})
    page = auditor.get(path + "/")
    assert page.html.find("a", string="阅读内容")
    assert "春运" in words(auditor.get(f"{path}/content")) or auditor.get(f"{path}/content").html.select("figure img")
    assert auditor.get(f"{path}/page?file={made['f']}&n=0").content_type == "image/png"
    (read,) = [each for each in journaled(shared_app, "document.read") if each.subject == path]
    assert read.details["files"]
    for login in ("admin", "security", "tech", "office.leader"):
        desk(login).get(f"{path}/content", status=403)
    auditor.get(f"{document}/page?file={made['f']}&n=0", status=404)


def test_nobody_else_asks_or_sees(made, desk):
    document = made["signed_office"]
    for login in ("admin", "security", "tech", "jm.clerk"):
        desk(login).get(f"/content_ask?path={document}", status=403)
        desk(login).post("/content_ask", {"path": document, "reason": "x"}, status=403)
        desk(login).get("/content_releases", status=403)
    assert "查证一案" in words(desk("auditor").get("/content_releases"))
    desk("auditor").get("/content_ask?path=/people", status=404)
