"""Replies (P-60): what a sender may ask for, what counts as an answer, whose turn it is, and who is late."""

import pytest

from content_types.assignment import Part
from content_types.reply import Attendee, ReplyKind
from govrepo import clock
from policies import reply, sending
from policies.tasks import KINDS, count_of
from tests.policies.bench import later, local

SENDER, RECEIVER, REGISTRY = "jm.clerk", "zh2.receiver", "office.registry1"
WHO = (Attendee("周敏", "处长", "020-8313"),)
MEETING, WRITTEN = {"reply": ReplyKind.MEETING}, {"reply": ReplyKind.WRITTEN}


def waiting(bench, login):
    """How many replies a person owes, and how many are owed to the person."""
    found = {kind.key: count_of(kind, bench.actor(login), bench.root) for kind in KINDS if "answer" in kind.key}
    return found["answer"], found["unanswered"]


@pytest.fixture
def notice(bench):
    """A meeting notice that a city's clerk sent to the office, signed for."""
    return bench.signed(**MEETING)


def test_p_60_whoever_asks_says_until_when_and_leaves_time(bench):
    draft = bench.draft()
    assert bench.refusal(SENDER, draft, "ask_reply", kind=ReplyKind.MEETING, due=None) == ["P-60"]
    assert bench.refusal(SENDER, draft, "ask_reply", kind=ReplyKind.MEETING, due=clock.now()) == ["P-60"]
    assert bench.refusal("jm.approver", draft, "ask_reply", kind=ReplyKind.NONE, due=None) == ["P-60"]
    bench.act(SENDER, draft, "ask_reply", kind=ReplyKind.MEETING, due=local("2013-01-10 17:00"))
    assert (draft.reply_kind, draft.reply_due) == (ReplyKind.MEETING, local("2013-01-10 17:00"))
    bench.act(SENDER, draft, "ask_reply", kind=ReplyKind.NONE, due=local("2013-01-10 17:00"))
    assert draft.reply_due is None, "without a kind there is no time"


def test_p_60_what_came_as_files_says_it_when_it_is_submitted(bench):
    draft = bench.draft()
    reply.lay_down(draft, ReplyKind.WRITTEN, None)
    assert bench.refusal(SENDER, draft, "submit") == ["P-60"]
    reply.lay_down(draft, ReplyKind.WRITTEN, local("2013-01-04 17:00"))
    assert bench.refusal(SENDER, draft, "submit") == ["P-60"]


def test_p_60_the_terms_are_fixed_once_submitted(bench):
    draft = bench.draft(**MEETING)
    bench.act(SENDER, draft, "submit")
    assert bench.refusal(SENDER, draft, "ask_reply", kind=ReplyKind.NONE, due=None) == ["P-60"]
    assert draft.reply_kind is ReplyKind.MEETING


def test_p_60_a_meeting_is_answered_with_who_comes_or_why_nobody(bench, notice):
    answers = (
        {},
        {"attends": True},
        {"attends": True, "people": (Attendee("周敏", "处长", ""),)},
        {"attends": True, "people": (Attendee("", "处长", "1"),)},
        {"attends": False},
    )
    for given in answers:
        assert bench.refusal(REGISTRY, notice, "reply", **given) == ["P-60"]
    bench.act(REGISTRY, notice, "reply", attends=True, people=WHO)
    assert reply.latest(notice).people == WHO
    bench.act(REGISTRY, notice, "reply", attends=False, people=WHO, text="另有会议")
    assert (reply.latest(notice).attends, reply.latest(notice).people) == (False, ())
    assert len(notice.replies) == 2, "what was said before is kept"
    entry = bench.journaled("delivery.reply")[-1]
    assert "另有会议" not in f"{entry.reason}{entry.details}", "the journal keeps no content"


def test_p_60_nobody_answers_unasked_or_before_signing(bench):
    assert bench.refusal(REGISTRY, bench.signed(), "reply", text="x") == ["P-60"]
    assert bench.refusal(REGISTRY, bench.opened(number="江府〔2013〕3号", **WRITTEN), "reply", text="x") == ["P-60"]


