"""Keys of registers: plain, urgency before time (domain.md part 6)."""

from content_types.official_document import Urgency
from policies.registers.keys import bigrams, moment, order
from tests.policies.bench import local

NOON = local("2013-01-07 12:00")


def test_the_urgent_stand_above_the_newer():
    keys = [order(urgency, instant) for urgency in Urgency for instant in (None, NOON, local("2099-01-01 00:00"))]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert moment(None) == 0


def test_two_characters_in_a_row_find_any_longer_part():
    assert bigrams("春运 工作") == {"春运", "运工", "工作"}
    assert bigrams("AB c") == {"ab", "bc"}
    assert bigrams("春") == set()
