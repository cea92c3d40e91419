"""Acts that run no workflow: refused with words and an article, journaled with who and why (R-8.1)."""

import pytest

from policies.administration import given, journal, refuse, require
from policies.engine import Reason, Refused
from policies.permissions import Permission as P


def test_r_8_1_only_with_the_permission(bench):
    require(P.RULES_CHANGE, bench.root, bench.actor("admin"), "rule.change")
    for login in ("auditor", "security", "tech", "liaison", "gz.clerk"):
        with pytest.raises(Refused) as caught:
            require(P.RULES_CHANGE, bench.root, bench.actor(login), "rule.change")
        assert caught.value.reasons[0].article == "R-8.1"
        assert caught.value.refusal["action"] == "rule.change"


def test_a_refusal_names_what_was_tried_and_why(bench):
    person = bench.person("gz.clerk")
    refuse([], person, "person.reset_password")
    with pytest.raises(Refused) as caught:
        refuse([Reason("不行", "P-17", "name")], person, "person.reset_password")
    assert caught.value.refusal == {
        "action": "person.reset_password",
        "subject": f"/people/{person.id}",
        "subject_uid": person.uid,
        "reason": "不行",
    }
    assert caught.value.fields == {"name": "不行"}


def test_an_act_is_journaled_with_who_where_and_why(bench):
    journal("person.create", bench.person("gz.clerk"), bench.actor("admin"), "新来", login="gz.clerk")
    (entry,) = bench.journaled("person.create")
    assert (entry.actor, entry.session, entry.address) == (bench.person("admin").principal, "s-1", "10.0.0.7")
    assert (entry.reason, entry.details) == ("新来", {"login": "gz.clerk"})


def test_a_basis_is_words():
    assert given("国办发明电〔2012〕33号", "note") == []
    assert [reason.field for reason in given("  ", "note")] == ["note"]