def test_p_60_a_written_reply_is_words_or_a_document_sent_since_to_the_one_who_asks(bench):
    earlier = bench.delivered(mains=("shenzhen",), number="江府〔2013〕6号")
    later(minutes=5)
    notice = bench.delivered("sz.clerk", "shenzhen", ("jiangmen",), by="sz.approver", **WRITTEN).tracking.deliveries[
        "jiangmen"
    ]
    bench.act(SENDER, notice, "open")
    bench.act(SENDER, notice, "sign_for")
    assert bench.refusal(SENDER, notice, "reply", text="", document=None) == ["P-60"]
    assert reply.linkable(notice, bench.actor(SENDER)) == ()
    assert bench.refusal(SENDER, notice, "reply", document=earlier) == ["P-60"]
    later(minutes=5)
    elsewhere = bench.delivered(mains=("gd-office",), number="江府〔2013〕7号")
    answer = bench.delivered(mains=("shenzhen",), number="江府〔2013〕8号")
    assert reply.linkable(notice, bench.actor(SENDER)) == (answer,)
    assert bench.refusal(SENDER, notice, "reply", document=elsewhere) == ["P-60"]
    bench.act(SENDER, notice, "reply", document=answer)
    assert reply.latest(notice).document is answer
    assert reply.latest(notice).attends is None


def test_p_60_the_lead_division_answers_for_the_unit(bench, notice):
    assert waiting(bench, REGISTRY) == (1, 0)
    division = bench.root["units"]["gd-office"]
    targets = ((division["zh2"], Part.LEAD), (division["zh1"], Part.ASSIST))
    bench.act(REGISTRY, notice, "distribute", targets=targets)
    lead, assist = notice.assignments
    for login, each in ((RECEIVER, lead), ("zh1.receiver", assist)):
        bench.act(login, each, "open")
        bench.act(login, each, "sign_for")
    assert [waiting(bench, login)[0] for login in (REGISTRY, RECEIVER, "zh1.receiver")] == [0, 1, 0]
    later(days=4)
    assert waiting(bench, SENDER) == (0, 1)
    bench.act(RECEIVER, lead, "reply", attends=True, people=WHO)
    assert reply.latest(notice).box == lead.box.title
    assert reply.latest(assist) is reply.latest(notice)
    assert waiting(bench, SENDER) == (0, 0)
    assert waiting(bench, RECEIVER) == (0, 0)


def test_p_60_late_is_what_came_after_the_limit_or_has_not_come(bench, notice):
    dispatch = notice.dispatch
    assert not reply.is_late(dispatch, None)
    assert waiting(bench, SENDER) == (0, 0)
    later(days=3, minutes=1)
    assert reply.is_late(dispatch, None)
    assert waiting(bench, SENDER) == (0, 1)
    bench.act(REGISTRY, notice, "reply", attends=True, people=WHO)
    assert reply.is_late(dispatch, reply.latest(notice)), "it counts, and is late"


def test_p_60_further_recipients_are_asked_the_same_and_what_came_back_is_not_expected(bench, notice):
    dispatch = notice.dispatch
    dispatch_to = bench.draft(mains=("guangzhou",)).recipients
    bench.act(SENDER, dispatch, "add_recipients", recipients=dispatch_to)
    more = sending.family(dispatch)[-1]
    assert (more.reply_kind, more.reply_due) == (dispatch.reply_kind, dispatch.reply_due)
    assert [to.box.__name__ for to, _delivery in reply.expected(dispatch)] == ["gd-office"], "not sent yet"
    bench.act("jm.approver", more, "release")
    bench.act(SENDER, more, "send")
    assert [to.box.__name__ for to, _delivery in reply.expected(dispatch)] == ["gd-office", "guangzhou"]
    bench.fan_out(more)
    copy = more.tracking.deliveries["guangzhou"]
    bench.act("gz.clerk", copy, "open")
    bench.act("gz.clerk", copy, "return", reason="misdirected", note="")
    assert [to.box.__name__ for to, _delivery in reply.expected(dispatch)] == ["gd-office"]


def test_p_60_a_correction_asks_the_same(bench, notice):
    bench.act(SENDER, notice.dispatch, "correct")
    right = notice.dispatch.linked[-1]
    assert (right.reply_kind, right.reply_due) == (ReplyKind.MEETING, notice.dispatch.reply_due)
