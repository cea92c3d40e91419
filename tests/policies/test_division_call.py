"""What is urgent and lies in a division's box is told by telephone, inside its limit (R-20.3; 5.3 timers)."""

from datetime import timedelta

import pytest

from content_types.phone_notice import Call, Direction, Result
from policies import division_call
from policies.engine import Refused
from policies.tasks import KINDS, count_of
from tests.policies.bench import later
from tests.policies.duty import DUTY, REGISTRY, call, distributed


def tasks(delivery):
    return list(division_call.tasks_about(delivery))


@pytest.mark.parametrize(("urgency", "minutes"), [("urgent", 120), ("most_urgent", 30)])
def test_r_20_3_distributing_what_is_urgent_asks_for_a_call_inside_the_limit(bench, urgency, minutes):
    (task,) = tasks(distributed(bench, urgency=urgency))
    assert task.box is bench.box("gd-office")
    assert task.division is bench.root["units"]["gd-office"]["zh2"]
    assert abs(task.due - task.delivery.available_at - timedelta(minutes=minutes)) < timedelta(seconds=1)
    assert bench.journaled("division_call.ask")[0].subject_uid == task.uid


def test_r_20_3_so_does_what_arrives_in_a_division_directly(bench):
    delivery = bench.delivery("gd-office-zh2", urgency="urgent")
    assert [each.delivery for each in tasks(delivery)] == [delivery]


def test_r_20_3_not_for_what_is_plain_or_of_another_unit_or_at_the_office_itself(bench):
    assert tasks(distributed(bench, urgency="plain")) == []
    assert tasks(bench.delivery("caizheng", number="江府〔2013〕3号", urgency="urgent")) == []
    assert tasks(bench.delivery("gd-office", number="江府〔2013〕4号", urgency="urgent")) == []


def test_r_20_3_completing_it_records_time_person_and_result(bench):
    (task,) = tasks(distributed(bench))
    bench.act(DUTY, task, "tell", call=call(called="综合二处 丙", words="马上来取"))
    (notice,) = task.notices
    assert (task.state, notice.result, notice.called, notice.words) == ("told", Result.TOLD, "综合二处 丙", "马上来取")
    assert (notice.direction, notice.delivery, notice.division) == (Direction.OUT, task.delivery, task.division)
    assert notice.number == "江府〔2013〕2号"


def test_r_20_3_nobody_answering_is_recorded_and_the_task_stays(bench):
    (task,) = tasks(distributed(bench))
    bench.act(DUTY, task, "miss", call=call(called=""))
    assert (task.state, task.notices[0].result) == ("due", Result.UNANSWERED)
    bench.act(REGISTRY, task, "tell", call=call())
    assert [each.told for each in task.notices] == [False, True]


def test_r_20_3_a_call_has_its_time_its_caller_and_who_answered(bench):
    (task,) = tasks(distributed(bench))
    assert bench.refusal(DUTY, task, "tell") == ["R-20.3"] * 3
    assert bench.refusal(DUTY, task, "tell", call=call("2013-01-07 10:30")) == ["R-20.3"]
    assert bench.refusal(DUTY, task, "miss", call=Call(None, "", "")) == ["R-20.3"] * 2


def test_r_20_3_there_is_no_need_once_the_division_has_signed(bench):
    delivery = distributed(bench)
    (task,) = tasks(delivery)
    assert bench.refusal(DUTY, task, "drop") == ["R-20.3"]
    bench.act("zh2.receiver", delivery, "open")
    bench.act("zh2.receiver", delivery, "sign_for")
    bench.act(DUTY, task, "drop")
    assert task.state == "dropped"


def test_r_20_3_a_division_told_beforehand_is_not_called_again(bench):
    """Story 7: the duty officer signs and telephones at night; the section distributes in the morning."""
    delivery = bench.signed(DUTY, urgency="most_urgent")
    box, zh2 = bench.box("gd-office"), bench.root["units"]["gd-office"]["zh2"]
    notice = division_call.tell(box, delivery, zh2, call(), bench.actor(DUTY))
    assert division_call.notices_of(delivery) == [notice]
    later(hours=10)
    for code in ("zh2", "zh1"):
        bench.act(REGISTRY, delivery, "distribute", targets=((bench.root["units"]["gd-office"][code], "lead"),))
    assert [len(tasks(each)) for each in delivery.assignments] == [0, 1]


def test_r_20_3_a_call_names_a_division_and_is_the_desks(bench):
    delivery, box = bench.signed(urgency="urgent"), bench.box("gd-office")
    with pytest.raises(Refused) as caught:
        division_call.tell(box, delivery, None, Call(None, "", ""), bench.actor(DUTY))
    assert {reason.field for reason in caught.value.reasons} == {"division", "call_at", "caller", "called"}
    zh2 = bench.root["units"]["gd-office"]["zh2"]
    with pytest.raises(Refused):
        division_call.tell(box, delivery, zh2, call(), bench.actor("zh2.receiver"))


def test_r_20_3_it_stands_among_the_tasks_of_the_section_and_of_who_is_on_duty(bench):
    distributed(bench)
    (kind,) = (each for each in KINDS if each.key == "call")
    waiting = {
        login: count_of(kind, bench.actor(login), bench.root) for login in (DUTY, REGISTRY, "zh2.receiver", "jm.clerk")
    }
    assert waiting == {DUTY: 1, REGISTRY: 1, "zh2.receiver": 0, "jm.clerk": 0}
