"""The duty roster: round the clock, its gaps flagged, notes handed on (R-16.1; 7.2)."""

from datetime import date, time, timedelta

import pytest

from govrepo import clock
from policies import duty_shift
from policies.duty_shift import Pattern, desk_box, fill, gaps, on_now
from policies.engine import Refused
from tests.policies.bench import local
from tests.policies.duty import DUTY, REGISTRY, at, shift

NIGHT = ("2013-01-07 17:30", "2013-01-08 08:30")
DAY = ("2013-01-08 08:30", "2013-01-08 17:30")


def pattern(bench, *logins, first="2013-01-08", last="2013-01-10", turns=("08:30", "17:30"), **more):
    days = [date.fromisoformat(each) if each else None for each in (first, last)]
    people = tuple(bench.person(each) for each in logins)
    return Pattern(*days, tuple(time.fromisoformat(each) for each in turns), people, **more)


def fields(caught):
    return {reason.field for reason in caught.value.reasons}


def test_r_16_1_the_desk_is_the_operating_offices_own_box(bench):
    assert desk_box(bench.root) is bench.box("gd-office")


def test_r_16_1_a_shift_has_its_span_people_and_telephone(bench):
    made = shift(bench, *NIGHT, substitute="office.registry2")
    assert duty_shift.shifts(made.box, at(NIGHT[0]), at(NIGHT[1])) == [made]
    assert bench.journaled("duty_shift.plan")[0].subject_uid == made.uid
    assert on_now(made.box) is None
    clock.travel(local("2013-01-07 22:00"))
    assert on_now(made.box) is made


@pytest.mark.parametrize(
    ("first", "last", "officer", "substitute", "field"),
    [
        ("2013-01-08 08:30", "2013-01-08 08:30", DUTY, None, "ends"),
        ("2013-01-08 08:30", "2013-01-10 08:31", DUTY, None, "ends"),
        ("2013-01-06 08:30", "2013-01-07 08:30", DUTY, None, "starts"),
        ("2013-01-08 08:30", "2013-01-08 17:30", "zh2.officer", None, "officer"),
        ("2013-01-08 08:30", "2013-01-08 17:30", DUTY, "zh2.officer", "substitute"),
        ("2013-01-08 08:30", "2013-01-08 17:30", DUTY, DUTY, "substitute"),
        ("2013-01-08 08:00", "2013-01-08 09:00", DUTY, None, "starts"),  # Overlaps the night.
    ],
)
def test_r_16_1_a_shift_that_does_not_fit_is_refused_at_its_field(bench, first, last, officer, substitute, field):
    shift(bench, *NIGHT)
    with pytest.raises(Refused) as caught:
        shift(bench, first, last, officer, substitute)
    assert fields(caught) == {field}


def test_r_16_1_gaps_are_told_and_a_cancelled_shift_leaves_one(bench):
    box = desk_box(bench.root)
    night, day = shift(bench, *NIGHT), shift(bench, *DAY)
    whole = (at("2013-01-07 17:30"), at("2013-01-08 17:30"))
    assert gaps(box, *whole) == []
    assert gaps(box, whole[0] - timedelta(hours=1), whole[1] + timedelta(hours=1)) == [
        (whole[0] - timedelta(hours=1), whole[0]),
        (whole[1], whole[1] + timedelta(hours=1)),
    ]
    bench.act("liaison", day, "cancel", note="换人")
    assert gaps(box, *whole) == [(day.starts, day.ends)]
    assert gaps(box, day.starts, day.ends) == [(day.starts, day.ends)]
    assert night.state == "planned"


def test_r_16_1_the_days_ahead_must_be_whole(bench):
    box, settings = desk_box(bench.root), bench.registry.govrepo_settings
    (gap,) = duty_shift.gaps_of_site(bench.root, settings)
    assert gap[1] - gap[0] == timedelta(days=7)
    fill(box, pattern(bench, DUTY, first="2013-01-06", last="2013-01-14"), bench.actor("tech"))
    assert duty_shift.gaps_ahead(box, settings) == []


