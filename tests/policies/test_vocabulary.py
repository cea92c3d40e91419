"""Terms are added to the lists that are open, by the administrator; what was declared stays (P-54, R-8.1)."""

import pytest

from govrepo import vocabulary
from policies import vocabulary as policy
from policies.engine import Refused
from policies.vocabulary import DOCUMENT_KINDS, RETURN_REASONS, return_reason, return_reasons
from tests.policies.bench import later


def add(bench, code="duplicate", zh="重复来文", en="Duplicate", *, listed=RETURN_REASONS, login="admin"):
    return policy.add(bench.root, listed, code, zh, en, bench.actor(login))


def fields(bench, **wrong):
    with pytest.raises(Refused) as caught:
        add(bench, **wrong)
    assert bench.root.vocabularies.added("return_reasons") == ()
    return list(caught.value.fields)


def test_p_54_an_added_reason_can_be_given_at_once(bench):
    add(bench)
    delivery = bench.opened()
    bench.act("office.registry1", delivery, "return", reason="duplicate", note="已收同号文")
    assert (delivery.state, delivery.return_reason) == ("returned", "duplicate")
    assert return_reason(delivery, "duplicate", "zh_CN") == "重复来文"
    assert return_reason(delivery, "duplicate", "en") == "Duplicate"


def test_p_54_an_ended_reason_is_given_no_more_but_still_read(bench):
    add(bench)
    later(minutes=1)
    policy.end(bench.root, RETURN_REASONS, "duplicate", bench.actor("admin"))
    delivery = bench.opened()
    assert bench.refusal("office.registry1", delivery, "return", reason="duplicate") == ["P-54"]
    assert "duplicate" not in {term.code for term in return_reasons(delivery)}
    assert return_reason(delivery, "duplicate", "zh_CN") == "重复来文"


@pytest.mark.parametrize("login", ["auditor", "tech", "security", "gz.clerk"])
def test_r_8_1_nobody_but_the_administrator(bench, login):
    assert fields(bench, login=login) == []
    with pytest.raises(Refused):
        policy.end(bench.root, RETURN_REASONS, "other", bench.actor(login))


def test_a_code_is_used_once(bench):
    assert fields(bench, code="other") == ["code"]
    assert fields(bench, code="Other!") == ["code"]
    assert fields(bench, zh=" ") == ["zh"]
    assert fields(bench, en="x" * 41) == ["en"]
    add(bench)
    policy.end(bench.root, RETURN_REASONS, "duplicate", bench.actor("admin"))
    with pytest.raises(Refused):
        add(bench)


def test_what_the_rules_list_is_not_open(bench):
    with pytest.raises(Refused) as caught:
        add(bench, code="memo", listed=DOCUMENT_KINDS)
    assert caught.value.reasons[0].article == "TL12 8"
    assert len(vocabulary.terms(bench.root, DOCUMENT_KINDS)) == 15


@pytest.mark.parametrize("code", ["other", "unknown"])
def test_only_an_added_term_that_counts_can_end(bench, code):
    with pytest.raises(Refused):
        policy.end(bench.root, RETURN_REASONS, code, bench.actor("admin"))
    assert bench.journaled("vocabulary.end") == []


def test_both_acts_are_journaled(bench):
    add(bench)
    policy.end(bench.root, RETURN_REASONS, "duplicate", bench.actor("admin"))
    named = {"vocabulary": "return_reasons", "code": "duplicate"}
    assert [bench.journaled(f"vocabulary.{act}")[0].details for act in ("add", "end")] == [named, named]
