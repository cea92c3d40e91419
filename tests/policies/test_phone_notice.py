"""Phone notices: a sender's of what is urgent outside working hours (R-16.2, R-16.3, P-5)."""

from datetime import UTC

import pytest

from content_types.phone_notice import Call, Direction, Result
from govrepo import clock
from policies import phone_notice
from policies.register_pages import PAGES
from policies.register_pages.asked import ask
from tests.policies.bench import local

NIGHT = "2013-01-12 22:13"
NOBODY = Call(None, "", "", Result.NOT_NOTIFIED)


def call(at="2013-01-12 22:12", caller="江门 甲", called="省政府值班室 乙"):
    return Call(local(at).astimezone(UTC) if at else None, caller, called)


def urgent(bench, **more):
    return bench.released(**{"urgency": "most_urgent"} | more)


def rows(bench, login):
    return list(ask(PAGES["phone_notices"], bench.actor(login), bench.root, {}).all_rows())


@pytest.mark.parametrize(
    ("when", "urgency", "asked"),
    [
        ("2013-01-12 22:13", "most_urgent", True),  # Saturday.
        ("2013-01-11 12:00", "urgent", False),
        ("2013-01-11 12:01", "urgent", True),  # Between the half-days.
        ("2013-01-11 13:59", "urgent", True),
        ("2013-01-11 14:00", "urgent", False),
        ("2013-01-11 17:31", "most_urgent", True),
        ("2013-01-11 08:29", "urgent", True),
        ("2013-01-12 22:13", "plain", False),
    ],
)
def test_r_16_2_demanded_of_what_is_urgent_outside_working_hours(bench, when, urgency, asked):
    dispatch = bench.draft(urgency=urgency)
    assert phone_notice.demanded(dispatch, local(when), bench.registry) is asked


def test_r_16_2_the_work_calendar_decides_what_working_hours_are(bench):
    dispatch, calendar = bench.draft(urgency="urgent"), bench.root.calendar
    calendar.set_day(local("2013-01-12 10:00").date(), worked=True)
    calendar.set_day(local("2013-01-11 10:00").date(), worked=False)
    assert not phone_notice.demanded(dispatch, local("2013-01-12 10:00"), bench.registry)
    assert phone_notice.demanded(dispatch, local("2013-01-11 10:00"), bench.registry)


def test_r_16_2_without_a_call_nothing_urgent_goes_at_night(bench):
    dispatch = urgent(bench)
    clock.travel(local(NIGHT))
    assert bench.refusal("jm.clerk", dispatch, "send") == ["R-16.2"]
    assert bench.refusal("jm.clerk", dispatch, "send", call=call(at=None, caller="", called="")) == ["R-16.2"] * 3
    assert bench.refusal("jm.clerk", dispatch, "send", call=call(at="2013-01-12 22:14")) == ["R-16.2"]


def test_r_16_2_the_call_is_kept_on_the_dispatch_and_seen_by_both_sides(bench):
    dispatch = urgent(bench)
    clock.travel(local(NIGHT))
    bench.act("jm.clerk", dispatch, "send", call=call())
    notice = dispatch.phone_notice
    assert (notice.at, notice.caller, notice.called, notice.told) == (
        local("2013-01-12 22:12"), "江门 甲", "省政府值班室 乙", True,
    )  # fmt: skip
    assert (notice.direction, notice.unit.code, notice.recorded_by) == (
        Direction.OUT, "jiangmen", bench.person("jm.clerk"),
    )  # fmt: skip
    assert bench.journaled("dispatch.send")[0].details["facts"]["phone_notice"] == "told"
    assert bench.journaled("phone_notice.record")[0].subject_uid == notice.uid
    bench.fan_out(dispatch)
    assert phone_notice.notices_of(dispatch.tracking.deliveries["gd-office"]) == [notice]
    assert rows(bench, "jm.clerk") == rows(bench, "office.duty") == [notice]
    assert rows(bench, "fs.clerk") == []


def test_r_16_3_not_notified_is_stored_as_the_senders_responsibility(bench):
    dispatch = urgent(bench)
    clock.travel(local(NIGHT))
    bench.act("jm.clerk", dispatch, "send", call=NOBODY)
    notice = dispatch.phone_notice
    assert notice.result is Result.NOT_NOTIFIED
    assert "责任由发文单位承担" in notice.words
    assert notice.at == dispatch.sent_at
    assert bench.journaled("dispatch.send")[0].details["facts"]["phone_notice"] == "not_notified"
    assert rows(bench, "office.registry1") == [notice]


def test_p_5_in_working_hours_and_for_plain_items_nothing_is_kept(bench):
    dispatch = urgent(bench)
    bench.act("jm.clerk", dispatch, "send", call=NOBODY)
    assert dispatch.phone_notice is None
    plain = bench.released(number="江府〔2013〕9号")
    clock.travel(local(NIGHT))
    bench.act("jm.clerk", plain, "send")
    assert plain.phone_notice is None
    assert "phone_notice" not in bench.journaled("dispatch.send")[-1].details["facts"]