def test_r_16_1_a_pattern_fills_what_is_empty_in_turn(bench):
    box = desk_box(bench.root)
    kept = shift(bench, *DAY, officer="office.registry2")
    made = fill(box, pattern(bench, DUTY, REGISTRY, with_substitutes=True), bench.actor(REGISTRY))
    assert [each.officer.login for each in made] == [REGISTRY, DUTY, REGISTRY, DUTY, REGISTRY]
    assert {each.substitute.login for each in made if each.officer.login == DUTY} == {REGISTRY}
    assert gaps(box, at("2013-01-08 08:30"), at("2013-01-11 08:30")) == []
    assert kept in duty_shift.shifts(box, kept.starts, kept.ends)
    assert fill(box, pattern(bench, DUTY), bench.actor(REGISTRY)) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first": ""}, "last"),
        ({"last": "2013-01-07"}, "last"),
        ({"last": "2013-03-11"}, "last"),
        ({"turns": ()}, "turns"),
        ({"turns": ("17:30", "08:30")}, "turns"),
    ],
)
def test_r_16_1_a_pattern_that_makes_no_sense(bench, wrong, field):
    with pytest.raises(Refused) as caught:
        fill(desk_box(bench.root), pattern(bench, DUTY, **wrong), bench.actor(REGISTRY))
    assert fields(caught) == {field}
    with pytest.raises(Refused) as caught:
        fill(desk_box(bench.root), pattern(bench), bench.actor(REGISTRY))
    assert fields(caught) == {"officers"}
    with pytest.raises(Refused) as caught:
        fill(desk_box(bench.root), pattern(bench, "zh2.officer"), bench.actor(REGISTRY))
    assert fields(caught) == {"officer"}


@pytest.mark.parametrize("login", [DUTY, "office.leader", "auditor", "security", "zh2.receiver", "jm.clerk"])
def test_7_2_others_do_not_keep_the_roster(bench, login):
    with pytest.raises(Refused):
        shift(bench, *NIGHT, by=login)


def test_r_16_1_a_note_is_written_by_who_was_on_duty_and_confirmed_by_the_next(bench):
    night, day = shift(bench, *NIGHT), shift(bench, *DAY, officer=REGISTRY)
    assert bench.refusal(DUTY, night, "hand_on", note="无") == ["R-16.1"]  # Not begun.
    clock.travel(local("2013-01-08 08:20"))
    assert bench.refusal(REGISTRY, night, "hand_on", note="无") == ["R-16.1"]
    assert bench.refusal(DUTY, night, "hand_on", note=" ") == ["R-16.1"]
    bench.act(DUTY, night, "hand_on", note="江门特急件已签收")
    assert (night.note, night.noted_by) == ("江门特急件已签收", bench.person(DUTY))
    assert duty_shift.waits_for([night], bench.person(REGISTRY)) == [night]
    assert bench.refusal(DUTY, night, "take") == ["R-16.1"]
    bench.act(REGISTRY, night, "take")
    assert (night.state, night.taken_by) == ("taken", bench.person(REGISTRY))
    assert duty_shift.before(day.box, day.starts) is night


def test_r_16_1_what_has_begun_is_not_cancelled(bench):
    night = shift(bench, *NIGHT)
    assert bench.refusal(REGISTRY, night, "cancel", note="") == ["R-16.1"]
    clock.travel(local("2013-01-07 17:30"))
    assert bench.refusal(REGISTRY, night, "cancel", note="换人") == ["R-16.1"]


def test_r_16_1_without_a_next_shift_nobody_confirms(bench):
    night = shift(bench, *NIGHT)
    clock.travel(local("2013-01-08 08:20"))
    bench.act(DUTY, night, "hand_on", note="无")
    assert bench.refusal(DUTY, night, "take") == ["R-16.1"]
    assert duty_shift.waits_for([night], bench.person(DUTY)) == []


def test_r_16_1_without_a_desk_there_is_no_roster(bench):
    for unit in bench.root["units"].values():
        for place in (unit, *unit.values()):
            if getattr(place, "operator", False):
                place.operator = False
    assert desk_box(bench.root) is None
    assert duty_shift.gaps_of_site(bench.root, bench.registry.govrepo_settings) == []
