"""The access proposal and the override it leaves (domain.md 4.14)."""

from datetime import timedelta

from content_types.access_proposal import AccessProposal, Override
from govrepo import clock

NOW = clock.now()
OVERRIDE = Override("", "head@division:zh1", "p", True, NOW, NOW + timedelta(days=1), "厅办〔2013〕1号")  # noqa: FBT003 - Its order.


def test_it_begins_proposed_and_makes_the_override_it_describes():
    proposal = AccessProposal("carrier", OVERRIDE, "代行", None)
    assert proposal.state == "proposed"
    assert (proposal.role, proposal.scope, proposal.principal) == ("head", "division:zh1", "head@division:zh1")
    assert proposal.override == OVERRIDE._replace(proposal=proposal.uid)
    assert proposal.title == "head@division:zh1 +p"


def test_an_override_counts_from_its_beginning_until_before_its_end():
    assert [OVERRIDE.in_force(NOW + timedelta(hours=hours)) for hours in (-1, 0, 23, 24)] == [False, True, True, False]
    assert OVERRIDE._replace(until=None).in_force(NOW + timedelta(days=9999))
