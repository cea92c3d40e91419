"""Training records (R-4.2, R-6.2; domain.md 7.2 "training")."""

from datetime import date

import pytest

from content_types.appointment import Appointment
from govrepo import clock
from policies.engine import Refused
from policies.training import record_training

DAY = date(2012, 12, 20)


@pytest.mark.parametrize("login", ["admin", "security", "tech", "liaison"])
def test_r_4_2_the_operators_record_trainings(bench, login):
    person = bench.person("zh1.officer")
    made = record_training(bench.actor(login), person, "skills", DAY, subject="系统操作")
    assert person.trainings == (made,)
    assert [entry.action for entry in bench.journaled("training.record")] == ["training.record"]


@pytest.mark.parametrize("login", ["auditor", "zh1.head", "jm.clerk", "office.leader"])
def test_7_2_others_do_not(bench, login):
    with pytest.raises(Refused, match="只有运行维护人员"):
        record_training(bench.actor(login), bench.person("zh1.officer"), "skills", DAY)
    assert bench.person("zh1.officer").trainings == ()


def test_7_2_a_unit_administrator_records_those_of_the_own_unit(bench):
    bench.person("jm.approver").appoint(Appointment("unit_administrator", "unit:jiangmen", clock.now(), basis="test"))
    record_training(bench.actor("jm.approver"), bench.person("jm.clerk"), "skills", DAY)
    with pytest.raises(Refused):
        record_training(bench.actor("jm.approver"), bench.person("gz.clerk"), "skills", DAY)


def test_each_fault_stands_at_its_field(bench):
    with pytest.raises(Refused) as caught:
        record_training(bench.actor("admin"), bench.person("zh1.officer"), "golf", date(2013, 1, 8))
    assert set(caught.value.fields) == {"kind", "day"}
