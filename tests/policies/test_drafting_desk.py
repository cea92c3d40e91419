"""Drafting desks (domain.md 7.1, 7.2): who sees what of an outgoing document, and when."""

import pytest

from policies.access import refresh
from policies.drafting_desk import begin, desk_of, desks_of, may_read
from policies.permissions import Permission as P
from tests.policies.outgoing import ROLES, Chain

READS = {
    "draft": {"officer", "head", "leader", "recheck"},
    "rechecked": {"officer", "head", "leader", "recheck", "plate"},
    "plating": {"officer", "head", "leader", "recheck", "plate", "proof"},
    "proofing": {"officer", "head", "leader", "recheck", "proof"},
    "sealing": {"officer", "head", "leader", "recheck", "keeper"},
    "sealed": {"officer", "head", "leader", "recheck"},
}
"""7.2 "read document content": by state, who has a part in the chain."""


@pytest.fixture
def chain(bench):
    return Chain(bench)


@pytest.mark.parametrize("state", READS)
def test_7_2_content_is_read_by_standing_right_or_for_the_task_at_hand(chain, state):
    document = chain.draft()
    document.state = state
    assert {who for who in ROLES if may_read(document, chain.actor(who))} == READS[state]


@pytest.mark.parametrize("role", ["auditor", "administrator", "security_officer"])
def test_sod_3_the_three_officers_see_nothing_of_it(chain, bench, role):
    officer = bench.as_role(chain.people["head"], f"{role}@site")
    document = chain.draft()
    assert not officer.allowed(P.DOCUMENT_VIEW, document)
    assert not may_read(document, officer)


def test_7_2_a_case_officer_sees_the_own_division_only(chain, bench):
    document = chain.draft()
    other = bench.as_role(chain.people["officer"], "case_officer@division:zh2")
    assert not other.allowed(P.DOCUMENT_VIEW, document)


def test_a_unit_without_divisions_has_one_desk(bench):
    document = begin(bench.box("jiangmen"), bench.actor("jm.clerk"))
    assert (document.division, document.unit.code) == (None, "jiangmen")
    desk = document.__parent__.__parent__
    assert desk_of(bench.box("jiangmen"), None, bench.registry) is desk
    assert desks_of(bench.actor("jm.clerk"), bench.root, P.DOCUMENT_DRAFT) == [desk.__name__]
    assert desks_of(bench.actor("jm.approver"), bench.root, P.DOCUMENT_SIGN) == [desk.__name__]
    assert desks_of(bench.actor("gz.clerk"), bench.root, P.DOCUMENT_DRAFT) == []
    refresh(desk, bench.registry)
    assert bench.actor("jm.clerk").allowed(P.DOCUMENT_DRAFT, document)
