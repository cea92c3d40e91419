"""Roles as data; what they may do is held by test_matrix.py."""

from policies.roles import BOX_GRANTS, OFFICERS, ROLES, SITE_GRANTS, Role


def test_each_role_has_a_name_and_a_kind_of_scope():
    assert set(ROLES) == set(Role)
    assert all(info.label and info.scope in ("site", "unit", "division") for info in ROLES.values())
    assert len({str(info.label) for info in ROLES.values()}) == len(ROLES)


def test_boxes_grant_to_units_and_divisions_only_and_the_site_to_its_own():
    assert all(ROLES[role].scope != "site" for role, _kinds, _grants in BOX_GRANTS)
    assert all(ROLES[role].scope == "site" for role, _grants in SITE_GRANTS)
    assert all(ROLES[role].scope == "site" for role in OFFICERS)
