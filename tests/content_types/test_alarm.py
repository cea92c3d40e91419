"""The alarm as it is kept: its number, its kind, the entries that show it."""

import pytest

from content_types.alarm import Alarm, AlarmKind


def test_it_has_a_number_and_its_entries_in_order():
    alarm = Alarm(AlarmKind.LOGIN, "login:x", "五次登录失败", [9, 12])
    alarm.year, alarm.number = 2013, 3
    assert (alarm.title, alarm.entries, alarm.state, alarm.path) == ("警报〔2013〕3号", (9, 12), "open", "")


def test_there_is_no_other_kind():
    with pytest.raises(ValueError, match="weather"):
        Alarm("weather", "x", "x")
