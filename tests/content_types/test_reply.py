"""The reply as it is stored (P-60): nothing is asked for and nothing answered unless somebody says so."""

from content_types.reply import Attendee, Reply, ReplyKind
from govrepo import clock


def test_p_60_a_dispatch_asks_for_nothing_by_itself(bench):
    dispatch = bench.draft()
    assert (dispatch.reply_kind, dispatch.reply_due) == (ReplyKind.NONE, None)
    assert not dispatch.reply_kind


def test_p_60_a_delivery_keeps_every_answer_in_order(bench):
    delivery = bench.delivery()
    assert delivery.replies == ()
    made = Reply(clock.now(), "p", "某人", "省府办公厅", attends=True, people=(Attendee("甲", "处长", "1"),))
    assert (made.text, made.document) == ("", None)
