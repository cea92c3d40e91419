"""A change of access over HTTP: proposed, reviewed from its difference, executed (story 11 for an ACL; R-7.4, R-8.2)."""

import pytest

from policies.permissions import Permission as P
from tests.attacks import scene
from tests.desk import journaled, path_of, rows, words

FORM = {
    "effect": "allow", "role": "duty_officer", "scope": "unit:gd-office", "permission": str(P.BOX_VIEW),
    "since": "2013-01-07", "until": "", "basis": "粤府办〔2013〕1号", "reason": "节日值班",
}  # fmt: skip


BOXES = iter(("yunfu", "heyuan", "meizhou", "shanwei", "chaozhou"))


@pytest.fixture
def box():
    """A box that no other test of this module changes."""
    return f"/exchange/{next(BOXES)}"


@pytest.fixture
def proposal(desk, box):
    return path_of(desk("admin").post(f"{box}/@@propose", FORM)).rstrip("/")


def seen(page):
    return page.html.find("input", {"name": "seen"})["value"]


def test_from_the_proposal_to_the_open_box(shared_app, desk, box, proposal):
    admin, auditor, duty = desk("admin"), desk("auditor"), desk("office.duty")
    duty.get(f"{box}/waiting", status=404)
    admin.act(proposal, "execute", status=403)
    page = auditor.get(f"{proposal}/")
    assert "office.duty" in words(page)
    auditor.act(proposal, "approve", seen=seen(page))
    admin.act(proposal, "execute")
    duty.get(f"{box}/waiting")
    assert any("值班员" in row for row in rows(admin.get("/@@access?group=executed")))
    assert {entry.subject for entry in journaled(shared_app, "access_proposal.execute")} >= {proposal}


def test_the_auditor_must_have_seen_the_difference(desk, proposal):
    page = desk("auditor").act(proposal, "approve", status=422, seen="0")
    assert "差异已有变化" in words(page)
    desk("auditor").act(proposal, "approve", seen=seen(page))


def test_a_rejection_without_words_comes_back(desk, proposal):
    assert "请写明理由" in words(desk("auditor").act(proposal, "reject", status=422))
    desk("auditor").act(proposal, "reject", note="范围过宽")
    page = desk("admin").get(f"{proposal}/")
    assert "范围过宽" in words(page)
    assert page.html.find("h2", id="difference") is None
    assert rows(desk("admin").get("/@@access?group=over"))


def test_sod_5_the_proposer_finds_no_way_to_approve(desk, proposal):
    page = desk("admin").get(f"{proposal}/")
    assert page.html.find("button", value="approve").has_attr("disabled")
    assert "提出人不能审核" in page.text or "只能由审计员" in page.text
    desk("admin").act(proposal, "approve", status=403, seen=seen(page))
    desk("admin").act(proposal, "withdraw")


def test_nonsense(desk, shared_app):
    path = scene.make(shared_app, "access_proposed")["access_proposed"]
    desk("auditor").act(path, "burn", status=400)
    assert desk("auditor").get("/@@access?group=none").status_int == 200
