"""Documents that lose their force (S-9), both those made here and those that came as finished files."""

from datetime import date

import pytest

from content_types.production import LegalState
from policies.engine import Refused
from policies.legal_force import STATES
from tests.policies.outgoing import Chain

NOTICE = {"note": "不再适用。", "notice": "江府〔2014〕3号"}


def articles(bench, login, context, name, **data):
    with pytest.raises(Refused) as caught:
        bench.act(login, context, name, **data)
    return [(reason.article, reason.field) for reason in caught.value.reasons]


def test_s_9_the_issuer_repeals_what_was_sent_as_files(bench):
    dispatch = bench.sent()
    document = dispatch.document
    assert articles(bench, "jm.approver", dispatch, "repeal", **NOTICE, day=date(2012, 1, 1)) == [("S-9", "day")]
    assert articles(bench, "jm.approver", dispatch, "repeal", day=date(2014, 2, 1)) == [
        ("S-9", "notice"),
        ("S-9", "note"),
    ]
    assert articles(bench, "jm.clerk", dispatch, "repeal", **NOTICE, day=date(2014, 2, 1)) == [("S-9", "")]
    bench.act("jm.approver", dispatch, "repeal", **NOTICE, day=date(2014, 2, 1))
    assert (document.legal_state, document.legal_date) == (LegalState.REPEALED, date(2014, 2, 1))
    assert articles(bench, "jm.approver", dispatch, "revoke", **NOTICE) == [("S-9", "")]


def test_s_9_revoked_is_void_from_the_documents_own_day(bench):
    dispatch = bench.sent()
    bench.act("jm.approver", dispatch, "revoke", **NOTICE)
    change = dispatch.document.legal_changes[-1]
    assert (change.state, change.day, change.notice) == (LegalState.REVOKED, dispatch.document.date, "江府〔2014〕3号")


def test_s_9_what_was_made_here_is_revoked_on_its_own_page(bench):
    chain = Chain(bench)
    document = chain.rechecked()
    document.unit.has_plate = False
    document.number, document.state = "粤府〔2013〕9号", "sealed"
    chain.act("officer", document, "dispatch")
    dispatch = document.dispatches[0]
    dispatch.state = "sent"
    with pytest.raises(Refused) as caught:
        chain.act("leader", dispatch, "revoke", **NOTICE)
    assert [reason.article for reason in caught.value.reasons] == ["S-9"]
    chain.act("leader", document, "revoke", **NOTICE)
    assert document.legal_state is LegalState.REVOKED


def test_every_state_has_its_words():
    assert set(STATES) == set(LegalState)
