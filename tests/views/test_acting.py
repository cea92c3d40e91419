"""Who acts: the person, with the principals of the request and the address it came from."""

from tests.app import ADDRESS
from tests.desk import journaled


def test_an_act_is_journaled_with_who_and_whence(shared_app, desk):
    desk("fs.clerk").post("/exchange/foshan/check_in")
    entry = journaled(shared_app, "box.check_in")[-1]
    assert entry.actor.startswith("person:p")
    assert entry.address == ADDRESS
    assert entry.session


def test_a_refusal_is_journaled_with_the_same(shared_app, desk):
    desk("fs.approver").post("/exchange/foshan/check_in", status=403)
    entry = journaled(shared_app, "box.check_in", "refused")[-1]
    assert entry.actor.startswith("person:p")
    assert entry.address == ADDRESS
