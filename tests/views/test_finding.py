"""Findings over HTTP: refused cases; the whole way is tests/stories/test_story_13_evidence.py (R-7.5)."""

import pytest

from content_types.evidence_package import EvidencePackage
from content_types.finding import Finding
from policies import finding as policy
from policies.actor import Actor
from tests.app import site
from tests.desk import words


@pytest.fixture(scope="module")
def path(shared_app):
    """The address of a draft."""
    with site(shared_app) as root:
        auditor = root.logins["auditor"]
        principals = (auditor.principal, "auditor@site")
        actor = Actor(auditor.principal, auditor.name, principals, shared_app.registry, auditor)
        made = Finding(auditor, "负责任", (EvidencePackage(auditor, "一案", {}),), (root.logins["jm.clerk"],))
        policy.draft(root, made, actor)
        return f"/admin/findings/{made.year}/{made.number}"


def test_what_is_missing_is_said_and_kept(desk):
    auditor = desk("auditor")
    page = auditor.post("/finding_new", {"text": "负责任", "persons": ""}, status=422)
    assert "请填写责任人" in words(page)
    assert "请选择证据包" in words(page)
    assert page.html.find("textarea").text.strip() == "负责任"
    assert "没有这个账号：nobody" in words(auditor.post("/finding_new", {"persons": "nobody"}, status=422))
    assert "还没有已签名的证据包" in words(auditor.get("/finding_new"))


def test_a_draft_is_its_authors(desk, path):
    auditor = desk("auditor")
    assert "负责任" in words(auditor.get(path + "/"))
    assert "请写明" in words(auditor.post(f"{path}/act", {"act": "revise", "text": " "}, status=422))
    auditor.post(f"{path}/act", {"act": "revise", "text": "负直接责任"})
    assert "负直接责任" in words(auditor.get("/findings"))
    assert "尚未签名" in words(auditor.post(f"{path}/act", {"act": "issue"}, status=403))
    auditor.post(f"{path}/act", {"act": "draft"}, status=400)


@pytest.mark.parametrize("login", ["admin", "security", "tech", "office.leader", "jm.clerk"])
def test_r_7_5_nobody_else_sees_a_draft(desk, path, login):
    other = desk(login)
    other.get(path + "/", status=403)
    other.get("/findings", status=403)
    other.post("/finding_new", {"text": "x"}, status=403)
    for name in ("act", "prepare", "sign"):
        other.post(f"{path}/{name}", {"act": "issue"}, status=403)
