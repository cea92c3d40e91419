"""A saved search keeps an address under a name, and nothing of what it found."""

from datetime import UTC, datetime

from content_types.person import Person
from content_types.saved_search import SavedSearch
from content_types.unit import Unit


def test_persons_and_units_begin_without_any():
    assert Person.searches == Unit.searches == ()


def test_what_is_kept():
    kept = SavedSearch("q1", "春运", "/search?q=x", None, datetime(2013, 1, 7, tzinfo=UTC))
    assert kept._fields == ("uid", "name", "address", "by", "at")
