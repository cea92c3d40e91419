"""The outage (R-N3.1)."""

from datetime import UTC, datetime, timedelta

from content_types.outage import Outage


def test_it_lasts_from_its_beginning_to_its_end():
    began = datetime(2013, 1, 7, 2, tzinfo=UTC)
    outage = Outage(began, began + timedelta(minutes=90))
    assert (outage.length, outage.title, outage.cause) == (timedelta(minutes=90), "2013-01-07T02:00+00:00", "")
