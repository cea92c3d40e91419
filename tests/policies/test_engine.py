"""The engine: may explains, act does all or nothing (design.md sect. 4)."""

from types import SimpleNamespace

import pytest
from substanced.workflow import WorkflowError

from content_types.content import Shelf
from govrepo import clock
from govrepo.i18n import plain
from policies import delivery as deliveries
from policies.engine import Refused, act, as_workflow, may, possible, table_of


def test_a_verdict_names_who_may(bench):
    verdict = may(bench.delivery(), "sign_for", bench.actor("jm.clerk"))
    assert not verdict
    assert not verdict.allowed
    [reason] = verdict.reasons
    words = plain(reason.text)
    assert "机要档案科收文员" in words
    assert "值班员" in words
    assert "签收" in words


def test_a_verdict_names_the_state_in_the_way(bench):
    [reason] = may(bench.signed(), "sign_for", bench.actor("office.registry1")).reasons
    assert plain(reason.text) == "当前状态是“已签收”，不能“签收”。"


def test_without_a_holder_it_says_so(bench):
    dispatch = bench.draft("zh1.officer", "gd-office-zh1")
    [reason] = may(dispatch, "enter_offline", bench.actor("zh1.officer")).reasons
    assert plain(reason.text) == "您没有“补录”的权限。"


def test_inputs_are_asked_only_when_the_act_is_tried(bench):
    delivery, actor = bench.opened(), bench.actor("office.registry1")
    assert may(delivery, "return", actor)
    assert not may(delivery, "return", actor, {})
    assert may(delivery, "return", actor, {"reason": "format"})


def test_what_is_possible_starts_from_the_state(bench):
    names = {verdict.transition.name for verdict in possible(bench.delivery(), bench.actor("office.registry1"))}
    assert names == {row.name for row in deliveries.TABLE.transitions if "pending" in row.sources}


def test_a_refusal_says_all_reasons_and_their_fields(bench):
    dispatch = bench.draft(title="", mains=())
    with pytest.raises(Refused) as caught:
        act(dispatch, "submit", bench.actor("jm.clerk"))
    assert set(caught.value.fields) == {"title", "mains"}
    assert caught.value.refusal["action"] == "dispatch.submit"
    assert "请填写标题。" in caught.value.refusal["reason"]
    assert caught.value.status_int == 403


def test_an_act_that_fails_half_way_is_the_callers_to_abort(bench, monkeypatch):
    """An effect that raises leaves through act: the state is unchanged, and nothing is journaled."""
    delivery = bench.opened()
    journaled = len(bench.journaled())
    monkeypatch.setattr(bench.registry, "system_key", SimpleNamespace())
    with pytest.raises(AttributeError):
        act(delivery, "sign_for", bench.actor("office.registry1"))
    assert delivery.state == "pending"
    assert len(bench.journaled()) == journaled


def test_history_and_journal_say_the_same(bench):
    delivery = bench.opened()
    bench.act("office.registry1", delivery, "return", reason="other", note="地址不符")
    entry, line = bench.journaled()[-1], delivery.history[-1]
    assert (line.transition, line.source, line.target, line.note) == ("return", "pending", "returned", "地址不符")
    assert (entry.action, entry.subject_uid, entry.reason) == ("delivery.return", delivery.uid, "地址不符")
    assert line.actor == entry.actor
    assert line.at <= clock.now()


def test_unknown_acts_and_nouns_are_errors(bench):
    with pytest.raises(KeyError):
        may(bench.delivery(), "shred", bench.actor("jm.clerk"))
    with pytest.raises(LookupError, match="Shelf"):
        table_of(Shelf())


def test_a_table_is_a_workflow_of_substance_d(bench):
    workflow = as_workflow(deliveries.TABLE)
    delivery = bench.delivery()
    assert workflow.state_of(delivery) == "pending"
    names = {f"{row.name}:{source}" for row in deliveries.TABLE.transitions for source in row.sources}
    assert set(workflow._transitions) == names
    workflow.initialize(delivery)
    assert delivery.state == "pending"
    with pytest.raises(WorkflowError):
        workflow.transition(delivery, None, "no such")
