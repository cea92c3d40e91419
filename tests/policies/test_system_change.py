"""Change requests (R-13.1): the leader's consent, then the technical service group; never the other way round."""

import pytest

from policies.engine import Refused
from policies.system_change import apply, system_changes


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return {(reason.article, reason.field) for reason in caught.value.reasons}


@pytest.fixture
def change(bench):
    return apply(bench.actor("jm.approver"), bench.root, "接入考勤系统", "统一登录")


def test_r_13_1_no_submission_without_consent(bench, change):
    assert refused(lambda: bench.act("jm.approver", change, "submit")) == {("R-13.1", "")}
    bench.act("office.leader", change, "consent", note="同意")
    bench.act("jm.approver", change, "submit")
    assert (change.state, change.consent.by.login) == ("submitted", "office.leader")


def test_the_whole_way(bench, change):
    bench.act("office.leader", change, "consent")
    bench.act("jm.approver", change, "submit")
    assert refused(lambda: bench.act("tech", change, "assess", note="")) == {("R-7.4", "note")}
    bench.act("tech", change, "assess", note="可行")
    bench.act("admin", change, "accept")
    bench.act("admin", change, "finish")
    assert change.state == "done"


def test_a_refusal_says_why(bench, change):
    assert refused(lambda: bench.act("office.leader", change, "refuse", note="")) == {("R-7.4", "note")}
    bench.act("office.leader", change, "refuse", note="不需要")
    assert change.state == "rejected"


def test_sod_4_nobody_consents_to_the_own_request(bench):
    own = apply(bench.actor("office.leader"), bench.root, "接入", "理由")
    assert refused(lambda: bench.act("office.leader", own, "consent")) == {("SOD-4", "")}


def test_an_empty_request_is_none(bench):
    assert refused(lambda: apply(bench.actor("jm.clerk"), bench.root, " ", "")) == {
        ("R-13.1", "subject"),
        ("R-13.1", "words"),
    }


def test_who_reads_it(bench, change):
    for login, wanted in (("jm.approver", [change]), ("office.leader", [change]), ("tech", [change]), ("gz.clerk", [])):
        assert system_changes(bench.root, bench.actor(login)) == wanted
