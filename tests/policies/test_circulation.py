"""The range of circulation is the issuer's (S-10): inside it documents go on freely, beyond it with the issuer's consent."""

import pytest

from content_types.dispatch import Address, Recipient
from policies import circulation
from tests.policies.test_register_entry import CLERK, HEAD, OFFICER, handed
from tests.policies.test_registering import registered

APPROVER = "jm.approver"
"""Jiangmen issued what is passed on."""


@pytest.fixture
def entry(bench):
    made = handed(bench, registered(bench))
    bench.act(OFFICER, made, "conclude", note="已办")
    return made


@pytest.fixture
def draft(bench, entry):
    """The division passes on what came from Jiangmen."""
    bench.act(OFFICER, entry, "send_on", what="document")
    return entry.sent_on[-1]


def to(bench, draft, *names):
    draft.recipients = tuple(Recipient(bench.box(name), Address.MAIN) for name in names)
    return draft


def test_s_10_back_to_the_issuer_and_inside_the_unit_it_goes_freely(bench, draft):
    assert draft.document.passes_on is draft.document.sent_on_from.delivery
    bench.act(OFFICER, to(bench, draft, "jiangmen", "gd-office-zh1"), "submit")


def test_s_10_to_others_only_with_consent(bench, draft, entry):
    to(bench, draft, "jiangmen", "shenzhen")
    assert bench.refusal(OFFICER, draft, "submit") == ["S-10"]
    assert bench.refusal(OFFICER, draft, "ask_circulation") == ["P-30"], "and says why"
    bench.act(OFFICER, draft, "ask_circulation", reason="请深圳市配合")
    assert bench.refusal(OFFICER, draft, "ask_circulation", reason="再问") == ["S-10"]
    assert bench.refusal(OFFICER, draft, "submit") == ["S-10"], "asked is not granted"
    delivery = entry.delivery
    assert circulation.asked_for(delivery).boxes == ("shenzhen",)
    for login in (CLERK, HEAD, OFFICER, "jm.clerk"):
        assert bench.refusal(login, delivery, "grant_circulation") == ["S-10"]
    bench.act(APPROVER, delivery, "grant_circulation")
    assert delivery.circulations[-1].answered_by == bench.person(APPROVER).name
    assert bench.journaled("delivery.grant_circulation")[-1].details["boxes"] == ["shenzhen"]
    bench.act(OFFICER, draft, "submit")


def test_s_10_the_consent_is_for_the_boxes_that_were_named(bench, draft, entry):
    bench.act(OFFICER, to(bench, draft, "shenzhen"), "ask_circulation", reason="请配合")
    bench.act(APPROVER, entry.delivery, "grant_circulation")
    assert bench.refusal(OFFICER, to(bench, draft, "shenzhen", "zhuhai"), "submit") == ["S-10"]


def test_s_10_a_refusal_says_why_and_stands(bench, draft, entry):
    bench.act(OFFICER, to(bench, draft, "shenzhen"), "ask_circulation", reason="请配合")
    assert bench.refusal(APPROVER, entry.delivery, "refuse_circulation") == ["P-41"]
    bench.act(APPROVER, entry.delivery, "refuse_circulation", note="尚未公布")
    assert bench.refusal(OFFICER, draft, "submit") == ["S-10"]
    assert bench.refusal(APPROVER, entry.delivery, "grant_circulation") == ["S-10"], "it is answered"
    bench.act(OFFICER, draft, "ask_circulation", reason="再次征求")


def test_s_10_further_recipients_are_held_to_it_too(bench, draft):
    bench.act(OFFICER, to(bench, draft, "jiangmen"), "submit")
    bench.act(HEAD, draft, "release")
    bench.act(OFFICER, draft, "send")
    more = (Recipient(bench.box("shenzhen"), Address.COPY),)
    assert "S-10" in bench.refusal(OFFICER, draft, "add_recipients", recipients=more)


def test_s_10_whom_the_issuer_added_later_is_inside(bench, draft, entry):
    more = (Recipient(bench.box("shenzhen"), Address.COPY),)
    bench.act("jm.clerk", entry.delivery.dispatch, "add_recipients", recipients=more)
    bench.act(OFFICER, to(bench, draft, "shenzhen"), "submit")


def test_without_need_nobody_asks(bench, draft):
    assert bench.refusal(OFFICER, to(bench, draft, "jiangmen"), "ask_circulation", reason="x") == ["S-10"]
    other = bench.draft()
    assert circulation.outside(other, tuple(each.box for each in other.recipients)) == []


def test_the_own_reply_is_the_own_document(bench, entry):
    reply = bench.sent(number="江府〔2013〕9号", title="关于春运工作的批复")
    bench.act(OFFICER, entry, "reply", reply=reply)
    bench.act(OFFICER, entry, "send_on", what="reply")
    assert entry.sent_on[-1].document.passes_on is None
