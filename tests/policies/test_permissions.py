"""The one list of permissions."""

import re

from policies.permissions import Permission


def test_names_follow_one_scheme_and_stand_once():
    assert all(re.fullmatch(r"[a-z]+:[a-z_]+:[a-z_]+", each) for each in Permission)
    assert len({str(each) for each in Permission}) == len(list(Permission.__members__))


def test_they_stand_in_order():
    assert list(Permission.__members__) == sorted(Permission.__members__)
