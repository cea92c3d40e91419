"""What the rows of the outgoing document's table do, beside the way itself (S-13, S-24, R-24.5, P-35)."""

import pytest

from govrepo import clock
from policies.engine import Refused, may
from policies.leaving import open_work, takers_of
from tests.policies.outgoing import Chain
from tests.policies.units import grant


@pytest.fixture
def chain(bench):
    return Chain(bench)


def test_a_document_given_up_before_its_plate_has_no_number_to_lose(chain):
    document = chain.signed()
    chain.act("officer", document, "ask_cancel", note="不再需要。")
    chain.act("head", document, "cancel", note="同意作废。")
    assert (document.state, document.allotment) == ("void", None)


def test_a_refused_request_to_give_up_can_be_made_again(chain):
    document = chain.draft()
    chain.act("officer", document, "ask_cancel", note="不再需要。")
    chain.act("head", document, "keep", note="仍要发。")
    assert document.asked_cancel is None
    assert not may(document, "cancel", chain.actor("head"))


def test_s_13_who_leaves_hands_over_the_documents_in_the_making(chain, bench):
    """R-24.5: it goes to a colleague of the division who may draft, with a record of who gave it."""
    officer, taker = bench.person("zh1.officer"), bench.person("zh2.officer")
    chain.people["officer"] = officer
    document = chain.draft()
    assert document in open_work(officer).documents
    bench.act("zh1.head", officer, "begin_handover", note="调离")
    assert taker not in takers_of(document, officer, clock.now())
    with pytest.raises(Refused):
        bench.act("zh1.head", document, "hand_over", taker=taker)
    grant(bench, taker, "case_officer", "division:zh1")
    bench.act("zh1.head", document, "hand_over", taker=taker)
    assert (document.case_officer, document.handed_over[-1].giver) == (taker, officer)
    assert document not in open_work(officer).documents
