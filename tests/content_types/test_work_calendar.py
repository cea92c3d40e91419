"""The working-day calendar (R-20.2)."""

from datetime import date

from content_types.work_calendar import WorkCalendar


def test_r_20_2_weekends_and_shifted_days():
    calendar = WorkCalendar()
    monday, saturday = date(2013, 1, 7), date(2013, 1, 5)
    assert calendar.is_worked(monday)
    assert not calendar.is_worked(saturday)
    calendar.set_day(monday, worked=False)
    calendar.set_day(saturday, worked=True)
    assert not calendar.is_worked(monday)
    assert calendar.is_worked(saturday)
    assert calendar.is_worked(date(2013, 1, 8))


def test_r_20_2_a_day_set_has_a_note_and_can_follow_the_rule_again():
    calendar, monday = WorkCalendar(), date(2013, 1, 7)
    calendar.set_day(monday, worked=False, note="调休")
    assert (calendar.is_exception(monday), calendar.note(monday)) == (True, "调休")
    calendar.clear_day(monday)
    calendar.clear_day(monday)
    assert (calendar.is_exception(monday), calendar.note(monday), calendar.is_worked(monday)) == (False, "", True)
