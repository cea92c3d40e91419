"""The hand-written tables are complete: nothing is in one and not in the other (see test_matrix.py)."""

from policies import engine
from policies.permissions import Permission
from policies.roles import BOX_GRANTS, PERSON_GRANTS, ROLES, SITE_GRANTS, Role
from tests.policies import expected, expected_registers


def test_the_tables_have_the_acts_and_states_of_the_expectation(bench):
    found = {table.noun: table for table in engine.tables()}
    wanted = expected.TABLES | expected_registers.TABLES
    assert set(found) == set(wanted)
    for noun, (states, rows) in wanted.items():
        assert tuple(found[noun].states) == states or set(found[noun].states) == set(states)
        assert sorted(row.name for row in found[noun].transitions) == sorted(row.act for row in rows)


def test_rows_lead_from_known_states_to_known_states(bench):
    for table in engine.tables():
        assert table.initial in table.states
        for row in table.transitions:
            assert set(row.sources) <= set(table.states)
            assert row.target is None or row.target in table.states
            assert isinstance(row.permission, Permission)


def test_every_permission_is_granted_to_somebody_and_expected():
    granted = {each for _role, _kinds, grants in BOX_GRANTS for each in grants}
    granted |= {each for grants in (SITE_GRANTS, PERSON_GRANTS) for _role, several in grants for each in several}
    assert set(Permission) - granted == {Permission(each) for each in expected.EVERYBODY | expected.PERSONAL}
    by_acts = {row.permission for table in engine.tables() for row in table.transitions}
    named = {*expected.BOX_PERMISSIONS, *expected.SITE_PERMISSIONS, *expected.EVERYBODY, *expected.PERSONAL}
    assert {str(each) for each in Permission} == named | {str(each) for each in by_acts}


def test_roles_have_the_scopes_of_the_expectation():
    assert {str(role): info.scope for role, info in ROLES.items()} == expected.ROLE_SCOPES
    assert set(ROLES) == set(Role)
