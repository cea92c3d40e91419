import pytest

from content_types.permission_change import ChangeKind, PermissionChange
from content_types.person import Person


def test_a_change_is_known_by_its_number():
    change = PermissionChange(Person("p1", "zh1", "甲子安", unit=None), ChangeKind.GRANT, None)
    change.year, change.number, change.role, change.scope = 2013, 12, "receiver", "division:zh1"
    assert change.title == "权变〔2013〕12号"
    assert change.principal == "receiver@division:zh1"
    assert change.state == "submitted"


def test_a_change_of_the_whole_account_has_no_principal():
    assert PermissionChange(None, "suspend", None).principal == ""


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="emperor"):
        PermissionChange(None, "emperor", None)
