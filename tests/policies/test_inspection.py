"""Inspections (R-39.1 to R-39.3): recorded by the operators, a violation stops the person, the leader's decision closes it."""

from datetime import date

import pytest

from policies.engine import Refused
from policies.inspection import inspections, plan

DAY = date(2013, 1, 8)


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return {(reason.article, reason.field) for reason in caught.value.reasons}


@pytest.fixture
def planned(bench):
    return plan(bench.actor("tech"), bench.person("jm.clerk"), "random", "计算机", DAY)


@pytest.mark.parametrize("login", ["auditor", "jm.approver", "office.leader"])
def test_r_39_1_only_the_operators_record(bench, login):
    assert refused(lambda: plan(bench.actor(login), bench.person("jm.clerk"), "random", "x", DAY)) == {("R-39.1", "")}
    assert inspections(bench.root) == []


def test_r_39_1_what_lacks_is_named(bench):
    fields = {field for _article, field in refused(lambda: plan(bench.actor("tech"), None, "now and then", " ", None))}
    assert fields == {"login", "kind", "equipment", "day"}


def test_nothing_found(bench, planned):
    assert refused(lambda: bench.act("tech", planned, "pass", note=" ")) == {("R-39.1", "note")}
    bench.act("liaison", planned, "pass", note="未发现问题")
    bench.act("liaison", planned, "close")
    assert (planned.state, planned.finding, planned.inspector.login) == ("closed", "未发现问题", "liaison")


def test_r_39_2_a_violation_stops_the_person_and_seals_the_equipment(bench, planned):
    assert ("R-39.2", "") in refused(lambda: bench.act("security", planned, "violation", note="x"))
    bench.act("tech", planned, "violation", note="违规外接", sealed="计算机一台")
    suspension = planned.suspension
    assert (planned.person.state, suspension.equipment, suspension.change.basis) == (
        "suspended",
        "计算机一台",
        planned.title,
    )
    assert refused(lambda: bench.act("tech", planned, "close")) == {("R-39.3", "")}
    bench.act("office.leader", suspension, "maintain", note="继续核查")
    bench.act("tech", planned, "close")
    assert inspections(bench.root) == [planned]


def test_a_violation_of_whom_nobody_may_stop_is_recorded_all_the_same(bench):
    """R-39.1: the record is true; SOD-13: the last auditor stays."""
    inspection = plan(bench.actor("tech"), bench.person("auditor"), "periodic", "计算机", DAY)
    bench.act("tech", inspection, "violation", note="违规外接", sealed="计算机一台")
    assert (inspection.state, inspection.sealed, inspection.suspension) == ("violated", "计算机一台", None)
    assert bench.person("auditor").state == "active"
    bench.act("tech", inspection, "close")
    own = plan(bench.actor("tech"), bench.person("tech"), "periodic", "计算机", DAY)
    assert ("SOD-4", "") in refused(lambda: bench.act("tech", own, "violation", note="x"))
