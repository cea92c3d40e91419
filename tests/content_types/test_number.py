"""The number as it is kept (4.7, S-21)."""

from content_types.number import Number
from content_types.number_series import NumberSeries, SeriesKind


def test_it_is_written_in_its_one_form_and_begins_reserved():
    number = Number(NumberSeries(None, "粤办函", SeriesKind.DOCUMENT), 2012, 846)
    assert (number.title, number.state, number.holder, number.reason) == ("粤办函〔2012〕846号", "reserved", None, "")
